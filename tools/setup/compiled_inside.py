"""Runs in Pyodide (``in_pyodide.mjs``): compiles Python files beforehand.

As a program it makes of ``/given/*.tar`` the tar archive ``/made`` of the same files, compiled and
without their sources.
"""

import importlib.util
import io
import marshal
import tarfile
from pathlib import Path

UNCHECKED = 1
"""The flags of PEP 552: known by a hash, which nobody compares."""


def compiled(place: str, source: bytes) -> bytes:
    """Return the content of the ``.pyc`` file of a module; ``place`` stands in its tracebacks.

    Raises ``SyntaxError``.
    """
    code = compile(source, place, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED.to_bytes(4, "little")
    return head + importlib.util.source_hash(source) + marshal.dumps(code)


def written(files: dict[str, bytes]) -> bytes:
    """Return name: content as a tar archive, without times, owners and names of machines."""
    stream = io.BytesIO()
    with tarfile.TarFile(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return stream.getvalue()


def read(archive: bytes) -> dict[str, bytes]:
    """Return name: content of the files of a tar archive, as :func:`written` makes it."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        return {
            entry.name: stream.read()
            for entry in files
            if (stream := files.extractfile(entry)) is not None
        }


def without_sources(archive: bytes) -> dict[str, bytes]:
    """Return name: content of the compiled files of a tar archive's sources.

    A file that cannot be compiled stays as it is, so that whoever imports it is told why.
    """
    found = {}
    for name, source in read(archive).items():
        try:
            found[name + "c"] = compiled(name, source)
        except SyntaxError:
            found[name] = source
    return found


if __name__ == "__main__":
    (given,) = Path("/given").glob("*.tar")
    Path("/made").write_bytes(written(without_sources(given.read_bytes())))
