"""Code on the page can write into the gate's store; the gate believes none of it.

Each attack is made on a small site and once more with the guard taken away, where it succeeds; in
Chromium and in Firefox.
"""

import pytest

from tests.browser.channels.attempts import CARRIER, small_site
from tests.browser.support.mutations import replaced
from tools.site.server import running_server

PROGRAM = "assets/js/zip.js"
"""A file that may be started as a worker; in the small site it says only that it is genuine."""

POISON = """async ([path, script, type, headers]) => {
  const name = (await caches.keys()).find((name) => name.startsWith('homecut-shell-'));
  const shell = await caches.open(name);
  const body = script ?? await (await fetch(path)).text();
  await shell.put(path, new Response(body, {headers: {'Content-Type': type, ...headers}}));
}"""

START = """(path) => new Promise((resolve) => {
  const worker = new Worker(path);
  worker.onmessage = ({data}) => resolve(data);
  worker.onerror = () => resolve('error');
})"""

ANSWER = """async (path) => {
  const answer = await fetch(path);
  const {status, headers} = answer;
  return [status, headers.get('Content-Type'), headers.get('Content-Security-Policy'),
    headers.get('X-Evil'), await answer.text()];
}"""

HEAR = """() => {
  globalThis.heard = [];
  navigator.serviceWorker.addEventListener('message', ({data}) => heard.push(data));
  navigator.serviceWorker.startMessages();
}"""

NO_COMPARISON = replaced(
    "sw.js",
    "if (!body || (await digest(body)) === sha256) return body;",
    "if (body || !body) return body;",
)
NO_OWN_ANSWER = replaced(
    "sw.js", "  if (stored) return answered(stored);", "  if (stored) return kept(path);"
)


@pytest.fixture
def root(tmp_path):
    """A small site with one worker."""
    site = small_site(tmp_path)
    (site / PROGRAM).parent.mkdir()
    (site / PROGRAM).write_text("postMessage('genuine');\n", encoding="utf-8")
    return site


@pytest.fixture
def open_guarded(new_page):
    """Opens the carrier behind its gate, with every file stored."""

    def open_it(server):
        page = new_page()
        page.goto(server.url + CARRIER)
        page.evaluate("navigator.serviceWorker.register('sw.js').then(() => true)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.goto(server.url + CARRIER)
        page.evaluate(HEAR)
        page.evaluate("navigator.serviceWorker.controller.postMessage('fill')")
        page.wait_for_function("heard.some(({kind}) => kind === 'filled')")
        return page

    return open_it


def poisoned_worker(open_guarded, root):
    """Return what a worker says whose stored program was exchanged, and what the gate reported."""
    with running_server(root) as server:
        page = open_guarded(server)
        page.evaluate(POISON, [PROGRAM, "postMessage('evil')", "text/javascript", {}])
        said = page.evaluate(START, PROGRAM)
        page.wait_for_timeout(300)
        reports = page.evaluate("heard.filter(({kind}) => kind === 'forged')")
        again = page.evaluate(START, PROGRAM)
    return said, again, reports


def test_a_program_that_was_exchanged_in_the_store_is_not_run_but_replaced(open_guarded, root):
    said, again, reports = poisoned_worker(open_guarded, root)
    assert (said, again) == ("genuine", "genuine")
    assert reports == [{"kind": "forged", "path": PROGRAM}]

    NO_COMPARISON(root)
    assert poisoned_worker(open_guarded, root)[0] == "evil"


def answer_for_forged_headers(open_guarded, root):
    """Return an answer whose stored bytes are right and whose type and headers are forged."""
    with running_server(root) as server:
        page = open_guarded(server)
        page.evaluate(POISON, [PROGRAM, None, "text/html", {"X-Evil": "1"}])
        return page.evaluate(ANSWER, PROGRAM)


def test_type_and_headers_of_an_answer_are_the_builds_whatever_the_store_says(open_guarded, root):
    status, media_type, policy, evil, text = answer_for_forged_headers(open_guarded, root)
    assert (status, evil, text) == (200, None, "postMessage('genuine');\n")
    assert media_type == "text/javascript; charset=utf-8"
    assert "default-src 'none'" in policy

    NO_OWN_ANSWER(root)
    _, media_type, policy, evil, _ = answer_for_forged_headers(open_guarded, root)
    assert (media_type, policy, evil) == ("text/html", None, "1")


def test_no_other_file_than_the_workers_can_be_started_as_one(open_guarded, root):
    (root / "assets/js/other.js").write_text("postMessage('ran');\n", encoding="utf-8")
    with running_server(root) as server:
        page = open_guarded(server)
        assert page.evaluate(START, "assets/js/other.js") == "error"
        assert page.evaluate(START, PROGRAM) == "genuine"
