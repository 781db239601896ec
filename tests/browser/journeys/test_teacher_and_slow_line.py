"""A teacher who looks inside, and somebody who comes for the first time over a slow line."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.journeys.counting import choose_photos
from tests.browser.support.pictures import save_spotlight

pytestmark = pytest.mark.slow

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
DEVICES = pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])

LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
"""A slow line of a phone, in bytes a second (what Lighthouse calls slow 4G)."""


@DEVICES
def test_a_first_visit_on_a_slow_line_sees_its_photo_long_before_the_tools_are_there(
    open_page, made_server, tmp_path, device
):
    page = open_page(made_server.url, ready=False, reduced_motion="reduce", **device)
    session = page.page.context.new_cdp_session(page.page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    page.page.goto(made_server.url, wait_until="commit")
    page.page.wait_for_function("() => 'takeEarlyFiles' in globalThis")
    choose_photos(page, [save_spotlight(tmp_path / "early.jpg", 1600, 1200)])
    page.page.locator("#photo-canvas").wait_for()
    assert page.page.inner_text("#stage-name") == "early.jpg"
    assert page.page.get_attribute("html", "data-python") is None, "Python is still on its way"
    assert page.page.inner_text("#stage-message") == "Getting ready"

    page.wait_until_ready(120)
    page.wait_until_ended()
    with page.page.expect_download() as waiting:
        page.page.click("#download")
    assert waiting.value.suggested_filename == "early-cutout.png"
    assert Image.open(io.BytesIO(waiting.value.path().read_bytes())).size == (1600, 1200)
    assert page.errors == []


@DEVICES
def test_a_teacher_shows_the_stages_of_a_photo_and_a_lesson_that_is_passed(
    open_page, made_server, tmp_path, device
):
    page = open_page(made_server.url, reduced_motion="reduce", **device)
    choose_photos(page, [save_spotlight(tmp_path / "class.jpg", 640, 480)])
    page.wait_until_ended()
    page.page.click("#look-inside")
    expect(page.page.locator("#stage-result")).to_have_attribute(
        "data-state", "done", timeout=90_000
    )
    page.page.locator("#lesson-list button").nth(1).click()
    page.page.locator("#lesson .cm-content").wait_for()
    page.page.click("#lesson-solution")
    page.page.locator("#lesson .cm-content").click()
    page.page.keyboard.press("Control+End")
    page.page.keyboard.type("# in my own words")
    page.page.click("#lesson-check")
    expect(page.page.locator("#lesson-verdict")).to_have_text("Right.", timeout=90_000)
    width = page.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0
