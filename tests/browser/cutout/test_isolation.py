"""Hosts that cannot set headers: one thread at first, all of them behind the service worker."""

import pytest

from tests.browser.support.pictures import save_spotlight
from tools.pages.page_driver import HomecutPage
from tools.site.server import running_server


def fact(page, name):
    """Return one line of the Details panel."""
    page.page.click("#details-open")
    value = page.page.locator(f"#facts dt:text-is('{name}') + dd").inner_text()
    page.page.keyboard.press("Escape")
    return value


@pytest.mark.slow
def test_without_isolation_one_thread_works_and_a_hint_says_so(open_page, made_root, tmp_path):
    with running_server(made_root, apply_headers_file=False) as server:
        page = open_page(server.url)

        assert not page.page.evaluate("crossOriginIsolated")
        assert "one thread" in page.page.inner_text("#hint")
        assert fact(page, "Threads") == "1"
        page.add_files([save_spotlight(tmp_path / "photo.png")])
        assert [row.state for row in page.wait_until_ended()] == ["done"]


@pytest.mark.parametrize("prefix", ["", pytest.param("/homecut", marks=pytest.mark.slow)])
def test_with_headers_all_threads_work_and_there_is_no_hint(open_page, made_root, prefix):
    with running_server(made_root, prefix=prefix) as server:
        page = open_page(server.url)

        assert page.page.evaluate("crossOriginIsolated")
        assert not page.page.locator("#hint").is_visible()
        cores = page.page.evaluate("navigator.hardwareConcurrency")
        assert fact(page, "Threads") == str(min(cores, 8))


@pytest.mark.slow
def test_a_host_without_headers_below_a_folder_is_isolated_and_works_offline(
    open_page, made_root, tmp_path
):
    """As GitHub Pages serves a fork."""
    with running_server(made_root, apply_headers_file=False, prefix="/homecut") as server:
        first = open_page(server.url, ready=False, service_worker=True)
        first.page.goto(server.url)
        first.page.wait_for_function("crossOriginIsolated")
        first.page.wait_for_selector("html[data-filled]")
        first.page.locator("#engine-label", has_text="Ready").wait_for(state="attached")
        assert int(fact(first, "Threads")) > 1

        server.stop()
        first.page.context.set_offline(True)
        fresh = HomecutPage(first.page.context.new_page()).open(server.url)
        fresh.add_files([save_spotlight(tmp_path / "offline.png")])
        assert [row.state for row in fresh.wait_until_ended()] == ["done"]
        assert fresh.page.evaluate("crossOriginIsolated")
