"""``dev.py test``: style, types and the whole test suite, with everything they need set up."""

import argparse
import subprocess
import sys

from tools.setup.complaint import Complaint

PASSES_ON_ARGUMENTS = True
"""What this verb does not know goes to pytest."""

STYLE = (
    ("ruff (lint)", ("ruff", "check", ".")),
    ("ruff (format)", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
)
"""Checks before the tests: name, module and arguments."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.usage = "dev.py test [--all] [--only-tests] [PYTEST ARGUMENTS ...]"
    parser.add_argument(
        "--all", action="store_true", help="the slow tests, too, and Firefox and WebKit"
    )
    parser.add_argument("--only-tests", action="store_true", help="leave out style and types")


def run(args: argparse.Namespace) -> int:
    """Run all checks; return 0 only if every one of them passes."""
    from tools.pages.browser import ensure_chromium, ensure_firefox, ensure_webkit
    from tools.setup.checkout import ROOT
    from tools.setup.node import node_modules
    from tools.setup.progress import make_console
    from tools.site.preparation import prepare

    console = make_console()
    prepare(console)
    node_modules(ROOT, console, development=True)
    console.print(f"Chromium: {ensure_chromium(console)}")
    if args.all:
        console.print(f"Firefox: {ensure_firefox(console)}")
        console.print(f"WebKit driver: {ensure_webkit(console)}")
    failed = []
    checks = [] if args.only_tests else list(STYLE)
    checks.append(("pytest", ("pytest", *pytest_arguments(args.all, args.rest))))
    for name, command in checks:
        console.rule(name, align="left")
        if subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        raise Complaint(f"Not everything passes: {', '.join(failed)}. The reports are above.")
    console.print("[bold green]Everything passes.[/bold green]")
    return 0


def pytest_arguments(everything: bool, rest: list[str]) -> list[str]:
    """Return pytest's arguments; the slow tests are left out unless ``everything`` is wanted."""
    chosen = [] if everything else ["-m", "not slow"]
    return ["--durations=25", *chosen, *rest]
