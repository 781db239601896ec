"""Asks a host as programs do, and in the words of browsers that are not at hand.

Redirects are not followed and repeated headers stay repeated: what a library would smooth over is
what is looked for.
"""

import concurrent.futures
import http.client
import ssl
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

import brotli

from tools.setup.complaint import Complaint
from tools.verify.judge import MOVED, Reply, sha256_of, target

TIMEOUT = 60
"""Seconds without a byte."""

PARALLEL = 6
LARGEST_DOCUMENT = 200_000
"""Bytes of a document whose links are looked at."""

GZIP_WINDOW = 16 + zlib.MAX_WBITS

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)
CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 "
    "Mobile Safari/537.36"
)
PRESENTATIONS = {
    "curl": {"User-Agent": "curl/8.14.1", "Accept": "*/*"},
    "curl, gzip": {"User-Agent": "curl/8.14.1", "Accept": "*/*", "Accept-Encoding": "gzip"},
    "curl, br": {"User-Agent": "curl/8.14.1", "Accept": "*/*", "Accept-Encoding": "br"},
    "the words of Firefox": {"User-Agent": FIREFOX, "Accept-Encoding": "gzip, br"},
    "the words of Safari": {"User-Agent": SAFARI, "Accept-Encoding": "gzip, br"},
    "the words of Chrome on a phone": {"User-Agent": CHROME, "Accept-Encoding": "gzip, br"},
}
"""Who the asker says to be: its headers."""

SIMPLEST = "curl"

DESTINATIONS = {
    ".html": "document", ".js": "script", ".mjs": "script", ".css": "style", ".png": "image",
    ".jpg": "image", ".svg": "image", ".ico": "image", ".webp": "image", ".webmanifest": "manifest",
}  # fmt: skip
"""Ending: what a browser says that it wants the file for (``Sec-Fetch-Dest``)."""


@dataclass(frozen=True)
class Question:
    """One request: a path below the site's address, and who asks."""

    path: str
    asked: str


def ask_all(base: str, questions: Iterable[Question]) -> Iterator[Reply]:
    """Yield the answers, a redirect's target asked for, too; raises :class:`Complaint`."""
    asker = Asker(base)
    try:
        with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
            for replies in pool.map(asker.ask, questions):
                yield from replies
    finally:
        asker.close()


class Asker:
    """Keeps a connection for each thread."""

    def __init__(self, base: str) -> None:
        """``base`` is the site's address with a slash at its end."""
        self.base = base
        self.parts = urlsplit(base)
        self.kept = threading.local()
        self.opened: list[http.client.HTTPConnection] = []

    def close(self) -> None:
        """Close all connections."""
        for connection in self.opened:
            connection.close()

    def ask(self, question: Question) -> list[Reply]:
        """Return the answer, and the next one where it is a redirect within the site."""
        url = self.base + quote(question.path)
        replies = [self.reply(url, question)]
        moved = target(replies[0]) if replies[0].status in MOVED else url
        if moved != url and moved.startswith(self.base):
            replies.append(self.reply(moved, question))
        return replies

    def reply(self, url: str, question: Question) -> Reply:
        """Return one answer; a connection that the host had closed meanwhile is made anew once."""
        headers = request_headers(question)
        for last in (False, True):
            connection = self.connection(anew=last)
            try:
                connection.request("GET", url[url.index("/", 8) :], headers=headers)
                return read(connection.getresponse(), url, question.asked)
            except (http.client.HTTPException, ConnectionError, TimeoutError) as error:
                connection.close()
                if last and isinstance(error, ConnectionRefusedError):
                    raise unreachable(url, error) from error
                if last:
                    words = f"gives no answer that can be read ({type(error).__name__})"
                    return Reply(url, 0, (), "", question.asked, words)
            except OSError as error:
                raise unreachable(url, error) from error
        raise AssertionError("the second attempt returns or raises")

    def connection(self, anew: bool) -> http.client.HTTPConnection:
        """Return this thread's connection."""
        if anew or not hasattr(self.kept, "connection"):
            if self.parts.scheme == "https":
                context = ssl.create_default_context()
                self.kept.connection = http.client.HTTPSConnection(
                    self.parts.netloc, timeout=TIMEOUT, context=context
                )
            else:
                self.kept.connection = http.client.HTTPConnection(
                    self.parts.netloc, timeout=TIMEOUT
                )
            self.opened.append(self.kept.connection)
        connection: http.client.HTTPConnection = self.kept.connection
        return connection


def unreachable(url: str, error: Exception) -> Complaint:
    """Return the complaint about a host that does not answer at all."""
    return Complaint(f"{url} cannot be reached ({error}). Check address and network.")


def request_headers(question: Question) -> dict[str, str]:
    """Return what stands in the request: for a browser also what the file is wanted for."""
    headers = dict(PRESENTATIONS[question.asked])
    headers.setdefault("Accept-Encoding", "identity")
    if "Mozilla" in headers["User-Agent"]:
        ending = PurePosixPath(question.path or "index.html").suffix
        wanted = "serviceworker" if question.path == "sw.js" else DESTINATIONS.get(ending, "empty")
        headers |= {
            "Accept": "text/html,*/*;q=0.8" if wanted == "document" else "*/*",
            "Accept-Language": "en-US,en;q=0.9",
            "Sec-Fetch-Dest": wanted,
            "Sec-Fetch-Mode": "navigate" if wanted == "document" else "cors",
            "Sec-Fetch-Site": "none" if wanted == "document" else "same-origin",
        }
    return headers


def read(response: http.client.HTTPResponse, url: str, asked: str) -> Reply:
    """Return a response as a reply, its body unpacked and hashed."""
    headers = tuple((name.lower(), value) for name, value in response.getheaders())
    fault, body = "", b""
    try:
        body = unpack(response.read(), response.getheader("Content-Encoding", ""))
    except http.client.IncompleteRead as error:
        fault = f"breaks off after {len(error.partial)} bytes"
    except (zlib.error, brotli.error):
        fault = f"is not the {response.getheader('Content-Encoding')} that it says to be"
    page = "text/html" in response.getheader("Content-Type", "") and len(body) <= LARGEST_DOCUMENT
    text = body.decode(errors="replace") if page else ""
    return Reply(url, response.status, headers, sha256_of(body), asked, fault, text)


def unpack(body: bytes, coding: str) -> bytes:
    """Undo a content coding; an unknown one leaves the bytes, which then differ."""
    if coding == "gzip":
        unpacker = zlib.decompressobj(GZIP_WINDOW)
        unpacked = unpacker.decompress(body) + unpacker.flush()
        if not unpacker.eof or unpacker.unused_data:
            raise zlib.error("more or less than one gzip member")
        return unpacked
    return brotli.decompress(body) if coding == "br" else body
