"""What guards the whole page is needed, too: taken away in a copy of it, a check notices.

Each test looks at the page as it is first, so that what it sees in the copy means something.
"""

import pytest

from tests.browser.support.made_site import chunks_of, make_site
from tests.browser.support.mutations import replaced
from tests.browser.support.weights import stored, wait_for_label
from tools.site.faults import corrupted
from tools.site.server import running_server

pytestmark = pytest.mark.slow

PAST_THE_GATE = """() => performance.getEntriesByType('resource')
    .filter(({ name, workerStart }) => name.includes('/vendor/') && workerStart === 0)
    .map(({ name }) => name)"""
"""Installed programs that the page loaded without asking the service worker."""


@pytest.fixture
def root(tmp_path):
    """A copy of the page that a test may change."""
    (tmp_path / "site").mkdir()
    return make_site(tmp_path / "site")


def past_the_gate(open_page, root):
    """Return what a first visit loads past the gate."""
    with running_server(root) as server:
        page = open_page(server.url, service_worker=True)
        past = page.page.evaluate(PAST_THE_GATE)
        # Before its server goes: the page is still loading the network.
        page.page.context.close()
    return past


def test_without_the_wait_for_the_gate_programs_run_unseen(open_page, root):
    assert past_the_gate(open_page, root) == []

    replaced(
        "assets/js/start.js", "const closed = await gate();", 'const closed = "before"; gate();'
    )(root)
    assert any("pyscript" in name for name in past_the_gate(open_page, root))


def test_without_the_comparison_damaged_weights_would_be_kept(open_page, root):
    damaged = str(chunks_of(root)[1]["path"])
    replaced(
        "inference/model_store.py", 'if await _sha256(content) == chunk["sha256"]:', "if True:", 2
    )(root)
    with running_server(root, faults={"/" + damaged: corrupted(100)}) as server:
        page = open_page(server.url)
        wait_for_label(page, "Ready")
        kept = stored(page)
    assert kept[damaged] not in damaged


def kept_after_removal(open_page, root):
    """Return the caches that are there when a removed page has asked for something more."""
    with running_server(root) as server:
        page = open_page(server.url, service_worker=True)
        page.page.wait_for_selector("#badge[data-ready=yes]")
        page.page.click("#badge")
        page.page.click("#remove-all")
        page.page.locator("#readiness", has_text="is removed").wait_for()
        page.page.evaluate("fetch('main.py').then((answer) => answer.text())")
        return page.page.evaluate("caches.keys()")


def test_without_forgetting_a_removed_page_would_be_kept_again(open_page, root):
    assert kept_after_removal(open_page, root) == []

    replaced("sw.js", "  if (forgotten) return;\n", "")(root)
    assert kept_after_removal(open_page, root) != []
