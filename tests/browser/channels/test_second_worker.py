"""No file but ``sw.js`` runs as a service worker, and one that runs all the same is ended."""

import pytest

from tests.browser.support.made_site import make_site
from tools.setup.vendor import GUARD
from tools.site.server import running_server

DEPENDENCY = "assets/vendor/client-zip/index.js"
OWN = "assets/js/zip.js"

REGISTER = """async ([path, type]) => {
  try {
    const registration = await navigator.serviceWorker.register(path, {type});
    const worker = registration.installing ?? registration.active;
    if (worker.state === 'installing') await new Promise((resolve) => {
      worker.addEventListener('statechange', resolve, {once: true}); });
    return worker.state;
  } catch (error) {
    return error.name;
  }
}"""


@pytest.fixture
def root(tmp_path):
    """A site of this test's own, which it may change."""
    (tmp_path / "site").mkdir()
    return make_site(tmp_path / "site")


def disarm(root, path):
    """Take the guard out of a script, in a copy: the original may be linked."""
    content = (root / path).read_bytes()
    assert content.startswith(GUARD)
    (root / path).unlink()
    (root / path).write_bytes(content.removeprefix(GUARD))


@pytest.mark.parametrize("script", [DEPENDENCY, OWN])
def test_a_script_that_is_shipped_cannot_be_a_service_worker(open_page, root, script):
    with running_server(root, apply_headers_file=False) as server:
        page = open_page(server.url, service_worker=True, ready=False).page
        page.goto(server.url + "privacy.html")
        outcomes = [page.evaluate(REGISTER, [script, kind]) for kind in ("module", "classic")]
        assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []
    assert set(outcomes) == {"TypeError"}


def test_without_its_first_line_it_could_but_it_is_ended_and_reported(open_page, root):
    disarm(root, DEPENDENCY)
    with running_server(root, apply_headers_file=False) as server:
        page = open_page(server.url, service_worker=True, ready=False)
        page.page.goto(server.url + "privacy.html")
        assert page.page.evaluate(REGISTER, [DEPENDENCY, "module"]) == "installed"

        page.open(server.url, timeout=120)

        address = server.url + DEPENDENCY
        page.page.locator("#hint", has_text=f"({address}) stood between").wait_for()
        scopes = "async () => (await navigator.serviceWorker.getRegistrations()).map(r => r.scope)"
        assert page.page.evaluate(scopes) == [server.url]
        page.page.click("#badge")
        page.page.select_option("#ledger-filter", "stopped")
        page.page.locator("#ledger-rows tr", has_text=DEPENDENCY).wait_for()
