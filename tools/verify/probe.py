"""Addresses that no build has: what a host answers there, it has added.

A file of which nobody knows the name cannot be seen from outside. What can be asked for: folders,
whose listing some hosts show; customary names; and one name that surely does not exist.
"""

import secrets
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from tools.verify.expected import UNSERVED, Expected
from tools.verify.judge import Difference, Reply, judge_headers

SURPLUS = "is served and is not part of the build"

CUSTOMARY = (
    "404.html", "_redirects", "_worker.js", "ads.txt", "analytics.js", "apple-touch-icon.png",
    "assets/js/analytics.js", "assets/js/main.js", "config.js", "config.json", "favicon.ico",
    "index.htm", "index.php", "main.js", "robots.txt", "script.js", "service-worker.js",
    "serviceworker.js", "sitemap.xml", "stats.js", "sw.min.js", "tracker.js", "upload", "worker.js",
    ".env", ".git/HEAD", ".htaccess", ".well-known/assetlinks.json", ".well-known/security.txt",
    "dev.py", "tools/site/site.py",
)  # fmt: skip
"""Names that hosts, forks and their helpers like to add."""


def addresses(contents: Iterable[str]) -> list[str]:
    """Return the paths to probe for a build of these files."""
    known = set(contents)
    folders = {f"{parent}/" for path in known for parent in PurePosixPath(path).parents}
    invented = f"homecut-verify-{secrets.token_hex(8)}"
    added = [name for name in CUSTOMARY if name not in known]
    return [*sorted(folders - {"./"}), *added, *UNSERVED, invented]


def judge_probe(
    reply: Reply, base: str, contents: dict[str, str], page: Expected
) -> Iterator[Difference]:
    """Yield what is wrong with the answer at an address that no build has.

    ``contents`` is path: SHA-256 of the build. Some hosts answer unknown addresses with the page.
    """
    path = reply.url.removeprefix(base)
    if reply.status == HTTPStatus.OK and reply.sha256 not in (page.sha256, contents.get(path)):
        yield Difference(path, SURPLUS, reply.asked)
        for name in listed(reply.document, reply.url, base):
            if not any(known.startswith(name) for known in contents):
                yield Difference(name, f"{SURPLUS}: the listing of {path} names it", reply.asked)
    if reply.status == HTTPStatus.OK or reply.status >= HTTPStatus.BAD_REQUEST:
        yield from judge_headers(reply, page.headers, path, complete=False)


class Links(HTMLParser):
    """Collects where the links of a document lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ``href`` of an ``a`` element."""
        self.found += [value for name, value in attrs if (tag, name) == ("a", "href") and value]


def listed(document: str, url: str, base: str) -> list[str]:
    """Return the paths below ``base`` that a folder's listing at ``url`` names."""
    links = Links()
    links.feed(document)
    places = (urljoin(url, link) for link in links.found)
    return [
        unquote(place.removeprefix(base))
        for place in places
        if place.startswith(url) and place != url and not urlsplit(place).query
    ]
