"""The benchmark's figures for people: a table in the terminal and one in the documentation."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.bench.figures import BASELINE, MEASURES, PEER, Figure
from tools.bench.goals import goals_met
from tools.setup.cache import write_atomically
from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    from rich.table import Table

HEADING = "## Against the peer"
NEW_DOCUMENT = "# Performance\n"
PICTURE = "performance.png"
TIMELINE = "start.png"
"""What ran when during a return visit, drawn where return visits are measured."""

Cells = list[list[str]]


def columns_of(figures: list[Figure]) -> list[str]:
    """Return the subjects that have figures, the peer first."""
    found = list(dict.fromkeys(figure.subject for figure in figures if figure.subject != BASELINE))
    return sorted(found, key=lambda subject: subject != PEER)


def cells_of(figures: list[Figure]) -> tuple[list[str], Cells]:
    """Return headings and rows: a row per measure and size, a column per subject.

    A cell holds the median and, in parentheses, its ratio to the peer's; ``-`` was not measured.
    """
    subjects = columns_of(figures)
    rows: dict[tuple[str, float | None], dict[str, Figure]] = {}
    for figure in figures:
        rows.setdefault((figure.measure, figure.megapixels), {})[figure.subject] = figure
    cells = []
    for (measure, megapixels), by_subject in rows.items():
        name = f"{MEASURES[measure].title}, {MEASURES[measure].unit}"
        if baseline := by_subject.get(BASELINE):
            cells.append([f"{name}, the browser alone", "", *[amount(baseline)] * len(subjects)])
            continue
        size = "" if megapixels is None else f"{megapixels:g}"
        found = [by_subject.get(subject) for subject in subjects]
        cells.append([name, size, *(amount(figure) if figure else "-" for figure in found)])
    return ["Median", "MP", *subjects], cells


def amount(figure: Figure) -> str:
    """Return a figure as text: the median, and the ratio to the peer if there is one."""
    text = f"{figure.median:.{MEASURES[figure.measure].decimals}f}"
    return text if figure.ratio is None else f"{text} ({figure.ratio:.2f})"


def table_of(figures: list[Figure]) -> "Table":
    """Return the figures as a table for the terminal."""
    from rich.table import Table

    headings, rows = cells_of(figures)
    table = Table(title="In parentheses: ratio to the peer", box=None, padding=(0, 1, 0, 0))
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="left" if number == 0 else "right")
    for row in rows:
        table.add_row(*row)
    return table


def markdown_of(figures: list[Figure], machine: dict[str, Any], settings: dict[str, Any]) -> str:
    """Return what stands between the markers: how it was measured, table, meanings, picture."""
    headings, rows = cells_of(figures)
    lines = [
        sentence_of(machine, settings),
        "",
        "| " + " | ".join(headings) + " |",
        "| " + " | ".join(["---", *["---:"] * (len(headings) - 1)]) + " |",
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
        "In parentheses: ratio to the peer's figure in the same run.",
        "",
        *table_of_goals(figures),
        *(
            f"- **{measure.title}:** {measure.meaning}."
            for key, measure in MEASURES.items()
            if any(figure.measure == key for figure in figures)
        ),
        "",
        f"![Warm cutout and peak memory beside the peer's]({PICTURE})",
    ]
    if any(figure.measure == "return_cutout" for figure in figures):
        lines += ["", f"![What ran when during a return visit]({TIMELINE})"]
    return "\n".join(lines)


def table_of_goals(figures: list[Figure]) -> list[str]:
    """Return the lines of the table of goals, none when nothing of them was measured."""
    rows = goals_met(figures)
    if not rows:
        return []
    return [
        "| goal (ratio to the peer where there is one; the worst size) | at most | found | met |",
        "| --- | ---: | ---: | --- |",
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def sentence_of(machine: dict[str, Any], settings: dict[str, Any]) -> str:
    """Return where and how the figures came about, as a paragraph."""
    load = float(machine["load_average"])
    busy = "" if load < 1 else f" **The machine was busy (load average {load:.1f} at the start).**"
    sizes = ", ".join(f"{size:g}" for size in settings["megapixels"])
    return (
        f"Written by `dev.py bench` on {machine['date']}, commit {machine['commit']}: "
        f"{machine['system']}, {machine['cores']} cores, {machine['memory_gb']:.0f} GB, "
        f"{machine['browser']}, "
        f"{machine['threads']} threads, {'' if machine['isolated'] else 'not '}isolated, "
        f"WebAssembly; a fixed piece of NumPy work takes {machine['numpy_seconds']:.2f} s. "
        f"The peer is `{machine['peer']}` with its default model, served from the "
        f"same machine. Medians of {settings['rounds']} rounds in which all take turns, photos of "
        f"{sizes} megapixels, no delay and no limit on the line where none is named.{busy}"
    )


def markers(name: str) -> tuple[str, str]:
    """Return the lines that a document has around a section that is written by a tool."""
    return f"<!-- {name}:begin -->", f"<!-- {name}:end -->"


def write_section(
    document: Path, section: str, name: str = "bench", heading: str = HEADING
) -> None:
    """Put a section between the markers of that name in a document; nothing else in it changes.

    Where there is no document or there are no markers, they come at the end. Raises
    :class:`Complaint` when only one of them is there, or more than one pair.
    """
    first, last = markers(name)
    text = document.read_text(encoding="utf-8") if document.exists() else NEW_DOCUMENT
    if text.count(first) != text.count(last) or text.count(first) > 1:
        raise Complaint(f"{document} needs the lines {first} and {last} once each, in this order.")
    if first not in text:
        text = f"{text.rstrip()}\n\n{heading}\n\n{first}\n{last}\n"
    before, _, rest = text.partition(first)
    _, end, after = rest.partition(last)
    if not end:
        raise Complaint(f"{document} has {last} before {first}. Swap these lines.")
    write_atomically(document, f"{before}{first}\n{section}\n{last}{after}".encode())
