"""One archive of Python for each actor, in place of its files one by one.

The sources stay as they are: an actor's configuration lists its files, and that is what developers
and tests read. What is *served* is the same configuration with one archive in their place, made
from them on the way, because eighty requests cost a start most of a second, with the files
compiled (:mod:`tools.site.packing.compiled`). Each file is served by itself, too, for whoever wants
to read or compare it.

The archive is a tar inside of gzip, both without compression: any machine makes the same bytes of
the same files, whatever its zlib, and a host may still compress the answer.
"""

import io
import re
import struct
import tarfile
import threading
import tomllib
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.setup.cache import key_of
from tools.site.packing.compiled import compiled_for

CONFIGURATIONS = {
    "pyscript.toml": "python/page.tar.gz",
    "worker.toml": "python/segment.tar.gz",
    "pixels.toml": "python/pixels.tar.gz",
    "lab_network.toml": "python/lab_network.tar.gz",
    "lab_page.toml": "python/lab_page.tar.gz",
    "lab_worker.toml": "python/lab_worker.tar.gz",
}
"""URL path of an actor's configuration: that of its archive."""

ARCHIVES = {archive: configuration for configuration, archive in CONFIGURATIONS.items()}

UNPACKED_BY_PYSCRIPT = ("python/segment.tar.gz", "python/lab_network.tar.gz")
"""The workers of MicroPython: PyScript starts them with the page's interpreter, name and all,
whatever their own configuration says. They are small."""

FOLDER, ENDING = "python/", ".tar.gz"
SETTING = re.compile(r'^(interpreter = "[^"#]+)"$', re.MULTILINE)
TABLE = re.compile(r"^\[files\]\n(?:[^\[\n].*\n|\n(?!\[))*", re.MULTILINE)
LARGEST_BLOCK = 0xFFFF
"""Bytes in an uncompressed block of the deflate format (RFC 1951, 3.2.4)."""


def listed_files(configuration: str) -> dict[str, str]:
    """Return target: URL path of the files that an actor's configuration lists."""
    files = tomllib.loads(configuration).get("files", {})
    return {target: source.removeprefix("./") for source, target in sorted(files.items())}


def interpreter_of(configuration: str) -> str:
    """Return the setting ``interpreter`` of an actor's configuration, empty if there is none."""
    return str(tomllib.loads(configuration).get("interpreter", ""))


def served_configuration(configuration: str, archive: str) -> str:
    """Return a configuration with its archive (a URL path) instead of the files.

    The archive's name stands behind ``#`` in the interpreter's address
    (``assets/js/packed.js``), or PyScript is told to unpack it.
    """
    by_pyscript = archive in UNPACKED_BY_PYSCRIPT
    table = f'[files]\n"./{archive}" = "./*"\n\n' if by_pyscript else ""
    served = TABLE.sub(table, configuration, count=1)
    if not by_pyscript:
        name = archive.removeprefix(FOLDER).removesuffix(ENDING)
        served = SETTING.sub(rf'\1#{name}.js"', served, count=1)
    return served.rstrip() + "\n"


def packed(contents: Mapping[str, bytes]) -> bytes:
    """Return the archive of ``name: content``, the same bytes every time.

    Every folder has an entry before the first file in it, since PyScript makes them one by one for
    MicroPython.
    """
    folders = {
        "/".join(parts[:depth])
        for parts in (name.split("/") for name in contents)
        for depth in range(1, len(parts))
    }
    stream = io.BytesIO()
    with tarfile.TarFile(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for folder in sorted(folders):
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o755
            archive.addfile(entry)
        for name, data in sorted(contents.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return uncompressed_gzip(stream.getvalue())


def uncompressed_gzip(data: bytes) -> bytes:
    """Return ``data`` in the gzip format (RFC 1952) without compression, time or name."""
    header = bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF])
    starts = range(0, len(data), LARGEST_BLOCK) or [0]
    blocks = []
    for start in starts:
        block = data[start : start + LARGEST_BLOCK]
        is_last = start + LARGEST_BLOCK >= len(data)
        blocks.append(struct.pack("<BHH", is_last, len(block), len(block) ^ 0xFFFF) + block)
    return header + b"".join(blocks) + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


class Archives:
    """The actors' archives of one checkout; each is kept until one of its files changes."""

    def __init__(self, root: Path, vendor: Path, digest: Callable[[Path], str]) -> None:
        """``root`` is the checkout's folder, ``vendor`` that of its third-party parts;
        ``digest(file)`` returns a file's SHA-256.
        """
        self.root = root
        self.vendor = vendor
        self.digest = digest
        self._packed: dict[str, tuple[str, bytes]] = {}
        self._lock = threading.Lock()

    def content(self, path: str) -> bytes:
        """Return an actor's archive, packed again only when one of its files has changed."""
        configuration = (self.root / ARCHIVES[path]).read_text(encoding="utf-8")
        files = {
            target: self.root / source for target, source in listed_files(configuration).items()
        }
        state = key_of(configuration, *(self.digest(file) for file in files.values()))
        with self._lock:
            known = self._packed.get(path)
        if known and known[0] == state:
            return known[1]
        sources = {target: file.read_bytes() for target, file in files.items()}
        interpreter = interpreter_of(configuration)
        data = packed(compiled_for(interpreter, ARCHIVES[path], sources, self.vendor))
        with self._lock:
            self._packed[path] = (state, data)
        return data
