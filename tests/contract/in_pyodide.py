"""Runs a file of this folder in the page's own Pyodide, under Node.js."""

import shutil
import subprocess
from pathlib import Path

from tools.setup.checkout import ROOT

HERE = Path(__file__).parent


def run_in_pyodide(folder, script):
    """Run a Python file of this folder in Pyodide, with ``folder`` as its /exchange."""
    node = shutil.which("node")
    assert node, "Node.js is not installed; the set-up needs it"
    done = subprocess.run(
        [node, str(HERE / "run_pyodide.mjs"), str(ROOT), str(folder), str(HERE / script)],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
