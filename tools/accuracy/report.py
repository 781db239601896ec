"""Averages over the photos, as a table for people and as JSON for programs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.accuracy.metrics import (
    BETA_SQUARED,
    BOUNDARY_RADIUS,
    SOFT_RANGE,
    THRESHOLD,
    Scores,
    maximal_f_measure,
)

if TYPE_CHECKING:
    from rich.table import Table

SCHEMA = 2

DEFINITIONS = {
    "mae": "mean absolute error of alpha",
    "iou": f"intersection over union of found and true mask, both cut at {THRESHOLD}",
    "worst_iou": "the photo with the smallest IoU",
    "max_f": f"maximal F-measure of the mean curve, beta^2 = {BETA_SQUARED} (Achanta et al. 2009)",
    "s_measure": "structure measure (Fan et al. 2017), truth cut at 0.5",
    "boundary_mae": f"MAE within {BOUNDARY_RADIUS} pixels of the true mask's edge (a square's "
    "dilation without its erosion)",
    "soft_mae": f"MAE where true alpha lies between {SOFT_RANGE[0]} and {SOFT_RANGE[1]}, on "
    "photos whose truth is a matte",
    "second_looks": "photos that left doubt after the first passes and were looked at once more",
    "second_look_seconds": "mean seconds of such a look",
    "opinions": "photos about which another network was asked",
    "opinion_seconds": "mean seconds of such an answer",
    "seconds": "mean seconds a photo, from its file to the finished file, on this machine's "
    "processor",
}
"""What each figure means; goes into the JSON, so that it explains itself."""

COLUMNS = {
    "mae": "MAE",
    "iou": "IoU",
    "worst_iou": "worst",
    "max_f": "max F",
    "s_measure": "S",
    "boundary_mae": "edge",
    "soft_mae": "soft",
    "second_looks": "twice",
    "opinions": "asked",
    "seconds": "s",
}
"""Figure: heading of its column, short enough for a terminal of 80 columns."""

CAPTION = (
    "worst: smallest IoU; edge, soft: MAE near the true edge, where the truth is soft; "
    "twice, asked: photos with a second look, a second opinion; s: seconds a photo"
)


@dataclass
class Result:
    """One way to a cutout, and what each photo scored.

    ``through`` is ``native`` or ``page``; ``weights`` a variant, ``fp32`` or ``peer``; ``quality``
    the page's name for it or the input's side in pixels. All scores are those of the finished
    files' alpha, edges included; the first look's and the peer's are those of the enlarged matte,
    for they have no other. ``seconds`` a photo, and those of a second look and of a second
    opinion by the names of the photos that got one, are known natively.
    """

    through: str
    weights: str
    quality: str
    scores: dict[str, Scores] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    second_looks: dict[str, float] = field(default_factory=dict)
    opinions: dict[str, float] = field(default_factory=dict)

    def means(self) -> dict[str, float | None]:
        """Return each figure's mean over the photos, ``None`` where no photo has it."""
        scores = list(self.scores.values())

        def mean(of: Callable[[Scores], float | None]) -> float | None:
            values = [value for value in map(of, scores) if value is not None]
            return float(np.mean(values)) if values else None

        return {
            "mae": mean(lambda one: one.mae),
            "iou": mean(lambda one: one.iou),
            "worst_iou": min(one.iou for one in scores),
            "max_f": maximal_f_measure([one.f_curve for one in scores]),
            "s_measure": mean(lambda one: one.s_measure),
            "boundary_mae": mean(lambda one: one.boundary_mae),
            "soft_mae": mean(lambda one: one.soft_mae),
            "second_looks": len(self.second_looks) if self.seconds else None,
            "second_look_seconds": mean_of(self.second_looks),
            "opinions": len(self.opinions) if self.seconds else None,
            "opinion_seconds": mean_of(self.opinions),
            "seconds": mean_of(self.seconds),
        }


def mean_of(values: dict[str, float]) -> float | None:
    """Return the mean of some photos' values, ``None`` where there is none."""
    return float(np.mean(list(values.values()))) if values else None


def table_of(results: list[Result]) -> "Table":
    """Return the results as a table, a row each."""
    from rich.table import Table

    count = len(results[0].scores) if results else 0
    title = f"Accuracy on {count} photos"
    table = Table(title=title, caption=CAPTION, box=None, padding=(0, 1, 0, 0))
    for heading in ("Through", "Weights", "Quality"):
        table.add_column(heading, no_wrap=True)
    for heading in COLUMNS.values():
        table.add_column(heading, justify="right", no_wrap=True)
    for result in results:
        means = result.means()
        figures = [words(means[name]) for name in COLUMNS]
        table.add_row(result.through, result.weights, result.quality, *figures)
    return table


def costs_of(result: Result) -> str:
    """Return what looking again and asking another network cost, empty where nobody did."""
    means = result.means()
    if not result.second_looks:
        return ""
    words = f"{result.weights}, {result.quality}: "
    words += f"a second look took {means['second_look_seconds']:.1f} s"
    if result.opinions:
        words += f", a second opinion {means['opinion_seconds']:.1f} s"
    return words + " on average."


def words(value: float | None) -> str:
    """Return a figure as text; a number of photos has no digits behind the point."""
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def document_of(results: list[Result], folder: str) -> dict[str, Any]:
    """Return the results as JSON values: definitions, means, and each photo's figures."""
    return {
        "schema": SCHEMA,
        "folder": folder,
        "definitions": DEFINITIONS,
        "results": [
            {
                "through": result.through,
                "weights": result.weights,
                "quality": result.quality,
                "means": result.means(),
                "photos": {name: per_photo(result, name) for name in result.scores},
            }
            for result in results
        ],
    }


def per_photo(result: Result, name: str) -> dict[str, float | bool | None]:
    """Return one photo's figures; its F-measure is the best of its own curve."""
    scores = result.scores[name]
    return {
        "mae": scores.mae,
        "iou": scores.iou,
        "max_f": float(scores.f_curve.max()),
        "s_measure": scores.s_measure,
        "boundary_mae": scores.boundary_mae,
        "soft_mae": scores.soft_mae,
        "seconds": result.seconds.get(name),
        "second_look": name in result.second_looks if result.seconds else None,
        "opinion": name in result.opinions if result.seconds else None,
    }
