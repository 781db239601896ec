"""The benchmark's visits: first ones over lines of several speeds, and return visits.

A return visit is what most visits are: everything is stored, the browser was closed and starts
afresh, the photo is given as soon as the page takes it. Each page has a profile of its own on disk,
so that all that a browser keeps from visit to visit is there: HTTP cache, compiled code, storage.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bench.figures import PEER, Reading
from tools.bench.pages import PHOTO_PATIENCE, MeasuredPage, Subjects, one_sentence, title
from tools.bench.phases import Plan
from tools.bench.timeline import Timeline, browser_of, picture_of
from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
from tools.setup.cache import write_atomically
from tools.setup.complaint import Complaint
from tools.site.line import Line

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright
    from rich.console import Console

LINES = {"50": Line(50e6, 0.03), "10": Line(10e6, 0.03)}
"""Megabits a second: a line with 30 ms until each answer begins."""

STORED = "html[data-filled][data-snapshot]"
"""How Homecut's page says that all of it lies on the device, its interpreter's snapshot too."""


def line_visits(plan: Plan, subjects: Subjects, browser: "Browser") -> Iterator[Reading]:
    """Measure first visits over slow lines, one round on each: they take long and vary little."""
    smallest = min(plan.photos)
    for name, line in LINES.items():
        for subject in (PEER, plan.default):
            server = subjects.server_of(subject).server
            server.line = line
            try:
                what = f"A first visit of {title(subject)} over {name} Mbit/s"
                with one_sentence(what, browser, 3 * PHOTO_PATIENCE):
                    context = browser.new_context()
                    page = MeasuredPage(context, subjects, subject)
                    photo = plan.photo(smallest, 0)
                    timing = page.cut_out([photo], subject, since_navigation=True)
                    context.close()
            finally:
                server.line = None
            yield Reading(f"interactive_{name}", subject, None, timing.ready)
            yield Reading(f"cutout_{name}", subject, smallest, timing.ended)
            if timing.preview is not None:
                preview = timing.chosen + timing.preview
                yield Reading(f"preview_{name}", subject, smallest, preview)


def return_visits(
    plan: Plan, subjects: Subjects, console: "Console", picture: Path | None = None
) -> Iterator[Reading]:
    """Measure visitors that come again, all pages taking turns; two visits before do not count.

    The first fills the stores; from the second on the browser knows what is worth keeping compiled.
    One visit more is drawn as a timeline into the file ``picture``.
    """
    from playwright.sync_api import Error, sync_playwright

    smallest = min(plan.photos)
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory(prefix="homecut-bench-profiles-") as folder,
    ):
        for number in range(-2, plan.rounds):
            for subject in (PEER, plan.default):
                try:
                    with profile(playwright, Path(folder) / subject, console) as context:
                        page = MeasuredPage(context, subjects, subject)
                        photo = plan.photo(smallest, max(number, 0))
                        timing = page.cut_out([photo], subject, since_navigation=True)
                        if number < 0 and not page.is_peer:
                            page.driver.page.wait_for_selector(STORED)
                except Error as error:
                    reason = error.message.splitlines()[0]
                    raise Complaint(
                        f"A return visit of {title(subject)} failed ({reason}). Close other "
                        "programs and run it again, or leave it out with --only."
                    ) from error
                if number < 0:
                    continue
                yield Reading("return_interactive", subject, None, timing.ready)
                yield Reading("return_cutout", subject, smallest, timing.ended)
                if timing.preview is not None:
                    preview = timing.chosen + timing.preview
                    yield Reading("return_preview", subject, smallest, preview)
                yield Reading("return_task", subject, smallest, timing.longest_task)
        if picture:
            place = Path(folder) / plan.default
            with profile(playwright, place, console) as context:
                with Timeline(browser_of(place)) as timeline:
                    page = MeasuredPage(context, subjects, plan.default)
                    timing = page.cut_out([plan.photo(smallest, 0)], plan.default, True)
                origin = page.driver.page.evaluate("performance.timeOrigin") / 1000 - timeline.began
            marks = {"takes a photo": timing.ready, "finished file": timing.ended}
            if timing.preview is not None:
                marks["first look"] = timing.chosen + timing.preview
            moments = {name: origin + second for name, second in marks.items()}
            write_atomically(picture, picture_of(timeline.shares, timeline.ends, moments))


@contextlib.contextmanager
def profile(
    playwright: "Playwright", folder: Path, console: "Console"
) -> Iterator["BrowserContext"]:
    """Start the browser on a profile's folder; it ends with the ``with`` block."""
    flags = [flag for flag in CHROMIUM_FLAGS if flag != "--headless"]
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=ensure_chromium(console), args=flags, headless=True
    )
    try:
        context.set_default_timeout(1000 * PHOTO_PATIENCE)
        yield context
    finally:
        context.close()
