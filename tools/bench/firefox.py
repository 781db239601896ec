"""Homecut's first and later visits in Firefox; the peer is not measured there."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bench.figures import Reading
from tools.bench.pages import PHOTO_PATIENCE, Subjects
from tools.bench.phases import Plan
from tools.bench.timing import timing_of
from tools.pages.browser import ensure_firefox
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint
from tools.setup.node import node_command, node_modules

if TYPE_CHECKING:
    from rich.console import Console

SCRIPT = Path(__file__).with_name("firefox_visits.mjs")
PROBE = ROOT / "tools/bench/probe.js"


def firefox_visits(plan: Plan, subjects: Subjects, console: "Console") -> Iterator[Reading]:
    """Measure a first visit, one that does not count, and ``plan.rounds`` later ones.

    Raises :class:`Complaint` when a visit does not come to its end.
    """
    smallest = min(plan.photos)
    with tempfile.TemporaryDirectory(prefix="homecut-bench-firefox-") as profile:
        [photo] = subjects.fresh_copies([plan.photo(smallest, 0)], plan.default)
        settings = {
            "nodeModules": str(node_modules(ROOT, console, development=True)),
            "firefox": str(ensure_firefox(console)),
            "profile": profile, "probe": str(PROBE), "url": subjects.homecut.url,
            "photo": str(photo), "visits": plan.rounds + 2, "patience": PHOTO_PATIENCE,
        }  # fmt: skip
        command = [node_command(), str(SCRIPT), json.dumps(settings)]
        outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode:
        reason = outcome.stderr.strip()[-200:]
        raise Complaint(f"Firefox could not be measured ({reason}). Leave it out of --only.")
    visits = outcome.stdout.splitlines()
    for number, line in enumerate(visits):
        if number == 1:
            continue
        timing = timing_of(json.loads(line), [photo.name], {}, since_navigation=True)
        kind = "return" if number else "first"
        yield Reading(f"firefox_{kind}_cutout", plan.default, smallest, timing.ended)
        if timing.preview is not None:
            preview = timing.chosen + timing.preview
            yield Reading(f"firefox_{kind}_preview", plan.default, smallest, preview)
