"""Damaged lookup tables end in a notice, in bounded time; what is untouched stays bit for bit."""

import struct

import numpy as np
from PIL import Image

from core.files.decode import decode
from core.icc.conversion import Conversion, conversion
from core.icc.profile import ProfileError
from core.icc.srgb import SRGB_TO_XYZ, encode_srgb
from core.icc.tables import table
from tests.core.pictures import gradient, largest_difference, save
from tests.core.table_profile import nodes, printed, table_profile

KINDS = (b"mft1", b"mft2", b"mAB ")


def shape_of(content, given):
    """Return the shape of what a profile makes of colours, ``None`` where it is refused."""
    try:
        found = conversion(content)
    except ProfileError:
        return None
    return found and found.colours(given).shape


def test_a_table_that_is_cut_off_or_altered_anywhere_is_refused_or_read():
    random = np.random.default_rng(3)
    for kind in KINDS:
        for colours, channels in (("CMYK", 4), ("RGB", 3), ("GRAY", 1)):
            whole = table_profile(colours, kind, version=4, points=3)
            given = np.zeros((2, channels), np.uint8)
            for _ in range(100):
                content = bytearray(whole)
                content[int(random.integers(156, 260))] = int(random.integers(256))
                cut = bytes(content)[: int(random.integers(150, len(content) + 1))]
                assert shape_of(bytes(content), given) in (None, (2, 3))
                assert shape_of(cut, given) in (None, (2, 3))


def test_colours_at_the_points_of_the_grid_are_those_that_were_measured():
    for kind in KINDS[1:]:
        inks = nodes(4, 6)
        content = table_profile(kind=kind, space=b"XYZ ", points=6, version=4)
        found = Conversion(table(content), np.zeros(3))
        light = np.clip(printed(inks) @ np.linalg.inv(SRGB_TO_XYZ).T, 0, 1)
        given = np.rint(inks * 255).astype(np.uint8)
        assert np.abs(found.colours(given) - encode_srgb(light) * 255).max() <= 2


def test_a_damaged_print_profile_leaves_approximate_colours_with_a_notice():
    content = bytearray(table_profile(points=5))
    content[156 + 10] = 255  # points of the grid, of which there are not so many
    image = Image.new("CMYK", (4, 4), (10, 200, 30, 0))
    photo = decode(save(image, "TIFF", icc_profile=bytes(content)))
    assert photo.notices == ["approximate_colours"]


def test_a_damaged_scanner_profile_leaves_the_colours_alone_with_a_notice():
    content = bytearray(table_profile("RGB", points=5))
    content[156 + 10] = 255
    photo = decode(save(gradient(), "PNG", icc_profile=bytes(content)))
    assert photo.notices == ["profile_unreadable"]
    assert largest_difference(photo.image, gradient()) == 0


def test_a_table_of_other_colours_than_the_pixels_is_not_used():
    photo = decode(save(gradient(), "PNG", icc_profile=table_profile("CMYK")))
    assert photo.notices == ["profile_unreadable"]
    inks = Image.new("CMYK", (4, 4), (10, 200, 30, 0))
    photo = decode(save(inks, "TIFF", icc_profile=table_profile("RGB")))
    assert photo.notices == ["approximate_colours"]


def test_no_ink_is_white_and_all_of_it_is_black():
    for kind in KINDS:
        inks = np.array([[0, 0, 0, 0], [255, 255, 255, 255]], np.uint8)
        assert conversion(table_profile(kind=kind, version=4)).colours(inks).tolist() == [
            [255, 255, 255],
            [0, 0, 0],
        ]


def test_a_huge_count_of_entries_is_refused():
    content = bytearray(table_profile(points=3))
    content[156 + 48 : 156 + 52] = struct.pack(">HH", 65535, 65535)
    assert shape_of(bytes(content), np.zeros((1, 4), np.uint8)) is None
