"""``python -m tools.survey.report``: Pillow's own test pictures end in a result or a sentence.

Prints a table of counts, what took longest and most memory, and each failure; ends with 1 when
there is one. ``python -m tools.survey.report FOLDER`` takes the files of a folder instead.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tools.setup.complaint import Complaint
from tools.survey.pictures import pillow_pictures
from tools.survey.trial import DONE, ELSEWHERE, FAILED, REFUSED, Outcome, attempt

ENDS = (DONE, ELSEWHERE, REFUSED, FAILED)

MOST_MEGABYTES = 1500
"""What no file may take; a picture of the largest size that is taken needs 1,000."""


def outcomes_of(folder: Path) -> list[Outcome]:
    """Return how every file below a folder ends, in the order of their paths."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
    return [attempt(path, str(path.relative_to(folder))) for path in files]


def failures(outcomes: list[Outcome]) -> list[Outcome]:
    """Return those that ended in an error, or took more memory than any may."""
    return [one for one in outcomes if one.end == FAILED or one.megabytes > MOST_MEGABYTES]


def show(outcomes: list[Outcome], console: Console) -> None:
    """Print the counts of each kind, the reasons of refusals, the slowest and the largest."""
    counts = Counter((one.kind, one.end) for one in outcomes)
    table = Table("kind", *ENDS)
    for kind in sorted({one.kind for one in outcomes}):
        table.add_row(kind or "(unknown)", *[str(counts[kind, end] or "") for end in ENDS])
    totals = Counter(one.end for one in outcomes)
    table.add_row("all", *[str(totals[end]) for end in ENDS])
    console.print(table)
    reasons = Counter(one.words for one in outcomes if one.end == REFUSED)
    console.print("Refused: " + ", ".join(f"{words} {count}" for words, count in reasons.items()))
    slowest = max(outcomes, key=lambda one: one.seconds)
    largest = max(outcomes, key=lambda one: one.megabytes)
    console.print(f"Longest: {slowest.name}, {slowest.seconds} s")
    console.print(f"Most memory: {largest.name}, {largest.megabytes} MB above the start")
    for one in failures(outcomes):
        console.print(f"FAILED {one.name}: {one.words} ({one.megabytes} MB)", markup=False)


def main() -> int:
    """Survey the pictures; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.survey.report", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="files to try instead of Pillow's")
    parser.add_argument("--list", action="store_true", help="print one line for each file, too")
    arguments = parser.parse_args()
    console = Console(soft_wrap=True)
    try:
        outcomes = outcomes_of(arguments.folder or pillow_pictures())
    except Complaint as complaint:
        console.print(str(complaint))
        return 1
    if arguments.list:
        for one in outcomes:
            console.print(f"{one.name}: {one.kind} {one.end} {one.words}", markup=False)
    show(outcomes, console)
    return 1 if failures(outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
