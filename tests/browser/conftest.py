"""One Chromium for all tests, a context for each; servers of the real site and of made ones."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.engines.firefox import Firefox, FirefoxPage, running_firefox
from tests.browser.journeys_of_every_run import is_of_every_run
from tests.browser.support.journey import Journey, travel
from tests.browser.support.made_site import SLOW_CONVOLUTIONS, make_site
from tests.browser.support.opening import PATIENCE, OpenPage, pages_in
from tools.pages.page_driver import chromium
from tools.setup.progress import make_console
from tools.site.server import RunningServer, running_server

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, and what not every run has time for."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            file = item.path.relative_to(HERE).as_posix()
            if not is_of_every_run(f"{file}::{item.name}"):
                item.add_marker("later")


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
    with running_server(make_site(tmp_path_factory.mktemp("slow"), SLOW_CONVOLUTIONS)) as server:
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
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """The system's Firefox, for the tests that ask it step by step."""
    with running_firefox(tmp_path_factory.mktemp("downloads")) as running:
        yield running


@pytest.fixture(
    params=["chromium", pytest.param("firefox", marks=[pytest.mark.slow, pytest.mark.firefox])]
)
def new_page(request: pytest.FixtureRequest) -> Iterator[Callable[[], Page | FirefoxPage]]:
    """Opens empty pages that share no storage, in either browser; closes them at the end."""
    running: Browser | Firefox = request.getfixturevalue(
        "firefox" if request.param == "firefox" else "browser"
    )
    pages = []

    def open_it() -> Page | FirefoxPage:
        page = running.new_page()
        if isinstance(page, Page):
            page.set_default_timeout(PATIENCE * 1000)
        pages.append(page)
        return page

    yield open_it
    for page in pages:
        page.close()


@pytest.fixture(scope="session")
def journey(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """The first-time visitor's journey with the real weights, made once."""
    return travel(browser.browser_type, tmp_path_factory.mktemp("journey"))
