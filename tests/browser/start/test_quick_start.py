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


def wait_until_kept(page):
    """Wait until the page has done with the snapshot, and return what it says."""
    page.page.wait_for_selector("html[data-snapshot]")
    return page.page.get_attribute("html", "data-snapshot")


def visit_again(page, tmp_path):
    """Load the page anew, cut a photo out; return what this visit wrote to the console."""
    before = len(page.console)
    page.reload()
    page.add_files([save_spotlight(tmp_path / "photo.png")])
    assert [row.state for row in page.wait_until_ended()] == ["done"]
    return page.console[before:]


def test_a_later_visit_starts_from_the_snapshot_that_the_device_has_made(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url)
    assert FROM_SNAPSHOT not in page.console
    assert wait_until_kept(page) == "kept"
    assert page.page.evaluate(KEPT) == known()

    assert FROM_SNAPSHOT in visit_again(page, tmp_path)

    page.page.click("#details-open")
    page.page.wait_for_function("document.getElementById('start-words').textContent.includes('MB')")
    page.page.click("#forget-start")
    page.page.locator("#start-line").wait_for(state="hidden")
    assert page.page.evaluate(KEPT) is None


def test_a_changed_snapshot_is_noticed_thrown_away_and_made_anew(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    wait_until_kept(page)
    page.page.evaluate(CHANGE)

    written = visit_again(page, tmp_path)

    assert WITHOUT in written
    assert FROM_SNAPSHOT not in written
    assert wait_until_kept(page) == "kept"
    assert page.page.evaluate(KEPT) == known()


@pytest.mark.slow
def test_without_the_comparison_a_changed_one_would_run(open_page, tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    NO_COMPARISON(make_site(root))
    with running_server(root) as server:
        page = open_page(server.url)
        wait_until_kept(page)
        page.page.evaluate(CHANGE)
        written = visit_again(page, tmp_path)
    assert FROM_SNAPSHOT in written
    assert WITHOUT not in written


@pytest.mark.slow
def test_a_browser_whose_snapshot_is_another_one_keeps_a_note_and_asks_no_more(open_page, tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    replaced("assets/js/snapshot.js", f'"{known()}"', f'"{"0" * 64}"')(make_site(root))
    with running_server(root) as server:
        page = open_page(server.url)
        assert wait_until_kept(page) == "none"
        assert page.page.evaluate(
            "async () => (await (await caches.open('homecut-interpreter')).keys()).length"
        )
        assert WITHOUT not in visit_again(page, tmp_path)
        assert wait_until_kept(page) == "none"
