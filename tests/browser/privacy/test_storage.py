"""No database is opened, by anybody's code; what takes its place keeps nothing."""

import pytest

from tests.browser.support.audit import audit
from tests.browser.support.journey import database_names
from tests.browser.support.made_site import make_site
from tests.browser.support.mutations import replaced
from tests.browser.support.pictures import save_spotlight
from tools.site.server import running_server

KEEP = """script => (async () => {
  const done = (request) => new Promise((resolve, reject) => {
    Object.assign(request, {
      onsuccess: ({ target }) => resolve(target.result), onerror: reject });
  });
  const database = await done(indexedDB.open('kept'));
  try {
    await done(database.transaction('entries', 'readwrite').objectStore('entries').put(1, 2));
    return 'kept';
  } catch (error) {
    return String(error);
  }
})()"""

IN_PROGRAM = f"""() => new Promise((resolve) => {{
  const program = new Blob([`({KEEP})().then(postMessage)`], {{ type: 'text/javascript' }});
  new Worker(URL.createObjectURL(program)).onmessage = ({{ data }}) => resolve(data);
}})"""

REFUSED = "Error: Homecut keeps nothing in databases."


def databases_after_a_cutout(page, url, folder):
    """Cut a photo out; return the databases that the browser's inspector shows then."""
    page.add_files([save_spotlight(folder / "photo.png")])
    assert [row.state for row in page.wait_until_ended()] == ["done"]
    return database_names(page.page, url)


def test_no_database_is_opened(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    assert databases_after_a_cutout(page, made_server.url, tmp_path) == []
    assert page.page.evaluate("indexedDB.databases()") == []


@pytest.mark.parametrize("place", [KEEP, IN_PROGRAM], ids=["page", "worker"])
def test_whoever_tries_to_keep_something_in_a_database_fails(open_page, made_server, place):
    page = open_page(made_server.url)
    assert page.page.evaluate(place) == REFUSED
    assert database_names(page.page, made_server.url) == []


@pytest.mark.slow
def test_without_the_stand_in_databases_are_opened_and_the_self_audit_says_so(open_page, tmp_path):
    """The mutation check: the tests above see what they have to."""
    (tmp_path / "site").mkdir()
    root = make_site(tmp_path / "site")
    replaced("index.html", '<script src="assets/js/no_databases.js"></script>\n', "")(root)
    with running_server(root) as server:
        page = open_page(server.url)
        opened = databases_after_a_cutout(page, server.url, tmp_path)
        report = audit(page)
    assert len(opened) >= 2
    assert any("pyscript.fs" in name for name in opened)
    assert report["verdict"] == "failed"
    assert {f"There is a database: {name}." for name in opened} <= set(report["problems"])
