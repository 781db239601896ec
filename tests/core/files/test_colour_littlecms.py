"""The conversion in NumPy agrees with LittleCMS, the reference that browsers' authors use too.

Runs on CPython only: Pyodide's Pillow has no LittleCMS, which is why the conversion exists.
"""

import io
import struct

import numpy as np
from PIL import Image, ImageCms

from core.files.decode import decode
from core.files.metadata import receipt
from tests.core.pictures import (
    ADOBE_RGB,
    DISPLAY_P3,
    gradient,
    largest_difference,
    pixels,
    save,
)


def with_littlecms(image, content):
    """Return an image converted to sRGB by LittleCMS."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(content))
    return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))


def all_colours():
    """Return an image of 32 x 32 x 32 colours spread over the whole cube."""
    levels = np.rint(np.linspace(0, 255, 32)).astype(np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1)
    return Image.fromarray(cube.reshape(256, 128, 3))


def test_the_test_profiles_are_valid_for_littlecms():
    for content in (DISPLAY_P3, ADOBE_RGB):
        opened = ImageCms.ImageCmsProfile(io.BytesIO(content))
        assert opened.profile.xcolor_space.strip() == "RGB"


def test_display_p3_and_adobe_rgb_agree_with_littlecms_over_all_colours():
    for content in (DISPLAY_P3, ADOBE_RGB):
        ours = decode(save(all_colours(), "PNG", icc_profile=content)).image
        reference = with_littlecms(all_colours(), content)
        assert largest_difference(ours, reference) <= 2
        assert np.abs(pixels(ours) - pixels(reference)).mean() <= 0.1


def bitmap(content, kind=b"DEBM"):
    """Return a BMP file of all colours with a profile, as BITMAPV5HEADER has it."""
    plain = save(all_colours(), "BMP")[54:]
    head = bytearray(124)
    struct.pack_into("<IiiHHII", head, 0, 124, 128, 256, 1, 24, 0, len(plain))
    head[56:60] = kind
    struct.pack_into("<II", head, 112, 124 + len(plain), len(content))
    whole = 138 + len(plain) + len(content)
    return b"BM" + struct.pack("<IHHI", whole, 0, 0, 138) + bytes(head) + plain + content


def photoshop(content):
    """Return a Photoshop file of all colours with a profile."""
    block = b"8BIM" + struct.pack(">HHI", 0x040F, 0, len(content)) + content
    block += bytes(len(content) % 2)
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 256, 128, 8, 3) + bytes(4)
    planes = b"".join(band.tobytes() for band in all_colours().split())
    return head + struct.pack(">I", len(block)) + block + bytes(4) + b"\0\0" + planes


def gif(content):
    """Return a GIF file of 200 colours with a profile (ICC.1:2022, annex B.6)."""
    data = save(all_colours().quantize(200), "GIF")
    at = 13 + 3 * 2 ** ((data[10] & 7) + 1)
    parts = [content[i : i + 255] for i in range(0, len(content), 255)]
    block = b"".join(bytes([len(part)]) + part for part in parts)
    return data[:at] + b"\x21\xff\x0bICCRGBG1012" + block + b"\0" + data[at:]


def test_profiles_count_in_every_kind_of_file_that_has_a_place_for_one():
    for content in (DISPLAY_P3, ADOBE_RGB):
        reference = with_littlecms(all_colours(), content)
        options = {"icc_profile": content}
        for data in (
            bitmap(content),
            photoshop(content),
            save(all_colours(), "TIFF", **options),
            save(all_colours(), "TIFF", compression="tiff_adobe_deflate", **options),
            save(all_colours(), "WEBP", lossless=True, **options),
        ):
            assert largest_difference(decode(data).image, reference) <= 2, data[:4]
        for data in (gif(content), save(all_colours(), "JPEG", quality=95, **options)):
            with Image.open(io.BytesIO(data)) as plain:
                reference = with_littlecms(plain.convert("RGB"), content)
            assert largest_difference(decode(data).image, reference) <= 2, data[:4]


def test_a_bitmap_that_names_a_profile_on_a_disk_says_so():
    labels = [entry["label"] for entry in receipt(bitmap(b"C:\\Users\\Jo", b"KNIL"))["entries"]]
    assert labels == ["Private block LINK"]
    assert receipt(bitmap(b"", b" niW"))["entries"] == []


def test_littlecms_own_srgb_profile_changes_nothing():
    content = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = decode(save(gradient(), "PNG", icc_profile=content))
    assert photo.notices == []
    assert largest_difference(photo.image, gradient()) == 0


def test_a_profile_of_another_kind_leaves_the_colours_alone_with_a_notice():
    content = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    photo = decode(save(gradient(), "PNG", icc_profile=content))
    assert photo.notices == ["profile_unreadable"]
    assert largest_difference(photo.image, gradient()) == 0
