"""What goes past the gate is taken from the page; a frame, which nobody can forbid, is told of.

Each way is tried on the page as its own code would, and once more on a copy of the page that takes
nothing away, where it arrives. (That a background fetch does is seen by ``test_channels.py``.)
"""

import time

import pytest

from tests.browser.support.audit import PATIENCE, audit
from tests.browser.support.made_site import make_site
from tests.browser.support.mutations import replaced
from tools.site.server import running_server

WAYS = {
    "link with download": """(url) => { const link = document.createElement('a');
        link.href = url; link.download = 'x'; link.click(); }""",
    "link with download, hidden": """(url) => {
        String.prototype.startsWith = () => true;
        Object.defineProperty(NavigationDestination.prototype, 'url', {get: () => 'blob:x'});
        const link = document.createElement('a'); link.href = url; link.download = 'x';
        link.dispatchEvent(new MouseEvent('click')); }""",
    "background fetch": """async (url) => {
        const { backgroundFetch } = await navigator.serviceWorker.ready;
        await backgroundFetch.fetch('x', [new Request(url, {method: 'POST', body: 'photo'})]); }""",
    "pop-up": "(url) => { open('about:blank').fetch(url, {method: 'POST', body: 'photo'}); }",
    "pop-up of the document": """(url) => { const other = document.open('about:blank', 'x', '');
        other.fetch(url, {method: 'POST', body: 'photo'}); }""",
}
"""Way: how something is sent by it to a file of the page, ``main.py``."""

FRAMES = {
    "frame": "document.body.append(document.createElement('iframe'))",
    "frame for a moment": """(() => { const place = document.createElement('div');
        document.body.append(place); const frame = document.createElement('iframe');
        place.append(frame); frame.remove(); place.remove(); })()""",
    "frame in a closed shadow": """(() => { const place = document.createElement('div');
        document.body.append(place);
        place.attachShadow({mode: 'closed'}).append(document.createElement('iframe')); })()""",
}

SAVE = """() => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['saved']));
  link.download = 'saved.txt';
  document.body.append(link);
  link.click();
  globalThis.link = link; }"""
"""Hands a file out as the page does."""

QUIET = """async ([code, url]) => {
  try { await Promise.race([eval(code)(url), new Promise((done) => setTimeout(done, 1000))]);
  } catch (error) { return String(error); }
}"""

TRIED = "?tried="


def sent(server):
    """Return what arrived of the attempts."""
    return [r for r in server.records if r.body_length or r.query.startswith(TRIED[1:])]


def attempt(page, server, way):
    """Try one way, at the page's own host."""
    page.page.evaluate(QUIET, [WAYS[way], f"{server.url}main.py{TRIED}{way.replace(' ', '-')}"])


def opened(firefox, server):
    """Return a page of Firefox that is ready."""
    page = firefox.new_page()
    page.goto(server.url)
    page.wait_for_function("document.documentElement.dataset.python === 'ready'")
    return page


def reports(page, kind):
    """Return what start.js has heard of a kind."""
    return page.page.evaluate("(kind) => homecutReports.filter((r) => r.kind === kind)", kind)


@pytest.mark.slow
def test_what_goes_past_the_gate_is_gone_and_each_attempt_fails_the_audit(open_page, made_server):
    page = open_page(made_server.url, service_worker=True)
    for way in ("background fetch", "pop-up", "pop-up of the document", "link with download"):
        attempt(page, made_server, way)
    gone = "['RTCPeerConnection', 'XSLTProcessor'].filter((name) => name in globalThis)"
    assert page.page.evaluate(gone) == []
    # A shadow tree that is made out of text would hide a frame.
    hiding = "['write', 'writeln', 'setHTMLUnsafe'].filter((name) => name in document)"
    assert page.page.evaluate(hiding) == []
    assert page.page.evaluate("'setHTMLUnsafe' in document.body") is False
    report = audit(page)
    assert sent(made_server) == []
    assert report["verdict"] == "failed"
    stopped = [text for text in report["problems"] if text.startswith("Stopped by the page: ")]
    assert len(stopped) >= 3, report["problems"]
    assert report["cannot see"]


def test_functions_that_code_has_exchanged_do_not_open_the_way(open_page, made_server):
    page = open_page(made_server.url, service_worker=True)
    attempt(page, made_server, "link with download, hidden")
    assert sent(made_server) == []
    assert len(reports(page, "way")) == 1


def test_a_frame_is_reported_and_nothing_is_claimed_any_more(open_page, made_server):
    page = open_page(made_server.url, service_worker=True)
    seen = [len(reports(page, "frame"))]
    for code in FRAMES.values():
        page.page.evaluate(code)
        seen.append(len(reports(page, "frame")))
    assert seen[0] == 0
    assert sorted(set(seen)) == seen, "one of them was not reported"
    page.page.click("#badge")
    page.page.locator("#ledger-totals", has_text="not measured").wait_for()


@pytest.mark.slow
@pytest.mark.parametrize("way", ["pop-up", "link with download"])
def test_a_page_that_takes_nothing_away_lets_it_out(open_page, tmp_path, way):
    root = make_site(tmp_path)
    replaced("assets/js/start.js", "closeWaysOut(hear);\n", "")(root)
    replaced("_headers", "Connection-Allowlist: (response-origin)", "X-Nothing: 1")(root)
    with running_server(root) as server:
        page = open_page(server.url, service_worker=True)
        attempt(page, server, way)
        page.page.wait_for_timeout(2000)
        assert sent(server)
        page.page.context.close()


@pytest.mark.slow
@pytest.mark.firefox
def test_firefox_which_knows_no_allowlist_stops_downloads_windows_and_other_hosts(
    firefox, made_server
):
    page = opened(firefox, made_server)
    page.evaluate(WAYS["link with download"], made_server.url + "main.py?tried=firefox")
    page.evaluate("() => { open('about:blank'); document.open('about:blank', 'x', ''); }")
    page.evaluate("() => { location.href = 'http://127.0.0.1:9/?photo'; }")
    page.evaluate(f"() => {{ {FRAMES['frame']} }}")
    kinds = "homecutReports.map(({kind}) => kind).filter((kind) => ['way', 'frame'].includes(kind))"
    page.wait_for_function(f"{kinds}.includes('frame')")
    assert page.evaluate(kinds) == ["way"] * 4 + ["frame"]
    assert page.evaluate("location.href") == made_server.url
    assert sent(made_server) == []
    page.close()


@pytest.mark.slow
@pytest.mark.firefox
def test_firefox_which_tells_of_a_download_twice_saves_it_and_still_opens_no_blob(
    firefox, made_server
):
    page = opened(firefox, made_server)
    page.evaluate(SAVE)
    saved = firefox.downloads / "saved.txt"
    deadline = time.monotonic() + PATIENCE
    while not (saved.exists() and saved.stat().st_size):
        assert time.monotonic() < deadline, "nothing was saved"
        time.sleep(0.1)
    ways = "homecutReports.filter(({kind}) => kind === 'way').length"
    assert page.evaluate(ways) == 0
    page.evaluate("() => { location.href = link.href; }")
    page.evaluate("() => { link.removeAttribute('download'); link.click(); }")
    page.wait_for_function(f"{ways} === 2")
    assert page.evaluate("location.href") == made_server.url
    page.close()
