"""One Chromium for all tests, a context for each; servers of the real site and of made ones."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.support.journey import Journey, travel
from tests.browser.support.made_site import make_site
from tests.browser.support.witness import Witness
from tools.pages.page_driver import HomecutPage, chromium
from tools.setup.progress import make_console
from tools.site.server import RunningServer, running_server

PATIENCE = 120
"""Seconds for one step of the page; the machine may be shared."""

NO_SERVICE_WORKER = "delete Navigator.prototype.serviceWorker"
"""How a page finds its browser in a private window of Firefox."""

OpenPage = Callable[..., HomecutPage]


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


def pages_in(browser: Browser) -> Iterator[OpenPage]:
    """Yield a function that opens the page in a context of its own; closes them all at the end.

    The end fails when a page had an uncaught error or broke its own content security policy.
    """
    contexts = []
    witnesses = []

    def open_page(
        url: str, service_worker: bool = False, ready: bool = True, **options: Any
    ) -> HomecutPage:
        """Return the page at ``url``; ``options`` are Playwright's for a context.

        Most tests do without a service worker, as private windows do: its installation takes
        the time of two cutouts.
        """
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        if not service_worker:
            context.add_init_script(NO_SERVICE_WORKER)
        page = HomecutPage(context.new_page())
        page.witness = Witness().watch(context)
        witnesses.append(page.witness)
        return page.open(url) if ready else page

    yield open_page
    for context in contexts:
        context.close()
    assert [error for witness in witnesses for error in witness.errors] == []
    assert [violation for witness in witnesses for violation in witness.violations] == []


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
