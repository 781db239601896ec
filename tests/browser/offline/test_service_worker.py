"""The service worker: what it keeps, what it lets through, how a new version comes."""

import json

import pytest
from playwright import sync_api

from tests.browser.support.made_site import make_site
from tests.browser.support.opening import open_filled
from tests.browser.support.pictures import save_spotlight
from tools.site.faults import corrupted
from tools.site.server import running_server

SHELL_HASHES = """async () => {
  const name = (await caches.keys()).find((name) => name.startsWith('homecut-shell-'));
  const cache = await caches.open(name);
  const stored = {};
  for (const request of await cache.keys()) {
    const body = await (await cache.match(request)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
    const hexadecimal = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    stored[request.url.slice(document.baseURI.length)] = hexadecimal;
  }
  return stored;
}"""

ONE_SHELL = """() => caches.keys().then(
  (names) => names.filter((name) => name.startsWith('homecut-shell-')).length === 1)"""

STATES = """async () => {
  const found = await navigator.serviceWorker.getRegistration();
  const states = [found?.installing, found?.waiting, found?.active].map((worker) => worker?.state);
  return [location.href, document.readyState, ...states].join(' ');
}"""


@pytest.fixture
def root(tmp_path):
    """A site of this test's own, which it may change."""
    (tmp_path / "site").mkdir()
    return make_site(tmp_path / "site")


def manifest_of(server):
    return json.loads(server.server.answers.site.manifest())


def shells(page):
    names = page.page.evaluate("caches.keys()")
    return [name for name in names if name.startswith("homecut-shell-")]


def test_what_a_browser_shows_before_installing_is_served_but_fetched_by_nobody(
    open_page, made_server
):
    page = open_filled(open_page, made_server.url)
    shots = [
        path for path in manifest_of(made_server)["files"] if path.startswith("assets/install/")
    ]
    named = page.page.evaluate("fetch('app.webmanifest').then((answer) => answer.json())")
    assert sorted(shot["src"] for shot in named["screenshots"]) == shots
    assert not set(shots) & set(page.page.evaluate(SHELL_HASHES))
    asked = page.page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    assert not [address for address in asked if "/assets/install/" in address]
    answered = page.page.evaluate("(path) => fetch(path).then(({status}) => status)", shots[0])
    assert answered == 200


def test_the_whole_shell_is_stored_with_the_hashes_of_the_manifest(open_page, made_server):
    page = open_filled(open_page, made_server.url)
    manifest = manifest_of(made_server)
    expected = {path: manifest["files"][path]["sha256"] for path in manifest["shell"]}

    stored = page.page.evaluate(SHELL_HASHES)
    stored.pop("manifest.json", None)

    # The codecs begin to come after the shell.
    known = {path: manifest["files"][path]["sha256"] for path in manifest["later"]} | expected
    assert stored.items() <= known.items()
    assert expected.items() <= stored.items()


def test_a_new_version_is_offered_and_changes_nothing_until_it_is_wanted(open_page, root):
    with running_server(root) as server:
        page = open_filled(open_page, server.url)
        old = shells(page)
        assert not page.page.locator("#update").is_visible()

        sheet = root / "assets/css/theme.css"
        sheet.write_text(sheet.read_text() + "\n:root { --version: second; }\n")
        page.page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
        page.page.locator("#update").wait_for(state="visible")

        version = "getComputedStyle(document.documentElement).getPropertyValue('--version')"
        assert page.page.evaluate(version) == ""
        # Not even in another tab: both belong to the same running version.
        other = page.page.context.new_page()
        other.goto(server.url)
        assert other.evaluate(version) == ""
        other.close()
        assert set(old) < set(shells(page))

        page.page.click("#update-now")
        try:
            page.page.wait_for_function(f"{version} === 'second'")
        except sync_api.TimeoutError as error:
            raise AssertionError(page.page.evaluate(STATES)) from error
        page.page.wait_for_selector("html[data-python=ready]")
        # An old version that was busy for long leaves its files until the new one takes its place.
        page.page.wait_for_function(ONE_SHELL)
        assert shells(page) != old


@pytest.mark.slow
def test_an_old_version_that_does_not_give_way_is_left(open_page, root):
    """Here the word that it is its turn does not reach the new one."""
    deaf = """() => {
        const send = ServiceWorker.prototype.postMessage;
        ServiceWorker.prototype.postMessage = function (word) {
          if (word !== 'take-over') send.call(this, word);
        };
    }"""
    with running_server(root) as server:
        page = open_filled(open_page, server.url)
        page.page.evaluate(deaf)
        sheet = root / "assets/css/theme.css"
        sheet.write_text(sheet.read_text() + "\n:root { --version: second; }\n")
        page.page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
        page.page.locator("#update").wait_for(state="visible")

        page.page.click("#update-now")

        version = "getComputedStyle(document.documentElement).getPropertyValue('--version')"
        page.page.wait_for_function(f"{version} === 'second'")
        page.page.wait_for_selector("html[data-python=ready]")


@pytest.mark.slow
def test_a_file_that_was_tampered_with_is_neither_stored_nor_run_and_the_page_says_so(
    open_page, made_root, tmp_path
):
    with running_server(made_root, faults={"/python/pixels.tar.gz": corrupted(2000)}) as server:
        page = open_page(server.url, service_worker=True)
        hint = page.page.locator("#hint", has_text="arrived damaged (python/pixels.tar.gz)")
        hint.wait_for()
        assert "python/pixels.tar.gz" not in page.page.evaluate(SHELL_HASHES)

        server.faults.clear()
        page.open(server.url)
        page.add_files([save_spotlight(tmp_path / "photo.png")])
        assert [row.state for row in page.wait_until_ended()] == ["done"]
        page.page.wait_for_selector("html[data-filled]")
        assert "python/pixels.tar.gz" in page.page.evaluate(SHELL_HASHES)


@pytest.fixture(scope="module")
def guarded(open_shared_page, made_server):
    """A page behind its service worker."""
    return open_filled(open_shared_page, made_server.url)


REFUSED_BY_THE_BROWSER = ("a query", "a file that is no part of the page")
"""Stopped by the allowlist already; where a browser knows none, the gate answers 403."""

REFUSED = {
    "a post": "fetch('main.py', {method: 'POST', body: 'pixels'})",
    "a query": "fetch('main.py?pixels')",
    "a put": "fetch('main.py', {method: 'PUT', body: 'pixels'})",
    "a beacon": "Promise.resolve({status: navigator.sendBeacon('main.py', 'pixels') ? 403 : 0})",
    "a file that is no part of the page": "fetch('secret/pixels.png')",
}


@pytest.mark.parametrize("attempt", REFUSED)
@pytest.mark.parametrize("sender", ["page", "worker"])
def test_nothing_but_plain_requests_of_the_pages_files_gets_through(
    guarded, made_server, attempt, sender
):
    if sender == "worker" and "sendBeacon" in REFUSED[attempt]:
        script = "Promise.resolve({status: navigator.sendBeacon ? 0 : 403})"
    else:
        script = REFUSED[attempt]
    earlier = len(made_server.records)

    status = guarded.page.evaluate(IN_WORKER if sender == "worker" else IN_PAGE, script)

    assert status == ("TypeError" if attempt in REFUSED_BY_THE_BROWSER else 403)
    guarded.page.wait_for_timeout(300)
    later = made_server.records[earlier:]
    assert [r for r in later if r.method != "GET" or r.query or "secret" in r.path] == []


IN_PAGE = "script => (0, eval)(script).then(({status}) => status, ({name}) => name)"

IN_WORKER = """script => new Promise((resolve) => {
  const base = document.baseURI;
  const source = script.replace(/fetch\\('/, `fetch('${base}`);
  const body = `(${source}).then((r) => postMessage(r.status), (e) => postMessage(e.name))`;
  const worker = new Worker(URL.createObjectURL(new Blob([body])));
  worker.onmessage = (event) => resolve(event.data);
})"""


def test_a_foreign_origin_cannot_be_asked(guarded):
    outcome = guarded.page.evaluate(
        "fetch('http://foreign.invalid/').then(() => 'answered', () => 'refused')"
    )
    assert outcome == "refused"
    guarded.page.wait_for_timeout(300)
    assert guarded.witness.provoked != []
