"""``dev.py bench``: Homecut and the peer in one browser, on one machine, in one go."""

import argparse
import contextlib
import datetime
import json
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from common.options import QUALITIES, Options
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from rich.console import Console

    from tools.bench.figures import Reading
    from tools.bench.pages import Subjects
    from tools.bench.phases import Plan


PARTS = ("visit", "lines", "return", "warm", "ten", "memory")
"""First visits, also over slow lines, return visits, warm cutouts, ten photos in a row, memory."""

FIREFOX = "firefox"
"""First and later visits in Firefox, only where it is asked for."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument(
        "--photos", nargs="+", type=Path, default=[], metavar="FILE",
        help="photos to enlarge or reduce to the sizes (default: three of scikit-image's)",
    )  # fmt: skip
    parser.add_argument(
        "--megapixels", nargs="+", type=float, default=[1, 4, 12], metavar="N",
        help="sizes in megapixels (default: 1 4 12)",
    )  # fmt: skip
    parser.add_argument(
        "--modes", nargs="+", choices=tuple(QUALITIES), default=list(QUALITIES), metavar="NAME",
        help=f"of {', '.join(QUALITIES)} (default: all)",
    )  # fmt: skip
    parser.add_argument(
        "--only", nargs="+", choices=(*PARTS, FIREFOX), default=list(PARTS), metavar="PART",
        help=f"of {', '.join(PARTS)} (default: all of these) and {FIREFOX}",
    )  # fmt: skip
    parser.add_argument(
        "--rounds", type=int, default=3, metavar="N", help="turns of each (default: 3)"
    )
    parser.add_argument(
        "--minutes", type=float, default=30, metavar="N",
        help="begin nothing new after this time (default: 30)",
    )  # fmt: skip
    parser.add_argument(
        "--timeline", type=Path, metavar="FILE",
        help="draw what ran when during a return visit (PNG, Linux only)",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all readings there")
    parser.add_argument(
        "--write-docs", action="store_true",
        help="write the table into docs/PERFORMANCE.md and the picture docs/performance.png",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Measure, print the table, write what was asked for."""
    from tools.bench.figures import document_of, figures_of
    from tools.bench.report import TIMELINE, table_of
    from tools.setup.progress import make_console
    from tools.site.preparation import prepare

    check(args)
    console = make_console()
    prepare(console)
    plan = plan_of(args)
    machine = describe_machine()
    readings: list[Reading] = []
    failure = None
    picture = args.timeline or (ROOT / "docs" / TIMELINE if args.write_docs else None)
    deadline = time.monotonic() + 60 * args.minutes
    with contextlib.closing(measure(args.only, plan, machine, console, picture)) as measured:
        try:
            for reading in measured:
                readings.append(reading)
                show(reading, console)
                if time.monotonic() > deadline:
                    raise Complaint(f"The {args.minutes:g} minutes are over. Allow more: --minutes")
        except Complaint as error:
            # What was measured until then is worth showing; the sentence comes last.
            failure = error
    figures = figures_of(readings)
    settings = {
        "megapixels": sorted(plan.photos), "rounds": plan.rounds, "modes": plan.modes,
        "parts": args.only, "default": plan.default,
        "photos": [str(path) for path in args.photos] or "scikit-image's",
    }  # fmt: skip
    if figures:
        console.print(table_of(figures))
    if args.json:
        document = document_of(readings, machine, settings, failure is None)
        args.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    if failure:
        raise failure
    if args.write_docs:
        write_documentation(figures, machine, settings)
    return 0


def check(args: argparse.Namespace) -> None:
    """Raise :class:`Complaint` for options that make no benchmark."""
    if args.rounds < 1 or any(not 0.01 <= size <= 100 for size in args.megapixels):
        raise Complaint("--rounds starts at 1, and --megapixels are between 0.01 and 100.")
    for photo in args.photos:
        if not photo.is_file():
            raise Complaint(f"There is no file {photo}. Check the path.")


def plan_of(args: argparse.Namespace) -> "Plan":
    """Return the plan, its photos made."""
    from tools.bench.phases import Plan
    from tools.bench.photos import make_photos

    photos = make_photos(args.photos, sorted(set(args.megapixels)))
    return Plan(photos, args.modes, Options().quality, args.rounds)


def measure(
    parts: list[str],
    plan: "Plan",
    machine: dict[str, Any],
    console: "Console",
    picture: Path | None = None,
) -> "Generator[Reading, None, None]":
    """Yield the readings of the chosen parts; completes the machine's description.

    ``picture`` is the file for the timeline of a return visit.
    """
    from tools.bench import memory_run, phases, returning
    from tools.bench.machine import memory
    from tools.bench.pages import Subjects
    from tools.bench.peer import compressed_beforehand, peer_server
    from tools.pages.page_driver import chromium
    from tools.site.compression import CompressedFiles
    from tools.site.server import running_server
    from tools.site.site import Site

    compressed_beforehand(Site(ROOT), CompressedFiles(), console)
    with (
        peer_server(console) as peer,
        running_server() as homecut,
        tempfile.TemporaryDirectory(prefix="homecut-bench-") as folder,
    ):
        subjects = Subjects(homecut, peer, Path(folder))
        with chromium(console) as browser:
            machine |= describe_browser(browser, subjects)
            if "visit" in parts:
                yield from phases.first_visits(plan, subjects, browser)
            if "lines" in parts:
                yield from returning.line_visits(plan, subjects, browser)
            if "warm" in parts or "ten" in parts:
                pages = phases.WarmPages(plan, subjects, browser)
                if "warm" in parts:
                    yield from phases.warm_cutouts(plan, pages)
                if "ten" in parts:
                    yield from phases.ten_in_a_row(plan, pages)
        if "return" in parts:
            yield from returning.return_visits(plan, subjects, console, picture)
        if FIREFOX in parts:
            from tools.bench.firefox import firefox_visits

            yield from firefox_visits(plan, subjects, console)
        if "memory" in parts:
            if memory.is_available():
                yield from memory_run.memory_peaks(plan, subjects, console)
            else:
                console.print("Peak memory is left out: only Linux tells it.")


def describe_machine() -> dict[str, Any]:
    """Return what the figures depend on, before anything is measured."""
    from tools.bench.machine.speed import numpy_seconds
    from tools.bench.peer import PACKAGE, peer_version

    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    pages = os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "commit": commit.stdout.strip() or "unknown",
        "system": f"{platform.system()} on {platform.machine()}",
        "cores": os.cpu_count() or 1,
        "memory_gb": pages * os.sysconf("SC_PAGE_SIZE") / 1e9 if pages else 0.0,
        "load_average": load,
        "numpy_seconds": numpy_seconds(),
        "peer": f"{PACKAGE} {peer_version()}",
    }


def describe_browser(browser: "Browser", subjects: "Subjects") -> dict[str, Any]:
    """Return the browser's version and what a page in it may use; Homecut's and the peer's."""
    from tools.bench.figures import PEER
    from tools.bench.pages import MeasuredPage, one_sentence

    with one_sentence("The browser", browser, 120):
        context = browser.new_context()
        homecut = MeasuredPage(context, subjects, Options().quality).surroundings()
        peer = MeasuredPage(context, subjects, PEER).surroundings()
        context.close()
    if homecut != peer:
        raise Complaint(f"The pages run under unlike conditions: {homecut} and {peer}.")
    return {"browser": f"Chromium {browser.version}", **homecut}


def show(reading: "Reading", console: "Console") -> None:
    """Print a reading as it comes in."""
    from tools.bench.figures import MEASURES

    measure = MEASURES[reading.measure]
    size = "" if reading.megapixels is None else f", {reading.megapixels:g} MP"
    value = f"{reading.value:.{measure.decimals}f} {measure.unit}"
    console.print(f"[dim]{measure.title}, {reading.subject}{size}:[/dim] {value}")
    console.file.flush()


def write_documentation(
    figures: list[Any], machine: dict[str, Any], settings: dict[str, Any]
) -> None:
    """Write the table between its markers, and the picture."""
    from tools.bench.plot import plot_of
    from tools.bench.report import PICTURE, markdown_of, write_section
    from tools.setup.cache import write_atomically

    documentation = ROOT / "docs"
    section = markdown_of(figures, machine, settings)
    write_section(documentation / "PERFORMANCE.md", section)
    write_atomically(documentation / PICTURE, plot_of(figures))
