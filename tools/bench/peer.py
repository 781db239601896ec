"""The peer, ready to be measured: its library, its default model and a page around them.

IMG.LY's ``@imgly/background-removal`` is AGPL software. It is fetched into the user's cache by the
measuring verbs alone, run there as it is, and never becomes part of the site. Its weights are the
published ones that our variants are made from (:mod:`tools.model.source`), cut into pieces and
listed the way that the library asks for them.
"""

import contextlib
import functools
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.setup.cache import key_of, made_once, ready_cache_folder
from tools.setup.checkout import ROOT
from tools.site.site import GENERATED, Site, files_below

if TYPE_CHECKING:
    from rich.console import Console

    from tools.site.server import RunningServer


PROJECT = ROOT / "tools" / "bench"
"""Names the peer's packages; holds the page."""

PACKAGE = "@imgly/background-removal"
PAGE_FILES = ("index.html", "page.js", "_headers")
LIBRARY_FILES = {
    "peer/index.mjs": f"{PACKAGE}/dist/index.mjs",
    "onnxruntime/ort.bundle.min.mjs": "onnxruntime-web/dist/ort.bundle.min.mjs",
}
"""Path on the peer's page: file in ``node_modules``."""

RUNTIME = "ort-wasm-simd-threaded"
MODEL_KEY = "/models/isnet_fp16"
"""What the library asks for when no model is chosen."""

PIECE = 4 * 1024 * 1024
"""Bytes of one piece, as in the package that carries the weights."""


class PeerSite(Site):
    """Serves every file of one folder."""

    def file(self, path: str) -> Path | None:
        """Return the file of a URL path, or ``None``; nothing above the folder is reached."""
        parts = path.split("/")
        candidate = self.root / path
        if any(not part or part.startswith((".", "_")) for part in parts):
            return None
        return candidate if candidate.is_file() else None

    def paths(self) -> list[str]:
        """Return the sorted URL paths of all files."""
        return sorted(path for path in files_below(self.root, "") if self.file(path))


def peer_version() -> str:
    """Return the library's version, which ``tools/bench/package.json`` pins."""
    manifest = json.loads((PROJECT / "package.json").read_bytes())
    return str(manifest["dependencies"][PACKAGE])


def peer_folder(console: "Console") -> Path:
    """Return the folder of the peer's page in the cache, made if need be.

    Raises :class:`~tools.setup.complaint.Complaint` when npm or the weights cannot be had.
    """
    from tools.model.store import description_of, published
    from tools.setup.node import node_modules

    description = description_of(ROOT)
    sources = [(PROJECT / name).read_bytes() for name in (*PAGE_FILES, "package-lock.json")]
    key = key_of(*sources, description.upstream.sha256, Path(__file__).read_bytes())

    def make(folder: Path) -> None:
        console.print(f"Fetching the peer {PACKAGE} {peer_version()} (AGPL, for measuring only)")
        packages = node_modules(PROJECT, console)
        for name in PAGE_FILES:
            shutil.copyfile(PROJECT / name, folder / name)
        for target, source in LIBRARY_FILES.items():
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(packages / source, folder / target)
        runtime = packages / "onnxruntime-web" / "dist" / RUNTIME
        write_data(
            folder / "data",
            {
                MODEL_KEY: (published(description, ROOT, console), "application/octet-stream"),
                f"/onnxruntime-web/{RUNTIME}.wasm": (
                    runtime.with_suffix(".wasm").read_bytes(),
                    "application/wasm",
                ),
                f"/onnxruntime-web/{RUNTIME}.mjs": (
                    runtime.with_suffix(".mjs").read_bytes(),
                    "text/javascript",
                ),
            },
        )

    return made_once(ready_cache_folder() / f"peer-{key}", make)


def write_data(folder: Path, resources: dict[str, tuple[bytes, str]]) -> None:
    """Write resources (key: content and type) as pieces, with the index ``resources.json``."""
    folder.mkdir(parents=True)
    index: dict[str, dict[str, Any]] = {}
    for key, (content, kind) in resources.items():
        chunks = []
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            name = hashlib.sha256(piece).hexdigest()
            (folder / name).write_bytes(piece)
            chunks.append({"name": name, "offsets": [start, start + len(piece)]})
        index[key] = {"chunks": chunks, "size": len(content), "mime": kind}
    (folder / "resources.json").write_text(json.dumps(index), encoding="utf-8")


@contextlib.contextmanager
def peer_server(console: "Console") -> Iterator["RunningServer"]:
    """Serve the peer's page while the ``with`` block runs, like Homecut's: Brotli included."""
    from tools.site.answers import Answers
    from tools.site.compression import CompressedFiles
    from tools.site.server import Server, serving

    site = PeerSite(peer_folder(console))
    compressed = compressed_beforehand(site, CompressedFiles(), console)
    server = Server(("127.0.0.1", 0), Answers(site, compressed))
    with serving(server) as running:
        yield running


def compressed_beforehand(site: Site, compressed: Any, console: "Console") -> Any:
    """Have every file of a site compressed where that is worth it, and wait for it.

    Without this the first visitor would get what is not compressed yet, and share the processor
    with the compression.
    """
    with console.status("Compressing what will be served (once)"):
        for path in site.paths():
            if path not in GENERATED:
                read = functools.partial(site.content, path)
                compressed.request(str(site.entry(path)["sha256"]), "br", read)
        compressed.wait()
    return compressed
