"""Holds one answer, however it was asked for, against what the build says."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urljoin

from tools.verify.expected import Expected, is_neutral

MOVED = (301, 302, 303, 307, 308)
LEAST_WORDS = 160
"""Characters of a header's value that a report shows."""


@dataclass(frozen=True)
class Reply:
    """One answer as it arrived."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    """In the order of arrival, repeated ones repeated; names in lower case."""
    sha256: str
    """Of the body after its content coding was undone; empty where it was not read to its end."""
    asked: str
    """Who asked, as the report says it."""
    fault: str = ""
    """What was wrong with the way it came, as a clause; empty if nothing was."""
    document: str = field(default="", repr=False)
    """The text of a small HTML document, for the links in it."""

    def values(self, name: str) -> list[str]:
        """Return all values of a header."""
        return [value for known, value in self.headers if known == name]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as built."""

    path: str
    problem: str
    asked: str = ""


def sha256_of(data: bytes) -> str:
    """Return a hash in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def judge(reply: Reply, expected: Expected, base: str) -> Iterator[Difference]:
    """Yield what an answer for a file of the build has that the build has not, or lacks."""

    def differs(problem: str) -> Difference:
        return Difference(expected.path, problem, reply.asked)

    if reply.fault:
        yield differs(reply.fault)
    elif reply.status == HTTPStatus.NOT_FOUND:
        yield differs("missing")
    elif reply.status in MOVED and shortened(expected.path, base) == target(reply):
        yield from judge_headers(reply, expected.headers, expected.path, complete=False)
    elif reply.status in MOVED:
        yield differs(f"is answered with a redirect to {target(reply)}")
    elif reply.status == HTTPStatus.NOT_MODIFIED:
        yield from judge_headers(reply, expected.headers, expected.path, complete=False)
    elif reply.status != HTTPStatus.OK:
        yield differs(f"is answered {reply.status}")
    else:
        if reply.sha256 not in ("", expected.sha256):
            there, here = reply.sha256[:16], expected.sha256[:16]
            yield differs(f"has SHA-256 {there}…, built here {here}…")
        kind = ", ".join(reply.values("content-type"))
        if not expected.allows_type(kind):
            yield differs(f"comes with the media type '{kind}'")
        yield from judge_headers(reply, expected.headers, expected.path, complete=True)


def judge_headers(
    reply: Reply, wanted: dict[str, str], path: str, complete: bool
) -> Iterator[Difference]:
    """Yield the headers that are missing, other, double or too much.

    An answer that is not the file itself (a redirect, "not modified", a refusal) need not be
    ``complete``, but what it says must be what the build says.
    """
    for name, value in wanted.items():
        sent = reply.values(name)
        if not sent and complete:
            yield Difference(path, f"comes without the header {name}", reply.asked)
        elif sent and sent != [value] and (complete or name != "cache-control"):
            shown = " and ".join(f"'{shorten(text)}'" for text in sent)
            yield Difference(path, f"has the header {name} as {shown}", reply.asked)
    for name, value in reply.headers:
        free = name in wanted or name in ("content-type", "cache-control", "location")
        if not free and not is_neutral(name, value):
            words = f"has a header that no build has, {name}: {shorten(value)}"
            yield Difference(path, words, reply.asked)


def shorten(text: str) -> str:
    """Return a header's value, cut where it would fill the screen."""
    return text if len(text) <= LEAST_WORDS else text[:LEAST_WORDS] + "…"


def target(reply: Reply) -> str:
    """Return the address that a redirect leads to."""
    return urljoin(reply.url, ", ".join(reply.values("location")))


def shortened(path: str, base: str) -> str | None:
    """Return the address to which hosts move a document to spare its ending, if it has one."""
    if path == "index.html":
        return base
    return base + path.removesuffix(".html") if path.endswith(".html") else None
