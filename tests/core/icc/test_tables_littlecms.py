"""Profiles with lookup tables: what comes out agrees with LittleCMS, for every form of a table.

Runs on CPython only: Pyodide's Pillow has no LittleCMS.
"""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from core.files.decode import decode
from tests.core.pictures import fixed, largest_difference, save
from tests.core.table_profile import table_profile

NO_OPTIMIZE = 0x0100
SRGB = ImageCms.createProfile("sRGB")


def colours(channels, points):
    """Return an array (rows, columns, channels) of colours spread over all there are."""
    levels = np.rint(np.linspace(0, 255, points)).astype(np.uint8)
    axes = np.meshgrid(*[levels] * channels, indexing="ij")
    return np.stack(axes, axis=-1).reshape(points, -1, channels)


def picture(mode):
    """Return an image of a mode with many colours."""
    count = {"CMYK": 4, "RGB": 3, "L": 1}[mode]
    values = colours(count, {4: 14, 3: 40, 1: 256}[count])
    return Image.fromarray(
        values[..., 0] if mode == "L" else values, mode=None if count != 4 else "CMYK"
    )


def with_littlecms(image, content):
    """Return an image in sRGB as LittleCMS makes it, without a grid of its own in between."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(content))
    return ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB", flags=NO_OPTIMIZE)


FORMS = [
    {"colours": colours_of, "kind": kind, "space": space, "version": version, "bend": bend}
    for colours_of in ("CMYK", "RGB")
    for kind in (b"mft1", b"mft2", b"mAB ")
    for space in (b"Lab ", b"XYZ ")
    for version, bend in ((2, 1.0), (4, 1.6))
    if (kind, space) != (b"mft1", b"XYZ ") and (kind != b"mAB " or version == 4)
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: "-".join(map(str, form.values())))
def test_a_table_of_every_form_gives_what_littlecms_gives(form):
    content = table_profile(**form)
    image = picture(form["colours"])
    photo = decode(save(image, "TIFF", icc_profile=content))
    assert photo.notices == []
    assert largest_difference(photo.image, with_littlecms(image, content)) <= 3


@pytest.mark.parametrize("darkest", [0.0, 0.004, 0.03])
@pytest.mark.parametrize("version", [2, 4])
def test_the_darkest_ink_becomes_black_as_littlecms_makes_it(version, darkest):
    content = table_profile(version=version, black=darkest)
    image = picture("CMYK")
    photo = decode(save(image, "TIFF", icc_profile=content))
    assert largest_difference(photo.image, with_littlecms(image, content)) <= 2


def test_a_screen_whose_profile_has_table_and_matrix_is_read_by_its_table():
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, 256)
    places = [(b"rXYZ", (0.4, 0.2, 0.0)), (b"gXYZ", (0.4, 0.7, 0.1)), (b"bXYZ", (0.1, 0.1, 0.7))]
    matrix = [(name, b"XYZ " + bytes(4) + fixed(*xyz)) for name, xyz in places]
    curves = [(name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")]
    content = table_profile("RGB", space=b"XYZ ", further=[*matrix, *curves])
    image = picture("RGB")
    photo = decode(save(image, "PNG", icc_profile=content))
    assert largest_difference(photo.image, with_littlecms(image, content)) <= 2


def test_a_grey_picture_with_a_table_is_read_by_it():
    for kind, space in ((b"mft1", b"Lab "), (b"mft2", b"Lab "), (b"mft2", b"XYZ ")):
        content = table_profile("GRAY", kind, space, points=17)
        photo = decode(save(picture("L"), "PNG", icc_profile=content))
        expected = with_littlecms(picture("L"), content)
        assert photo.notices == []
        assert largest_difference(photo.image, expected) <= 2


def test_print_in_every_kind_of_file_comes_out_in_true_colours():
    content = table_profile()
    image = picture("CMYK")
    jpeg = save(image, "JPEG", quality=100, subsampling=0, icc_profile=content)
    with Image.open(io.BytesIO(jpeg)) as opened:
        expected = with_littlecms(opened, content)
    photo = decode(jpeg)
    assert photo.notices == []
    assert largest_difference(photo.image, expected) <= 2
    for options in ({}, {"compression": "tiff_lzw"}, {"compression": "tiff_adobe_deflate"}):
        photo = decode(save(image, "TIFF", icc_profile=content, **options))
        assert photo.notices == []
        assert largest_difference(photo.image, with_littlecms(image, content)) <= 2


def test_a_press_that_only_has_a_table_for_true_colours_is_read_by_that():
    content = table_profile(name=b"A2B1")
    photo = decode(save(picture("CMYK"), "TIFF", icc_profile=content))
    expected = with_littlecms(picture("CMYK"), table_profile())
    assert photo.notices == []
    assert largest_difference(photo.image, expected) <= 2
