"""One Chromium for all tests, a context for each; servers of the real site and of made ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.support.journey import Journey, travel
from tests.browser.support.made_site import make_site
from tests.browser.support.opening import OpenPage, pages_in
from tools.pages.page_driver import chromium
from tools.setup.progress import make_console
from tools.site.server import RunningServer, running_server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed Chromium, headless."""
    with chromium(make_console(quiet=True)) as running:
        yield running


@pytest.fixture(scope="session")
def made_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with a quick made-up network; not to be changed."""
    return make_site(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def made_server(made_root: Path) -> Iterator[RunningServer]:
    """A server of the made site, without faults."""
    with running_server(made_root) as server:
        yield server


@pytest.fixture(scope="session")
def slow_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server of a made site whose network takes several seconds for a photo."""
    with running_server(make_site(tmp_path_factory.mktemp("slow"), slow=True)) as server:
        yield server


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages for one test."""
    yield from pages_in(browser)


@pytest.fixture(scope="module")
def open_shared_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages for all tests of a module."""
    yield from pages_in(browser)


@pytest.fixture(scope="session")
def journey(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The first-time visitor's journey with the real weights, made once."""
    return travel(browser.browser_type, tmp_path_factory.mktemp("journey"))
