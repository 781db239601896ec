"""Drives the real page in a real browser, for the cutout verb, the benchmark and the tests.

Nothing here knows how a cutout is made: it chooses files, watches the queue's rows and takes the
downloads, exactly as a user would.
"""

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
    from rich.console import Console

ENDED = ("done", "failed", "cancelled")
POLL_MILLISECONDS = 100

START_PATIENCE = 30
"""Seconds within which a page has to answer; it takes two to five on an idle machine."""

UNCAUGHT = "Uncaught: "
"""Stands before an error of the page itself that nothing caught."""

BROKEN = ("PythonError: ", UNCAUGHT)
"""How an error begins after which an actor does not work; the first is PyScript's word for a
script that has ended with an error."""


@dataclass(frozen=True)
class Row:
    """One line of the page's queue: the photo's name, its state and what stands beneath."""

    name: str
    state: str
    status: str


class HomecutPage:
    """The page as its user sees it; ``page`` is Playwright's page."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.errors: list[str] = []
        """What the page and its workers wrote to the console as errors, or did not catch."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(f"{UNCAUGHT}{error}"))

    def _hear(self, message: "ConsoleMessage") -> None:
        """Keep what is an error."""
        if message.type == "error":
            self.errors.append(message.text)

    def open(self, url: str, timeout: float = START_PATIENCE) -> "HomecutPage":
        """Go to the page and wait, ``timeout`` seconds at most, until it answers to the user.

        Raises :class:`Complaint` with what stands in the console when it does not, and as soon as
        one of the actors' scripts has ended with an error.
        """
        self.errors.clear()
        self.page.goto(url)
        self.wait_until_ready(timeout)
        return self

    def reload(self, timeout: float = START_PATIENCE) -> None:
        """Load the page anew and wait as :meth:`open` does."""
        self.errors.clear()
        self.page.reload()
        self.wait_until_ready(timeout)

    def wait_until_ready(self, timeout: float = START_PATIENCE) -> None:
        """Wait until the page answers to the user; raises as :meth:`open` does."""
        from playwright.sync_api import TimeoutError as TookTooLong

        deadline = time.monotonic() + timeout
        while True:
            try:
                self.page.wait_for_selector("html[data-python=ready]", timeout=500)
            except TookTooLong:
                self.complain_if_broken()
                if time.monotonic() > deadline:
                    raise Complaint(
                        f"The page did not start within {timeout:.0f} s. {self.console()}"
                    ) from None
            else:
                return

    def complain_if_broken(self) -> None:
        """Raise :class:`Complaint` if the script of the page or of a worker ended with an error."""
        if any(error.startswith(BROKEN) for error in self.errors):
            raise Complaint(f"A part of the page could not start. {self.console()}")

    def console(self) -> str:
        """Return the errors in the console as a text for a complaint."""
        said = "\n".join(self.errors) or "no error"
        return f"Its console holds: {said}"

    def add_files(self, files: Sequence[Path]) -> None:
        """Choose files in the file dialogue."""
        self.page.set_input_files("#file-input", [str(file) for file in files])

    def choose(self, variant: str | None = None, quality: str | None = None) -> None:
        """Choose the model variant and the quality in the details panel."""
        self.page.click("#details-open")
        if variant:
            self.page.select_option("#variant", variant)
        if quality:
            self.page.select_option("#quality", quality)
        self.page.click("#details-close")

    def rows(self) -> list[Row]:
        """Return the queue as it stands."""
        values: list[list[str]] = self.page.eval_on_selector_all(
            ".row",
            """rows => rows.map(row => [
                row.querySelector('.row-name').textContent,
                row.dataset.state,
                row.querySelector('.row-status').textContent])""",
        )
        return [Row(*value) for value in values]

    def wait_until_ended(self, timeout: float = 300) -> list[Row]:
        """Return the rows once every photo has ended.

        Raises ``TimeoutError`` after ``timeout`` seconds, and :class:`Complaint` as soon as the
        script of a worker has ended with an error.
        """
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            self.complain_if_broken()
            rows = self.rows()
            if rows and all(row.state in ENDED for row in rows):
                self.complain_if_broken()  # The rows may have ended of it since.
                return rows
            self.page.wait_for_timeout(POLL_MILLISECONDS)
        raise TimeoutError(
            f"the queue has not ended after {timeout:.0f} s: {self.rows()}. {self.console()}"
        )

    def save(self, index: int, target: Path) -> str:
        """Download the cutout of row ``index`` to ``target``; return the name the page gave it.

        In the grid the photo comes on the stage for that.
        """
        row = self.page.locator(".row").nth(index)
        link = row.get_by_role("link")
        if self.page.get_attribute("#main", "data-list") == "grid":
            row.locator(".row-select").click()
            link = self.page.locator("#queue-current").get_by_role("link")
        with self.page.expect_download() as waiting:
            link.click()
        waiting.value.save_as(target)
        return waiting.value.suggested_filename


@contextlib.contextmanager
def chromium(console: "Console") -> Iterator["Browser"]:
    """Start the installed Chromium with the project's flags; it ends with the ``with`` block."""
    from playwright.sync_api import sync_playwright

    program = ensure_chromium(console)
    with sync_playwright() as playwright:
        flags = [flag for flag in CHROMIUM_FLAGS if flag != "--headless"]
        browser = playwright.chromium.launch(executable_path=str(program), args=flags)
        try:
            yield browser
        finally:
            browser.close()


def new_page(context: "BrowserContext") -> HomecutPage:
    """Return a page of a context whose uncaught errors end the caller with a complaint."""
    page = context.new_page()

    def fail(error: object) -> None:
        raise Complaint(f"The page failed: {error}. Run 'dev.py serve' and look at the console.")

    page.on("pageerror", fail)
    return HomecutPage(page)
