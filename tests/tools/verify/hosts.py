"""Hosts that send something else than the build, in one way each."""

import contextlib
import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import brotli

from tools.site.answers import Answer, Answers
from tools.site.server import Server
from tools.site.site import Site

Treachery = Callable[[str, Mapping[str, str], Answer], Answer]
"""Changes an answer, knowing the path and the request's headers."""

EVIL = b"<!doctype html><script>send()</script>"


class Treacherous(Answers):
    """Answers like the development server, then lets a treachery change the answer."""

    def __init__(self, root: Path, treachery: Treachery) -> None:
        super().__init__(Site(root))
        self.treachery = treachery

    def answer(self, method: str, target: str, request_headers: Mapping[str, str]) -> Answer:
        """Return the changed answer."""
        return self.treachery(
            target, request_headers, super().answer(method, target, request_headers)
        )


@contextlib.contextmanager
def treacherous(root: Path, treachery: Treachery) -> Iterator[str]:
    """Serve a built folder treacherously; yields the address."""
    server = Server(("127.0.0.1", 0), Treacherous(root, treachery))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()
        server.connections.end_all()
        thread.join()


def replaced(answer: Answer, body: bytes = EVIL, **headers: str) -> Answer:
    """Return the answer with another body."""
    changed = answer.headers | {"Content-Length": str(len(body))} | headers
    return Answer(200, {**changed, "Content-Type": "text/html; charset=utf-8"}, body)


def with_header(name: str, value: str, at: str = "") -> Treachery:
    """Add a header to every answer, or to that of one path."""

    def change(path: str, _: Mapping[str, str], answer: Answer) -> Answer:
        if not at or path == at:
            answer.headers[name] = value
        return answer

    return change


def without_header(name: str, at: str) -> Treachery:
    """Leave a header out at one path."""

    def change(path: str, _: Mapping[str, str], answer: Answer) -> Answer:
        if path == at:
            answer.headers.pop(name, None)
        return answer

    return change


def looser_policy(_path: str, _: Mapping[str, str], answer: Answer) -> Answer:
    """Send a second policy under another spelling of its name."""
    answer.headers["content-security-policy"] = "connect-src *"
    return answer


def other_index(path: str, _: Mapping[str, str], answer: Answer) -> Answer:
    """Answer ``/index.html`` unlike ``/``."""
    return replaced(answer) if path == "/index.html" else answer


def evil_for(name: str, part: str, at: str = "/") -> Treachery:
    """Be evil only where a request's header holds a text."""

    def change(path: str, asked: Mapping[str, str], answer: Answer) -> Answer:
        return replaced(answer) if path == at and part in asked.get(name, "") else answer

    return change


def evil_packed(coding: str) -> Treachery:
    """Be evil only in a content coding."""
    pack = {"gzip": gzip.compress, "br": brotli.compress}[coding]

    def change(path: str, asked: Mapping[str, str], answer: Answer) -> Answer:
        if path == "/" and coding in asked.get("Accept-Encoding", ""):
            return replaced(answer, pack(EVIL), **{"Content-Encoding": coding})
        return answer

    return change


def moved_copy(path: str, _: Mapping[str, str], answer: Answer) -> Answer:
    """Redirect to a genuine copy of one file."""
    if path == "/core/matte/mask.py":
        return Answer(302, {"Location": "/LICENSE", "Content-Length": "0"})
    return answer


def added(name: str) -> Treachery:
    """Serve one file more."""

    def change(path: str, _: Mapping[str, str], answer: Answer) -> Answer:
        return replaced(answer) if path == f"/{name}" else answer

    return change


def listing(path: str, _: Mapping[str, str], answer: Answer) -> Answer:
    """List a folder, in which one file more lies."""
    if path == "/core/":
        return replaced(answer, b'<a href="matte/">matte</a> <a href="leak.js">leak.js</a>')
    return answer


def cut(path: str, _: Mapping[str, str], answer: Answer) -> Answer:
    """Break off in the middle of one file."""
    if path == "/core/matte/mask.py":
        answer.cut_after = 4
    return answer


def on_return(path: str, asked: Mapping[str, str], answer: Answer) -> Answer:
    """Be evil only to a browser that holds the page already."""
    if path == "/" and "If-None-Match" in asked:
        answer.headers["Set-Cookie"] = "seen=1"
    return answer


def worse_from_memory(path: str, asked: Mapping[str, str], answer: Answer) -> Answer:
    """Loosen the policy of a stored page by the headers of "not modified"."""
    if path == "/" and "If-None-Match" in asked:
        answer.headers["Content-Security-Policy"] = "connect-src *"
    return answer


def only_chromium(path: str, asked: Mapping[str, str], answer: Answer) -> Answer:
    """Be evil only to a real Chromium, which has client hints that no imitation here sends."""
    return replaced(answer) if path == "/" and asked.get("Sec-Ch-Ua") else answer


def asks_elsewhere(path: str, asked: Mapping[str, str], answer: Answer) -> Answer:
    """Send the browser on to another host once the page is there."""
    if path == "/" and asked.get("Sec-Ch-Ua"):
        answer.headers.pop("Connection-Allowlist", None)  # it would keep the browser here
        answer.headers["Refresh"] = "0; url=http://foreign.invalid/"
    return answer
