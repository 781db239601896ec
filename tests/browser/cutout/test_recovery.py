"""Work that is interrupted: cancelled, its worker ended under it, the page reloaded."""

import pytest
from PIL import Image

from common.errors import sentence
from tests.browser.support.journal import wait_until_written
from tests.browser.support.made_site import SLOW_CONVOLUTIONS, make_site
from tests.browser.support.pictures import save_spotlight
from tools.site.faults import truncated
from tools.site.server import running_server

END_WORKER = """name => {
  document.querySelector(`script[name^=${name}]`).xworker.terminate();
}"""

END_WORKER_WHENEVER_IT_INFERS = """name => {
  const queue = document.getElementById('queue');
  new MutationObserver(() => {
    if (queue.querySelector('.row[data-state=inferring]')) {
      document.querySelector(`script[name^=${name}]`).xworker.terminate();
    }
  }).observe(queue, {attributes: true, attributeFilter: ['data-state'], subtree: true});
}"""


@pytest.fixture
def page(open_page, slow_server):
    """A page whose network works on a photo for seconds."""
    return open_page(slow_server.url)


def begin(page, file):
    """Give a photo to the page and wait until the network works on it."""
    page.add_files([file])
    page.page.wait_for_selector(".row[data-state=inferring]")


@pytest.mark.slow
def test_a_cancelled_photo_stops_the_next_goes_on_and_retry_works(page, tmp_path):
    begin(page, save_spotlight(tmp_path / "first.png"))
    page.add_files([save_spotlight(tmp_path / "second.png")])

    page.page.get_by_role("button", name="Cancel first.png").click()

    first, second = page.wait_until_ended()
    assert (first.state, first.status) == ("cancelled", "Cancelled")
    assert second.state == "done"
    page.page.get_by_role("button", name="Retry first.png").click()
    page.page.wait_for_function("document.querySelectorAll('[data-state=done]').length === 2")


def test_a_photo_removed_from_the_list_is_gone_and_the_page_empty_again(page, tmp_path):
    begin(page, save_spotlight(tmp_path / "only.png"))
    page.page.get_by_role("button", name="Cancel only.png").click()
    page.page.get_by_role("button", name="Remove only.png").click()

    page.page.locator("#dropzone").wait_for()
    assert page.rows() == []
    assert not page.page.locator("#stage").is_visible()


@pytest.mark.parametrize("worker", ["segment", pytest.param("pixels", marks=pytest.mark.slow)])
def test_a_photo_whose_worker_dies_is_done_by_its_replacement(page, tmp_path, worker):
    begin(page, save_spotlight(tmp_path / "photo.png"))

    page.page.evaluate(END_WORKER, worker)

    (row,) = page.wait_until_ended()
    assert (row.state, row.status) == ("done", "Done")


@pytest.mark.slow
def test_a_pixel_worker_that_dies_before_it_is_up_is_replaced(open_page, slow_server, tmp_path):
    page = open_page(slow_server.url)
    page.add_files([save_spotlight(tmp_path / "photo.png")])
    page.page.wait_for_selector(".row[data-state=starting]")

    # It holds no lock yet, so its end shows only when the patience for its start is over.
    page.page.evaluate(END_WORKER, "pixels")

    (row,) = page.wait_until_ended(400)
    assert row.state == "done"


@pytest.mark.slow
def test_a_photo_that_kills_every_worker_ends_in_a_sentence_and_others_work(open_page, tmp_path):
    """Chromium lets a worker that is ended go on for two seconds: its network must take longer."""
    (tmp_path / "site").mkdir()
    root = make_site(tmp_path / "site", 4 * SLOW_CONVOLUTIONS)
    with running_server(root) as server:
        kill_every_worker(open_page(server.url), tmp_path)


def kill_every_worker(page, tmp_path):
    """Let one photo end every worker of the page, then reload it and give it another one."""
    page.page.evaluate(END_WORKER_WHENEVER_IT_INFERS, "segment")
    page.add_files([save_spotlight(tmp_path / "fatal.png")])
    (row,) = page.wait_until_ended()
    assert (row.state, row.status) == ("failed", sentence("worker_died"))
    wait_until_written(page, '"failed"')

    # A fresh document, because the observer that kills would kill for ever.
    page.page.reload()
    page.page.wait_for_selector("html[data-python=ready]")
    page.page.wait_for_selector(".row[data-state=failed]")  # the journal brings it back
    page.add_files([save_spotlight(tmp_path / "harmless.png")])
    states = {row.name: row.state for row in page.wait_until_ended()}
    assert states == {"fatal.png": "failed", "harmless.png": "done"}


def test_a_reload_in_mid_run_brings_the_photo_back_and_the_next_one_works(page, tmp_path):
    begin(page, save_spotlight(tmp_path / "interrupted.png"))
    wait_until_written(page)

    page.page.reload()
    page.page.wait_for_selector("html[data-python=ready]")

    page.page.wait_for_selector(".row")
    page.add_files([save_spotlight(tmp_path / "next.png")])
    rows = page.wait_until_ended()
    assert sorted((row.name, row.state) for row in rows) == [
        ("interrupted.png", "done"),
        ("next.png", "done"),
    ]


@pytest.mark.slow
def test_a_pixel_worker_that_a_large_picture_made_large_gives_its_memory_back(
    open_page, made_server, tmp_path
):
    """It is replaced after :data:`ui.work.recovery.IDLE_SECONDS` without work."""
    large, small = tmp_path / "large.png", save_spotlight(tmp_path / "small.png")
    Image.new("L", (6000, 4400), 90).save(large)
    page = open_page(made_server.url)
    page.page.click("#tab-convert")
    page.add_files([large])
    assert page.wait_until_ended()[0].state == "done"
    assert page.page.locator("script[name='pixels']").count() == 1
    page.page.wait_for_selector("script[name='pixels-2']", state="attached", timeout=120_000)
    assert page.page.locator("script[name='pixels']").count() == 0
    page.add_files([small])
    page.page.wait_for_function("document.querySelectorAll('[data-state=done]').length === 2")


def test_a_worker_that_the_network_lost_while_it_started_starts_anew_at_the_next_try(
    open_page, made_root, tmp_path
):
    """PyScript does not tell of a script that it cannot fetch; the network may be back soon."""
    with running_server(made_root) as server:
        page = open_page(server.url)
        server.faults["/worker.py"] = truncated(0)
        page.page.evaluate(END_WORKER, "segment")
        page.add_files([save_spotlight(tmp_path / "photo.png")])
        (row,) = page.wait_until_ended()
        assert (row.state, row.status) == ("failed", sentence("runtime_failed"))

        del server.faults["/worker.py"]
        page.page.get_by_role("button", name="Retry photo.png").click()
        (row,) = page.wait_until_ended()
        assert (row.state, row.status) == ("done", "Done")
        page.page.context.close()


@pytest.mark.slow
def test_a_worker_whose_packages_were_lost_on_the_way_starts_anew_at_the_next_try(
    open_page, made_root, tmp_path
):
    with running_server(made_root) as server:
        server.faults["/python/pixels.tar.gz"] = truncated(0)
        page = open_page(server.url)
        page.add_files([save_spotlight(tmp_path / "photo.png")])
        (row,) = page.wait_until_ended()
        assert (row.state, row.status) == ("failed", sentence("runtime_failed"))

        del server.faults["/python/pixels.tar.gz"]
        page.page.get_by_role("button", name="Retry photo.png").click()
        (row,) = page.wait_until_ended()
        assert (row.state, row.status) == ("done", "Done")
        page.page.context.close()
