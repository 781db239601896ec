"""The media type of each kind of file, for the server, the hosts' snippets and the gate.

An archive of Python (``.gz``) is called bytes, not ``application/gzip``: WebKitGTK's libsoup takes
a gzip file that was compressed for the way as well for a badly set up Apache's answer, leaves the
outer layer on, and its bytes are then not those of the manifest.
"""

from pathlib import PurePosixPath

MIME_TYPES = {
    ".bin": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".gz": "application/octet-stream",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".py": "text/x-python; charset=utf-8",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".zip": "application/zip",
}


def media_type(path: str) -> str:
    """Return the media type of a URL path, by its ending."""
    return MIME_TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")
