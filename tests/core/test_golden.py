"""Stored photos give the stored cutouts; what changes them is seen, wanted or not."""

import io

from PIL import Image

from tests.core.pictures import DISPLAY_P3, largest_difference, pixels
from tests.fixtures.make_golden import GOLDEN, cut_out, results

LARGEST_DIFFERENCES = {
    "turned-display-p3.png": 1,
    "translucent.webp": 0,
    "print.tiff": 0,
    "wide-grey.png": 0,
    "full-chroma.jpg": 8,
}
"""Steps of 255 that may lie between a cutout and the stored one; JPEG libraries round apart."""


def test_stored_photos_give_the_stored_cutouts():
    for name, bound in LARGEST_DIFFERENCES.items():
        cutout = cut_out((GOLDEN / name).read_bytes())
        with Image.open(GOLDEN / f"{name.rpartition('.')[0]}-cutout.png") as golden:
            assert golden.mode == cutout.mode == "RGBA"
            assert largest_difference(cutout, golden) <= bound, name


RESULT_DIFFERENCES = {
    "resized.png": 1,
    "resized-in-light.png": 1,
    "filled.png": 2,
    "kept-profile.png": 0,
    "in-16-colours.gif": 0,
}
"""Steps of 255 that may lie between a tool's result and the stored one, alpha included."""


def test_the_tools_give_the_stored_results():
    made = results()
    assert set(made) == set(RESULT_DIFFERENCES)
    for name, bound in RESULT_DIFFERENCES.items():
        with Image.open(GOLDEN / name) as golden, Image.open(io.BytesIO(made[name])) as image:
            assert golden.size == image.size, name
            profiles = [picture.info.get("icc_profile") for picture in (golden, image)]
            assert profiles == [DISPLAY_P3 if name == "kept-profile.png" else None] * 2, name
            one, other = (picture.convert("RGBA") for picture in (golden, image))
            assert largest_difference(one, other) <= bound, name


def test_averaging_light_is_not_averaging_values():
    plain, light = (Image.open(GOLDEN / name) for name in ("resized.png", "resized-in-light.png"))
    assert largest_difference(plain, light) >= 2


def test_the_stored_cutouts_show_something():
    for name in LARGEST_DIFFERENCES:
        with Image.open(GOLDEN / f"{name.rpartition('.')[0]}-cutout.png") as golden:
            alpha = pixels(golden.getchannel("A"))
            assert alpha.max() - alpha.min() >= 200, name


def test_the_stored_files_are_small():
    assert sum(file.stat().st_size for file in GOLDEN.iterdir()) <= 200_000
    assert max(file.stat().st_size for file in GOLDEN.iterdir()) <= 50_000
