"""The main journey in the system's Firefox, driven over WebDriver BiDi by npm's puppeteer-core."""

import json
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

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
from tools.pages.browser import ensure_firefox
from tools.setup.checkout import ROOT
from tools.setup.node import node_modules
from tools.setup.progress import make_console
from tools.site.server import running_server

pytestmark = [pytest.mark.slow, pytest.mark.firefox, pytest.mark.timeout(4 * PATIENCE)]

SCRIPT = Path(__file__).with_name("firefox_journey.mjs")

LEAVES_NOTHING = ("blob", "data")
"""Schemes of addresses that lie inside the browser."""

MOST_THREADS = 8


@pytest.fixture(scope="module")
def trip(tmp_path_factory) -> Trip:
    folder = tmp_path_factory.mktemp("firefox")
    downloads = folder / "downloads"
    downloads.mkdir()
    given = photos(folder)
    console = make_console(quiet=True)
    with running_server() as server, recording_proxy() as proxy:
        settings = {
            "nodeModules": str(node_modules(ROOT, console, development=True)),
            "firefox": str(ensure_firefox(console)),
            "url": server.url,
            "proxyPort": proxy.port,
            "telltale": TELLTALE,
            "downloads": str(downloads),
            "photos": {visit: str(file) for visit, file in given.items()},
            "ended": ENDED,
            "look": LOOK,
            "beginAudit": BEGIN_AUDIT,
            "audited": AUDITED,
            "readyOffline": READY_OFFLINE,
            "lookAtAudit": LOOK_AT_AUDIT,
            "patience": PATIENCE,
        }
        command = ["node", str(SCRIPT), json.dumps(settings)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as journey:
            try:
                seen = [journey.stdout.readline()]
                server.stop()
                foreign = list(proxy.requests)
                output, _ = journey.communicate("go on\n")
            finally:
                # Ends Firefox, too, when the test is stopped before its time.
                journey.terminate()
        seen += output.splitlines()
        assert journey.returncode == 0, "firefox_journey.mjs failed; see its report"
    notes = [json.loads(line) for line in seen]
    visits = {
        visit: Visit(given[visit], downloads / note["name"], note)
        for visit, note in zip(VISITS, notes, strict=True)
    }
    return Trip(server.url, visits, server.records, foreign, proxy.requests)


class TestFirefox(AnyBrowser):
    @pytest.mark.parametrize("name", VISITS)
    def test_every_core_gets_a_thread_up_to_eight(self, trip, name):
        seen = trip.visits[name].seen

        assert seen["sharesMemory"]
        assert seen["facts"]["Threads"] == str(min(seen["cores"], MOST_THREADS))
        assert seen["hint"] == ""

    @pytest.mark.parametrize("name", VISITS)
    def test_pages_and_workers_sent_nothing_but_plain_get_requests_home(self, trip, name):
        requests = trip.visits[name].seen["requests"]

        assert len(requests) > 50
        assert any("ort-wasm" in request["url"] for request in requests), "no worker's requests"
        foreign = [
            request["url"]
            for request in requests
            if not request["url"].startswith(trip.url)
            and urlsplit(request["url"]).scheme not in LEAVES_NOTHING
        ]
        assert foreign == []
        assert {request["method"] for request in requests} == {"GET"}
        assert {request["bodySize"] for request in requests} == {0}
        assert not any("?" in request["url"] for request in requests)

    @pytest.mark.parametrize("name", VISITS)
    def test_nothing_went_wrong_on_the_console(self, trip, name):
        messages = trip.visits[name].seen["messages"]

        assert [text for text in messages if text["level"] in ("error", "warn")] == []

    @pytest.mark.parametrize("name", VISITS)
    def test_behind_another_tab_ten_turns_of_the_page_s_tasks_take_no_ten_seconds(self, trip, name):
        """Firefox holds back the timers of a hidden page; MicroPython lives by them."""
        assert trip.visits[name].seen["behind"] < 3
