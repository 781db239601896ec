"""Programs that run in the page's own Pyodide, under Node (``*_inside.py`` of this folder)."""

import subprocess
from pathlib import Path

from rich.console import Console

from tools.setup.cache import lock, ready_cache_folder, write_atomically
from tools.setup.complaint import Complaint
from tools.setup.node import node_command

HERE = Path(__file__).parent
RUNNER = HERE / "in_pyodide.mjs"
COMPILER = HERE / "compiled_inside.py"
PATIENCE = 300


def made_in_pyodide(
    what: str, name: str, program: Path, pyodide: Path, given: list[Path],
    console: Console | None = None,
) -> Path:  # fmt: skip
    """Return the file ``name`` of the cache, made by a program if it is not there yet.

    ``what`` is what the file is called in a complaint, ``pyodide`` the folder of Pyodide, ``given``
    are the files that the program finds. ``name`` has to change with all of these. Raises
    :class:`Complaint`.
    """
    folder = ready_cache_folder()
    target = folder / name
    with lock(folder / f".{program.stem}.lock"):
        if not target.is_file():
            if console:
                console.print(f"Making {what}")
            run_in_pyodide(what, program, pyodide, given, target)
    return target


def run_in_pyodide(
    what: str, program: Path, pyodide: Path, given: list[Path], target: Path
) -> None:
    """Write what a program makes; raises :class:`Complaint` when Node or Pyodide fails."""
    fresh = target.with_suffix(".new")
    command = [node_command(), RUNNER, pyodide, program, fresh, *given]
    done = subprocess.run(
        list(map(str, command)),
        capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Complaint(
            f"Node could not make {what} ({done.stderr.strip()[-300:]}). "
            "Update Node and run this again."
        )
    write_atomically(target, fresh.read_bytes())
    fresh.unlink()
