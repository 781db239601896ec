"""Opens pages for the tests, each in a context of its own, and watches them."""

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Browser

from tests.browser.support.witness import Witness
from tools.pages.page_driver import HomecutPage

PATIENCE = 120
"""Seconds for one step of the page; the machine may be shared."""


NO_SERVICE_WORKER = "delete Navigator.prototype.serviceWorker"
"""How a page finds its browser in a private window of Firefox."""


OpenPage = Callable[..., HomecutPage]


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
    seen = [text for witness in witnesses for text in (*witness.errors, *witness.violations)]
    assert not seen, seen


def open_filled(open_page, url):
    """Open a page and wait until the service worker has stored all of it."""
    page = open_page(url, service_worker=True)
    page.page.wait_for_selector("html[data-filled]")
    return page
