"""Paintbrush files (.pcx), of any number of bits and planes that was ever usual.

Pillow unpacks the runs; it does not know all layouts and leaves the palette of two colours out.

Source: ZSoft, Technical Reference Manual, revision 5.
"""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.errors import Refusal

HEAD = 128

PALETTE_MARK, PALETTE_BYTES = 12, 768
"""What begins the palette of 256 colours, which ends the file."""

WITHOUT_PALETTE = 3
"""The version of files that leave their colours to the usual ones."""

USUAL = bytes.fromhex(
    "000000 0000aa 00aa00 00aaaa aa0000 aa00aa aa5500 aaaaaa"
    "555555 5555ff 55ff55 55ffff ff5555 ff55ff ffff55 ffffff"
)
"""The sixteen colours of the graphics cards of that time."""

LAYOUTS = ((1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (4, 1), (8, 1), (8, 3), (8, 4))
"""Bits of a sample and planes."""

RUNS = re.compile(rb"[\x00-\xbf]+|[\xc0-\xff].", re.DOTALL)
"""Bytes that stand for themselves, and one that is repeated."""

Samples = npt.NDArray[Any]


def is_paintbrush(data: bytes) -> bool:
    """Return whether a file begins as a Paintbrush file."""
    head = data[:4]
    return len(head) == 4 and head[0] == 10 and head[1] <= 5 and head[2] <= 1 and head[3] in (
        1, 2, 4, 8,
    )  # fmt: skip


class Paintbrush:
    """The head of a Paintbrush file; ``size`` in pixels.

    Raises :class:`Refusal` ``damaged`` for a head that says nothing sensible, ``no_decoder`` for
    a layout that nobody writes.
    """

    is_wide = False

    def __init__(self, data: bytes) -> None:
        left, top, right, bottom = (_word(data, at) for at in (4, 6, 8, 10))
        self.size = right - left + 1, bottom - top + 1
        if len(data) < HEAD or min(self.size) < 1:
            raise Refusal("damaged")
        self._version, self._packed = data[1], data[2] == 1
        self._bits, self._planes = data[3], data[65]
        if (self._bits, self._planes) not in LAYOUTS:
            raise Refusal("no_decoder", format=f"PCX ({self._bits} bits, {self._planes} planes)")
        self._palette = self._told_palette(data)
        needed = -(-self.size[0] * self._bits // 8)
        self._step = max(_word(data, 66), needed)

    def _told_palette(self, data: bytes) -> Samples | None:
        """Return the palette as (colours, 3), ``None`` where samples are levels."""
        if self._bits == 8 and self._planes > 1:
            return None
        if self._bits == 8:
            tail = data[-PALETTE_BYTES - 1 :]
            if tail[0] != PALETTE_MARK or len(data) < HEAD + PALETTE_BYTES:
                return None
            palette = np.frombuffer(tail, np.uint8, PALETTE_BYTES, 1).reshape(256, 3)
            return None if _is_ramp(palette) else palette
        count = 1 << (self._bits * self._planes)
        palette = np.frombuffer(data, np.uint8, 48, 16).reshape(16, 3)[:count]
        if count == 2:  # many leave it empty: black and white
            return None if (palette[0] == palette[1]).all() else palette
        if self._version == WITHOUT_PALETTE or not palette.any():
            return np.frombuffer(USUAL, np.uint8).reshape(16, 3)[:count]
        return palette

    @property
    def bytes_unpacked(self) -> int:
        """How many bytes the rows have when their runs are unpacked."""
        return self._step * self._planes * self.size[1]

    @property
    def is_packed(self) -> bool:
        """Whether the rows are packed by their runs."""
        return self._packed

    @property
    def ends_with_palette(self) -> bool:
        """Whether the last bytes of the file are the palette."""
        return (self._bits, self._planes) == (8, 1) and self._palette is not None

    @property
    def mode(self) -> str:
        """Pillow's name of the layout; a palette becomes RGB."""
        if self._palette is not None:
            return "RGB"
        return {1: "1" if self._bits == 1 else "L", 3: "RGB", 4: "RGBA"}[self._planes]

    def image_of(self, data: bytes) -> Image.Image:
        """Return the picture; raises :class:`Refusal` ``damaged`` if it breaks off."""
        width, height = self.size
        count = self.bytes_unpacked
        content = data[HEAD:]
        if self._packed:
            # As one row: some writers let their runs go on into the next one.
            row = Image.frombytes("L", (count, 1), content, "pcx", "L", count)
            values = np.asarray(row)
        elif len(content) >= count:
            values = np.frombuffer(content, np.uint8, count)
        else:
            raise Refusal("damaged")
        rows = values.reshape(height * self._planes, self._step)
        samples = _samples(rows, self._bits)[:, :width].reshape(height, self._planes, width)
        if self._bits == 8 and self._planes > 1:
            return Image.fromarray(np.ascontiguousarray(samples.transpose(0, 2, 1)))
        numbers = samples[:, 0]
        for plane in range(1, self._planes):
            numbers = numbers | samples[:, plane] << plane
        if self._palette is not None:
            return Image.fromarray(self._palette[numbers])
        if self._bits == 1:
            return Image.fromarray(numbers.astype(bool))
        return Image.fromarray(np.ascontiguousarray(numbers))


def behind(data: bytes) -> bytes:
    """Return what follows the picture and its palette, nothing where that cannot be told.

    Raises :class:`Refusal` as :class:`Paintbrush` does.
    """
    head = Paintbrush(data)
    left = head.bytes_unpacked
    at = HEAD + left
    if head.is_packed:
        at = HEAD
        for run in RUNS.finditer(data, HEAD):
            left -= run[0][0] & 63 if run[0][0] >= 0xC0 else len(run[0])
            at = run.end() + min(left, 0) * (run[0][0] < 0xC0)
            if left <= 0:
                break
    rest = data[at:]
    if len(rest) > PALETTE_BYTES and rest[0] == PALETTE_MARK:
        return rest[PALETTE_BYTES + 1 :]
    return rest[: -PALETTE_BYTES - 1] if head.ends_with_palette else rest


def _samples(rows: Samples, bits: int) -> Samples:
    """Return the numbers in each byte of rows, the highest bits first."""
    if bits == 8:
        return rows
    parts = [rows >> shift & (1 << bits) - 1 for shift in range(8 - bits, -1, -bits)]
    return np.stack(parts, axis=-1).reshape(len(rows), -1)


def _is_ramp(palette: Samples) -> bool:
    """Return whether a palette is grey, from black to white: then the numbers are levels."""
    return bool((palette == np.arange(256, dtype=np.uint8)[:, np.newaxis]).all())


def _word(data: bytes, at: int) -> int:
    """Return a number of 16 bits."""
    return int.from_bytes(data[at : at + 2], "little")
