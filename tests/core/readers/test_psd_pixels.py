"""Photoshop's files in every colour mode, depth and packing, the same here and in Pyodide."""

import struct
import zlib

import numpy as np
from PIL import Image

from core.files.decode import decode
from core.icc.srgb import decode_srgb
from tests.core.pictures import (
    DISPLAY_P3,
    gradient,
    header_of,
    largest_difference,
    refusal_code,
)

PLAIN = [np.asarray(band) for band in gradient().split()]
GREY = np.asarray(gradient().convert("L"))
ALPHA = np.broadcast_to(np.linspace(0, 255, 64).astype(np.uint8), (48, 64))
RAW, PACK_BITS, DEFLATE, DIFFERENCES = range(4)


def rows_of(plane, depth):
    """Return the bytes of each row of a channel."""
    if depth == 1:
        return [np.packbits(row).tobytes() for row in plane == 0]
    if depth == 8:
        return [row.tobytes() for row in plane]
    if depth == 16:
        return [(row.astype(np.uint16) * 257).astype(">u2").tobytes() for row in plane]
    return [row.astype(">f4").tobytes() for row in decode_srgb(plane / 255)]


def packed_bits(row):
    """Return a row packed with PackBits, as it comes."""
    parts = [row[at : at + 128] for at in range(0, len(row), 128)]
    return b"".join(bytes([len(part) - 1]) + part for part in parts)


def differences(row, depth):
    """Return a row as differences between neighbours."""
    if depth == 16:
        values = np.frombuffer(row, ">u2").astype(np.uint16)
        return np.diff(values, prepend=np.uint16(0)).astype(">u2").tobytes()
    values = np.frombuffer(row, np.uint8)
    if depth == 32:
        values = values.reshape(-1, 4).T.ravel()
    return np.diff(values, prepend=np.uint8(0)).tobytes()


def photoshop(planes, mode, depth=8, large=False, packing=RAW, layers=0, table=b"", profile=None):
    """Return a Photoshop file of channels (h, w) of 0..255."""
    height, width = planes[0].shape
    head = b"8BPS" + struct.pack(
        ">H6xHIIHH", 2 if large else 1, len(planes), height, width, depth, mode
    )
    word = ">Q" if large else ">I"
    inner = struct.pack(word, 2) + struct.pack(">h", layers) if layers else b""
    resources = b""
    if profile:
        block = b"8BIM" + struct.pack(">HHI", 0x040F, 0, len(profile)) + profile
        resources = block + bytes(len(profile) % 2)
    body = struct.pack(">I", len(table)) + table + struct.pack(">I", len(resources)) + resources
    body += struct.pack(word, len(inner)) + inner + struct.pack(">H", packing)
    rows = [row for plane in planes for row in rows_of(plane, depth)]
    if packing == RAW:
        return head + body + b"".join(rows)
    if packing == PACK_BITS:
        rows = [packed_bits(row) for row in rows]
        sizes = b"".join(struct.pack(">I" if large else ">H", len(row)) for row in rows)
        return head + body + sizes + b"".join(rows)
    if packing == DIFFERENCES:
        rows = [differences(row, depth) for row in rows]
    return head + body + zlib.compress(b"".join(rows))


def each(depths):
    """Yield every depth, kind of file and packing."""
    for depth in depths:
        for large in (False, True):
            for packing in (RAW, PACK_BITS, DEFLATE, DIFFERENCES):
                if depth > 1 or packing < DEFLATE:
                    yield {"depth": depth, "large": large, "packing": packing}


def assert_shows(data, wanted, tolerance=1, alpha=None):
    photo = decode(data)
    assert largest_difference(photo.image, wanted) <= tolerance
    assert (photo.alpha is None) == (alpha is None)
    if alpha is not None:
        assert largest_difference(photo.alpha, alpha) <= 1


def test_grey_and_rgb_of_all_depths_are_read_with_their_transparency():
    grey, wanted = np.stack([GREY] * 3, axis=-1), np.stack(PLAIN, axis=-1)
    for form in each((8, 16, 32)):
        assert_shows(photoshop(PLAIN, 3, **form), wanted)
        assert_shows(photoshop([GREY], 1, **form), grey)
        assert decode(photoshop([GREY], 1, **form)).layout == "L"
        assert_shows(photoshop([*PLAIN, ALPHA], 3, layers=-1, **form), wanted, 1, ALPHA)
        assert_shows(photoshop([GREY, ALPHA], 1, layers=-1, **form), grey, 1, ALPHA)
        assert_shows(photoshop([GREY, ALPHA], 1, layers=1, **form), grey)
        notices = decode(photoshop(PLAIN, 3, **form)).notices
        assert notices == (["reduced_to_8_bit"] if form["depth"] > 8 else [])


def test_print_colours_are_read_with_their_transparency():
    wanted = np.stack(PLAIN, axis=-1)
    inks = [*PLAIN, np.full_like(GREY, 255)]
    for form in each((8, 16)):
        assert_shows(photoshop(inks, 4, **form), wanted)
        assert_shows(photoshop([*inks, ALPHA], 4, layers=-1, **form), wanted, 1, ALPHA)
        assert_shows(photoshop([*inks, ALPHA], 4, **form), wanted)
        assert "approximate_colours" in decode(photoshop(inks, 4, **form)).notices


def test_lab_duotone_and_unnamed_channels_are_read():
    middle = np.full_like(GREY, 128)
    grey, wanted = np.stack([GREY] * 3, axis=-1), np.stack(PLAIN, axis=-1)
    for form in each((8, 16)):
        shown = np.asarray(decode(photoshop([middle, middle, middle], 9, **form)).image)
        assert np.abs(shown.astype(int) - 119).max() <= 2, form
        assert_shows(photoshop([GREY], 8, table=bytes(524), **form), grey)
        assert_shows(photoshop(PLAIN, 7, **form), wanted)
        assert_shows(photoshop([GREY], 7, **form), grey)


def test_palettes_and_bitmaps_are_read():
    table = np.stack([np.arange(256), 255 - np.arange(256), np.full(256, 77)]).astype(np.uint8)
    for form in each((8,)):
        data = photoshop([GREY], 2, table=table.tobytes(), **form)
        assert_shows(data, np.moveaxis(table[:, GREY], 0, -1))
    dark = np.where(GREY > 127, 255, 0).astype(np.uint8)
    for form in each((1,)):
        data = photoshop([dark], 0, **form)
        assert_shows(data, np.stack([dark] * 3, axis=-1))
        assert header_of(data).mode == "1"
        assert decode(data).layout == "1"


def test_a_profile_is_applied_but_not_to_light():
    flat = [np.full((8, 8), value, np.uint8) for value in (200, 40, 40)]
    for depth in (8, 16):
        shown = decode(photoshop(flat, 3, depth, profile=DISPLAY_P3)).image.getpixel((3, 3))
        assert shown[0] > 210
    light = decode(photoshop(flat, 3, 32, profile=DISPLAY_P3)).image
    assert largest_difference(light, Image.new("RGB", (8, 8), (200, 40, 40))) <= 1


def test_what_breaks_off_is_damaged_and_unknown_depths_are_refused_by_their_name():
    for form in each((8, 16, 32)):
        data = photoshop(PLAIN, 3, **form)
        assert refusal_code(decode, data[:-200]) == "damaged", form
    assert refusal_code(decode, photoshop(PLAIN[:2], 3)) == "damaged"
    assert refusal_code(decode, photoshop([*PLAIN, GREY], 4, 32)) == "no_decoder"
    assert refusal_code(decode, photoshop([GREY], 2)) == "damaged"
