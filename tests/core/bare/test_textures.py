"""Textures: bare pixels by masks, and blocks. Runs in Pyodide, too, whose Pillow unpacks blocks."""

import struct

import numpy as np

from common.errors import Refusal
from core.bare.textures import Texture
from core.files.decode import decode
from core.files.metadata import receipt
from tests.core.pictures import pixels, refusal_code, save, texture


def dds(content, size=(40, 30), flags=4, letters=b"\0\0\0\0", bits=0, masks=(0, 0, 0, 0), more=b""):
    """Return the file of a texture."""
    head = struct.pack("<7I44x", 124, 0x1007, size[1], size[0], 0, 0, 0)
    form = struct.pack("<II4s5I", 32, flags, letters, bits, *masks)
    return b"DDS " + head + form + struct.pack("<5I", 0x1000, 0, 0, 0, 0) + more + content


def numbered(content, number, size=(40, 30)):
    """Return a texture whose form is told by its number."""
    more = struct.pack("<5I", number, 3, 0, 1, 0)
    return dds(content, size, letters=b"DX10", more=more)


def rgba():
    return np.dstack([np.asarray(texture(40, 30)), np.asarray(texture(40, 30, seed=2))[..., 0]])


def test_bare_pixels_lie_where_the_masks_say():
    values = rgba()
    whole = values.astype(np.uint32)
    joined = (whole[..., 0] << 16 | whole[..., 1] << 8) | whole[..., 2] | whole[..., 3] << 24
    masks = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    photo = decode(dds(joined.astype("<u4").tobytes(), flags=0x41, bits=32, masks=masks))
    assert photo.format == "dds"
    assert np.array_equal(pixels(photo.image), values[..., :3])
    assert np.array_equal(pixels(photo.alpha), values[..., 3])
    opaque = decode(dds(joined.astype("<u4").tobytes(), flags=0x40, bits=32, masks=masks))
    assert opaque.alpha is None
    three = np.ascontiguousarray(values[..., 2::-1]).tobytes()
    assert np.array_equal(
        pixels(decode(dds(three, flags=0x40, bits=24, masks=masks)).image), values[..., :3]
    )
    for number, order in ((28, [0, 1, 2, 3]), (87, [2, 1, 0, 3])):
        content = np.ascontiguousarray(values[..., order]).tobytes()
        newer = decode(numbered(content, number))
        assert np.array_equal(pixels(newer.image), values[..., :3])
        assert np.array_equal(pixels(newer.alpha), values[..., 3])


def test_grey_and_palettes_are_read():
    grey = rgba()[..., 0]
    photo = decode(dds(grey.tobytes(), flags=0x20000, bits=8, masks=(0xFF, 0, 0, 0)))
    assert photo.layout == "L"
    assert np.array_equal(pixels(photo.image)[..., 0], grey)
    table = np.random.default_rng(5).integers(0, 256, (256, 4)).astype(np.uint8)
    coloured = decode(dds(table.tobytes() + grey.tobytes(), flags=0x20, bits=8))
    assert np.array_equal(pixels(coloured.image), table[grey][..., :3])
    assert np.array_equal(pixels(coloured.alpha), table[grey][..., 3])


def test_a_block_of_four_by_four_has_its_two_colours_and_those_between():
    ends = np.array([0xF800, 0x001F], "<u2")  # red, blue
    rows = bytes([0b11100100] * 4)  # red, blue, two thirds red, two thirds blue
    plain = decode(dds(ends.tobytes() + rows, (4, 4), letters=b"DXT1"))
    expected = [[255, 0, 0], [0, 0, 255], [170, 0, 85], [85, 0, 170]]
    assert np.abs(pixels(plain.image)[2] - expected).max() <= 1
    assert plain.alpha is None
    shown = np.repeat(np.uint8([[128]]), 8).tobytes()[:2] + bytes(6)  # alpha 128 everywhere
    content = shown + ends.tobytes() + rows
    assert pixels(decode(dds(content, (4, 4), letters=b"DXT5")).alpha).tolist() == [[128] * 4] * 4
    multiplied = pixels(decode(dds(content, (4, 4), letters=b"DXT4")).image)
    assert multiplied[0, 0].tolist() == [255, 0, 0]
    assert abs(multiplied[0, 2] - [255, 0, 169]).max() <= 2


def test_the_first_picture_is_taken_of_a_size_that_fills_no_whole_blocks():
    image = texture(38, 27)
    whole = save(image.resize((40, 28)), "DDS", pixel_format="DXT1")
    smaller = whole[:12] + struct.pack("<II", 27, 38) + whole[20:] + bytes(99)
    assert decode(smaller).image.size == (38, 27)


def refused_format(data):
    """Return the name by which a texture is refused."""
    try:
        Texture(data)
    except Refusal as refusal:
        return refusal.details["format"]
    return None


def test_forms_that_are_not_read_are_refused_by_their_name():
    for data, name in (
        (numbered(bytes(999), 95), "DDS (DXGI 95)"),
        (dds(bytes(999), letters=b"YUY2"), "DDS (YUY2)"),
        (dds(bytes(999), letters=b"t\0\0\0"), "DDS (116)"),
        (dds(bytes(999), flags=0x200), "DDS"),
    ):
        assert refusal_code(decode, data) == "no_decoder"
        assert refused_format(data) == name


def test_broken_and_huge_textures_are_refused():
    whole = save(texture(40, 32), "DDS", pixel_format="DXT5")
    assert refusal_code(decode, whole[:-1]) == "damaged"
    assert refusal_code(decode, whole[:99]) == "damaged"
    bare = dds(bytes(4799), flags=0x40, bits=32, masks=(255, 0, 0, 0))
    assert refusal_code(decode, bare) == "damaged"
    assert refusal_code(decode, dds(bytes(4800), flags=0x40, bits=20, masks=(1, 2, 4, 8))) == (
        "damaged"
    )
    huge = whole[:12] + struct.pack("<II", 70000, 70000) + whole[20:]
    assert refusal_code(decode, huge) == refusal_code(receipt, huge) == "too_large"
