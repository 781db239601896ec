"""Stored photos give the stored cutouts; what changes them is seen, wanted or not."""

from PIL import Image

from tests.core.pictures import largest_difference, pixels
from tests.fixtures.make_golden import GOLDEN, cut_out

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


def test_the_stored_cutouts_show_something():
    for name in LARGEST_DIFFERENCES:
        with Image.open(GOLDEN / f"{name.rpartition('.')[0]}-cutout.png") as golden:
            alpha = pixels(golden.getchannel("A"))
            assert alpha.max() - alpha.min() >= 200, name


def test_the_stored_files_are_small():
    assert sum(file.stat().st_size for file in GOLDEN.iterdir()) <= 200_000
    assert max(file.stat().st_size for file in GOLDEN.iterdir()) <= 50_000
