"""Which files make the site, and the manifest that pins their content.

One rule decides, :meth:`Site.file`; serving, building and the service worker's precache list all
follow from it. Nothing else in the checkout is ever served.
"""

import hashlib
import json
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from tools.setup.cache import file_digest
from tools.setup.checkout import CANARY
from tools.setup.complaint import Complaint
from tools.site.headers import headers_for, parse_headers
from tools.site.media_types import MIME_TYPES
from tools.site.packing.archives import ARCHIVES, CONFIGURATIONS, Archives, served_configuration
from tools.site.policy import SCOPED_FILES, WORKERS, narrow

TOP_LEVEL = (
    "app.webmanifest",
    "index.html",
    "lab.html",
    "lab_network.py",
    "lab_network.toml",
    "lab_page.py",
    "lab_page.toml",
    "lab_worker.py",
    "lab_worker.toml",
    "LICENSE",
    "main.py",
    "pixels.py",
    "pixels.toml",
    "privacy.html",
    "pyscript.toml",
    "robots.txt",
    "sw.js",
    "THIRD_PARTY.md",
    "worker.py",
    "worker.toml",
)
ACTORS = ("lab_network.py", "lab_page.py", "lab_worker.py", "main.py", "pixels.py", "worker.py")
PYTHON_FOLDERS = ("common", "core", "inference", "lab", "lessons", "pixelwork", "ui")
ASSETS = "assets"
MODEL_INDEX = "models/models.json"
CHUNK = re.compile(r"models/chunks/[0-9a-f]{64}\.bin")
ON_DEMAND = re.compile(
    r"assets/vendor/onnxruntime/.*\.jspi\..*|models/canary\.safetensors|assets/languages/.*|"
    r"assets/install/.*|robots\.txt"
)
"""Parts that only some visitors need; the service worker stores them once they are asked for.

(``assets/install/`` is what a browser shows before it installs the app.)
"""

VENDOR = "assets/vendor"
CODECS = f"{VENDOR}/codecs/"
TALK = ("assets/js/heic.js", "assets/js/jpeg2000.js")
"""Come along with the codecs that they talk to."""

LESSONS = "lessons/"
LAB = re.compile(
    r"lab(_\w+)?\.\w+|lessons/.*|python/lab_.*|assets/css/lab\.css|assets/lab/.*|"
    r"assets/vendor/pyscript/codemirror.*"
)
"""What nobody needs before the page works: stored in the background, after the shell."""

HEADERS_FILE = "_headers"
SERVICE_WORKER = "sw.js"
MANIFEST = "manifest.json"
GENERATED = (MANIFEST, SERVICE_WORKER)
"""Made or stamped from the manifest, so they cannot be listed in it."""

BUILD_LINE = 'const BUILD = "development";'
MANIFEST_LINE = 'const MANIFEST_SHA256 = "";'


class Site:
    """The site below one checkout; hashes are kept and renewed when a file changes on disk."""

    def __init__(self, root: Path, origin: str | None = None) -> None:
        """``root`` is the checkout's folder; ``origin`` the address to narrow the policies to."""
        self.root = root
        self.origin = origin
        self._place = os.path.realpath(root)
        self._digests: dict[Path, tuple[tuple[int, int, int], str]] = {}
        self._archives = Archives(root, root / VENDOR, self.digest)
        self._lock = threading.Lock()

    def file(self, path: str) -> Path | None:
        """Return the file of a URL path (without leading slash), or ``None`` if it is no part.

        ``sw.js`` is the unstamped one, and an archive's file is the configuration that lists what
        is in it; see :meth:`content`.
        """
        parts = path.split("/")
        if path in ARCHIVES and not self.is_built:
            configuration = self.root / ARCHIVES[path]
            return configuration if configuration.is_file() else None
        if any(part.startswith(".") or not part or "\\" in part or "\0" in part for part in parts):
            return None
        allowed = (
            path in TOP_LEVEL
            or path in ARCHIVES
            or path in (MODEL_INDEX, CANARY)
            or (parts[0] in PYTHON_FOLDERS and path.endswith(".py"))
            or (parts[0] == ASSETS and "__pycache__" not in parts and not path.endswith(".pyc"))
            or CHUNK.fullmatch(path) is not None
        )
        candidate = self.root / path
        # A link could lead anywhere, out of the checkout or to a part of it that is not served.
        own = os.path.realpath(candidate) == os.path.join(self._place, *parts)
        # (Path.is_file would raise for a name that the disk cannot have.)
        return candidate if allowed and own and os.path.isfile(candidate) else None

    def paths(self) -> list[str]:
        """Return the sorted URL paths of all files on disk that are part of the site."""
        candidates = [*TOP_LEVEL, *ARCHIVES, MODEL_INDEX, CANARY, *self.chunks()]
        for folder in (*PYTHON_FOLDERS, ASSETS):
            candidates += files_below(self.root, folder)
        return sorted(path for path in candidates if self.file(path))

    def chunks(self) -> list[str]:
        """Return the URL paths of the model chunks that ``models/models.json`` names."""
        index = self.root / MODEL_INDEX
        if not index.is_file():
            return []
        variants = json.loads(index.read_bytes())["variants"].values()
        return sorted({chunk["path"] for variant in variants for chunk in variant["chunks"]})

    @property
    def is_built(self) -> bool:
        """Whether the folder was written by ``dev.py build``, its service worker stamped."""
        return (self.root / MANIFEST).is_file()

    def digest(self, file: Path) -> str:
        """Return the SHA-256 of a file, computed again only when its time or size changed."""
        status = file.stat()
        state = (status.st_mtime_ns, status.st_size, status.st_ino)
        with self._lock:
            known = self._digests.get(file)
        if known and known[0] == state:
            return known[1]
        sha256 = file_digest(file)
        with self._lock:
            self._digests[file] = (state, sha256)
        return sha256

    def manifest(self) -> bytes:
        """Return ``manifest.json``: what answers are held to, the order of storing, the build."""
        if self.is_built:
            return (self.root / MANIFEST).read_bytes()
        listing: dict[str, dict[str, int | str]] = {}
        for path in self.paths():
            if path not in GENERATED:
                listing[path] = self.entry(path)
        pinned = {
            "headers": self.headers(),
            "types": MIME_TYPES,
            "workers": WORKERS,
            "files": listing,
        }
        canonical = json.dumps(pinned, sort_keys=True, separators=(",", ":"))
        others = [path for path in listing if not is_extra(path)]
        document = {
            "schema": 1,
            "build": hashlib.sha256(canonical.encode()).hexdigest(),
            **pinned,
            "shell": [path for path in others if not is_for_later(path)],
            "later": [path for path in others if is_for_later(path)],
        }
        return json.dumps(document, indent=1).encode() + b"\n"

    def entry(self, path: str) -> dict[str, int | str]:
        """Return what the manifest says of a file."""
        if self.is_made(path):
            data = self.content(path) or b""
            return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        file = self.root / path
        return {"bytes": file.stat().st_size, "sha256": self.digest(file)}

    def is_made(self, path: str) -> bool:
        """Tell whether the bytes that are served at a URL path are not those of a file."""
        if self.is_built:
            return False
        scoped = self.origin is not None and path in SCOPED_FILES
        return scoped or path in (*GENERATED, *ARCHIVES, *CONFIGURATIONS)

    def narrowed(self, path: str) -> bytes:
        """Return a file with its policies narrowed to the site's address, if that is known."""
        data = (self.root / path).read_bytes()
        return narrow(data.decode(), self.origin).encode() if self.origin else data

    def headers(self) -> dict[str, str]:
        """Return the headers that the service worker puts on every answer, as ``_headers`` does."""
        if not (self.root / HEADERS_FILE).is_file():
            return {}
        rules = parse_headers(self.narrowed(HEADERS_FILE).decode())
        found = headers_for(rules, "/")
        return {name: value for name, value in found.items() if name != "Cache-Control"}

    def content(self, path: str) -> bytes | None:
        """Return the bytes that are served at a URL path, or ``None`` if it is no part.

        The service worker is stamped with the build, so that its bytes change with any file's.
        """
        if path == MANIFEST:
            return self.manifest()
        file = self.file(path)
        if file is None:
            return None
        if path == SERVICE_WORKER and not self.is_built:
            return stamp(file.read_text(encoding="utf-8"), self.manifest())
        if path in ARCHIVES and not self.is_built:
            return self._archives.content(path)
        if path in CONFIGURATIONS and not self.is_built:
            text = file.read_text(encoding="utf-8")
            return served_configuration(text, CONFIGURATIONS[path]).encode()
        return self.narrowed(path) if path in SCOPED_FILES else file.read_bytes()


def is_for_later(path: str) -> bool:
    """Tell whether a file is stored in the background, once the page works."""
    return path.startswith((CODECS, *TALK)) or bool(LAB.fullmatch(path))


def is_extra(path: str) -> bool:
    """Tell whether a file is not part of the shell.

    A chunk of weights, a rare part, or a Python file that comes in an actor's archive.
    """
    alone = path in ACTORS or path.startswith(LESSONS)
    packed_python = path.endswith(".py") and not alone
    return packed_python or bool(CHUNK.fullmatch(path) or ON_DEMAND.fullmatch(path))


def files_below(root: Path, folder: str) -> Iterator[str]:
    """Yield the paths, relative to ``root`` and with slashes, of all files below a folder."""
    for parent, _, names in os.walk(root / folder):
        for name in names:
            yield (Path(parent) / name).relative_to(root).as_posix()


def stamp(service_worker: str, manifest: bytes) -> bytes:
    """Return the service worker's source with the build and the manifest's hash written in.

    Raises :class:`Complaint` when one of the two lines is not there exactly once.
    """
    build = json.loads(manifest)["build"]
    sha256 = hashlib.sha256(manifest).hexdigest()
    for line, value in ((BUILD_LINE, build), (MANIFEST_LINE, sha256)):
        if service_worker.count(line) != 1:
            raise Complaint(f"sw.js must hold the line '{line}' exactly once.")
        name = line.split()[1]
        service_worker = service_worker.replace(line, f'const {name} = "{value}";')
    return service_worker.encode()
