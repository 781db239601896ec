"""What became of PNM: PAM, with any number of channels, and PFM, with numbers in floating point.

Sources: Netpbm, pam(5) and pfm(5).
"""

import re

import numpy as np
from PIL import Image

from common.errors import Refusal
from core.readers.depth import bounds, stretched

LONGEST_HEAD = 4096
"""Bytes of a PAM file's head that are looked at."""

CHANNELS = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}

FLOATS = re.compile(
    rb"P([Ff])\s+(\d{1,9})\s+(\d{1,9})\s+([-+]?[0-9.]{1,20}(?:[eE][-+]?\d{1,3})?)\s"
)
"""The head of a PFM file: colours or grey, width, height, and a number whose sign tells the order
of bytes."""

LONGEST_FLOATS_HEAD = 100

WHITES = (1.0, 255.0, 65535.0)
"""Usual whites; the smallest that holds all numbers is taken, else the largest number."""


class Pam:
    """The head of a PAM file: ``size`` in pixels, ``depth`` channels, and the largest value.

    Raises :class:`Refusal` ``damaged`` for a head that says nothing sensible.
    """

    def __init__(self, data: bytes) -> None:
        head, mark, _ = data[:LONGEST_HEAD].partition(b"ENDHDR")
        lines = [line.split(None, 1) for line in head.splitlines() if line[:1] != b"#"]
        fields = {words[0]: words[1].strip() for words in lines if len(words) == 2}
        try:
            self.size = int(fields[b"WIDTH"]), int(fields[b"HEIGHT"])
            self.depth, self.largest = int(fields[b"DEPTH"]), int(fields[b"MAXVAL"])
        except (KeyError, ValueError) as error:
            raise Refusal("damaged") from error
        if not mark or min(self.size) < 1 or self.depth < 1 or not 0 < self.largest < 65536:
            raise Refusal("damaged")
        self._start = data.index(b"\n", len(head)) + 1 if b"\n" in data[len(head) :] else len(data)

    @property
    def is_wide(self) -> bool:
        """Whether a sample has more than 8 bits."""
        return self.largest > 255

    @property
    def mode(self) -> str:
        """Pillow's name of the layout; channels beyond the fourth are left out."""
        return CHANNELS[min(self.depth, 4)]

    def image_of(self, data: bytes) -> Image.Image:
        """Return the picture, in 8 bits; raises :class:`Refusal` ``damaged`` if it breaks off."""
        width, height = self.size
        kind = np.dtype(np.uint8 if self.largest < 256 else ">u2")
        count = width * height * self.depth
        if len(data) - self._start < count * kind.itemsize:
            raise Refusal("damaged")
        values = np.frombuffer(data, kind, count, self._start).reshape(height, width, self.depth)
        values = np.minimum(values[..., :4], self.largest)
        if self.largest != 255:
            values = (values.astype(np.uint32) * 255 + self.largest // 2) // self.largest
        eight = values.astype(np.uint8)
        return Image.fromarray(eight[..., 0] if self.depth == 1 else eight)


class FloatMap:
    """The head of a PFM file; ``size`` in pixels.

    Numbers are taken as encoded ones, 0 being black, as those of TIFF files are. Raises
    :class:`Refusal` ``damaged`` for a head that says nothing sensible.
    """

    is_wide = True

    def __init__(self, data: bytes) -> None:
        head = FLOATS.match(data[:LONGEST_FLOATS_HEAD])
        if head is None or not int(head[2]) * int(head[3]):
            raise Refusal("damaged")
        self.size = int(head[2]), int(head[3])
        self.mode = "RGB" if head[1] == b"F" else "L"
        self._kind = np.dtype("<f4" if head[4].startswith(b"-") else ">f4")
        self._start = head.end()

    def image_of(self, data: bytes) -> Image.Image:
        """Return the picture, in 8 bits; raises :class:`Refusal` ``damaged`` if it breaks off."""
        width, height = self.size
        shape = (height, width, 3) if self.mode == "RGB" else (height, width)
        count = width * height * len(self.mode)
        if len(data) - self._start < count * self._kind.itemsize:
            raise Refusal("damaged")
        values = np.frombuffer(data, self._kind, count, self._start).reshape(shape)[::-1]
        low, high = bounds(values)
        if low >= 0:
            low, high = 0.0, next((white for white in WHITES if high <= white), high)
        return Image.fromarray(stretched(values, low, high))


def is_float_map(data: bytes) -> bool:
    """Return whether a file begins as a PFM file."""
    return FLOATS.match(data[:LONGEST_FLOATS_HEAD]) is not None
