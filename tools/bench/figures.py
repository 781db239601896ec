"""From readings to medians and ratios; knows what is measured but not how."""

import statistics
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

PEER = "peer"
"""The subject that the others are set in relation to."""

BASELINE = "chromium"
"""The browser alone, with an empty page; it has only a memory."""


@dataclass(frozen=True)
class Measure:
    """What a figure is: heading, unit, decimals, and which figure of the peer it is divided by."""

    title: str
    unit: str
    decimals: int = 2
    peer_measure: str | None = None
    meaning: str = ""


def same(key: str, title: str, unit: str, decimals: int, meaning: str) -> tuple[str, Measure]:
    """Return a measure that is divided by the peer's own figure of the same name."""
    return key, Measure(title, unit, decimals, key, meaning)


def line_measures(speed: str) -> list[tuple[str, Measure]]:
    """Return the measures of a first visit over a line of so many megabits a second."""
    line = f"first visit at {speed} Mbit/s, 30 ms"
    return [
        same(f"interactive_{speed}", f"Time to interactive, {line}", "s", 2,
             "throttled by the server"),
        same(f"cutout_{speed}", f"Finished file, {line}", "s", 1, "from navigation"),
        (f"preview_{speed}", Measure(f"First look, {line}", "s", 1, f"cutout_{speed}",
                                     "from navigation; ratio to the peer's finished file")),
    ]  # fmt: skip


MEASURES: dict[str, Measure] = dict(
    [
        same("interactive", "Time to interactive", "s", 2,
             "first visit, from navigation until the page takes a photo"),
        same("first_cutout", "First cutout, first visit", "s", 2,
             "from navigation to the finished file; photo given as soon as the page takes it"),
        ("first_preview", Measure("First preview, first visit", "s", 2, "first_cutout",
                                  "from navigation; ratio to the peer's first cutout")),
        same("first_bytes", "Bytes of the first visit", "MB", 1,
             "bodies as sent (Brotli where that is worth it), service worker included"),
        same("first_task", "Longest main-thread task, first visit", "ms", 0,
             "0: none reached the 50 ms from which browsers report them"),
        same("return_interactive", "Time to interactive, return visit", "s", 2,
             "all stored, browser started afresh; from navigation until the page takes a photo"),
        same("return_cutout", "Finished file, return visit", "s", 2,
             "all stored, browser started afresh; from navigation, photo given at once"),
        ("return_preview", Measure("First look, return visit", "s", 2, "return_cutout",
                                   "from navigation; ratio to the peer's finished file")),
        same("return_task", "Longest main-thread task, return visit", "ms", 0,
             "0: none reached 50 ms"),
        *line_measures("50"),
        *line_measures("10"),
        *[
            (f"firefox_{kind}_{what}", Measure(f"{title}, {kind} visit in Firefox", "s", 2, None,
                                               "from navigation; the peer is not measured there"))
            for kind in ("first", "return")
            for what, title in (("preview", "First look"), ("cutout", "Finished file"))
        ],
        same("warm_cutout", "Warm cutout", "s", 2,
             "from choosing the file to the finished one, page and model in memory"),
        ("preview", Measure("Time to preview", "s", 2, "warm_cutout",
                            "warm; ratio to the peer's warm cutout, for it has no preview")),
        same("inference", "Pure inference", "s", 2,
             "the network's runs alone, all passes, the first look's included"),
        ("overhead", Measure("Overhead", "x", 2, None,
                             "warm cutout divided by its own inference")),
        same("longest_task", "Longest main-thread task", "ms", 0,
             "during a warm cutout; 0: none reached 50 ms"),
        same("longest_pause", "Longest pause of the page", "ms", 0,
             "during a warm cutout: how late a 10 ms timer came, whoever held it up"),
        same("ten_photos", "Ten photos in a row", "s", 1, "all chosen at once, until the last"),
        ("ten_overhead", Measure("Ten photos, overhead", "x", 2, None,
                                 "ten photos in a row divided by their own inference")),
        same("peak_memory", "Peak memory", "MB", 0,
             "proportional set size of all the browser's processes since its start, fresh profile"),
    ]
)  # fmt: skip
"""Everything that is measured, in the order of the table."""


@dataclass(frozen=True)
class Reading:
    """One value of one measurement; ``megapixels`` is ``None`` where no photo is involved."""

    measure: str
    subject: str
    megapixels: float | None
    value: float


@dataclass(frozen=True)
class Figure:
    """The readings of one kind as their median; ``ratio`` to the peer, ``None`` without it."""

    measure: str
    subject: str
    megapixels: float | None
    median: float
    lowest: float
    highest: float
    count: int
    ratio: float | None


def figures_of(readings: Iterable[Reading]) -> list[Figure]:
    """Return a figure for each measure, size and subject that was read, in the table's order."""
    groups: dict[tuple[str, float | None, str], list[float]] = {}
    for reading in readings:
        key = (reading.measure, reading.megapixels, reading.subject)
        groups.setdefault(key, []).append(reading.value)
    medians = {key: statistics.median(values) for key, values in groups.items()}
    order = list(MEASURES)
    figures = []
    for key in sorted(groups, key=lambda key: (order.index(key[0]), key[1] or 0)):
        (measure, megapixels, subject), values = key, groups[key]
        reference = medians.get((MEASURES[measure].peer_measure or "", megapixels, PEER))
        ratio = medians[key] / reference if reference and subject not in (PEER, BASELINE) else None
        figures.append(
            Figure(
                measure, subject, megapixels, medians[key], min(values), max(values), len(values),
                ratio,
            )
        )  # fmt: skip
    return figures


def document_of(
    readings: list[Reading], machine: dict[str, Any], settings: dict[str, Any], complete: bool
) -> dict[str, Any]:
    """Return everything as JSON values: definitions, figures, and the readings they came from."""
    return {
        "schema": 1,
        "complete": complete,
        "machine": machine,
        "settings": settings,
        "definitions": {key: asdict(measure) for key, measure in MEASURES.items()},
        "figures": [asdict(figure) for figure in figures_of(readings)],
        "readings": [asdict(reading) for reading in readings],
    }
