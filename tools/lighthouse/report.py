"""Let Lighthouse judge the built page: ``python -m tools.lighthouse.report``.

The site is built into a temporary folder, served as ``dev.py serve`` does, and opened by the
installed Chromium as a phone on a slow line and as a desktop, each with nothing stored. Printed are
the four marks of each (0 to 100) and what takes points away. Lighthouse comes from npm, pinned in
``tools/lighthouse/package-lock.json`` and kept in the cache; it is told to report to nobody.
Ends with 1 when accessibility, best practices or search engines have less than :data:`LEAST`;
performance depends on the machine and is only told.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.pages.browser import CHROMIUM_FLAGS, ensure_chromium
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.node import node_command, node_modules
from tools.setup.progress import make_console
from tools.site.build import build_site
from tools.site.preparation import prepare
from tools.site.server import running_server

if TYPE_CHECKING:
    from rich.console import Console

PROJECT = ROOT / "tools" / "lighthouse"
PROGRAM = "lighthouse/cli/index.js"

CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "Search engines",
}
"""Lighthouse's names of what it marks: ours."""

DEMANDED = ("accessibility", "best-practices", "seo")
LEAST = 95

FORMS = {"phone": (), "desktop": ("--preset=desktop",)}
"""What the page is opened as: Lighthouse's options for it, none for a phone."""

PATIENCE = 600
"""Seconds for one opening; the machine may be shared."""


@dataclass(frozen=True)
class Judgement:
    """Marks by category, 0 to 100, and by category what takes points away."""

    marks: dict[str, int]
    losses: dict[str, list[str]]

    def too_low(self) -> list[str]:
        """Return the demanded categories that have less than :data:`LEAST`."""
        return [name for name in DEMANDED if self.marks[name] < LEAST]


def judgement_of(document: dict[str, Any]) -> Judgement:
    """Return what stands in Lighthouse's report.

    Raises :class:`Complaint` when it could not judge a category.
    """
    if failure := document.get("runtimeError"):
        raise Complaint(f"Lighthouse could not open the page: {failure['message']} Run it again.")
    marks: dict[str, int] = {}
    losses: dict[str, list[str]] = {}
    for name, title in CATEGORIES.items():
        category = document["categories"][name]
        if category["score"] is None:
            raise Complaint(f"Lighthouse has no mark for {title.lower()}. Run it again.")
        marks[name] = round(100 * category["score"])
        losses[name] = [
            told(document["audits"][part["id"]])
            for part in category["auditRefs"]
            if part["weight"] and (document["audits"][part["id"]]["score"] or 0) < 1
            and document["audits"][part["id"]]["scoreDisplayMode"] in ("binary", "numeric")
        ]  # fmt: skip
    return Judgement(marks, losses)


def told(audit: dict[str, Any]) -> str:
    """Return one of Lighthouse's findings as a line."""
    value = audit.get("displayValue") or audit.get("explanation") or ""
    return f"{audit['title']}: {value}" if value else str(audit["title"])


def run(url: str, form: str, console: "Console") -> dict[str, Any]:
    """Return Lighthouse's report on a page; raises :class:`Complaint` when there is none."""
    program = node_modules(PROJECT, console) / PROGRAM
    with tempfile.TemporaryDirectory(prefix="homecut-lighthouse-") as folder:
        report = Path(folder) / "report.json"
        command = [
            node_command(), str(program), url, "--quiet", "--no-enable-error-reporting",
            "--output=json", f"--output-path={report}",
            f"--chrome-flags={' '.join(CHROMIUM_FLAGS)}", *FORMS[form],
        ]  # fmt: skip
        environment = os.environ | {"CHROME_PATH": str(ensure_chromium(console))}
        try:
            outcome = subprocess.run(
                command, env=environment, capture_output=True, text=True, timeout=PATIENCE,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Complaint(
                f"Lighthouse has not ended within {PATIENCE} s. Close other programs and run it "
                "again."
            ) from None
        if outcome.returncode or not report.is_file():
            lines = outcome.stderr.strip().splitlines()
            raise Complaint(f"Lighthouse failed: {lines[-1] if lines else 'no reason given'}")
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found


def main() -> int:
    """Build, serve, judge and print; return the exit code."""
    console = make_console()
    prepare(console)
    low = []
    with tempfile.TemporaryDirectory(prefix="homecut-lighthouse-") as folder:
        build_site(ROOT, Path(folder) / "dist")
        for form in FORMS:
            # A server for each, so that nothing is warm for the second.
            with running_server(Path(folder) / "dist") as server:
                judgement = judgement_of(run(server.url, form, console))
            console.print(f"[bold]{form}[/bold]")
            for name, title in CATEGORIES.items():
                console.print(f"  {title}: {judgement.marks[name]}")
                for line in judgement.losses[name]:
                    console.print(f"    {line}", style="dim", markup=False)
            low += [f"{CATEGORIES[name].lower()} ({form})" for name in judgement.too_low()]
    if low:
        raise Complaint(f"Less than {LEAST}: {', '.join(low)}. Mend what the lines above name.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Complaint as complaint:
        sys.exit(f"homecut: {complaint}")
