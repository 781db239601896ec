"""What the development server answers: from a request's path and headers to status and bytes.

Knows nothing of sockets, so that every rule of HTTP that matters here is tested by plain calls.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote

from tools.setup.complaint import Complaint
from tools.site.compression import ENCODINGS, CompressedFiles
from tools.site.headers import headers_for, read_headers_file
from tools.site.media_types import media_type
from tools.site.site import MANIFEST, Site

DEFAULT_CACHE_CONTROL = "no-cache"
"""Static hosts let browsers ask again each time, too, for what ``_headers`` says nothing about."""


@dataclass
class Answer:
    """One HTTP answer; a test's fault may change any of it before it is sent."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cut_after: int | None = None
    """Break the connection after this many bytes of the body, although more are promised."""


class Answers:
    """Answers for one site."""

    def __init__(
        self,
        site: Site,
        compressed: CompressedFiles | None = None,
        apply_headers_file: bool = True,
        prefix: str = "",
    ) -> None:
        """Without ``compressed`` nothing is compressed.

        ``apply_headers_file=False`` behaves like a host that knows no ``_headers`` (GitHub
        Pages); ``prefix`` ("/homecut") puts the site below a folder, as such hosts do.
        """
        self.site = site
        self.compressed = compressed
        self.apply_headers_file = apply_headers_file
        self.prefix = prefix

    def answer(self, method: str, target: str, request_headers: Mapping[str, str]) -> Answer:
        """Return the answer to a request; ``target`` is the URL from its first slash on."""
        url_path = target.partition("#")[0].partition("?")[0]
        if method not in ("GET", "HEAD"):
            return self.refusal(url_path, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
        path = self.site_path(url_path)
        try:
            body = None if path is None else self.site.content(path)
        except Complaint as error:
            return self.refusal(url_path, HTTPStatus.INTERNAL_SERVER_ERROR, {}, str(error))
        except FileNotFoundError:
            # Removed since it was looked up, say by a checkout of another branch.
            body = None
        if path is None or body is None:
            return self.refusal(url_path, HTTPStatus.NOT_FOUND, {})
        return self.content(url_path, path, body, request_headers)

    def site_path(self, url_path: str) -> str | None:
        """Return the path inside the site, or ``None`` outside of it."""
        try:
            decoded = unquote(url_path, errors="strict")
        except UnicodeDecodeError:
            return None
        if not decoded.startswith(self.prefix + "/"):
            return None
        return decoded[len(self.prefix) + 1 :] or "index.html"

    def content(
        self, url_path: str, path: str, body: bytes, request_headers: Mapping[str, str]
    ) -> Answer:
        """Return the answer with a file's bytes, compressed if possible, or 304."""
        if self.site.is_made(path):
            sha256 = hashlib.sha256(body).hexdigest()
        else:
            sha256 = self.site.digest(self.site.root / path)
        packed, encoding = self.packed(path, sha256, body, request_headers)
        headers = self.file_headers(url_path)
        headers["Content-Type"] = media_type(path)
        headers["ETag"] = f'"{sha256}-{encoding}"' if encoding else f'"{sha256}"'
        headers["Vary"] = "Accept-Encoding"
        headers.setdefault("Cache-Control", DEFAULT_CACHE_CONTROL)
        if etag_matches(request_headers.get("If-None-Match", ""), headers["ETag"]):
            del headers["Content-Type"]
            return Answer(HTTPStatus.NOT_MODIFIED, headers)
        if encoding:
            headers["Content-Encoding"] = encoding
        headers["Content-Length"] = str(len(packed))
        return Answer(HTTPStatus.OK, headers, packed)

    def packed(
        self, path: str, sha256: str, body: bytes, request_headers: Mapping[str, str]
    ) -> tuple[bytes, str]:
        """Return the bytes to send and their content coding (empty for none)."""
        encoding = preferred_encoding(request_headers.get("Accept-Encoding", ""))
        if self.compressed is None or not encoding:
            return body, ""
        if packed := self.compressed.get(sha256, encoding, body):
            return packed, encoding
        if path != MANIFEST:
            self.compressed.request(sha256, encoding, lambda: body)
        return body, ""

    def file_headers(self, url_path: str) -> dict[str, str]:
        """Return what ``_headers`` gives to a URL path; read again each time, it is small."""
        if not self.apply_headers_file:
            return {}
        rules = read_headers_file(self.site.root / "_headers")
        return headers_for(rules, url_path.removeprefix(self.prefix))

    def refusal(
        self, url_path: str, status: HTTPStatus, extra: dict[str, str], words: str = ""
    ) -> Answer:
        """Return an answer without content: a line of text that says why."""
        body = (words or f"{status.value} {status.phrase}").encode() + b"\n"
        headers = self.file_headers(url_path) | extra
        headers["Content-Type"] = "text/plain; charset=utf-8"
        headers["Content-Length"] = str(len(body))
        headers["Cache-Control"] = "no-store"
        return Answer(status, headers, body)


def preferred_encoding(accept_encoding: str) -> str:
    """Return ``br``, ``gzip`` or nothing, by an ``Accept-Encoding`` header (RFC 9110, 12.5.3)."""
    accepted: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        quality = parameters.strip().removeprefix("q=")
        try:
            accepted[name.strip()] = float(quality) if quality else 1.0
        except ValueError:
            accepted[name.strip()] = 0.0
    others = accepted.get("*", 0.0)
    return next((name for name in ENCODINGS if accepted.get(name, others) > 0), "")


def etag_matches(if_none_match: str, etag: str) -> bool:
    """Tell whether an ``If-None-Match`` header names this ETag (weak comparison, RFC 9110)."""
    names = [name.strip().removeprefix("W/") for name in if_none_match.split(",")]
    return "*" in names or etag in names
