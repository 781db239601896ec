"""Targa files (.tga): grey, colours or the numbers of a palette, plain or packed by their runs.

Pillow unpacks the runs; what the pixels mean is told here, because Pillow takes the bit for alpha
in 16 bits the wrong way round, and unused bits for alpha.

Source: Truevision, TGA File Format Specification, version 2.0.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.errors import Refusal
from core.readers.depth import eight_bits, make_straight

HEAD = 18

FOOT = b"TRUEVISION-XFILE.\0"
"""Ends a file of version 2; before it stand where two areas of words begin."""

MAPPED, COLOURS, GREY = 1, 2, 3
RUNS = 8
"""Added to the number of a kind that is packed."""

DEPTHS = {MAPPED: (8, 16), COLOURS: (15, 16, 24, 32), GREY: (8, 16)}
ENTRIES = (15, 16, 24, 32)
"""Bits of a pixel by its kind, and of a palette's entry."""

FROM_RIGHT, FROM_TOP = 0x10, 0x20

STRAIGHT, ASSOCIATED = 3, 4
"""Kinds of alpha that an extension area tells of."""

EXTENSION_BYTES, KIND_OF_ALPHA = 495, 494
SMALL_AT, FOOT_BYTES = 486, 26

WORDS = {"Author": (2, 41), "Comment": (43, 324), "Job": (379, 41), "Software": (426, 41)}
"""Where an extension area holds words: offset and bytes."""

LAYOUTS = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
"""Modes of Pillow's with so many bytes for a pixel."""

Samples = npt.NDArray[Any]


def is_targa(data: bytes) -> bool:
    """Return whether a file's head can only be that of a Targa file, which has no mark of its own.

    One of version 2 has one at its end.
    """
    if len(data) < HEAD or data[1] > 1 or data[2] & ~RUNS not in DEPTHS:
        return False
    kind, depth, flags = data[2] & ~RUNS, data[16], data[17]
    if depth not in DEPTHS[kind] or flags & 0xC0 or not all(_size(data)):
        return False
    if kind == MAPPED:
        return data[1] == 1 and data[7] in ENTRIES and data[5:7] != b"\0\0"
    return data.endswith(FOOT) or (not any(data[1:2] + data[3:7]) and flags & 15 <= 8)


def words_of(data: bytes) -> list[tuple[str, str, int]]:
    """Return what a file tells beside its pixels: keyword (or none), text and its bytes."""
    found = [("", data[HEAD : HEAD + data[0]])]
    area = _extension(data)
    found += [(name, area[at : at + size]) for name, (at, size) in WORDS.items()]
    texts = [(name, content.rstrip(b"\0 "), len(content)) for name, content in found]
    return [(name, text.decode("latin-1"), size) for name, text, size in texts if text]


def small_copy(data: bytes) -> int:
    """Return how many bytes the small copy has that a file carries (section "Postage Stamp")."""
    area = _extension(data)
    at = int.from_bytes(area[SMALL_AT : SMALL_AT + 4], "little")
    if not at or at + 2 > len(data):
        return 0
    return 2 + data[at] * data[at + 1] * _bytes(data[16])


def behind(data: bytes) -> bytes:
    """Return what follows the picture, but for the words, the small copy and the file's foot.

    Raises :class:`Refusal` as :class:`Targa` does.
    """
    rest = bytearray(data[Targa(data).end_of(data) :])
    begin = len(data) - len(rest)
    if data.endswith(FOOT):
        del rest[-FOOT_BYTES:]
        area = _extension(data)
        at = int.from_bytes(data[-26:-22], "little") - begin
        small_at = int.from_bytes(area[SMALL_AT : SMALL_AT + 4], "little") - begin
        known = [(at, len(area)), (small_at, small_copy(data))]
        for start, size in sorted(known, reverse=True):
            if size and start >= 0:
                del rest[start : start + size]
    return bytes(rest)


class Targa:
    """The head of a Targa file; ``size`` in pixels.

    Raises :class:`Refusal` ``damaged`` for a head that says nothing sensible.
    """

    is_wide = False

    def __init__(self, data: bytes) -> None:
        if not is_targa(data):
            raise Refusal("damaged")
        self.size = _size(data)
        self._kind, self._packed = data[2] & ~RUNS, bool(data[2] & RUNS)
        self._depth, self._flags = data[16], data[17]
        self._first, self._entries = _word(data, 3), _word(data, 5) if data[1] else 0
        self._entry_bits = data[7]
        self._map_at = HEAD + data[0]
        self._start = self._map_at + self._entries * _bytes(self._entry_bits)
        area = _extension(data)
        told = area[KIND_OF_ALPHA] if area else STRAIGHT
        self._alpha = told if self._flags & 15 and told in (STRAIGHT, ASSOCIATED) else 0

    @property
    def mode(self) -> str:
        """Pillow's name of the layout; a palette becomes RGB or RGBA."""
        if self._kind == GREY:
            return "LA" if self._depth == 16 else "L"
        bits = self._entry_bits if self._kind == MAPPED else self._depth
        return "RGBA" if self._alpha and bits in (16, 32) else "RGB"

    def image_of(self, data: bytes) -> Image.Image:
        """Return the picture; raises :class:`Refusal` ``damaged`` if it breaks off."""
        values = self._values(data)
        if self._flags & FROM_RIGHT:
            values = values[:, ::-1]
        if not self._flags & FROM_TOP:
            values = values[::-1]
        if self._kind == MAPPED:
            values = self._coloured(values, data)
        elif self._kind == COLOURS:
            values = _colours(values, self._depth)
        return self._image(values)

    def end_of(self, data: bytes) -> int:
        """Return where the pixels end in the whole file."""
        step, left = _bytes(self._depth), self.size[0] * self.size[1]
        if not self._packed:
            return self._start + left * step
        at = self._start
        while left > 0 and at < len(data):
            count = (data[at] & 127) + 1
            at += 1 + (step if data[at] & 128 else step * min(count, left))
            left -= count
        return at

    def _values(self, data: bytes) -> Samples:
        """Return the bytes of the pixels as they lie in the file, (height, width, bytes)."""
        width, height = self.size
        step = _bytes(self._depth)
        if self._packed:
            mode, content = LAYOUTS[step], data[self._start :]
            # As one row: version 1 lets runs go on into the next one, which Pillow refuses.
            row = Image.frombytes(mode, (width * height, 1), content, "tga_rle", mode, 1, step * 8)
            return np.asarray(row).reshape(height, width, step)
        if len(data) - self._start < width * height * step:
            raise Refusal("damaged")
        count = width * height * step
        return np.frombuffer(data, np.uint8, count, self._start).reshape(height, width, step)

    def _coloured(self, values: Samples, data: bytes) -> Samples:
        """Return the colours that the numbers of a palette stand for."""
        step = _bytes(self._entry_bits)
        if len(data) < self._start:
            raise Refusal("damaged")
        table = np.frombuffer(data, np.uint8, self._entries * step, self._map_at)
        palette = _colours(table.reshape(1, -1, step), self._entry_bits)[0]
        numbers = values[..., 0].astype(np.int32)
        if values.shape[-1] > 1:
            numbers += values[..., 1].astype(np.int32) << 8
        numbers -= self._first
        if numbers.min() < 0 or numbers.max() >= len(palette):
            raise Refusal("damaged")
        coloured: Samples = palette[numbers]
        return coloured

    def _image(self, levels: Samples) -> Image.Image:
        """Return channels as an image; alpha that hides everything was never meant."""
        if self.mode == "L":
            return Image.fromarray(levels[..., 0])
        levels = np.ascontiguousarray(levels[..., : len(self.mode)])
        if self.mode in ("LA", "RGBA"):
            if not levels[..., -1].any():
                opaque = np.ascontiguousarray(levels[..., :-1])
                return Image.fromarray(opaque if self.mode == "RGBA" else opaque[..., 0])
            if self._alpha == ASSOCIATED:
                make_straight(levels)
        return Image.fromarray(levels)


def _colours(values: Samples, bits: int) -> Samples:
    """Return pixels of 15 to 32 bits as red, green, blue and, where there is a place, alpha."""
    if bits >= 24:
        order = [2, 1, 0, 3][: bits // 8]
        return values[..., order]
    whole = values[..., 0].astype(np.uint16) | values[..., 1].astype(np.uint16) << 8
    fields = np.stack([whole >> shift & 31 for shift in (10, 5, 0)], axis=-1)
    alpha = (whole >> 15).astype(np.uint8)[..., np.newaxis] * np.uint8(255)
    return np.concatenate([eight_bits(fields, 31), alpha], axis=-1)


def _extension(data: bytes) -> bytes:
    """Return the extension area of a file of version 2, nothing without one."""
    if not data.endswith(FOOT):
        return b""
    at = int.from_bytes(data[-26:-22], "little")
    area = data[at : at + EXTENSION_BYTES] if at else b""
    return area if len(area) == EXTENSION_BYTES else b""


def _size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels."""
    return _word(data, 12), _word(data, 14)


def _word(data: bytes, at: int) -> int:
    """Return a number of 16 bits."""
    return int.from_bytes(data[at : at + 2], "little")


def _bytes(bits: int) -> int:
    """Return how many bytes so many bits take."""
    return -(-bits // 8)
