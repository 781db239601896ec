"""NumPy and Pillow as the pixel worker unpacks them: one archive, without what nobody imports.

It is made of the wheels whose hashes Pyodide's lock file names, by Pyodide itself under Node
(``lean_packages_inside.py``), byte for byte the same on every machine; its own hash stands in
``requirements/vendor.txt`` like that of every other part.
"""

from pathlib import Path

from rich.console import Console

from tools.setup.cache import key_of
from tools.setup.in_pyodide import COMPILER, HERE, RUNNER, made_in_pyodide

NAME = "packages.tar.gz"
WHAT = "the archive of NumPy and Pillow"
PROGRAM = HERE / "lean_packages_inside.py"
SOURCES = (RUNNER, COMPILER, PROGRAM)


def lean_packages(pyodide: Path, wheels: list[Path], console: Console) -> Path:
    """Return the archive's file in the cache, making it if need be; raises :class:`Complaint`.

    ``pyodide`` is npm's package folder.
    """
    program = (pyodide / "pyodide.asm.wasm").read_bytes()
    made_of = [path.read_bytes() for path in (*SOURCES, *wheels)]
    name = f"packages-{key_of(program, *made_of)}.tar.gz"
    return made_in_pyodide(WHAT, name, PROGRAM, pyodide, wheels, console)
