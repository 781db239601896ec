"""Runs in Pyodide (``lean_packages.mjs``): ``/wheels/*.whl`` become ``/packages.tar.gz``.

Left out is what nothing imports on the page: tests, stubs, headers, the compiler of Fortran and C.
Python files are compiled, once here instead of on every device at every start; they are never
compared with a source (PEP 552, unchecked). Metadata stays as far as Pyodide reads it, and so do
the licences.
"""

import gzip
import importlib.util
import io
import marshal
import tarfile
import zipfile
from pathlib import Path

SITE_PACKAGES = "/lib/python3.14/site-packages/"
"""Where the files will lie; it stands in tracebacks."""

UNUSED_FOLDERS = (
    "/tests/",
    "numpy/_core/include/",
    "numpy/_core/lib/",
    "numpy/_pyinstaller/",
    "numpy/distutils/",
    "numpy/f2py/",
    "numpy/random/_examples/",
    "numpy/random/lib/",
)
UNUSED_ENDINGS = (".a", ".c", ".h", ".pc", ".pxd", ".pyi", ".pyx", "py.typed")
KEPT_OF_INFO = ("METADATA", "license", "LICENSE", "COPYING")

UNCHECKED = 1
"""The flags of PEP 552: known by a hash, which nobody compares."""


def is_used(name: str) -> bool:
    """Tell whether the page needs a wheel's file."""
    if ".dist-info/" in name:
        return any(part in name for part in KEPT_OF_INFO)
    return not (any(part in name for part in UNUSED_FOLDERS) or name.endswith(UNUSED_ENDINGS))


def compiled(name: str, source: bytes) -> bytes:
    """Return the content of the ``.pyc`` file of a module."""
    code = compile(source, SITE_PACKAGES + name, "exec", dont_inherit=True, optimize=0)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED.to_bytes(4, "little")
    return head + importlib.util.source_hash(source) + marshal.dumps(code)


def contents(wheels: list[Path]) -> dict[str, bytes]:
    """Return name: bytes of what the archive holds."""
    found = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.endswith("/") or not is_used(name):
                    continue
                data = archive.read(name)
                if name.endswith(".py"):
                    found[name + "c"] = compiled(name, data)
                else:
                    found[name] = data
    return dict(sorted(found.items()))


def packed(files: dict[str, bytes]) -> bytes:
    """Return them as a tar archive inside of gzip, without times, owners and names of machines."""
    stream = io.BytesIO()
    with tarfile.TarFile(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(stream.getvalue(), 9, mtime=0)


if __name__ == "__main__":
    Path("/packages.tar.gz").write_bytes(packed(contents(sorted(Path("/wheels").glob("*.whl")))))
