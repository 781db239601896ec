"""Windows bitmaps whose colours lie where masks say, and those of two bits.

Pillow reads the usual masks only, and no two bits. Source: Microsoft, BITMAPV5HEADER
(BI_BITFIELDS), and the suite of bitmaps by Jason Summers (BI_ALPHABITFIELDS).
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.errors import Refusal
from core.readers.depth import portions

FIELDS, ALPHA_FIELDS = 3, 6
"""Ways of packing: with three masks, with four."""

OLDEST, WITH_ALPHA = 40, 56
"""Bytes of a head that knows masks behind it, and of one that holds one for alpha."""

MASKS_AT = 54

INSIDE = {4: "BMP (JPEG)", 5: "BMP (PNG)"}
"""Ways of packing for printers: a whole file of another kind inside."""


class Fields:
    """The head of such a bitmap; ``size`` in pixels.

    Raises :class:`Refusal` ``damaged`` for a head that says nothing sensible.
    """

    def __init__(self, data: bytes) -> None:
        head = int.from_bytes(data[14:18], "little")
        self.size = _signed(data[18:22]), abs(_signed(data[22:26]))
        self._bits = int.from_bytes(data[28:30], "little")
        self._start = int.from_bytes(data[10:14], "little")
        self._upright = _signed(data[22:26]) < 0
        has_alpha = head >= WITH_ALPHA or data[30:34] == bytes([ALPHA_FIELDS, 0, 0, 0])
        places = range(MASKS_AT, MASKS_AT + (16 if has_alpha else 12), 4)
        self._masks = [int.from_bytes(data[at : at + 4], "little") for at in places]
        self.is_wide = any(mask.bit_count() > 8 for mask in self._masks)
        if min(self.size) < 1 or self._bits not in (16, 32) or not any(self._masks[:3]):
            raise Refusal("damaged")

    @property
    def mode(self) -> str:
        """Pillow's name of the layout."""
        return "RGBA" if any(self._masks[3:]) else "RGB"

    def image_of(self, data: bytes) -> Image.Image:
        """Return the picture; raises :class:`Refusal` ``damaged`` if it breaks off."""
        width, height = self.size
        step = -(-width * self._bits // 32) * 4
        if len(data) - self._start < step * height:
            raise Refusal("damaged")
        rows = np.frombuffer(data, np.uint8, step * height, self._start).reshape(height, step)
        values = rows.view("<u2" if self._bits == 16 else "<u4")[:, :width]
        if not self._upright:
            values = values[::-1]
        masks = self._masks[: len(self.mode)]
        channels = np.stack([field(values, mask) for mask in masks], axis=-1)
        if self.mode == "RGBA" and not channels[..., 3].any():
            channels = channels[..., :3]  # nobody writes a picture that cannot be seen
        return Image.fromarray(np.ascontiguousarray(channels))


def has_fields(data: bytes) -> bool:
    """Return whether a bitmap says by masks where its colours lie."""
    head, packing = data[14:18], int.from_bytes(data[30:34], "little")
    return packing in (FIELDS, ALPHA_FIELDS) and int.from_bytes(head, "little") >= OLDEST


def rare_form(data: bytes) -> str:
    """Return the name of what a bitmap is packed in that no reader here knows, else nothing."""
    return INSIDE.get(int.from_bytes(data[30:34], "little"), "")


class TwoBits:
    """The head of a bitmap whose pixels are numbers of at most four colours; ``size`` in pixels.

    Raises :class:`Refusal` ``damaged`` for a head that says nothing sensible.
    """

    mode, is_wide = "RGB", False

    def __init__(self, data: bytes) -> None:
        head = int.from_bytes(data[14:18], "little")
        self.size = _signed(data[18:22]), abs(_signed(data[22:26]))
        self._upright = _signed(data[22:26]) < 0
        self._start = int.from_bytes(data[10:14], "little")
        count = min(int.from_bytes(data[46:50], "little") or 4, 4)
        self._palette = data[14 + head : 14 + head + 4 * count]
        if min(self.size) < 1 or len(self._palette) < 4 * count:
            raise Refusal("damaged")

    def image_of(self, data: bytes) -> Image.Image:
        """Return the picture; raises :class:`Refusal` ``damaged`` if it breaks off."""
        width, height = self.size
        step = -(-width * 2 // 32) * 4
        if len(data) - self._start < step * height:
            raise Refusal("damaged")
        rows = np.frombuffer(data, np.uint8, step * height, self._start).reshape(height, step)
        numbers = quarters(rows)[:, :width]
        palette = np.zeros((4, 3), np.uint8)
        known = np.frombuffer(self._palette, np.uint8).reshape(-1, 4)[:, 2::-1]
        palette[: len(known)] = known
        return Image.fromarray(palette[numbers if self._upright else numbers[::-1]])


def has_two_bits(data: bytes) -> bool:
    """Return whether a bitmap has two bits for a pixel, and a head that tells its colours."""
    head, bits, packing = data[14:18], data[28:30], data[30:34]
    return int.from_bytes(head, "little") >= OLDEST and bits == b"\2\0" and packing == bytes(4)


def quarters(rows: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the four numbers in each byte of rows, the highest bits first."""
    parts = np.stack([rows >> shift & 3 for shift in (6, 4, 2, 0)], axis=-1)
    return parts.reshape(len(rows), -1)


def field(values: npt.NDArray[np.unsignedinteger], mask: int) -> npt.NDArray[np.uint8]:
    """Return what a mask selects, as 0..255."""
    if not mask:
        return np.zeros(values.shape, np.uint8)
    lowest = (mask & -mask).bit_length() - 1
    largest = mask >> lowest
    result = np.empty(values.shape, np.uint8)
    for rows in portions(values):
        selected = (values[rows].astype(np.uint64) & np.uint64(mask)) >> np.uint64(lowest)
        scaled = selected * np.uint64(255) + np.uint64(largest // 2)
        result[rows] = scaled // np.uint64(largest)
    return result


def _signed(content: bytes) -> int:
    """Return a signed number of 32 bits."""
    return int.from_bytes(content, "little", signed=True)
