"""A resized picture has its size, its proportions, its sharpness and its light."""

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.picture.resize import filling_box, resized
from tests.core.pictures import (
    gradient,
    largest_difference,
    pixels,
    quadrants,
    refusal_code,
    texture,
)


def resize(**values):
    return checked({"resize": values})["resize"]


def test_without_a_wish_it_is_the_very_picture():
    image = texture(80, 60)
    assert resized(image, resize()) is image
    assert resized(image, resize(kind="longest", longest=500)) is image


def test_every_way_gives_the_size_that_was_foretold():
    image = texture(400, 300)
    wish = {"kind": "pixels", "width": 100, "height": 100}
    assert resized(image, resize(fit="fit", **wish)).size == (100, 75)
    assert resized(image, resize(fit="fill", **wish)).size == (100, 100)
    assert resized(image, resize(fit="stretch", **wish)).size == (100, 100)
    assert resized(image, resize(kind="percent", percent=25)).size == (100, 75)
    linear = resize(kind="longest", longest=100, linear=True)
    assert resized(image, linear).size == (100, 75)


def test_fill_cuts_the_sides_evenly_and_stretch_keeps_them():
    image = quadrants(400, 200)
    wish = {"kind": "pixels", "width": 100, "height": 100}
    filled = pixels(resized(image, resize(fit="fill", **wish)))
    assert filled[10, 40].tolist() == [255, 0, 0]
    assert filled[10, 60].tolist() == [0, 255, 0]
    assert filling_box((400, 200), (100, 100)) == (100, 0, 300, 200)
    marked = image.copy()
    marked.paste((0, 0, 0), (0, 0, 60, 200))
    assert pixels(resized(marked, resize(fit="fill", **wish)))[:, 10].sum() > 0
    stretched = pixels(resized(marked, resize(fit="stretch", **wish)))
    assert not stretched[:, :12].any()


def test_the_filter_is_lanczos():
    image = texture(200, 150)
    expected = image.resize((100, 75), Image.Resampling.LANCZOS)
    assert largest_difference(resized(image, resize(kind="percent", percent=50)), expected) == 0


def test_enlarging_follows_the_picture_when_it_is_asked_for():
    image = gradient(64, 48)
    large = resized(image, resize(kind="percent", percent=200, enlarge=True))
    assert large.size == (128, 96)
    again = large.resize(image.size, Image.Resampling.BOX)
    assert np.abs(pixels(again) - pixels(image)).mean() < 1


def test_linear_light_keeps_the_brightness_of_a_fine_pattern():
    """Black and white lines send half the light, which is 188 of 255 in sRGB, not 128."""
    lines = Image.new("RGB", (256, 256))
    lines.paste(Image.fromarray(np.tile([[0], [255]], (128, 256)).astype(np.uint8)).convert("RGB"))
    half = {"kind": "percent", "percent": 25}
    encoded = pixels(resized(lines, resize(**half)))[16:-16, 16:-16]
    linear = pixels(resized(lines, resize(linear=True, **half)))[16:-16, 16:-16]
    assert np.abs(encoded - 128).max() <= 2
    assert np.abs(linear - 188).max() <= 2


def test_linear_light_leaves_even_areas_alone():
    for grey in (0, 1, 20, 77, 128, 200, 254, 255):
        image = Image.new("RGB", (60, 40), (grey, 255 - grey, grey // 2))
        small = resized(image, resize(kind="percent", percent=30, linear=True))
        assert largest_difference(small, image.resize(small.size)) == 0, grey


def test_hidden_colours_do_not_bleed_into_the_edge():
    image = Image.new("RGBA", (200, 200), (0, 255, 0, 0))
    image.paste((200, 30, 40, 255), (0, 0, 101, 200))
    for linear in (False, True):
        small = pixels(resized(image, resize(kind="percent", percent=20, linear=linear)))
        seen = small[small[..., 3] > 8]
        assert np.abs(seen[:, :3] - (200, 30, 40)).max() <= 6, linear
        assert set(np.unique(small[..., 3])) - {0, 255}, "the edge is soft"


def test_a_mask_is_resized_like_its_picture():
    mask = Image.new("L", (200, 100))
    mask.paste(255, (50, 0, 150, 100))
    wish = resize(kind="longest", longest=50, linear=True)
    small = resized(mask, wish)
    assert small.size == (50, 25)
    assert small.mode == "L"
    assert pixels(small)[12, 25] == 255


def test_what_does_not_fit_into_memory_is_refused_before_it_is_allocated():
    wish = resize(kind="pixels", width=20000, height=20000, fit="stretch", enlarge=True)
    assert refusal_code(resized, texture(40, 30), wish) == "size_refused"
    wish = resize(kind="percent", percent=400, enlarge=True)
    assert refusal_code(resized, texture(400, 300), wish, 1) == "size_refused"
    assert resized(texture(400, 300), wish, 2).size == (1600, 1200)
