"""The user's cache folder: everything that is downloaded or made once lies here.

It is outside the checkout, so that a second clone, or a cleaned one, starts without a download.
``HOMECUT_CACHE`` moves it.
"""

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.setup.complaint import Complaint

STAMP = ".complete"
"""Name of the file that is written last into a finished folder."""


def cache_folder() -> Path:
    """Return the cache folder (it need not exist yet)."""
    chosen = os.environ.get("HOMECUT_CACHE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "homecut"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "homecut"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "homecut"


def ready_cache_folder() -> Path:
    """Return the cache folder and make it; raises :class:`Complaint` where that is impossible."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise Complaint(
            f"{folder} is not a folder, so nothing can be cached there. Move that file away or "
            "set HOMECUT_CACHE to a folder."
        ) from error
    return folder


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def key_of(*parts: str | bytes) -> str:
    """Return 16 hexadecimal digits that stand for these texts and bytes in this order."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:16]


def is_complete(folder: Path) -> bool:
    """Tell whether :func:`made_once` finished this folder."""
    return (folder / STAMP).is_file()


def made_once(folder: Path, make: Callable[[Path], None], in_place: bool = False) -> Path:
    """Return ``folder``, made by ``make(folder_to_fill)`` unless it is complete already.

    An interrupted attempt leaves no stamp and is thrown away by the next one. The work happens in
    a neighbouring folder that is renamed at the end, or, for what must not be moved (a virtual
    environment), ``in_place``. A lock keeps two runs from making the same folder.
    """
    if is_complete(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with lock(folder.parent / f".{folder.name}.lock"):
        if is_complete(folder):
            return folder
        partial = folder if in_place else folder.with_name(f".{folder.name}.partial")
        for leftover in {folder, partial}:
            if leftover.exists():
                shutil.rmtree(leftover)
        partial.mkdir()
        make(partial)
        (partial / STAMP).write_text("complete\n", encoding="ascii")
        if partial != folder:
            partial.rename(folder)
    return folder


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever sees half of it, not even after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        # mkstemp makes files private; what is installed should be as readable as its folder.
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold an exclusive lock between processes; it ends with the process, so none is left over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                stream.seek(0)
                msvcrt.locking(stream.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX)
            yield
