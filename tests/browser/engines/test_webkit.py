"""The main journey in the system's WebKitGTK, driven by Selenium under Xvfb.

This build has no SharedArrayBuffer, so the network runs on a single thread.
"""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException

from tests.browser.engines.foreign import TELLTALE, recording_proxy
from tests.browser.engines.trip import (
    AUDITED,
    BEGIN_AUDIT,
    ENDED,
    LOOK,
    LOOK_AT_AUDIT,
    PATIENCE,
    READY_OFFLINE,
    VISITS,
    AnyBrowser,
    Trip,
    Visit,
    photos,
)
from tests.browser.engines.webkit import webkit
from tools.site.server import running_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.webkit,
    pytest.mark.timeout(4 * PATIENCE),
    # Selenium's own WebKitGTK driver has not followed it yet.
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]

HEAR = """
globalThis.heard = [];
for (const level of ["error", "warn"]) {
  const write = console[level];
  console[level] = (...words) => { heard.push(`${level}: ${words.join(" ")}`); write(...words); };
}
addEventListener("error", ({ message }) => heard.push(`uncaught: ${message}`));
addEventListener("unhandledrejection", ({ reason }) => heard.push(`unhandled: ${reason}`));
addEventListener("securitypolicyviolation", (event) => heard.push(`policy: ${event.blockedURI}`));
"""
"""Keeps what the page complains of; the driver tells of no console."""


def wait_for(driver: webdriver.WebKitGTK, what: str, come: Callable[[], object]) -> None:
    """Wait until ``come()`` is true; else fail with what the page shows."""
    deadline = time.monotonic() + PATIENCE
    while not come():
        if time.monotonic() > deadline:
            screen = driver.execute_script("return document.body.innerText")
            pytest.fail(f"{what} has not come after {PATIENCE} s; the page shows:\n{screen}")
        time.sleep(0.25)


def visit(driver: webdriver.WebKitGTK, url: str, photo: Path, downloads: Path) -> Visit:
    """Open the page in the present tab, cut one photo out and save it."""

    def find(selector: str) -> list[object]:
        return driver.find_elements("css selector", selector)

    driver.get(url)
    for selector in ("html[data-python=ready]", ENDED, "html[data-filled]"):
        wait_for(driver, selector, lambda wanted=selector: find(wanted))
        if "python" in selector:
            driver.execute_script(HEAR)
            find("#file-input")[0].send_keys(str(photo))
    find("#details-open")[0].click()
    seen = driver.execute_script(f"return {LOOK}")
    find("#details-close")[0].click()
    cutout = downloads / seen["name"]
    if seen["state"] == "done":
        find(".row a[download]")[0].click()
        # Until it is complete, WebKit writes to another file beside it.
        wait_for(driver, cutout.name, lambda: cutout.exists() and cutout.stat().st_size)
    driver.execute_script(BEGIN_AUDIT)
    wait_for(driver, "the self-audit", lambda: find(AUDITED))
    wait_for(driver, "the badge", lambda: find(READY_OFFLINE))
    seen["audit"] = driver.execute_script(f"return {LOOK_AT_AUDIT}")
    seen["heard"] = driver.execute_script("return heard")
    return Visit(photo, cutout, seen)


@pytest.fixture(scope="module")
def trip(tmp_path_factory) -> Trip:
    folder = tmp_path_factory.mktemp("webkit")
    home = folder / "home"
    home.mkdir()
    given = photos(folder)
    with running_server() as server, recording_proxy() as proxy, webkit(home, proxy) as driver:
        online = visit(driver, server.url, given["online"], home / "downloads")
        server.stop()
        first = driver.current_window_handle
        driver.switch_to.new_window("tab")
        fresh = driver.current_window_handle
        driver.switch_to.window(first)
        driver.close()
        driver.switch_to.window(fresh)
        offline = visit(driver, server.url, given["offline"], home / "downloads")
        foreign = list(proxy.requests)
        # The proxy hangs up, which some versions call an error.
        with contextlib.suppress(WebDriverException):
            driver.get(TELLTALE)
    visits = {"online": online, "offline": offline}
    return Trip(server.url, visits, server.records, foreign, proxy.requests)


class TestWebKit(AnyBrowser):
    @pytest.mark.parametrize("name", VISITS)
    def test_without_shared_memory_there_is_one_thread_and_the_page_says_so(self, trip, name):
        seen = trip.visits[name].seen

        assert not seen["sharesMemory"]
        assert seen["facts"]["Threads"] == "1"
        assert "one thread" in seen["hint"]

    @pytest.mark.parametrize("name", VISITS)
    def test_nothing_went_wrong_in_the_page(self, trip, name):
        assert trip.visits[name].seen["heard"] == []
