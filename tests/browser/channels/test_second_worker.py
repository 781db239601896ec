"""No file but ``sw.js`` runs as a service worker, and one that runs all the same is ended.

In Chromium and in Firefox.
"""

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

SCOPES = "async () => (await navigator.serviceWorker.getRegistrations()).map((r) => r.scope)"

READY = "document.documentElement.dataset.python === 'ready'"

SHOW_STOPPED = """() => {
  document.getElementById('badge').click();
  const filter = document.getElementById('ledger-filter');
  filter.value = 'stopped';
  filter.dispatchEvent(new Event('change'));
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
def test_a_script_that_is_shipped_cannot_be_a_service_worker(new_page, root, script):
    with running_server(root, apply_headers_file=False) as server:
        page = new_page()
        page.goto(server.url + "privacy.html")
        outcomes = [page.evaluate(REGISTER, [script, kind]) for kind in ("module", "classic")]
        assert page.evaluate(SCOPES) == []
    assert set(outcomes) == {"TypeError"}


def test_without_its_first_line_it_could_but_it_is_ended_and_reported(new_page, root):
    disarm(root, DEPENDENCY)
    with running_server(root, apply_headers_file=False) as server:
        page = new_page()
        page.goto(server.url + "privacy.html")
        assert page.evaluate(REGISTER, [DEPENDENCY, "module"]) in ("installed", "activated")

        page.goto(server.url)
        page.wait_for_function(READY)

        address = server.url + DEPENDENCY
        words = "document.getElementById('hint').textContent"
        page.wait_for_function(f"{words}.includes('({address}) stood between')")
        assert page.evaluate(SCOPES) == [server.url]
        page.evaluate(SHOW_STOPPED)
        rows = "document.getElementById('ledger-rows').textContent"
        page.wait_for_function(f"{rows}.includes('{DEPENDENCY}')")
        page.close()
