"""Visits a site with a real Chromium and reads in its network log what it was answered.

The log is written by the browser's network service, below pages, workers and service workers, so a
page can neither hide an answer nor make one up.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.pages.browser import CHROMIUM_FLAGS
from tools.verify.judge import Reply
from tools.verify.net_log import Exchange, exchanges

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, BrowserType

PATIENCE = 300
"""Seconds until a first visit must have stored the page."""

STEP = 60
"""Seconds for one address to open."""

READY = "document.documentElement.dataset.filled"
"""True on the page once the gate holds all its files."""

ASK_ANEW = """navigator.serviceWorker?.getRegistration()
  .then((registration) => registration?.update()).catch(() => 0)"""
"""What browsers do by themselves now and then: ask for the service worker's script."""

BLANK = "homecut-verify-blank"
"""A document that the browser makes up; from it each file is asked for, past all scripts."""

ASK_FOR_EACH = """async (paths) => {
  const ask = (path) => fetch(path, {cache: 'no-store'}).then((answer) => answer.arrayBuffer());
  for (const path of paths) await ask(path).catch(() => 0);
}"""

ABORTED = -3
"""Chromium's ``ERR_ABORTED``: nobody wanted the rest."""

Visit = Callable[["BrowserContext"], None]


@dataclass(frozen=True)
class Seen:
    """What a browser was answered."""

    replies: list[Reply]
    strangers: list[tuple[str, str]]
    """Other addresses that were asked for: the address, and in which visit."""
    remarks: list[str]
    """Sentences about what could not be looked at."""


def visit_all(program: Path, base: str, paths: list[str], patience: float = PATIENCE) -> Seen:
    """Visit a site for the first time, again, without a service worker, and file by file.

    ``paths`` are the files to ask for; ``patience`` is in seconds.
    """
    from playwright.sync_api import sync_playwright

    seen = Seen([], [], [])
    visitor = Visitor(base, seen, patience)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, sync_playwright() as play:
        folder = Path(name)
        for asked, profile, visit in (
            ("Chromium, first visit", "a", visitor.first),
            ("Chromium, coming again", "a", visitor.again),
            ("Chromium without a service worker", "b", visitor.unguarded),
            ("Chromium, each file", "c", lambda context: visitor.each(context, paths)),
        ):
            log = folder / "net-log.json"
            logged(play.chromium, program, folder / profile, log, visit)
            visitor.sort(exchanges(log), asked)
    return seen


def logged(
    chromium: "BrowserType", program: Path, profile: Path, log: Path, visit: Visit
) -> None:  # fmt: skip
    """Start Chromium with a profile, pay a visit and end it, so that its log is complete."""
    flags = [flag for flag in CHROMIUM_FLAGS if flag != "--headless"]
    flags += [f"--log-net-log={log}", "--net-log-capture-mode=Everything"]
    context = chromium.launch_persistent_context(
        str(profile), executable_path=str(program), args=flags
    )
    try:
        visit(context)
    finally:
        context.close()


class Visitor:
    """Opens the addresses of a site; what goes wrong on the way is a remark, not an end."""

    def __init__(self, base: str, seen: Seen, patience: float) -> None:
        self.base = base
        self.seen = seen
        self.patience = patience

    def open(self, context: "BrowserContext", path: str, *then: str) -> None:
        """Open an address in a new tab, then wait until each expression is true."""
        from playwright.sync_api import Error

        page = context.new_page()
        try:
            page.goto(self.base + path, timeout=STEP * 1000)
            for expression in then:
                page.wait_for_function(expression, timeout=self.patience * 1000)
        except Error as error:
            words = str(error).splitlines()[0].removeprefix("Page.").removesuffix(".")
            self.seen.remarks.append(f"'{self.base}{path}' in the browser: {words}.")

    def first(self, context: "BrowserContext") -> None:
        """Come for the first time and stay until everything is stored."""
        self.open(context, "", READY)
        self.open(context, "index.html")
        self.open(context, "privacy.html")

    def again(self, context: "BrowserContext") -> None:
        """Come with the same profile on another day."""
        self.open(context, "", f"{ASK_ANEW}.then(() => true)")
        self.open(context, "index.html")

    def unguarded(self, context: "BrowserContext") -> None:
        """Come as a private window does that has no service worker."""
        context.add_init_script("delete Navigator.prototype.serviceWorker")
        for path in ("", "index.html", "privacy.html"):
            self.open(context, path)
        context.pages[-1].wait_for_timeout(min(self.patience, 20) * 1000)

    def each(self, context: "BrowserContext", paths: list[str]) -> None:
        """Ask for every file from an empty document of the same origin."""
        page = context.new_page()
        blank = self.base + BLANK
        page.route(blank, lambda route: route.fulfill(content_type="text/html", body="<!doctype>"))
        page.goto(blank)
        page.evaluate(ASK_FOR_EACH, [self.base + path for path in paths])

    def sort(self, found: list[Exchange], asked: str) -> None:
        """Tell the site's answers from strangers and from the browser's own housekeeping."""
        own = {item.partition for item in found if item.url.startswith(self.base)}
        for item in found:
            if item.url.startswith(self.base):
                self.seen.replies.extend(as_reply(item, asked))
            elif item.kind == "main frame" or (item.partition and item.partition in own):
                self.seen.strangers.append((item.url, asked))


def as_reply(item: Exchange, asked: str) -> Iterator[Reply]:
    """Yield what came over the wire, if anything did.

    A visit ends while something may still be on its way; of that the head alone is looked at.
    """
    broken = item.ended and item.error not in (0, ABORTED)
    fault = f"breaks off (Chromium's error {item.error})" if broken else ""
    if item.status:
        sha256 = item.sha256 if item.complete else ""
        yield Reply(item.url, item.status, tuple(item.headers), sha256, asked, fault)
