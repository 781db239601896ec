"""Compressed forms of the site's files, computed once per content and kept in the cache.

Brotli takes seconds for the WebAssembly files, so large ones are compressed in the background and
served as they are until that is done. Small ones are compressed while the request waits.
"""

import functools
import gzip
import logging
import queue
import threading
from collections.abc import Callable
from pathlib import Path

import brotli

from tools.setup.cache import ready_cache_folder, write_atomically
from tools.site.site import CHUNK, GENERATED, Site

logger = logging.getLogger(__name__)

ENCODINGS = ("br", "gzip")
"""Content codings in order of preference."""

BROTLI_QUALITY = 9
"""Of 11; the last two steps take ten times as long for two percent."""

BROTLI_WINDOW = 24
"""Logarithm of the window's size in bytes, the largest that every browser accepts."""

GZIP_LEVEL = 6
SMALL = 64 * 1024
"""Bytes up to which a file is compressed at once."""

SMALLEST = 256
"""Bytes below which the header costs more than is won."""

WORTHWHILE = 0.95
"""Compressed forms that are larger than this share of the file are not used."""

SAMPLE = 256 * 1024
"""Bytes from the middle of a large file that tell whether compressing it is worth the time."""


def compress(data: bytes, encoding: str, fast: bool = False) -> bytes:
    """Return ``data`` in a content coding (``br`` or ``gzip``); the same bytes every time."""
    if encoding == "br":
        quality = 5 if fast else BROTLI_QUALITY
        return bytes(brotli.compress(data, quality=quality, lgwin=BROTLI_WINDOW))
    return gzip.compress(data, 1 if fast else GZIP_LEVEL, mtime=0)


class CompressedFiles:
    """Compressed forms by content hash; :meth:`get` never waits for a large one."""

    def __init__(self, folder: Path | None = None) -> None:
        """``folder`` keeps the results (default: in the user's cache)."""
        self.folder = folder or ready_cache_folder() / "compressed"
        self._small: dict[tuple[str, str], bytes | None] = {}
        self._waiting: queue.Queue[tuple[str, str, Callable[[], bytes | None]]] = queue.Queue()
        self._known: set[tuple[str, str]] = set()
        self._lock = threading.Lock()
        self._worker: threading.Thread | None = None

    def get(self, sha256: str, encoding: str, data: bytes) -> bytes | None:
        """Return the compressed form, or ``None`` if there is none (yet) or it saves nothing."""
        if len(data) < SMALLEST:
            return None
        if len(data) <= SMALL:
            key = (sha256, encoding)
            if key not in self._small:
                packed = compress(data, encoding)
                self._small[key] = packed if len(packed) < WORTHWHILE * len(data) else None
            return self._small[key]
        try:
            return self._path(sha256, encoding).read_bytes() or None
        except FileNotFoundError:
            return None

    def request(self, sha256: str, encoding: str, read: Callable[[], bytes | None]) -> None:
        """Have the compressed form of what ``read`` returns made in the background, once."""
        with self._lock:
            if (sha256, encoding) in self._known or self._path(sha256, encoding).exists():
                return
            self._known.add((sha256, encoding))
            self._waiting.put((sha256, encoding, read))
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="compress", daemon=True)
                self._worker.start()

    def request_shell(self, site: Site) -> None:
        """Have the large files that every visitor loads compressed, smallest first."""
        paths = [path for path in site.paths() if not CHUNK.fullmatch(path)]
        entries = {path: site.entry(path) for path in paths if path not in GENERATED}
        for path, entry in sorted(entries.items(), key=lambda pair: int(pair[1]["bytes"])):
            if int(entry["bytes"]) > SMALL:
                read = functools.partial(site.content, path)
                self.request(str(entry["sha256"]), ENCODINGS[0], read)

    def wait(self) -> None:
        """Return when everything that was requested is done (for tests and the build)."""
        self._waiting.join()

    def _path(self, sha256: str, encoding: str) -> Path:
        return self.folder / f"{sha256}.{encoding}"

    def _work(self) -> None:
        while True:
            sha256, encoding, read = self._waiting.get()
            try:
                data = read() or b""
                write_atomically(self._path(sha256, encoding), worthwhile_form(data, encoding))
            except OSError as error:
                # The answer is then the file itself; only the saving is lost.
                logger.warning("%s stays uncompressed: %s", sha256, error)
            finally:
                self._waiting.task_done()


def worthwhile_form(data: bytes, encoding: str) -> bytes:
    """Return the compressed form, or nothing at all where it would hardly be smaller."""
    middle = max(0, (len(data) - SAMPLE) // 2)
    sample = data[middle : middle + SAMPLE]
    if len(compress(sample, encoding, fast=True)) > WORTHWHILE * len(sample):
        return b""
    packed = compress(data, encoding)
    return packed if len(packed) < WORTHWHILE * len(data) else b""
