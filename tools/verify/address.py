"""Compares what a host serves with the build: asked as programs ask, and by a real browser."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from tools.setup.complaint import Complaint
from tools.site.headers import Rule
from tools.site.site import CHUNK
from tools.verify import browser, plain, probe
from tools.verify.expected import Expected, expectations
from tools.verify.judge import Difference, Reply, judge, sha256_of


class Address:
    """One deployment under comparison."""

    def __init__(self, base: str, contents: dict[str, bytes], rules: list[Rule]) -> None:
        """``contents`` and ``rules`` are the build's; ``base`` ends in a slash."""
        self.base = base
        self.expected = expectations(contents, rules)
        self.hashes = {path: sha256_of(data) for path, data in contents.items()}

    def judge(self, reply: Reply) -> Iterator[Difference]:
        """Yield what is wrong with any answer of the site."""
        wanted = self.expected_at(unquote(reply.url.removeprefix(self.base)))
        if wanted is not None:
            yield from judge(reply, wanted, self.base)
        else:
            page = self.expected["index.html"]
            yield from probe.judge_probe(reply, self.base, self.hashes, page)

    def expected_at(self, path: str) -> Expected | None:
        """Return the build's file for a path; hosts may leave out ``.html``."""
        return self.expected.get(path or "index.html") or self.expected.get(f"{path}.html")

    def by_programs(self) -> Iterator[Difference]:
        """Ask as programs do, for all files and for what no build has."""
        questions = [
            plain.Question(path, asked)
            for asked in plain.PRESENTATIONS
            for path in ("", *self.expected)
            # A chunk's name is its hash, and the page compares it: once is enough.
            if asked == plain.SIMPLEST or not CHUNK.fullmatch(path)
        ]
        probes = [plain.Question(path, plain.SIMPLEST) for path in probe.addresses(self.hashes)]
        for reply in plain.ask_all(self.base, [*questions, *probes]):
            yield from self.judge(reply)

    def by_browser(
        self, program: Path, remarks: list[str], patience: float = browser.PATIENCE
    ) -> Iterator[Difference]:
        """Visit with a Chromium; ``remarks`` gets sentences about what could not be seen."""
        seen = browser.visit_all(program, self.base, list(self.expected), patience)
        remarks.extend(seen.remarks)
        for reply in seen.replies:
            yield from self.judge(reply)
        for url, asked in seen.strangers:
            yield Difference(url, "is asked for by the page and is no file of it", asked)
        answered = {reply.url for reply in seen.replies}
        for path in self.expected:
            if self.base + quote(path) not in answered:
                yield Difference(path, "was never answered to the browser", "Chromium")


def checked_base(text: str) -> str:
    """Return a site's address with a slash at its end; raises :class:`Complaint`."""
    parts = urlsplit(text)
    if not parts.hostname or parts.query or parts.fragment or parts.username:
        raise Complaint(f"{text} is no address of a folder. Give one like https://name.example/.")
    return text.removesuffix("index.html").rstrip("/") + "/"
