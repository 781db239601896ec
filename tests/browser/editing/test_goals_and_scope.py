"""What a file is for, the size of what comes of it, changes for all photos and the way back."""

from io import BytesIO

import pytest
from PIL import Image

from tests.browser.support.editing import (
    EMPTY,
    begin,
    choose,
    open_tool,
    settle,
    shown,
    wait_until_shown,
)

SIZE = ".save-line:visible .save-size"


def saved(page):
    """Press the panel's Download; return the file's name and its bytes."""
    with page.page.expect_download() as waiting:
        page.page.locator(".save-line:visible a").click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_the_marketplace_is_one_press_and_its_size_stands_beside_the_button(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url, reduced_motion="reduce")
    begin(page, tmp_path)
    open_tool(page, "save")
    asked = page.page.locator(".goals:visible").get_by_text("What is the file for?").bounding_box()
    first = page.page.locator(".goal:visible").first.bounding_box()
    assert asked["y"] + asked["height"] <= first["y"], "the question stands before its answers"
    page.page.get_by_role("button", name="Marketplace").click()
    page.page.locator(SIZE, has_text="JPEG, 2000 x 2000 px, ").wait_for()
    goal = page.page.get_by_role("button", name="Marketplace")
    assert goal.get_attribute("aria-pressed") == "true"
    assert page.page.locator(".goals:visible .aim-words").inner_text() == (
        "White, square, 2000\u00a0px, JPEG under 500\u00a0KB"
    )
    name, content = saved(page)
    image = Image.open(BytesIO(content))
    assert (name, image.format, image.size) == ("scene-cutout.jpg", "JPEG", (2000, 2000))
    assert len(content) < 500_000
    assert min(image.getpixel((5, 5))) >= 250
    assert page.errors == []


def test_the_stage_shows_the_ground_of_a_file_without_transparency(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url, reduced_motion="reduce")
    begin(page, tmp_path)
    open_tool(page, "save")
    choose(page, "format", "jpeg")
    page.page.fill("#control-jpeg-background", "#aa00cc")
    wait_until_shown(page, EMPTY, [170, 0, 204, 255])
    facts = page.page.locator("#stage-facts", has_text="JPEG has no transparency")
    facts.wait_for()
    choose(page, "format", "png")
    wait_until_shown(page, EMPTY, [0, 0, 0, 0])
    assert page.errors == []


def test_what_is_changed_for_all_is_taken_back_for_all(open_page, made_server, tmp_path):
    page = open_page(made_server.url, reduced_motion="reduce")
    begin(page, tmp_path, "one.png", "two.png")
    open_tool(page, "background")
    aim = page.page.locator("#panel .aim")
    assert aim.locator(".aim-words").inner_text() == "What you change stays with this photo."
    page.page.get_by_role("button", name="All 2", exact=True).click()
    choose(page, "background", "colour")
    wait_until_shown(page, EMPTY, [255, 255, 255, 255])
    assert aim.locator(".aim-words").inner_text() == "Changed for all photos."
    page.page.click("#panel-close")
    page.page.locator(".row-select").nth(1).click()
    wait_until_shown(page, EMPTY, [255, 255, 255, 255])

    open_tool(page, "background")
    page.page.get_by_role("button", name="All 2", exact=True).click()
    choose(page, "background", "blur")
    settle(page)
    aim.get_by_role("button", name="Undo").click()
    settle(page)
    assert shown(page, EMPTY) == [255, 255, 255, 255]
    assert page.page.input_value("#control-background") == "colour"
    assert not aim.get_by_role("button", name="Undo").is_visible()
    assert page.errors == []


@pytest.mark.slow
def test_a_goal_for_all_photos_on_the_tab_of_small_files(open_page, made_server, tmp_path):
    page = open_page(made_server.url, reduced_motion="reduce")
    page.page.click("#tab-compress")
    begin(page, tmp_path, "one.png", "two.png")
    page.page.get_by_role("button", name="Web", exact=True).click()
    page.page.locator(SIZE, has_text="WebP").wait_for()
    page.page.wait_for_function(
        "() => [...document.querySelectorAll('.row')].every(({dataset}) => dataset.fresh === 'yes')"
    )
    with page.page.expect_download() as waiting:
        page.page.locator(".row").nth(1).get_by_role("link").click()
    assert waiting.value.suggested_filename == "two.webp"
