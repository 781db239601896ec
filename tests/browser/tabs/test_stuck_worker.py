"""A picture that takes long to decode and is cancelled keeps no other one waiting."""

import pytest

from tests.browser.support.in_page import run_in_page
from tests.browser.support.pictures import save_spotlight
from tests.browser.support.tabs import start
from tests.core.files.test_bad_input import scans_of

SERVED = """
import asyncio
from __main__ import work
pixels = work.readable.pixels
blob = js.Blob.new(js.Array.of(asked.content))

async def ask():
    await pixels.call("receipt", blob)

async def wait():
    await asyncio.sleep(1)

await pixels.ready()
task, other = asyncio.create_task(ask()), asyncio.create_task(wait())
await asyncio.sleep(0)
before = pixels.serving(task) > 0, pixels.serving(other) > 0
await task
return str([before, pixels.serving(task)])
"""


def test_the_page_knows_for_whom_the_pixel_worker_works(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    content = save_spotlight(tmp_path / "photo.png").read_bytes()
    assert run_in_page(page.page, SERVED, content=content) == "[(True, False), 0]"


@pytest.mark.slow
def test_a_cancelled_picture_keeps_the_next_one_waiting_for_seconds_only(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url)
    slow, good = tmp_path / "slow.jpg", save_spotlight(tmp_path / "good.png")
    slow.write_bytes(scans_of(430, 3000))
    start(page, "convert", [good])
    page.add_files([slow])
    page.page.wait_for_selector(".row[data-state=decoding]")
    page.page.get_by_role("button", name="Cancel slow.jpg").click()
    page.add_files([save_spotlight(tmp_path / "next.png", seed=2)])
    rows = page.wait_until_ended()
    assert [row.state for row in rows] == ["done", "cancelled", "done"]
    page.page.get_by_role("button", name="Retry slow.jpg").click()
    assert [row.state for row in page.wait_until_ended()] == ["done"] * 3
