"""Windows bitmaps whose colours lie where masks say."""

import struct

import numpy as np
import pytest

from common.errors import Refusal
from core.files.decode import decode
from core.files.picture_file import PictureFile
from tests.core.pictures import pixels, refusal_code


def bitmap(values, masks, head=40, packing=3, upright=False):
    """Return a bitmap of values (h, w), uint16 or uint32, and its masks."""
    height, width = values.shape
    bits = values.itemsize * 8
    rows = values if upright else values[::-1]
    body = b"".join(row.tobytes().ljust(-(-width * bits // 32) * 4, b"\0") for row in rows)
    info = struct.pack("<IiiHHIIiiII", head, width, -height if upright else height, 1, bits,
                       packing, len(body), 2835, 2835, 0, 0)  # fmt: skip
    info += struct.pack(f"<{len(masks)}I", *masks)
    info = info.ljust(head, b"\0")
    start = 14 + len(info)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + info + body


COLOURS = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]], [[0] * 3] * 2])


@pytest.mark.parametrize(
    ("kind", "masks"),
    [
        ("<u2", (0xF800, 0x07E0, 0x001F)),
        ("<u2", (0x7C00, 0x03E0, 0x001F)),
        ("<u2", (0x0F00, 0x00F0, 0x000F)),
        ("<u2", (0x0180, 0x007F & ~1, 0x0001)),
        ("<u4", (0xFF000000, 0x00FF0000, 0x0000FF00)),
        ("<u4", (0x3FF00000, 0x000FFC00, 0x000003FF)),
        ("<u4", (0x000000FF, 0x0000FF00, 0x00FF0000)),
    ],
)
@pytest.mark.parametrize("upright", [False, True])
def test_colours_lie_where_the_masks_say(kind, masks, upright):
    values = sum(np.where(COLOURS[..., n] > 0, mask, 0) for n, mask in enumerate(masks))
    for head in (40, 108):
        data = bitmap(values.astype(kind), masks, head, upright=upright)
        photo = decode(data)
        assert np.array_equal(pixels(photo.image), COLOURS)
        assert photo.alpha is None


def test_a_fourth_mask_is_alpha_and_nothing_visible_means_that_there_is_none():
    masks = (0x0F00, 0x00F0, 0x000F, 0xF000)
    values = np.array([[0x8F00, 0xF0F0], [0x000F, 0xFFFF]], "<u2")
    for head, packing in ((56, 3), (124, 3), (40, 6)):
        photo = decode(bitmap(values, masks, head, packing))
        assert pixels(photo.alpha).tolist() == [[136, 255], [0, 255]]
    hidden = decode(bitmap(values & np.uint16(0x0FFF), masks, 124))
    assert hidden.alpha is None
    assert PictureFile(bitmap(values, masks, 124)).header.width == 2


def test_a_bitmap_that_breaks_off_or_has_no_masks_is_refused():
    whole = bitmap(np.zeros((20, 20), "<u2"), (0xF800, 0x07E0, 0x001F))
    assert refusal_code(decode, whole[:-1]) == "damaged"
    assert refusal_code(decode, whole[:60]) == "damaged"
    assert refusal_code(decode, bitmap(np.zeros((2, 2), "<u2"), (0, 0, 0))) == "damaged"
    huge = whole[:18] + struct.pack("<ii", 65535, 65535) + whole[26:]
    assert refusal_code(decode, huge) == "too_large"


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("head", [40, 124])
def test_two_bits_are_numbers_of_up_to_four_colours(upright, head):
    numbers = np.random.default_rng(6).integers(0, 3, (9, 13)).astype(np.uint8)
    palette = np.array([[10, 20, 30], [200, 100, 0], [255, 255, 255]], np.uint8)
    spread = np.unpackbits(numbers[..., np.newaxis], axis=-1)[..., 6:].reshape(9, -1)
    rows = np.pad(np.packbits(spread, axis=-1), ((0, 0), (0, 0)))
    body = b"".join(bytes(row) for row in (rows if upright else rows[::-1]))
    assert rows.shape[1] == 4
    info = struct.pack("<IiiHHIIiiII", head, 13, -9 if upright else 9, 1, 2, 0, 36, 0, 0, 3, 3)
    colours = np.pad(palette[:, ::-1], ((0, 0), (0, 1))).astype(np.uint8).tobytes()
    start = 14 + head + 12
    data = b"BM" + struct.pack("<IHHI", start + 36, 0, 0, start) + info.ljust(head, b"\0")
    data += colours + body
    assert np.array_equal(pixels(decode(data).image), palette[numbers])
    assert refusal_code(decode, data[:-1]) == refusal_code(decode, data[:60]) == "damaged"
    huge = data[:18] + struct.pack("<ii", 65535, 65535) + data[26:]
    assert refusal_code(decode, huge) == "too_large"


@pytest.mark.parametrize(("packing", "name"), [(4, "BMP (JPEG)"), (5, "BMP (PNG)")])
def test_a_whole_file_of_another_kind_inside_is_refused_by_its_name(packing, name):
    info = struct.pack("<IiiHHIIiiII", 40, 3, 2, 1, 0, packing, 99, 0, 0, 0, 0)
    data = b"BM" + struct.pack("<IHHI", 153, 0, 0, 54) + info + bytes(99)
    with pytest.raises(Refusal) as caught:
        decode(data)
    assert (caught.value.code, caught.value.details) == ("no_decoder", {"format": name})
