"""The two pages under measurement, opened, given photos and read in the same way."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.bench.figures import PEER
from tools.bench.machine.memory import browser_process
from tools.bench.photos import copy_as
from tools.bench.timing import Timing, timing_of
from tools.pages.page_driver import HomecutPage
from tools.setup.complaint import Complaint
from tools.site.site import CODECS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from tools.site.server import RunningServer

PROBE = Path(__file__).resolve().parent / "probe.js"
OPEN_PATIENCE = 60
PHOTO_PATIENCE = 180
"""Seconds for one photo, the model's first loading included, before the bench gives up."""

SETTLE = 0.3
"""Seconds after an end in which late notes of the probe still arrive."""

QUIET = 1.5
"""Seconds without a request after which a first visit is over."""

QUIET_PATIENCE = 30

READ_INFERENCE = """rows => Object.fromEntries(rows.map(row => [
    row.querySelector('.row-name').textContent, row.dataset.inferenceSeconds ?? '']))"""
REMOVE_ROWS = """() => {
    const remove = '#queue-panel button[aria-label^="Remove "]';
    for (const button of document.querySelectorAll(remove)) button.click();
}"""


@dataclass
class Subjects:
    """Everything that can be measured: the two servers and where copies of photos go."""

    homecut: "RunningServer"
    peer: "RunningServer"
    folder: Path
    count: int = field(default=0, init=False)

    def server_of(self, subject: str) -> "RunningServer":
        """Return the server of the peer's page or of Homecut's."""
        return self.peer if subject == PEER else self.homecut

    def fresh_copies(self, photos: list[Path], subject: str) -> list[Path]:
        """Return copies of photos under names that no page has seen."""
        copies = []
        for photo in photos:
            self.count += 1
            copies.append(copy_as(photo, self.folder, f"{photo.stem}-{subject}-{self.count}"))
        return copies


class MeasuredPage:
    """A page with the probe in it; ``subject`` is the peer or one of Homecut's qualities."""

    def __init__(self, context: "BrowserContext", subjects: Subjects, subject: str) -> None:
        context.add_init_script(path=PROBE)
        self.subjects = subjects
        self.server = subjects.server_of(subject)
        self.records_before = len(self.server.records)
        self.driver = HomecutPage(context.new_page())
        self.driver.open(self.server.url, timeout=OPEN_PATIENCE)
        self.is_peer = subject == PEER

    def choose(self, subject: str) -> None:
        """Choose a quality, as the user does in the details panel; the peer has none."""
        if not self.is_peer:
            self.driver.choose(quality=subject)

    def cut_out(self, photos: list[Path], subject: str, since_navigation: bool = False) -> Timing:
        """Give the photos to the page together and return the times when all are done."""
        page = self.driver.page
        page.bring_to_front()
        copies = self.subjects.fresh_copies(photos, subject)
        self.driver.add_files(copies)
        rows = self.driver.wait_until_ended(PHOTO_PATIENCE * len(copies))
        for row in rows:
            if row.state != "done":
                raise Complaint(f"{title(subject)} did not finish {row.name}: {row.status}")
        page.wait_for_timeout(SETTLE * 1000)
        notes = page.evaluate("() => window.benchProbe")
        inference = page.eval_on_selector_all(".row", READ_INFERENCE)
        names = [copy.name for copy in copies]
        timing = timing_of(notes, names, inference, since_navigation)
        page.evaluate(REMOVE_ROWS)
        for copy in copies:
            copy.unlink()
        return timing

    def received_bytes(self) -> int:
        """Return the bytes of bodies sent since the page was opened, once they have ended.

        The service worker's own fetches belong to a first visit, so a quiet moment is awaited. The
        codecs do not: they come when the visit is over, for later ones.
        """
        deadline = time.monotonic() + QUIET_PATIENCE
        while time.monotonic() < deadline:
            count = len(self.server.records)
            self.driver.page.wait_for_timeout(QUIET * 1000)
            if count == len(self.server.records):
                break
        records = self.server.records[self.records_before :]
        return sum(record.sent_bytes for record in records if CODECS not in record.path)

    def surroundings(self) -> dict[str, Any]:
        """Return what the page may use: threads and isolation."""
        facts: dict[str, Any] = self.driver.page.evaluate(
            "() => ({isolated: crossOriginIsolated, threads: navigator.hardwareConcurrency})"
        )
        return facts


def title(subject: str) -> str:
    """Return what a subject is called in sentences."""
    return "The peer" if subject == PEER else f"Homecut ({subject})"


@contextlib.contextmanager
def one_sentence(what: str, browser: "Browser", seconds: float) -> Iterator[None]:
    """Turn what may go wrong in a browser into a :class:`Complaint` about ``what``.

    After ``seconds`` the browser is ended: a page that blocks itself for good answers no question,
    and every further call would wait for ever.
    """
    from playwright.sync_api import Error

    number = browser_process(browser)
    overdue = threading.Event()

    def end() -> None:
        overdue.set()
        os.kill(number, signal.SIGTERM)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (Error, TimeoutError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
        if overdue.is_set():
            reason = f"no end after {seconds:.0f} s"
        raise Complaint(
            f"{what} could not be measured ({reason}). Close other programs and run it again, or "
            "leave it out with --only, --modes or --megapixels."
        ) from error
    finally:
        timer.cancel()
