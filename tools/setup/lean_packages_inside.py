"""Runs in Pyodide (``in_pyodide.mjs``): ``/given/*.whl`` become ``/made``, a gzipped tar archive.

Left out is what nothing imports on the page: tests, stubs, headers, the compiler of Fortran and C.
Python files are compiled, once here instead of on every device at every start; they are never
compared with a source (PEP 552, unchecked). Metadata stays as far as Pyodide reads it, and so do
the licences.
"""

import gzip
import zipfile
from pathlib import Path

from tools.setup.compiled_inside import compiled, written

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


def is_used(name: str) -> bool:
    """Tell whether the page needs a wheel's file."""
    if ".dist-info/" in name:
        return any(part in name for part in KEPT_OF_INFO)
    return not (any(part in name for part in UNUSED_FOLDERS) or name.endswith(UNUSED_ENDINGS))


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
                    found[name + "c"] = compiled(SITE_PACKAGES + name, data)
                else:
                    found[name] = data
    return dict(sorted(found.items()))


def packed(files: dict[str, bytes]) -> bytes:
    """Return them as a tar archive inside of gzip, the same bytes every time."""
    return gzip.compress(written(files), 9, mtime=0)


if __name__ == "__main__":
    Path("/made").write_bytes(packed(contents(sorted(Path("/given").glob("*.whl")))))
