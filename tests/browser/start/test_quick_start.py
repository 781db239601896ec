"""Later visits start from a snapshot of the interpreter, and only from the genuine one."""

import pytest

from tests.browser.support.made_site import make_site
from tests.browser.support.mutations import replaced
from tests.browser.support.pictures import save_spotlight
from tools.pages.snapshot import known
from tools.site.server import running_server

FROM_SNAPSHOT = "Homecut: the image tools start from their snapshot"
WITHOUT = "Homecut: the interpreter starts without its snapshot"

KEPT = """async () => {
  const found = await caches.match(document.baseURI + 'interpreter/snapshot');
  if (!found) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await found.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}"""

CHANGE = """async () => {
  const address = document.baseURI + 'interpreter/snapshot';
  const bytes = new Uint8Array(await (await caches.match(address)).arrayBuffer());
  bytes[bytes.length - 1] ^= 1;
  const headers = {'Content-Length': bytes.length};
  await (await caches.open('homecut-interpreter')).put(address, new Response(bytes, {headers}));
}"""

NO_COMPARISON = replaced(
    "assets/js/snapshot.js", "if ((await sha256(bytes)) !== GENUINE)", "if (bytes === GENUINE)"
)


@pytest.fixture
def open_heard(open_page):
    """Opens a page; what it and its workers write to the console is kept in ``written``."""

    def open_it(url, **options):
        page = open_page(url, ready=False, **options)
        page.written = []
        page.page.on("console", lambda message: page.written.append(message.text))
        return page.open(url)

    return open_it


def has(written, words):
    """Tell whether a line begins with these words."""
    return any(line.startswith(words) for line in written)


def wait_until_kept(page):
    """Wait until the page has done with the snapshot, and return what it says."""
    page.page.wait_for_selector("html[data-snapshot]")
    return page.page.get_attribute("html", "data-snapshot")


def visit_again(page, tmp_path):
    """Load the page anew, cut a photo out; return what this visit wrote to the console."""
    page.written.clear()
    page.reload()
    page.add_files([save_spotlight(tmp_path / "photo.png")])
    assert [row.state for row in page.wait_until_ended()] == ["done"]
    return list(page.written)


def test_a_later_visit_starts_from_the_snapshot_that_the_device_has_made(
    open_heard, made_server, tmp_path
):
    page = open_heard(made_server.url, service_worker=True)
    assert wait_until_kept(page) == "kept"
    assert page.page.evaluate(KEPT) == known()

    assert not has(page.written, FROM_SNAPSHOT)
    assert has(visit_again(page, tmp_path), FROM_SNAPSHOT)

    page.page.click("#details-open")
    page.page.wait_for_function("document.getElementById('start-words').textContent.includes('MB')")
    page.page.click("#forget-start")
    page.page.locator("#start-line").wait_for(state="hidden")
    assert page.page.evaluate(KEPT) is None


def test_a_changed_snapshot_is_noticed_thrown_away_and_made_anew(open_heard, made_server, tmp_path):
    page = open_heard(made_server.url)
    wait_until_kept(page)
    page.page.evaluate(CHANGE)

    written = visit_again(page, tmp_path)

    assert has(written, WITHOUT)
    assert not has(written, FROM_SNAPSHOT)
    assert wait_until_kept(page) == "kept"
    assert page.page.evaluate(KEPT) == known()


@pytest.mark.slow
def test_without_the_comparison_a_changed_one_would_run(open_heard, tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    NO_COMPARISON(make_site(root))
    with running_server(root) as server:
        page = open_heard(server.url)
        wait_until_kept(page)
        page.page.evaluate(CHANGE)
        written = visit_again(page, tmp_path)
    assert has(written, FROM_SNAPSHOT)
    assert not has(written, WITHOUT)


@pytest.mark.slow
def test_a_browser_that_makes_another_one_keeps_only_a_note(open_heard, tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    replaced("assets/js/snapshot.js", f'"{known()}"', f'"{"0" * 64}"')(make_site(root))
    with running_server(root) as server:
        page = open_heard(server.url)
        assert wait_until_kept(page) == "none"
        assert page.page.evaluate(
            "async () => (await (await caches.open('homecut-interpreter')).keys()).length"
        )
        assert not has(visit_again(page, tmp_path), WITHOUT)
        assert wait_until_kept(page) == "none"
