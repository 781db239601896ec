"""Ledger, self-audit and badge: what they say is what the server saw, and they can say no."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.support.audit import PATIENCE, audit
from tests.browser.support.axe import violations
from tests.browser.support.made_site import make_site
from tests.browser.support.pictures import save_spotlight
from tools.site.server import running_server

JOURNAL_FILES = """async () => {
  const root = await navigator.storage.getDirectory();
  const counts = [];
  for await (const folder of root.values()) {
    counts.push((await Array.fromAsync(folder.keys())).length);
  }
  return counts;
}"""

FETCHED_ALL = """(addresses) => {
  const requests = homecutReports.filter(({ kind }) => kind === 'request');
  const byGate = requests.filter(({ client }) => client === 'gate');
  const fetched = new Set(byGate.map(({ url }) => url));
  return addresses.every((address) => fetched.has(address));
}"""
"""Whether the gate has told of each of these addresses that it fetched it by itself."""

LEAK = """

async def _leak(item):
    import js
    if not getattr(item, "leaked", False):
        item.leaked = True
        content = js.Uint8Array.new(await item.source.file.arrayBuffer())
        text = js.btoa(js.String.fromCharCode(*list(content.slice(300, 345))))
        answer = await js.fetch(BASE + "collect/" + text.replace("/", "_"))
        await answer.text()


import asyncio
from ui.browser.worker_link import BASE_URL as BASE
queue.state_changed.connect(lambda item: asyncio.create_task(_leak(item)))
"""
"""A careless fork: a piece of every photo goes to the page's own host, as the path of a GET."""


@pytest.fixture(scope="module")
def leaking_root(tmp_path_factory):
    """A made site whose page leaks on purpose."""
    root = make_site(tmp_path_factory.mktemp("leaking"))
    main = root / "main.py"
    main.write_text(main.read_text(encoding="utf-8") + LEAK, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def audited(open_shared_page, made_server):
    """A page that has cut a photo out and audited itself, with the report."""
    page = open_shared_page(
        made_server.url, service_worker=True, viewport={"width": 360, "height": 740}
    )
    page.page.wait_for_selector("html[data-filled]", timeout=PATIENCE)
    return page, audit(page)


def test_the_self_audit_passes_and_says_what_it_saw(audited, made_server):
    _, report = audited
    assert report["verdict"] == "passed", report["problems"]
    assert report["problems"] == []
    manifest = json.loads(made_server.server.answers.site.manifest())
    assert report["build"] == manifest["build"]
    compared = report["files"]["of"]
    assert report["files"]["right"] == compared >= len(manifest["shell"])
    known = {path: entry["sha256"] for path, entry in manifest["files"].items()}
    assert report["hashes"].items() <= known.items()
    assert set(manifest["shell"]) <= set(report["hashes"])
    assert (report["model"]["right"], report["model"]["of"]) == (6, 6)
    assert report["environment"]["service worker"] is True
    age = datetime.now(UTC) - datetime.fromisoformat(report["time"])
    assert timedelta() < age < timedelta(hours=1)
    assert report["environment"]["isolated"] is True
    assert report["requests"]["uploaded"] == 0
    assert list(report["by method and origin"]) == ["GET " + made_server.url.rstrip("/")]


def test_the_audit_lists_storage_and_by_whom_it_is_used(audited):
    _, report = audited
    storage = report["storage"]
    assert (storage["cookies"], storage["localStorage"], storage["sessionStorage"]) == (0, 0, 0)
    whats = sorted(entry["what"].split(" (")[0] for entry in storage["caches"].values())
    assert whats == ["the network's weights", "the page's files"]


def test_the_canary_does_not_stay_in_the_queue(audited):
    page, _ = audited
    assert page.rows() == []


def test_the_ledger_has_every_file_that_the_workers_asked_for(audited, made_server):
    _, report = audited
    paths = {entry["path"] for entry in report["entries"]}
    asked = {record.path.removeprefix("/") for record in made_server.records if record.status < 300}
    assert {"worker.py", "pixels.py", "python/pixels.tar.gz", "models/models.json"} <= paths
    # The server is shared with the tests of the lab, whose archives this page never asks for.
    asked = {path for path in asked if not path.startswith("python/lab_")}
    assert {path for path in asked if path.startswith(("python/", "models/chunks"))} <= paths


def test_the_ledger_has_what_the_service_worker_fetched_by_itself(audited, made_server):
    """Each file that it stores in advance, the codecs among them, once."""
    page, _ = audited
    page.page.wait_for_selector("#badge[data-ready=yes]", state="attached", timeout=PATIENCE)
    later = json.loads(made_server.server.answers.site.manifest())["later"]
    page.page.wait_for_function(FETCHED_ALL, arg=[made_server.url + path for path in later])
    reports = page.page.evaluate("homecutReports.filter(({kind}) => kind === 'request')")
    fetched = [entry["url"] for entry in reports if entry["client"] == "gate"]
    assert len(fetched) == len(set(fetched))


def test_the_ledger_shows_totals_rows_and_a_filter(audited):
    page, _ = audited
    text = page.page.inner_text("#ledger-totals")
    assert text.startswith("Bytes uploaded: 0.")
    everything = page.page.locator("#ledger-rows tr").count()
    assert everything > 50
    page.page.select_option("#ledger-filter", "stopped")
    assert page.page.locator("#ledger-rows tr").count() == 0
    assert page.page.locator("#ledger-empty").is_visible()
    page.page.select_option("#ledger-filter", "all")


def test_the_ledger_fits_a_small_phone(audited):
    page, _ = audited
    assert page.page.evaluate("document.getElementById('ledger').scrollWidth") <= 360
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ledger_and_the_report_are_accessible(audited, scheme):
    page, _ = audited
    page.page.evaluate(f"document.documentElement.dataset.theme = '{scheme}'")
    assert violations(page) == []


def test_the_export_is_an_http_archive(audited):
    page, report = audited
    with page.page.expect_download() as waiting:
        page.page.click("#ledger-save")
    archive = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert waiting.value.suggested_filename == "homecut-ledger.har"
    entries = archive["log"]["entries"]
    assert len(entries) >= len(report["entries"])
    assert {entry["request"]["method"] for entry in entries} == {"GET"}
    assert {entry["request"]["bodySize"] for entry in entries} == {0}


def test_what_the_gate_stops_appears_in_the_ledger(audited):
    page, _ = audited
    page.page.evaluate("fetch('main.py', {method: 'POST', body: 'pixels'})")
    page.page.select_option("#ledger-filter", "stopped")
    row = page.page.locator("#ledger-rows tr", has_text="POST")
    row.wait_for()
    assert "stopped by the gate" in row.inner_text()


def test_the_badge_is_true(audited):
    """It names what is missing as soon as one file is, and stands again when it is back."""
    page, _ = audited
    badge = page.page.locator("#badge")
    page.page.wait_for_selector("#badge[data-ready=yes]", state="attached", timeout=PATIENCE)
    assert badge.text_content() == "Ready offline"
    page.page.evaluate(
        """async () => {
          const name = (await caches.keys()).find((name) => name.startsWith('onnx-model-'));
          const cache = await caches.open(name);
          await cache.delete((await cache.keys())[0]);
        }"""
    )
    page.page.wait_for_selector("#badge[data-ready=no]", state="attached", timeout=PATIENCE)
    assert "1 of 6 of the network's parts" in page.page.inner_text("#readiness")


@pytest.mark.slow
def test_everything_is_removed_at_one_click(open_page, made_server):
    page = open_page(made_server.url, service_worker=True)
    page.page.wait_for_selector("#badge[data-ready=yes]", timeout=PATIENCE)
    page.page.click("#badge")
    page.page.click("#remove-all")
    page.page.locator("#readiness", has_text="is removed").wait_for()
    assert page.page.evaluate("caches.keys()") == []
    registered = "navigator.serviceWorker.getRegistrations().then((found) => found.length)"
    assert page.page.evaluate(registered) == 0
    assert [count for count in page.page.evaluate(JOURNAL_FILES) if count] == []
    # The open page is still served, and nothing of it is kept again.
    status = "fetch('main.py').then((answer) => answer.status)"
    assert page.page.evaluate(status) == 200
    assert page.page.evaluate("caches.keys()") == []


@pytest.mark.slow
def test_a_page_that_leaks_through_a_path_is_caught(open_page, leaking_root):
    with running_server(leaking_root) as server:
        page = open_page(server.url, service_worker=True)
        report = audit(page)
        reached = [record.path for record in server.records if "collect" in record.path]
    assert report["verdict"] == "failed"
    found = [
        text for text in report["problems"] if "The canary stands in an address, base64" in text
    ]
    assert found, report["problems"]
    # Where the browser knows no allowlist, the gate stops it.
    assert any("Stopped by the browser: " in text for text in report["problems"])
    assert reached == []


@pytest.mark.slow
def test_a_leak_is_caught_without_a_service_worker_too(open_page, leaking_root):
    """There the request does get out; the browser's timing entries tell once its answer is read.

    A leak that does not read the answer would only be "not proven" there, never "passed".
    """
    with running_server(leaking_root) as server:
        page = open_page(server.url)
        report = audit(page)
        reached = [record.path for record in server.records if "collect" in record.path]
    assert report["verdict"] == "failed"
    found = [
        text for text in report["problems"] if "The canary stands in an address, base64" in text
    ]
    assert found, report["problems"]
    assert len(reached) == 1


@pytest.mark.slow
def test_without_a_service_worker_nothing_is_claimed(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    page.add_files([save_spotlight(tmp_path / "photo.png")])
    page.wait_until_ended()
    report = audit(page)
    assert report["verdict"] == "not proven"
    assert report["requests"]["uploaded"] is None
    assert "not measured" in page.page.inner_text("#ledger-totals")
    assert page.page.inner_text("#readiness").startswith("This window has no service worker")


FORGE = """() => {
  const entry = {kind: 'request', id: 'x/1', url: 'forged', time: Date.now(), method: 'GET'};
  const container = navigator.serviceWorker;
  const forge = () => container.dispatchEvent(new MessageEvent('message', {data: entry}));
  for (let count = 0; count < 6000; count += 1) forge();
  homecutReports.push(entry);
  homecutReports.length = 0;
  try { globalThis.homecutReports = [entry]; } catch { /* read-only */ }
  Object.defineProperty(MessageEvent.prototype, 'data', {get: () => entry});
}"""


def test_code_on_the_page_can_neither_forge_nor_flood_nor_empty_the_ledger(open_page, made_server):
    page = open_page(made_server.url, service_worker=True)
    page.page.wait_for_selector("html[data-filled]")
    before = page.page.evaluate("homecutReports.length")
    page.page.evaluate(FORGE)
    page.page.evaluate("fetch('main.py', {method: 'POST', body: 'pixels'})")
    page.page.wait_for_function("homecutReports.some(({kind}) => kind === 'refused')")
    reports = page.page.evaluate("homecutReports")
    assert before < len(reports) < 5000
    assert [entry for entry in reports if entry.get("url") == "forged"] == []
    # What the page's own programs say of the functions that were exchanged under their feet.
    page.page.context.close()
    page.witness.errors.clear()


@pytest.mark.slow
def test_a_ledger_that_is_full_says_so_and_fails_the_audit(open_page, made_server):
    page = open_page(made_server.url, service_worker=True)
    page.page.wait_for_selector("html[data-filled]")
    page.page.evaluate(
        """async () => {
          for (let count = 0; count < 52; count += 1) {
            await Promise.all(Array.from({length: 100}, () => fetch('main.py', {method: 'POST'})));
          }
        }"""
    )
    assert page.page.evaluate("homecutReports.at(-1).kind") == "full"
    report = audit(page)
    assert report["verdict"] == "failed"
    assert report["problems"][0].startswith("The ledger is full")
    assert page.page.inner_text("#ledger-totals").startswith("The ledger is full")


SLEPT = """Object.defineProperty(performance, "timeOrigin",
  { value: performance.timeOrigin - 3600000 });"""
"""What a browser that began before the machine slept says."""


@pytest.mark.slow
def test_after_the_machine_slept_the_ledger_still_begins_with_the_page(open_page, made_server):
    page = open_page(made_server.url, service_worker=True)
    page.page.wait_for_selector("#badge[data-ready=yes]", state="attached", timeout=PATIENCE)
    page.page.add_init_script(SLEPT)
    page.reload()
    page.page.click("#details-open")
    page.page.click("#ledger-open")
    page.page.locator("#ledger-totals", has_text=" 0 from the network (0 B)").wait_for()
