"""HEIC photos, read by libheif in a codec worker, as an independent reader reads them."""

import pytest
from PIL import Image

from common.notices import notice
from tests.browser.support.decoding import decode_all, refusal
from tests.browser.support.heic import (
    difference,
    from_display_p3,
    heic,
    heic_of_16_bits,
    native,
    turned,
)
from tests.browser.support.pictures import iso_media, photo
from tests.browser.support.tabs import choose, opened, saved, start
from tests.core.pictures import DISPLAY_P3


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    """One page for all of them; its network is not needed."""
    return open_shared_page(made_server.url)


def small(name="chelsea", size=(160, 96)):
    """Return a small photo without a profile."""
    picture = photo(name).resize(size)
    picture.info = {}
    return picture


def read(page, content):
    """Return the picture and the facts that the page reads from a HEIC file."""
    return decode_all(page.page, content, "heic")


def test_a_photo_is_read_as_an_independent_reader_reads_it(page):
    for options in ({}, {"chroma": 420}, {"tile_size": 128}):
        content = heic(small(size=(333, 201)), **options)
        image, facts = read(page, content)
        mean, largest = difference(image, native(content))
        assert mean < 0.6, options
        # Readers differ in how they enlarge halved colours.
        assert largest <= (40 if options.get("chroma") == 420 else 3), options
        assert facts == {"finished": False, "notices": []}
        assert image.getchannel("A").getextrema() == (255, 255)


def test_a_photo_that_lies_on_its_side_comes_upright(page):
    lying = heic(turned(small(), 3))  # holds a half turn
    stored = small().transpose(Image.Transpose.ROTATE_180)
    at = lying.index(b"irot") + 4
    turns = {1: "ROTATE_90", 2: "ROTATE_180", 3: "ROTATE_270"}  # against the clock
    for angle, name in turns.items():
        image, _ = read(page, lying[:at] + bytes([angle]) + lying[at + 1 :])
        assert difference(image, stored.transpose(Image.Transpose[name]))[0] < 3, angle


def test_mirrored_and_turned_at_once_is_as_an_independent_reader_shows_it(page):
    for orientation in (2, 4, 5, 7):
        content = heic(turned(small(), orientation))
        assert b"imir" in content
        assert difference(read(page, content)[0], native(content))[0] < 0.1, orientation


def test_transparency_survives_straight_or_multiplied(page):
    picture = small().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    for given in (picture, picture.convert("RGBa")):
        image, _ = read(page, heic(given, quality=-1))
        alpha = image.getchannel("A")
        assert difference(alpha, picture.getchannel("A"))[1] <= 3
        white = Image.new("RGBA", picture.size, "white")
        shown = [Image.alpha_composite(white, each) for each in (image, picture)]
        assert difference(*shown)[0] < 1.5


def test_of_a_burst_the_main_picture_is_taken_and_thumbnails_are_none(page):
    burst = heic(small("coffee"), small("chelsea"), small("astronaut"), primary_index=1)
    image, facts = read(page, burst)
    assert facts["notices"] == ["first_frame"]
    assert difference(image, small("chelsea"))[0] < 3
    content = heic(small(), thumbnails=[64])
    assert read(page, content)[1]["notices"] == []


def test_ten_bits_for_each_colour_are_read(page):
    image, _ = read(page, heic_of_16_bits(small()))
    assert difference(image, small())[0] < 3


def test_broken_files_end_in_their_code_and_the_next_one_is_read(page):
    content = heic(small())
    assert "damaged" in refusal(page.page, content[: len(content) // 2], "heic")
    assert "damaged" in refusal(page.page, iso_media(b"heic"), "heic")
    at = content.index(b"ispe") + 8
    bomb = content[:at] + (40000).to_bytes(4, "big") * 2 + content[at + 8 :]
    assert "too_large" in refusal(page.page, bomb, "heic")
    assert read(page, content)[0].size == (160, 96)


@pytest.mark.parametrize("how", ["profile", "numbers"])
def test_a_display_p3_burst_becomes_a_picture_in_srgb_with_a_notice(page, tmp_path, how):
    first = small(size=(320, 200))
    if how == "profile":
        first.info["icc_profile"] = DISPLAY_P3
        content = heic(first, small("coffee"))
    else:
        content = heic(first, small("coffee"), color_primaries=12, transfer_characteristics=13)
        assert b"nclx" in content
    file = tmp_path / f"{how}.heic"
    file.write_bytes(content)
    earlier = len(page.rows())
    row = start(page, "convert", [file])[earlier]
    assert row.state == "done"
    page.page.locator(".row").nth(earlier).locator("button").first.click()
    choose(page, "convert-format", "png")
    _, made = saved(page, earlier)
    assert difference(opened(made), from_display_p3(native(content)))[1] <= 3
    assert notice("first_frame") in page.page.locator("main").inner_text()
