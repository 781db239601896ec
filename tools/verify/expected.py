"""What every answer of a deployment must be, and which headers may be there besides."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from tools.site.headers import Rule, headers_for
from tools.site.media_types import MIME_TYPES
from tools.site.site import HEADERS_FILE

UNSERVED = (HEADERS_FILE, ".nojekyll")
"""Files of a build that hosts read; most do not serve them."""

ANYTHING = ".*"
NEUTRAL = {
    "accept-ranges": ANYTHING,
    "access-control-allow-origin": r"\*",  # the files are public
    "age": ANYTHING,
    "allow": ANYTHING,
    "alt-svc": r'(clear|h[\w-]+=":\d+"(; *\w+=\d+)*(, *)?)*',  # the same host, another protocol
    "cf-cache-status": ANYTHING,
    "cf-ray": ANYTHING,
    "connection": ANYTHING,
    "content-encoding": "gzip|br|zstd|deflate|identity",
    "content-length": ANYTHING,
    "date": ANYTHING,
    "etag": ANYTHING,
    "expires": ANYTHING,
    "keep-alive": ANYTHING,
    "last-modified": ANYTHING,
    "server": ANYTHING,
    "strict-transport-security": ANYTHING,
    "transfer-encoding": ANYTHING,
    "vary": r"(accept-encoding|accept|origin|, *)*",  # not: by browser or by what is asked for
    "via": ANYTHING,
    "x-cache": ANYTHING,
    "x-cache-hits": ANYTHING,
    "x-fastly-request-id": ANYTHING,
    "x-github-request-id": ANYTHING,
    "x-nf-request-id": ANYTHING,
    "x-origin-cache": ANYTHING,
    "x-proxy-cache": ANYTHING,
    "x-served-by": ANYTHING,
    "x-timer": ANYTHING,
}
"""Header: values with which a host or a cache on the way may add it. They describe the transport
and make a browser neither run, load, keep nor send anything."""

UNKNOWN_ENDINGS = {
    ".bin": ("application/octet-stream",),
    ".gz": ("application/gzip", "application/x-gzip", "application/octet-stream"),
    ".js": ("text/javascript", "application/javascript"),
    ".md": ("text/markdown", "text/plain", "application/octet-stream"),
    ".mjs": ("text/javascript", "application/javascript"),
    ".py": ("text/x-python", "text/plain", "application/octet-stream", "text/x-script.python"),
    ".safetensors": ("application/octet-stream",),
    ".toml": ("application/toml", "text/plain", "application/octet-stream"),
    ".webmanifest": ("application/manifest+json", "application/json"),
    ".ico": ("image/x-icon", "image/vnd.microsoft.icon"),
    "": ("application/octet-stream", "text/plain"),
}
"""Ending: the media types that hosts give it. All of one line mean the same to a browser here."""


@dataclass(frozen=True)
class Expected:
    """One file of the build, as it must come out of the host."""

    path: str
    sha256: str
    headers: dict[str, str]
    """By ``_headers``, names in lower case."""

    def allows_type(self, content_type: str) -> bool:
        """Tell whether a ``Content-Type`` is one of the file's own, without a foreign charset."""
        kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
        ending = PurePosixPath(self.path).suffix.lower()
        known = MIME_TYPES.get(ending, "application/octet-stream").partition(";")[0]
        charsets = {"charset=utf-8", 'charset="utf-8"', ""}
        return kind in UNKNOWN_ENDINGS.get(ending, (known,)) and set(parameters) <= charsets


def expectations(contents: dict[str, bytes], rules: list[Rule]) -> dict[str, Expected]:
    """Return path: expectation for all files of a build that visitors fetch."""
    return {
        path: Expected(path, hashlib.sha256(data).hexdigest(), headers_at(rules, path))
        for path, data in contents.items()
        if path not in UNSERVED
    }


def headers_at(rules: list[Rule], path: str) -> dict[str, str]:
    """Return what ``_headers`` gives to a file, names in lower case."""
    url_path = "/" if path == "index.html" else f"/{path}"
    return {name.lower(): value for name, value in headers_for(rules, url_path).items()}


def is_neutral(name: str, value: str) -> bool:
    """Tell whether a header that the build does not name may be there with this value."""
    pattern = NEUTRAL.get(name)
    return pattern is not None and re.fullmatch(pattern, value.lower(), re.DOTALL) is not None
