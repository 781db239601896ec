"""Reads the page's JavaScript with acorn, a parser that development alone needs.

``javascript.mjs`` does the reading under Node; here it is started and its answer checked.
"""

import json
import shutil
import subprocess
from pathlib import Path

from tools.audit.findings import INIT, POWERS, Finding
from tools.setup.complaint import Complaint

READER = Path(__file__).with_name("javascript.mjs")
GATE = {
    "sw.js": [],
    "assets/js/start.js": ["HINTS"],
    "assets/js/no_databases.js": [],
    "assets/js/ways_out.js": [],
}
"""The scripts that guard the page: every statement is reported by its whole text, but those that
declare one of the names (words for the screen)."""

CLASSIC = (
    "assets/js/early_intake.js", "assets/js/kept_choices.js", "assets/js/no_databases.js", "sw.js",
)  # fmt: skip
"""Scripts that a browser does not read as modules."""


def parser_place() -> Path:
    """Return where acorn lies, installing the pinned one if need be."""
    from rich.console import Console

    from tools.setup.checkout import ROOT
    from tools.setup.node import node_modules

    return node_modules(ROOT, Console(stderr=True), development=True) / "acorn/dist/acorn.mjs"


def read_javascript(texts: dict[str, str]) -> list[Finding]:
    """Return what scripts reach; ``texts`` is path: source. Raises :class:`Complaint`."""
    if not texts:
        return []
    node = shutil.which("node")
    if node is None:
        raise Complaint("Node is not installed; the audit reads JavaScript with it.")
    files = [
        {"file": path, "text": text, "module": path not in CLASSIC} for path, text in texts.items()
    ]
    request = {
        "acorn": parser_place().as_uri(),
        "powers": sorted(POWERS),
        "init": sorted(INIT),
        "gate": GATE,
        "files": files,
    }
    outcome = subprocess.run(
        [node, str(READER)], input=json.dumps(request), capture_output=True, text=True, check=False
    )
    if outcome.returncode:
        raise Complaint(f"The reader of JavaScript failed: {outcome.stderr.strip()[-500:]}")
    return list(dict.fromkeys(Finding(**entry) for entry in json.loads(outcome.stdout)))
