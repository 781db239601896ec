"""``dev.py test``: style, types and the whole test suite, with everything they need set up."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tools.setup.complaint import Complaint

if TYPE_CHECKING:
    from rich.console import Console

PASSES_ON_ARGUMENTS = True
"""What this verb does not know goes to pytest."""

PROCESSES = 2
"""Tests run in so many processes at a time, each with a browser of its own.

The tests of a file stay together, and so do all that look at one journey (see
``tests/conftest.py``).
"""


@dataclass(frozen=True)
class Check:
    """A check: its name, a Python module with arguments, and what its environment has on top."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


STYLE = (
    Check("ruff (lint)", ("ruff", "check", ".")),
    Check("ruff (format)", ("ruff", "format", "--check", ".")),
    Check("mypy", ("mypy",)),
)
"""Checks before the tests."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.usage = (
        "dev.py test [--all | --slow] [--minutes N] [--only-tests] [PYTEST ARGUMENTS ...]"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--all", action="store_true", help="the slow tests, too, and Firefox and WebKit"
    )
    which.add_argument("--slow", action="store_true", help="only what --all adds")
    parser.add_argument(
        "--minutes",
        type=float,
        help="begin no slow test later, and leave out a browser that cannot be had",
    )
    parser.add_argument("--only-tests", action="store_true", help="leave out style and types")


def run(args: argparse.Namespace) -> int:
    """Run all checks; return 0 only if every one of them passes."""
    from tools.pages.browser import ensure_chromium
    from tools.setup.checkout import ROOT
    from tools.setup.node import node_modules
    from tools.setup.progress import make_console
    from tools.site.preparation import prepare

    console = make_console()
    prepare(console)
    node_modules(ROOT, console, development=True)
    console.print(f"Chromium: {ensure_chromium(console)}")
    missing = other_browsers(console, args.minutes is not None) if args.all or args.slow else []
    checks = [] if args.only_tests or args.slow else list(STYLE)
    checks += runs_of_pytest(args, missing)
    failed = []
    for check in checks:
        console.rule(check.name, align="left")
        command = [sys.executable, "-m", *check.command]
        environment = os.environ | check.environment
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            failed.append(check.name)
    if failed:
        raise Complaint(f"Not everything passes: {', '.join(failed)}. The reports are above.")
    console.print("[bold green]Everything passes.[/bold green]")
    return 0


def other_browsers(console: "Console", may_be_missing: bool) -> list[str]:
    """See to Firefox and WebKit; return the markers of those that cannot be had.

    Raises :class:`Complaint` for the first of them unless one ``may_be_missing``.
    """
    from tools.pages.browser import ensure_firefox, ensure_webkit

    seekers: dict[str, Callable[[Console], Path]] = {
        "firefox": ensure_firefox,
        "webkit": ensure_webkit,
    }
    missing = []
    for marker, ensure in seekers.items():
        try:
            console.print(f"{marker}: {ensure(console)}")
        except Complaint as complaint:
            if not may_be_missing:
                raise
            console.print(f"Its tests are left out. {complaint}")
            missing.append(marker)
    return missing


def runs_of_pytest(args: argparse.Namespace, missing: list[str]) -> list[Check]:
    """Return the runs of pytest in their order.

    Whoever hands arguments to pytest gets one run with them, in one process, which can be stopped
    and looked into; what else only ``--all`` has time for is among it.
    """
    without = [f"not {marker}" for marker in missing]
    slow = " and ".join(["slow", *without])
    rest = " and ".join(["(slow or later)", *without])
    if args.rest:
        chosen = () if args.all else ("-m", slow) if args.slow else ("-m", "not slow")
        return [Check("pytest", ("pytest", *chosen, *args.rest))]
    side_by_side = ("-n", str(PROCESSES), "--dist", "loadfile", "--no-loadscope-reorder")
    pytest = ("pytest", "--durations=25", *side_by_side)
    quick = [
        Check("tests without a browser", (*pytest, "-m", "not slow", "--ignore", "tests/browser")),
        Check("tests with a browser", (*pytest, "-m", "not slow and not later", "tests/browser")),
    ]
    limit: tuple[str, ...] = ()
    environment: dict[str, str] = {}
    if args.minutes is not None:
        from tools.suite import time_limit

        limit, environment = ("-p", time_limit.__name__), time_limit.until(args.minutes)
    slowly = Check("slow tests", (*pytest, "-m", rest, *limit), environment)
    return [slowly] if args.slow else [*quick, slowly] if args.all else quick
