"""A host that is slow with ``sw.js``: the page starts all the same and claims nothing meanwhile."""

import threading

import pytest

from tests.browser.support.pictures import save_spotlight
from tools.site.server import running_server


@pytest.fixture
def held():
    """``(fault, release)``: answers wait until ``release`` is called."""
    event = threading.Event()

    def wait(answer):
        event.wait(120)
        return answer

    yield wait, event.set
    event.set()


@pytest.mark.slow
def test_without_an_answer_the_page_starts_and_a_late_gate_starts_it_anew(
    open_page, made_root, held
):
    hold, release = held
    with running_server(made_root, faults={"/sw.js": hold}) as server:
        page = open_page(server.url, service_worker=True).page
        assert page.get_attribute("html", "data-gate") == "missing"

        release()

        page.wait_for_selector("html[data-gate=before][data-python=ready]")


@pytest.mark.slow
def test_a_photo_is_not_lost_to_a_late_gate_and_nothing_is_claimed(
    open_page, made_root, held, tmp_path
):
    hold, release = held
    with running_server(made_root, faults={"/sw.js": hold}) as server:
        page = open_page(server.url, service_worker=True)
        page.add_files([save_spotlight(tmp_path / "photo.png")])

        release()

        page.page.wait_for_selector("html[data-gate=late]")
        assert [row.state for row in page.wait_until_ended()] == ["done"]
        page.page.click("#badge")
        page.page.locator("#ledger-totals", has_text="not measured").wait_for()
