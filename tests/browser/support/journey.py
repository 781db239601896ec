"""The journey of a first-time visitor, once, with the real weights and real photographs.

Online: open, cut two photos out, save. Then the cable is pulled (the server ends and the browser
goes offline): a fresh tab starts, cuts another photo out, saves. All the while everybody takes
notes; the tests read them.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page

from tests.browser.support.logged import launch_with_log
from tests.browser.support.pictures import photo, save_jpeg
from tests.browser.support.witness import Witness
from tools.pages.page_driver import HomecutPage
from tools.site.request_log import RequestRecord
from tools.site.server import running_server
from tools.verify.net_log import NetLog

PATIENCE = 300

STORAGE = """async () => ({
  cookies: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
})"""
"""What the page can see of each kind of storage."""


@dataclass(frozen=True)
class Saved:
    """A photo that was given to the page and the file that came back."""

    photo: Path
    cutout: Path
    suggested_name: str


@dataclass(frozen=True)
class Journey:
    """The notes of the journey."""

    url: str
    saved: dict[str, Saved]
    records: list[RequestRecord]
    witness: Witness
    net_log: NetLog
    pulled_at: float
    """When the cable was pulled, in seconds since 1970."""
    records_when_pulled: int
    """How many requests the server had answered until then."""
    storage: dict[str, Any]
    """What the page can see in each kind of storage at the end."""
    usage: dict[str, int]
    """Bytes by kind of storage, as the browser's own inspector counts them."""
    databases: list[str]
    """Names of the databases (IndexedDB) that the inspector shows."""
    cookies: list[Any]
    facts: dict[str, str]
    """The Details panel of the first visit."""


def travel(chromium: BrowserType, folder: Path) -> Journey:
    """Make the journey in a browser of its own; files are kept in ``folder``."""
    photos = {
        "astronaut": save_jpeg(photo("astronaut"), folder / "astronaut.jpg"),
        "chelsea": save_jpeg(photo("chelsea"), folder / "chelsea.jpg", turned=True),
        "coffee": save_jpeg(photo("coffee"), folder / "coffee.jpg"),
    }
    log = folder / "net-log.json"
    with running_server() as server:
        browser = launch_with_log(chromium, log)
        context = browser.new_context()
        context.set_default_timeout(PATIENCE * 1000)
        witness = Witness().watch(context)
        saved, facts = visit(context, server.url, [photos["astronaut"], photos["chelsea"]], folder)

        server.stop()
        pulled_at = time.time()
        records_when_pulled = len(server.records)
        context.set_offline(True)
        fresh = HomecutPage(context.new_page())
        saved |= cut_out(fresh, server.url, [photos["coffee"]], folder)
        storage = fresh.page.evaluate(STORAGE)
        usage = storage_usage(fresh.page, server.url)
        databases = database_names(fresh.page, server.url)
        cookies = context.cookies()
        browser.close()
    return Journey(
        server.url, saved, server.records, witness, NetLog(log), pulled_at,
        records_when_pulled, storage, usage,
        databases, cookies, facts,
    )  # fmt: skip


def visit(
    context: BrowserContext, url: str, photos: list[Path], folder: Path
) -> tuple[dict[str, Saved], dict[str, str]]:
    """Make the first visit; return what was saved and what the Details panel said."""
    first = HomecutPage(context.new_page())
    saved = cut_out(first, url, photos, folder)
    # As the page tells its users: pull the cable when the badge says so, not before.
    first.page.wait_for_selector("#badge[data-ready=yes]", state="attached")
    first.page.click("#details-open")
    facts = first.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('#facts dt')].map(
               (term) => [term.textContent, term.nextElementSibling.textContent]))"""
    )
    first.page.close()
    return saved, facts


def cut_out(page: HomecutPage, url: str, photos: list[Path], folder: Path) -> dict[str, Saved]:
    """Open the page, cut the photos out and save them."""
    page.open(url)
    page.add_files(photos)
    rows = page.wait_until_ended(PATIENCE)
    assert [row.state for row in rows] == ["done"] * len(photos), rows
    saved = {}
    for index, file in enumerate(photos):
        target = folder / f"{file.stem}.saved.png"
        name = page.save(index, target)
        saved[file.stem] = Saved(file, target, name)
    return saved


def storage_usage(page: Page, url: str) -> dict[str, int]:
    """Return the bytes that the browser keeps for the page, by kind of storage, without zeros."""
    session = page.context.new_cdp_session(page)
    answer = session.send("Storage.getUsageAndQuota", {"origin": url.rstrip("/")})
    return {
        part["storageType"]: int(part["usage"])
        for part in answer["usageBreakdown"]
        if part["usage"]
    }


def database_names(page: Page, url: str) -> list[str]:
    """Return the names of the databases that the browser's own inspector shows for the page."""
    session = page.context.new_cdp_session(page)
    answer = session.send("IndexedDB.requestDatabaseNames", {"securityOrigin": url.rstrip("/")})
    return list(answer["databaseNames"])
