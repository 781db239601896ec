"""NumPy and Pillow as the pixel worker unpacks them: one archive, without what nobody imports.

It is made of the wheels whose hashes Pyodide's lock file names, by Pyodide itself under Node
(``lean_packages_inside.py``), byte for byte the same on every machine; its own hash stands in
``requirements/vendor.txt`` like that of every other part.
"""

import subprocess
from pathlib import Path

from rich.console import Console

from tools.setup.cache import key_of, lock, ready_cache_folder, write_atomically
from tools.setup.complaint import Complaint
from tools.setup.node import node_command

NAME = "packages.tar.gz"
HERE = Path(__file__).parent
SOURCES = (HERE / "lean_packages.mjs", HERE / "lean_packages_inside.py")
PATIENCE = 300


def lean_packages(pyodide: Path, wheels: list[Path], console: Console) -> Path:
    """Return the archive's file in the cache, making it if need be; raises :class:`Complaint`.

    ``pyodide`` is npm's package folder.
    """
    program = (pyodide / "pyodide.asm.wasm").read_bytes()
    made_of = [path.read_bytes() for path in (*SOURCES, *wheels)]
    folder = ready_cache_folder()
    target = folder / f"packages-{key_of(program, *made_of)}.tar.gz"
    with lock(folder / ".packages.lock"):
        if not target.is_file():
            console.print("Making the archive of NumPy and Pillow")
            make(pyodide, wheels, target)
    return target


def make(pyodide: Path, wheels: list[Path], target: Path) -> None:
    """Write the archive; raises :class:`Complaint` when Node or Pyodide fails."""
    fresh = target.with_suffix(".new")
    command = [node_command(), str(SOURCES[0]), str(pyodide), str(fresh), *map(str, wheels)]
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False
    )
    if done.returncode:
        raise Complaint(
            "Node could not make the archive of NumPy and Pillow "
            f"({done.stderr.strip()[-300:]}). Update Node and run this again."
        )
    write_atomically(target, fresh.read_bytes())
    fresh.unlink()
