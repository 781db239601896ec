"""The timed parts of a benchmark, each yielding readings: first visits, warm, ten in a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bench.figures import PEER, Reading
from tools.bench.pages import PHOTO_PATIENCE, MeasuredPage, Subjects, one_sentence, title
from tools.bench.timing import Timing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEN = 10


@dataclass(frozen=True)
class Plan:
    """What is to be measured: ``modes`` are Homecut's qualities, ``default`` the page's own."""

    photos: dict[float, list[Path]]
    modes: list[str]
    default: str
    rounds: int

    @property
    def subjects(self) -> list[str]:
        """The peer and the modes, in the order in which they take turns."""
        return [PEER, *self.modes]

    def photo(self, megapixels: float, number: int) -> Path:
        """Return the photo of a round; all subjects get the same one."""
        photos = self.photos[megapixels]
        return photos[number % len(photos)]


def first_visits(plan: Plan, subjects: Subjects, browser: "Browser") -> Iterator[Reading]:
    """Measure visitors that come for the first time: a fresh context each, A B A B.

    Homecut's visitor meets the default mode, and the smallest of the photos is given.
    """
    smallest = min(plan.photos)
    for number in range(plan.rounds):
        for subject in (PEER, plan.default):
            with one_sentence(f"A first visit of {title(subject)}", browser, 2 * PHOTO_PATIENCE):
                context = browser.new_context()
                page = MeasuredPage(context, subjects, subject)
                photo = plan.photo(smallest, number)
                timing = page.cut_out([photo], subject, since_navigation=True)
                size = page.received_bytes()
                context.close()
            yield Reading("interactive", subject, None, timing.ready)
            yield Reading("first_cutout", subject, smallest, timing.ended)
            if timing.preview is not None:
                yield Reading("first_preview", subject, smallest, timing.chosen + timing.preview)
            yield Reading("first_bytes", subject, None, size / 1e6)
            yield Reading("first_task", subject, smallest, timing.longest_task)


class WarmPages:
    """Both pages open in one browser, their models loaded; Homecut's changes its mode."""

    def __init__(self, plan: Plan, subjects: Subjects, browser: "Browser") -> None:
        self.browser = browser
        with one_sentence("The peer's page", browser, PHOTO_PATIENCE):
            self.peer = MeasuredPage(browser.new_context(), subjects, PEER)
        with one_sentence("Homecut's page", browser, PHOTO_PATIENCE):
            self.homecut = MeasuredPage(browser.new_context(), subjects, plan.default)
        for subject in plan.subjects:
            # Not counted: loads the model and lets memory grow to what the mode needs.
            self.cut_out([plan.photo(min(plan.photos), 0)], subject)

    def cut_out(self, photos: list[Path], subject: str) -> Timing:
        """Return the times of photos given to a subject's page together."""
        page = self.peer if subject == PEER else self.homecut
        what = f"{title(subject)} on {photos[0].name}"
        with one_sentence(what, self.browser, PHOTO_PATIENCE * (1 + len(photos))):
            page.choose(subject)
            return page.cut_out(photos, subject)


def warm_cutouts(plan: Plan, pages: WarmPages) -> Iterator[Reading]:
    """Measure single photos on pages that have worked before, all subjects taking turns."""
    for megapixels in sorted(plan.photos):
        for number in range(plan.rounds):
            for subject in plan.subjects:
                timing = pages.cut_out([plan.photo(megapixels, number)], subject)
                yield Reading("warm_cutout", subject, megapixels, timing.seconds)
                yield Reading("longest_task", subject, megapixels, timing.longest_task)
                yield Reading("longest_pause", subject, megapixels, timing.longest_pause)
                if timing.preview is not None:
                    yield Reading("preview", subject, megapixels, timing.preview)
                if timing.inference is not None:
                    yield Reading("inference", subject, megapixels, timing.inference)
                    overhead = timing.seconds / timing.inference
                    yield Reading("overhead", subject, megapixels, overhead)


def ten_in_a_row(plan: Plan, pages: WarmPages) -> Iterator[Reading]:
    """Measure ten photos of the smallest size, chosen at once, in the default mode."""
    smallest = min(plan.photos)
    photos = [plan.photo(smallest, number) for number in range(TEN)]
    for subject in (PEER, plan.default):
        timing = pages.cut_out(photos, subject)
        yield Reading("ten_photos", subject, smallest, timing.seconds)
        if timing.inference is not None:
            overhead = timing.seconds / timing.inference
            yield Reading("ten_overhead", subject, smallest, overhead)
