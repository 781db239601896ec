"""Tries every channel on a small site and notes what became of each attempt."""

import re
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.channels.channels import CHANNELS, LEAVING, SENDERS, attempt
from tests.browser.channels.stranger import Stranger, stranger
from tools.setup.checkout import ROOT
from tools.site.server import RunningServer, running_server

CANARY = "cGl4ZWxzIG9mIGEgcGhvdG8"
"""The data that must not get out; it stands in every address."""

LEAST_BODY = 5000
"""Bytes of body in attempt 0 to post to a file of the page, one more in each further one."""

SETTLE = 4.0
"""Seconds after which what has not arrived is taken as stopped."""

LATE = ("page", "background fetch")
"""A channel that the browser begins when it has the time."""

LATE_SECONDS = 60.0
"""How long that may take on a busy machine."""

CARRIER = "privacy.html"
"""A page under the same policies as the app that costs little to open."""

FOREIGN, OWN = "foreign", "own host"

LISTEN = """() => {
  addEventListener('securitypolicyviolation', (event) => tell('CSP ' + event.blockedURI));
  navigator.serviceWorker?.addEventListener('message', ({data}) => {
    if (data.kind === 'refused') tell('gate ' + data.url); });
  navigator.serviceWorker?.startMessages();
}"""

DOCUMENTS = """() => {
  const framed = (attributes) => {
    const frame = Object.assign(document.createElement('iframe'), attributes);
    document.body.append(frame);
    return new Promise((resolve) => {
      if (frame.srcdoc) frame.onload = () => resolve(frame.contentWindow);
      else resolve(frame.contentWindow);
    });
  };
  const opened = (address) => {
    const other = open(address);
    return new Promise((resolve) => setTimeout(resolve, 500, other));
  };
  const text = new Blob(['<!doctype html><title>x</title><body></body>'], {type: 'text/html'});
  const make = {
    'page': () => globalThis,
    'empty frame': () => framed({}),
    'srcdoc frame': () => framed({srcdoc: '<p>words</p>'}),
    'pop-up': () => opened('about:blank'),
    'blob document': () => opened(URL.createObjectURL(text)),
  };
  const made = {};
  globalThis.inDocument = async ([sender, code, url, data]) => {
    const place = await (made[sender] ??= make[sender]());
    return Promise.race([place.eval(`(${code})`)(url, data), 0]);
  };
}"""
"""Runs an attempt in a document that the page has made, and which inherits its policy."""

IN_WORKER = """async ([nested, code, url, data]) => {
  const source = `onmessage = async () => postMessage(await (${code})(${JSON.stringify(url)}, ${
    JSON.stringify(data)}));`;
  const violated = `addEventListener('securitypolicyviolation', (event) =>
    postMessage({violated: event.blockedURI}));`;
  const inner = [violated, source];
  const outer = [`const inner = new Worker(URL.createObjectURL(new Blob(${JSON.stringify(inner)})));
    inner.onmessage = ({data}) => postMessage(data); onmessage = () => inner.postMessage('');`];
  const worker = new Worker(URL.createObjectURL(new Blob(nested ? outer : inner)));
  const { promise, resolve } = Promise.withResolvers();
  worker.onmessage = ({data}) => {
    if (data?.violated) tell('CSP ' + data.violated);
    else resolve(data ?? '');
  };
  setTimeout(resolve, 1500, '');
  worker.postMessage('');
  return promise;
}"""

Key = tuple[str, str, str]
"""Sender, channel, destination (foreign, own host)."""


def small_site(root: Path) -> Path:
    """Fill the empty folder ``root`` with the carrier page and what guards it."""
    for name in ("sw.js", "_headers", CARRIER):
        shutil.copy(ROOT / name, root / name)
    for folder in ("css", "icons"):
        shutil.copytree(ROOT / "assets" / folder, root / "assets" / folder)
    return root


def without_guards(root: Path) -> None:
    """Take all policies away from a small site."""
    (root / "_headers").unlink()
    text = (root / CARRIER).read_text(encoding="utf-8")
    text = re.sub(r"<meta http-equiv=.*\n", "", text)
    (root / CARRIER).write_text(text, encoding="utf-8")


@dataclass
class Attempts:
    """All attempts on one site; ``guarded`` tells whether the service worker is registered."""

    browser: Browser
    server: RunningServer
    guarded: bool
    arrived: set[Key] = field(default_factory=set)
    by_policy: set[Key] = field(default_factory=set)
    by_gate: set[Key] = field(default_factory=set)
    missing: set[Key] = field(default_factory=set)
    """The browser has no such interface there."""

    def try_all(self, wanted: list[tuple[str, str]] = CHANNELS) -> "Attempts":
        """Try channels, all or those that are ``wanted``, to a stranger and to the own host."""
        with stranger([str(number) for number in range(len(CHANNELS))]) as foreign:
            chosen = [(number, key) for number, key in enumerate(CHANNELS) if key in wanted]
            staying = [pair for pair in chosen if not is_leaving(pair[1])]
            if staying:
                self.together(foreign, staying)
            for number, key in chosen:
                if is_leaving(key):
                    self.leaving(foreign, number, key[1])
            for knock in set(foreign.knocks):
                self.arrived.add((*CHANNELS[int(knock)], FOREIGN))
        for record in self.server.records:
            if found := re.search(r"/collect/(\d+)x", f"{record.path}?{record.query}"):
                self.arrived.add((*CHANNELS[int(found[1])], OWN))
            elif record.body_length >= LEAST_BODY:
                self.arrived.add((*CHANNELS[record.body_length - LEAST_BODY], OWN))
        return self

    def open_carrier(self, notes: list[str]) -> Page:
        """Return an open page under the site's guards; what stops something goes to ``notes``."""
        context = self.browser.new_context()
        page = context.new_page()
        page.expose_function("tell", lambda note: notes.append(note))
        page.goto(self.server.url + CARRIER)
        if self.guarded:
            page.evaluate("navigator.serviceWorker.register('sw.js')")
            page.wait_for_function("navigator.serviceWorker.controller !== null")
            page.goto(self.server.url + CARRIER)
        page.evaluate(LISTEN)
        page.evaluate(DOCUMENTS)
        context.on("console", lambda message: notes.append("console " + message.text))
        return page

    def neighbour(self, page: Page, notes: list[str]) -> Page:
        """Return a second page, which hears the service worker when the first is gone."""
        other = page.context.new_page()
        other.expose_function("tell", lambda note: notes.append(note))
        other.goto(self.server.url + CARRIER)
        other.evaluate(LISTEN)
        return other

    def addresses(self, foreign: Stranger, number: int) -> list[tuple[str, str]]:
        """Return both destinations of an attempt with their addresses."""
        place = f"collect/{number}x{CANARY}/"
        return [
            (FOREIGN, f"http://127.0.0.1:{foreign.ports[str(number)]}/{place}"),
            (OWN, self.server.url + place),
        ]

    def together(self, foreign: Stranger, chosen: list[tuple[int, tuple[str, str]]]) -> None:
        """Try what does not leave the page, in one page."""
        notes: list[str] = []
        page = self.open_carrier(notes)
        for number, (sender, name) in chosen:
            for place, url in self.addresses(foreign, number):
                code = attempt(SENDERS[sender][name])
                if "worker" in sender:
                    nested = sender != "worker"
                    thrown = page.evaluate(IN_WORKER, [nested, code, url, CANARY])
                else:
                    thrown = page.evaluate(
                        "(words) => inDocument(words)", [sender, code, url, CANARY]
                    )
                if thrown == "ReferenceError":
                    self.missing.add((sender, name, place))
        page.wait_for_timeout(SETTLE * 1000)
        if self.guarded and LATE in [key for _, key in chosen]:
            self.wait_for_late(page)
        self.sort(notes, foreign)
        page.context.close()

    def wait_for_late(self, page: Page) -> None:
        """Wait until what the browser begins later has arrived at the own host."""
        start = f"/collect/{CHANNELS.index(LATE)}x"
        deadline = time.monotonic() + LATE_SECONDS
        while time.monotonic() < deadline:
            if any(start in f"{record.path}?{record.query}" for record in self.server.records):
                break
            page.wait_for_timeout(100)

    def leaving(self, foreign: Stranger, number: int, name: str) -> None:
        """Try a channel that may end the page, once for each destination."""
        for _, url in self.addresses(foreign, number):
            notes: list[str] = []
            page = self.open_carrier(notes)
            bystander = self.neighbour(page, notes)
            code = attempt(LEAVING[name])
            page.evaluate(
                f"([url, data]) => {{ setTimeout(() => ({code})(url, data), 50) }}", [url, CANARY]
            )
            self.wait_for_arrival(bystander, foreign, number)
            self.sort(notes, foreign)
            page.context.close()

    def wait_for_arrival(self, bystander: Page, foreign: Stranger, number: int) -> None:
        """Wait until something has arrived or surely will not."""
        before = len(foreign.knocks)
        deadline = time.monotonic() + SETTLE
        while time.monotonic() < deadline and foreign.knocks[before:].count(str(number)) == 0:
            bystander.wait_for_timeout(100)

    def sort(self, notes: list[str], foreign: Stranger) -> None:
        """Find out from addresses in the notes which attempts they tell of."""
        strangers = {port: int(name) for name, port in foreign.ports.items()}
        for note in notes:
            kind, _, text = note.partition(" ")
            keys: set[Key] = set()
            for port in map(int, re.findall(r"127\.0\.0\.1:(\d+)", text)):
                if port in strangers:
                    keys.add((*CHANNELS[strangers[port]], FOREIGN))
            for number in map(
                int, re.findall(rf"{re.escape(self.server.url)}(?:assets.*)?collect/(\d+)x", text)
            ):
                keys.add((*CHANNELS[number], OWN))
            for number in re.findall(r"wss?://[\w.:]+/collect/(\d+)x", text):
                if not keys:
                    keys.add((*CHANNELS[int(number)], OWN))
            if text == "inline" or "inline speculation rules" in text:
                keys = {
                    (sender, "speculation rules", place)
                    for sender, codes in SENDERS.items()
                    for place in (FOREIGN, OWN)
                    if "speculation rules" in codes
                }
            if kind == "gate":
                self.by_gate |= keys
            elif kind == "CSP" or "Content Security Policy" in text:
                self.by_policy |= keys


def is_leaving(key: tuple[str, str]) -> bool:
    """Tell whether an attempt may end its page."""
    return key[0] == "page" and key[1] in LEAVING


def try_site(
    root: Path, browser: Browser, guarded: bool, wanted: list[tuple[str, str]] = CHANNELS
) -> Attempts:
    """Serve a small site and try channels on it."""
    with running_server(root) as server:
        return Attempts(browser, server, guarded).try_all(wanted)
