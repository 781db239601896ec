"""What the project set out to reach, beside what the benchmark found."""

from dataclasses import dataclass

from common.options import Options
from tools.bench.figures import Figure

DEFAULT = Options().quality


@dataclass(frozen=True)
class Goal:
    """A bound for one measure: ``most`` is compared with the ratio to the peer, or the value.

    ``megapixels`` restricts it to one size; ``None`` takes the worst of all sizes.
    """

    words: str
    measure: str
    subject: str
    most: float
    is_ratio: bool = True
    megapixels: float | None = None


GOALS = (
    Goal("Preview", "preview", DEFAULT, 0.10),
    Goal("HD (the default), warm", "warm_cutout", DEFAULT, 0.35),
    Goal("Best, warm", "warm_cutout", "best", 1.0),
    Goal("Overhead at 1 megapixel", "overhead", DEFAULT, 1.10, False, 1),
    Goal("Overhead at 4 megapixels", "overhead", DEFAULT, 1.10, False, 4),
    Goal("Overhead at 12 megapixels", "overhead", DEFAULT, 1.25, False, 12),
    Goal("Bytes of the first visit", "first_bytes", DEFAULT, 0.47),
    Goal("First look, return visit", "return_preview", DEFAULT, 0.25),
    Goal("Finished file, return visit", "return_cutout", DEFAULT, 0.5),
    Goal("Page takes a photo, return visit, s", "return_interactive", DEFAULT, 1.0, False),
    Goal("First look, first visit", "first_preview", DEFAULT, 0.4),
    Goal("Finished file, first visit", "first_cutout", DEFAULT, 0.9),
    Goal("First look, 10 Mbit/s", "preview_10", DEFAULT, 0.2),
    Goal("Finished file, 10 Mbit/s", "cutout_10", DEFAULT, 0.5),
    Goal("Longest main-thread task, ms", "longest_task", DEFAULT, 50, False),
    Goal("Ten photos, overhead", "ten_overhead", DEFAULT, 1.05, False),
    Goal("Peak memory at 12 megapixels", "peak_memory", DEFAULT, 1.0, True, 12),
)
"""The issue's bounds, in its order."""


def goals_met(figures: list[Figure]) -> list[list[str]]:
    """Return a row for every goal that was measured: words, bound, what was found, yes or no."""
    rows = []
    for goal in GOALS:
        values = [
            figure.ratio if goal.is_ratio else figure.median
            for figure in figures
            if (figure.measure, figure.subject) == (goal.measure, goal.subject)
            and goal.megapixels in (None, figure.megapixels)
        ]
        found = [value for value in values if value is not None]
        if found:
            worst = max(found)
            met = "yes" if worst <= goal.most else "no"
            rows.append([goal.words, f"{goal.most:g}", f"{worst:.2f}", met])
    return rows
