"""What a JPEG 2000 file tells beside its pixels, and what becomes of pixels that its codec gave.

Nothing decodes here, so the codestreams are heads only. Runs in Pyodide, too.
"""

import struct

import numpy as np

from core.files.decode import decode
from core.files.metadata import receipt
from core.files.picture_file import PictureFile
from core.files.rights import rights
from core.output import photo_of_pixels, stand_in
from tests.core.camera_file import XMP, exif_block
from tests.core.pictures import (
    ADOBE_RGB,
    DISPLAY_P3,
    SRGB_CURVE,
    largest_difference,
    profile,
    refusal_code,
    texture,
)
from tests.core.planted import IPTC, SECRET, streams


def box(name, content):
    return struct.pack(">I4s", len(content) + 8, name) + content


def stream(channels=3, size=(40, 30), words=b""):
    """Return a codestream's head."""
    parts = struct.pack(">H8IH", 0, *size, 0, 0, *size, 0, 0, channels) + b"\7\1\1" * channels
    comment = b"\xff\x64" + struct.pack(">HH", 4 + len(words), 1) + words if words else b""
    return b"\xff\x4f\xff\x51" + struct.pack(">H", 2 + len(parts)) + parts + comment + b"\xff\x90"


def jp2(code, *colours, beside=b""):
    """Return a file with boxes ``colr`` and others."""
    header = box(b"ihdr", bytes(14)) + b"".join(box(b"colr", colour) for colour in colours)
    start = b"\0\0\0\x0cjP  \r\n\x87\n" + box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
    return start + box(b"jp2h", header) + beside + box(b"jp2c", code)


NUMBERED = b"\1\0\0\0\0\0\x10"


def planted():
    """Return a file with something in every place that has room for it."""
    uuids = {
        "be7acfcb97a942e89c71999491e3afac": XMP,
        b"JpgTiffExif->JP2".hex(): exif_block(orientation=1)[6:],
        "33c7a4d2b81d4723a0baf1a3e097ad38": IPTC,
        "00" * 16: b"SECRET-VENDOR",
    }
    beside = b"".join(box(b"uuid", bytes.fromhex(key) + value) for key, value in uuids.items())
    beside += box(b"xml ", b"<gml>SECRET-PLACE</gml>")
    return jp2(stream(words=b"SECRET-SOFTWARE"), NUMBERED, beside=beside)


def test_the_receipt_names_all_of_it_and_the_size_without_a_decoder():
    told = receipt(planted())
    assert (told["format"], told["width"], told["height"]) == ("jpeg2000", 40, 30)
    words = str(told["entries"])
    for name in ("SECRET-SOFTWARE", "XMP", "SECRET-CITY", "SECRET-MODEL", "Private block uuid"):
        assert name in words, name
    assert "Private block xml" in words
    assert receipt(stream())["entries"] == []
    assert refusal_code(decode, planted()) == "no_decoder"


def test_the_first_colour_box_counts_alone():
    by_profile, by_number = b"\2\0\0" + DISPLAY_P3, NUMBERED
    assert PictureFile(jp2(stream(), by_profile, by_number)).profile == DISPLAY_P3
    assert PictureFile(jp2(stream(), by_number, by_profile)).profile is None


def test_the_stand_in_holds_nothing_but_the_picture():
    pixels = np.asarray(texture(40, 30).convert("RGBA"))
    photo = photo_of_pixels(pixels, [], planted())
    content = stand_in(photo, pixels, planted())
    assert SECRET in streams(planted())
    assert SECRET not in streams(content)
    assert receipt(content)["entries"] == []
    assert largest_difference(decode(content).image, texture(40, 30)) == 0


def test_the_rights_in_it_are_found():
    told = rights(PictureFile(planted()))
    assert any(b"SECRET" in text for text in told.values())


def test_colours_of_a_profile_become_srgb_or_stay_with_it():
    pixels = np.asarray(texture(40, 30).convert("RGBA"))
    original = jp2(stream(), b"\2\0\0" + ADOBE_RGB)
    photo = photo_of_pixels(pixels, [], original)
    assert largest_difference(photo.image, texture(40, 30)) > 10
    kept = PictureFile(stand_in(photo, pixels, original))
    assert kept.profile == ADOBE_RGB


def test_grey_stays_grey_and_its_own_profile_is_applied():
    grey = texture(40, 30).convert("L")
    pixels = np.asarray(grey.convert("RGBA"))
    light = profile(SRGB_CURVE, None, b"GRAY")
    plain = photo_of_pixels(pixels, [], stream(1))
    with_profile = photo_of_pixels(pixels, [], jp2(stream(1), b"\2\0\0" + light))
    for photo in (plain, with_profile):
        again = decode(stand_in(photo, pixels, stream(1)))
        assert again.layout == "L"
        assert largest_difference(again.image, grey.convert("RGB")) <= 1
    linear = profile(b"curv\0\0\0\0\0\0\0\0", None, b"GRAY")
    bright = photo_of_pixels(pixels, [], jp2(stream(1), b"\2\0\0" + linear))
    assert largest_difference(bright.image, grey.convert("RGB")) > 30
    clear = np.dstack([pixels[..., :3], np.full((30, 40), 99, np.uint8)])
    through = decode(stand_in(photo_of_pixels(clear, [], stream(2)), clear, stream(2)))
    assert (through.layout, through.alpha.getextrema()) == ("L", (99, 99))
