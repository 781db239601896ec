"""Compress, Convert, Resize and the recipe through all four tabs, as a user meets them."""

import numpy as np
import pytest
from PIL import Image

from tests.browser.support.pictures import photo, save_jpeg, save_spotlight
from tests.browser.support.tabs import (
    FRESH,
    choose,
    move,
    opened,
    saved,
    settle,
    start,
    type_number,
)

TABS = ("cutout", "compress", "convert", "resize")


@pytest.fixture
def coffee(tmp_path):
    return save_jpeg(photo("coffee"), tmp_path / "coffee.jpg")


def test_compress_shows_bytes_saved_and_a_lower_quality_saves_more(open_page, made_server, coffee):
    page = open_page(made_server.url)
    rows = start(page, "compress", [coffee])
    settle(page)
    assert rows[0].state == "done"
    name, first = saved(page)
    assert name == "coffee-new.jpg"
    assert opened(first).format == "JPEG"
    assert opened(first).size == opened(coffee.read_bytes()).size

    move(page, "compress-quality", 30)
    _, second = saved(page)
    assert len(second) < len(first)
    assert "% smaller" in page.page.inner_text(".outcome-change")
    page.page.locator(".outcome-likeness", has_text="SSIM 0.").wait_for()
    difference = np.asarray(opened(second).convert("L"), float) - np.asarray(
        photo("coffee").convert("L"), float
    )
    assert np.sqrt((difference**2).mean()) < 12


def test_the_best_quality_below_a_size_is_found(open_page, made_server, coffee):
    page = open_page(made_server.url)
    start(page, "compress", [coffee])
    settle(page)
    type_number(page, "limit", "20")
    settle(page)
    _, content = saved(page)
    assert 12000 < len(content) <= 20000
    assert "quality" in page.page.inner_text(".outcome-likeness")

    type_number(page, "limit", "1")
    settle(page)
    assert "does not get below 1\u00a0KB" in page.page.inner_text(".outcome-warning")


@pytest.mark.slow
def test_a_larger_file_is_called_larger_and_the_original_is_offered(
    open_page, made_server, tmp_path
):
    small = tmp_path / "small.jpg"
    photo("coffee").save(small, "JPEG", quality=20, subsampling=2)
    page = open_page(made_server.url)
    start(page, "compress", [small])
    move(page, "compress-quality", 95)
    assert "larger" in page.rows()[0].status
    assert "larger than the original" in page.page.inner_text(".outcome-warning")

    page.page.get_by_role("button", name="Keep the original file").click()
    settle(page)
    name, content = saved(page)
    assert name == "small.jpg"
    assert content == small.read_bytes()


@pytest.mark.slow
def test_transparency_gets_the_chosen_colour_in_a_format_without(open_page, made_server, tmp_path):
    source = tmp_path / "half.png"
    picture = Image.new("RGBA", (64, 48), (0, 0, 255, 255))
    picture.paste((0, 0, 0, 0), (32, 0, 64, 48))
    picture.save(source)
    page = open_page(made_server.url)
    start(page, "convert", [source])
    choose(page, "convert-format", "bmp")
    page.page.fill("input[aria-label='Behind transparent parts as hexadecimal code']", "#ff0000")
    # The panel is drawn anew whenever a file is there; what is being typed has to stay.
    page.page.dispatch_event("#control-convert-format", "change")
    page.page.keyboard.press("Tab")
    settle(page)
    name, content = saved(page)
    assert name == "half.bmp"
    assert opened(content).convert("RGB").getpixel((60, 20)) == (255, 0, 0)
    assert opened(content).convert("RGB").getpixel((4, 20)) == (0, 0, 255)


@pytest.mark.parametrize(
    ("kind", "name", "form"),
    [
        ("png", "coffee.png", "PNG"),
        pytest.param("png-small", "coffee.png", "PNG", marks=pytest.mark.slow),
        ("webp", "coffee.webp", "WEBP"),
        pytest.param("webp-lossless", "coffee.webp", "WEBP", marks=pytest.mark.slow),
        ("avif", "coffee.avif", "AVIF"),
        ("tiff", "coffee.tiff", "TIFF"),
        ("gif", "coffee.gif", "GIF"),
        pytest.param("bmp", "coffee.bmp", "BMP", marks=pytest.mark.slow),
        ("pdf", "coffee.pdf", None),
    ],
)
def test_a_photo_becomes_any_format(converting, kind, name, form):
    choose(converting, "convert-format", kind)
    got, content = saved(converting)
    assert got == name
    if form is None:
        assert content.startswith(b"%PDF-")
    else:
        assert opened(content).format == form
        assert opened(content).size == photo("coffee").size


@pytest.fixture(scope="module")
def converting(open_shared_page, made_server, tmp_path_factory):
    """A page with a photo on the tab Convert."""
    page = open_shared_page(made_server.url)
    start(
        page, "convert", [save_jpeg(photo("coffee"), tmp_path_factory.mktemp("c") / "coffee.jpg")]
    )
    return page


def test_resize_gives_the_size_asked_for_and_refuses_a_mistyped_one(open_page, made_server, coffee):
    page = open_page(made_server.url)
    start(page, "resize", [coffee])
    width, height = photo("coffee").size
    choose(page, "resize-kind", "pixels")
    type_number(page, "resize-width", "50000")
    assert "at most 20000" in page.page.inner_text("#refused-resize-width")
    assert page.page.get_attribute("#control-resize-width", "aria-invalid") == "true"
    assert opened(saved(page)[1]).size == (width, height), "nothing was computed from it"

    type_number(page, "resize-width", "200")
    settle(page)
    assert page.page.inner_text("#refused-resize-width") == ""
    assert opened(saved(page)[1]).size == (200, round(height * 200 / width))
    assert "→ 200 x" in page.page.inner_text(".size-words")

    choose(page, "resize-kind", "percent")
    type_number(page, "resize-percent", "300")
    settle(page)
    assert opened(saved(page)[1]).size == (width, height), "not enlarged by accident"
    page.page.check("#control-enlarge")
    settle(page)
    assert opened(saved(page)[1]).size == (3 * width, 3 * height)


def test_one_recipe_goes_through_all_tabs(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    start(page, "cutout", [save_spotlight(tmp_path / "spot.png", 640, 480)])
    page.page.click("#tool-frame")
    page.page.select_option("#control-framing", "subject")
    page.page.click("#tab-resize")
    page.page.select_option("#control-resize-kind", "longest")
    type_number(page, "resize-longest", "120")
    page.page.click("#tab-compress")
    page.page.select_option("#control-compress-format", "webp")
    move(page, "compress-quality", 80)

    steps = page.page.locator("#recipe li:visible").all_inner_texts()
    assert steps == ["Cut out", "Crop", "Resize", "WebP 80"]
    name, content = saved(page)
    picture = opened(content)
    assert name == "spot-cutout.webp"
    assert (picture.format, picture.mode) == ("WEBP", "RGBA")
    assert max(picture.size) == 120
    alpha = np.asarray(picture.getchannel("A"))
    assert alpha.min() < 20
    assert alpha.max() == 255

    page.page.click("#tab-cutout")
    assert page.page.locator("#tools").is_visible(), "nothing is lost by changing tabs"
    assert page.rows()[0].state == "done"


def test_a_step_can_be_switched_off_and_on_in_the_line(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    start(page, "compress", [save_spotlight(tmp_path / "spot.png", 640, 480)])
    settle(page)
    line = page.page.locator("#recipe")
    assert opened(saved(page)[1]).mode == "RGB"
    line.get_by_role("button", name="Cut out").click()
    page.page.wait_for_function(FRESH)
    assert opened(saved(page)[1]).mode == "RGBA"
    line.get_by_role("button", name="Cut out").click()
    settle(page)
    assert opened(saved(page)[1]).mode == "RGB"


def test_one_photo_may_have_its_own_settings(open_page, made_server, tmp_path):
    files = [save_jpeg(photo(name), tmp_path / f"{name}.jpg") for name in ("coffee", "chelsea")]
    page = open_page(made_server.url)
    start(page, "compress", files)
    page.page.locator(".row-select").nth(1).click()
    page.page.get_by_role("button", name="This photo").click()
    choose(page, "compress-format", "webp")
    assert [saved(page, row)[0] for row in (0, 1)] == ["coffee-new.jpg", "chelsea.webp"]

    page.page.locator(".row-select").nth(0).click()
    choose(page, "compress-format", "png-small")
    assert [saved(page, row)[0] for row in (0, 1)] == ["coffee.png", "chelsea.webp"]


def test_a_click_while_the_file_is_being_made_gets_the_new_one_once_it_is_there(
    open_page, made_server, coffee
):
    page = open_page(made_server.url)
    start(page, "compress", [coffee])
    page.page.select_option("#control-compress-format", "png-small")
    page.page.locator("#download", has_text="Saving").wait_for()
    name, content = saved(page)
    assert name == "coffee.png"
    assert opened(content).format == "PNG"


def test_the_tabs_are_chosen_with_the_arrow_keys(open_page, made_server):
    page = open_page(made_server.url)
    page.page.focus("#tab-cutout")
    for tab in ("compress", "convert", "resize", "cutout"):
        page.page.keyboard.press("ArrowRight")
        assert page.page.evaluate("document.activeElement.id") == f"tab-{tab}"
        selected = page.page.locator("[role=tab][aria-selected=true]")
        assert selected.get_attribute("id") == f"tab-{tab}"
    page.page.keyboard.press("End")
    assert page.page.inner_text("#dropzone-title") == "Drop photos, get the size you need"
