"""Targa files. Runs in Pyodide, too, whose Pillow unpacks the runs."""

import struct

import numpy as np

from core.files.decode import decode
from core.files.metadata import receipt
from core.files.picture_file import PictureFile
from tests.core.pictures import pixels, refusal_code, save, texture

SIZE = (40, 30)


def head(kind, depth, flags=0x20, size=SIZE, map_type=0, entries=(0, 0, 0), words=b""):
    """Return the head of a Targa file; ``entries`` are first, number and bits of a palette."""
    first = struct.pack("<BBBHHB", len(words), map_type, kind, *entries)
    return first + struct.pack("<HHHHBB", 0, 0, *size, depth, flags) + words


def packed(values):
    """Return rows of pixels (bytes each) by their runs, as the specification describes them."""
    parts = []
    flat = [bytes(pixel) for pixel in values.reshape(-1, values.shape[-1])]
    at = 0
    while at < len(flat):
        run = 1
        while run < 128 and at + run < len(flat) and flat[at + run] == flat[at]:
            run += 1
        parts.append(bytes([127 + run]) + flat[at] if run > 1 else b"\0" + flat[at])
        at += run
    return b"".join(parts)


def colours():
    return np.asarray(texture(*SIZE)) // 8 * 8


def with_foot(data, kind_of_alpha=3, author=b""):
    """Return a file of version 2 with an extension area."""
    area = struct.pack("<H", 495) + author.ljust(41, b"\0") + bytes(451) + bytes([kind_of_alpha])
    assert len(area) == 495
    return data + area + struct.pack("<II", len(data), 0) + b"TRUEVISION-XFILE.\0"


def test_colours_are_read_from_every_corner_plain_or_by_their_runs():
    values = colours()
    for flags, turned in ((0x20, values), (0, values[::-1]), (0x30, values[:, ::-1])):
        stored = np.ascontiguousarray(turned[..., ::-1])
        for data in (
            head(2, 24, flags) + stored.tobytes(),
            head(10, 24, flags) + packed(stored),
        ):
            photo = decode(data)
            assert photo.format == "targa"
            assert np.array_equal(pixels(photo.image), values)
            assert photo.alpha is None


def test_fifteen_and_sixteen_bits_are_five_of_each_colour_and_one_that_shows():
    values = colours() // 8
    shows = np.indices(SIZE[::-1]).sum(0) % 2
    whole = (values[..., 0].astype("<u2") << 10 | values[..., 1].astype("<u2") << 5) | values[
        ..., 2
    ]
    whole = whole.astype("<u2") | (shows << 15).astype("<u2")
    rounded = (values.astype(int) * 255 + 15) // 31
    for kind, content in (
        (2, whole.tobytes()),
        (10, packed(whole.view(np.uint8).reshape(30, 40, 2))),
    ):
        photo = decode(head(kind, 16, 0x21) + content)
        assert np.array_equal(pixels(photo.image), rounded)
        assert np.array_equal(pixels(photo.alpha), shows * 255)
        for depth, flags in ((15, 0x20), (16, 0x20)):
            assert decode(head(kind, depth, flags) + content).alpha is None


def test_thirty_two_bits_have_alpha_where_the_head_says_so_and_something_shows():
    alpha = np.asarray(texture(*SIZE, seed=3))[..., :1]
    stored = np.concatenate([colours()[..., ::-1], alpha], axis=-1)
    photo = decode(head(2, 32, 0x28) + stored.tobytes())
    assert np.array_equal(pixels(photo.alpha), alpha[..., 0])
    assert np.array_equal(pixels(photo.image), colours())
    unused = decode(head(2, 32, 0x20) + stored.tobytes())
    assert unused.alpha is None
    stored[..., 3] = 0
    hidden = decode(head(10, 32, 0x28) + packed(stored))
    assert hidden.alpha is None
    assert np.array_equal(pixels(hidden.image), colours())


def test_an_extension_area_tells_what_the_fourth_channel_is():
    stored = np.full((30, 40, 4), (20, 40, 60, 128), np.uint8)
    plain = head(2, 32, 0x28) + stored.tobytes()
    assert decode(with_foot(plain, 2)).alpha is None
    straight = decode(with_foot(plain, 3))
    assert pixels(straight.image)[0, 0].tolist() == [60, 40, 20]
    multiplied = decode(with_foot(plain, 4))
    assert pixels(multiplied.image)[0, 0].tolist() == [120, 80, 40]
    assert pixels(multiplied.alpha)[0, 0] == 128


def test_grey_and_palettes_are_read():
    grey = colours()[..., :1]
    photo = decode(head(3, 8) + grey.tobytes())
    assert photo.layout == "L"
    assert np.array_equal(pixels(photo.image)[..., 1], grey[..., 0])
    both = np.concatenate([grey, 255 - grey], axis=-1)
    assert np.array_equal(
        pixels(decode(head(11, 16, 0x28) + packed(both)).alpha), 255 - grey[..., 0]
    )
    table = np.array([[10, 20, 30], [40, 50, 60], [70, 80, 90]], np.uint8)
    numbers = (np.indices(SIZE[::-1]).sum(0) % 3).astype(np.uint8)
    for first in (0, 5):
        start = head(1, 8, 0x20, map_type=1, entries=(first, 3, 24))
        data = start + table[:, ::-1].tobytes() + (numbers + first).astype(np.uint8).tobytes()
        assert np.array_equal(pixels(decode(data).image), table[numbers])
    beyond = start + table.tobytes() + bytes(1200)
    assert refusal_code(decode, beyond) == "damaged"


def test_what_pillow_writes_is_read_as_it_was():
    image = texture(*SIZE)
    for layout in ("L", "RGB", "P", "RGBA", "LA"):
        for packing in (None, "tga_rle"):
            photo = decode(save(image.convert(layout), "TGA", compression=packing))
            expected = image.convert(layout).convert("RGB")
            assert np.array_equal(pixels(photo.image), pixels(expected)), (layout, packing)


def test_a_file_that_breaks_off_is_damaged_and_a_huge_one_is_too_large():
    stored = np.ascontiguousarray(colours()[..., ::-1])
    for data in (head(2, 24) + stored.tobytes(), head(10, 24) + packed(stored)):
        assert refusal_code(decode, data[: len(data) // 2]) == "damaged"
        assert refusal_code(decode, data[:-1]) == "damaged"
    huge = head(10, 32, 0x28, (65535, 65535)) + bytes([255, 1, 2, 3, 4])
    assert refusal_code(decode, huge) == refusal_code(receipt, huge) == "too_large"


def test_only_what_can_be_a_targa_file_is_taken_for_one():
    for data in (
        b"",
        bytes(40),
        head(2, 24)[:17],
        head(2, 24, 0x60) + bytes(99),
        head(4, 24) + bytes(99),
        head(2, 24, size=(0, 9)) + bytes(99),
        head(2, 12) + bytes(99),
        b"\0\0\1\xba" + bytes(99),
        b"\0\1\0\0\0\x0c" + bytes(99),
        b"Once upon a time there was a list of words.",
    ):
        assert PictureFile(data).kind is None, data


def test_the_receipt_tells_the_words_in_it():
    words = b"Made by hand"
    plain = head(2, 24, words=words) + np.ascontiguousarray(colours()).tobytes()
    told = receipt(with_foot(plain, author=b"Jo Doe"))["entries"]
    assert [(one["label"], one["value"]) for one in told] == [
        ("Comment", "Made by hand"),
        ("Author", "Jo Doe"),
    ]
