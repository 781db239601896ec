"""Unpacks the bytes of a strip or tile of a TIFF page, by the packing's number.

Pyodide's libtiff (4.4.0) was built with LZW, PackBits and the fax packings only. Python unpacks
deflate, LZMA and Zstandard itself, Pillow's readers of JPEG, WebP and PNG files what lies packed so
in a piece, and libtiff unpacks LZW: to it a piece is a grey picture as wide as a row has bytes, so
whatever the bytes mean, nothing is misread.

Source: TIFF 6.0, sections 9, 13 and 22; Adobe Photoshop TIFF Technical Notes (deflate, JPEG); TIFF
Technical Note 2 (JPEG).
"""

import lzma
import struct
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.errors import Refusal
from core.containers import jpeg
from core.containers.tiff import Directory

WIDTH, HEIGHT, BITS, PACKING, PHOTOMETRIC = 256, 257, 258, 259, 262
STRIPS, SAMPLES, ROWS, STRIP_SIZES, EXTRA, JPEG_TABLES = 273, 277, 278, 279, 338, 347

RGB, YCBCR = 2, 6
"""Photometric interpretations that a JPEG of three components may have in a TIFF file."""

MOST_MEMORY = 400_000_000
"""Bytes that unpacking LZMA may take beside the piece itself."""

PORTION = 1 << 20
"""Bytes that are unpacked at a time, or a sixteenth of all."""

Values = npt.NDArray[Any]
Bytes = bytes | bytearray


@dataclass(frozen=True)
class Shape:
    """What a piece holds: its size in pixels, samples of a pixel, bits of a sample."""

    height: int
    width: int
    samples: int
    bits: int

    @property
    def row(self) -> int:
        """Bytes of a row."""
        return -(-self.width * self.samples * self.bits // 8)

    @property
    def size(self) -> int:
        """Bytes of the piece."""
        return self.row * self.height


def number(directory: Directory, tag: int, default: int) -> int:
    """Return a tag's first number."""
    values = directory[tag].integers(1) if tag in directory else ()
    return values[0] if values else default


def _inflated(raw: bytes, shape: Shape) -> bytearray:
    """Unpack deflate; zlib itself would hold all of it twice."""
    unpacker, result, at = zlib.decompressobj(), bytearray(shape.size), 0
    while at < shape.size:
        part = unpacker.decompress(raw, max(PORTION, shape.size // 16))
        if not part:
            break
        part = part[: shape.size - at]
        result[at : at + len(part)] = part
        at, raw = at + len(part), unpacker.unconsumed_tail
    del result[at:]
    return result


def _lzma(raw: bytes, shape: Shape) -> bytes:
    """Unpack LZMA, which lies in a piece as an XZ file."""
    return lzma.LZMADecompressor(memlimit=MOST_MEMORY).decompress(raw, shape.size)


def _zstandard(raw: bytes, shape: Shape) -> bytes:
    """Unpack Zstandard: by Python from 3.14 on, which Pyodide has, else by libtiff."""
    if sys.version_info >= (3, 14):
        from compression import zstd

        return bytes(zstd.ZstdDecompressor().decompress(raw, shape.size))
    return _by_libtiff(50000)(raw, shape)


def _by_libtiff(packing: int) -> Callable[[bytes, Shape], bytes]:
    """Return what unpacks pieces as grey or RGBA pictures that have a row's bytes in a row."""

    def unpacked(raw: bytes, shape: Shape) -> bytes:
        # Four bytes a pixel, so that a piece may have more bytes than a picture pixels.
        samples = 4 if shape.row % 4 == 0 else 1
        at = 8 + 2 + 12 * 10 + 4
        bits = struct.pack("<4H", 8, 8, 8, 8) if samples == 4 else b""
        fields = [
            (WIDTH, 4, 1, shape.row // samples),
            (HEIGHT, 4, 1, shape.height),
            (BITS, 3, samples, at if samples == 4 else 8),
            (PACKING, 3, 1, packing),
            (PHOTOMETRIC, 3, 1, RGB if samples == 4 else 1),
            (STRIPS, 4, 1, at + len(bits)),
            (SAMPLES, 3, 1, samples),
            (ROWS, 4, 1, shape.height),
            (STRIP_SIZES, 4, 1, len(raw)),
            (EXTRA, 3, 1, 2),
        ]
        fields = fields[:-1] if samples == 1 else fields
        table = struct.pack("<H", len(fields))
        table += b"".join(struct.pack("<HHII", *field) for field in fields) + bytes(4)
        head = (b"II*\0\x08\0\0\0" + table).ljust(at, b"\0")
        with Image.open(BytesIO(head + bits + raw), formats=("TIFF",)) as image:
            return image.tobytes()

    return unpacked


def _jpeg(raw: bytes, directory: Directory, shape: Shape) -> Values:
    """Return the samples of a piece that is a JPEG file, whose tables may stand in the page.

    What its colours are, the page says; Pillow turns around all that have four.
    """
    tables = bytes(directory[JPEG_TABLES].span) if JPEG_TABLES in directory else b""
    mixed = number(directory, PHOTOMETRIC, RGB) == YCBCR
    adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([1 if mixed else 0])
    whole = raw[:2] + adobe + tables[2:-2] + raw[2:]
    if shape.samples == 3:
        whole = jpeg.with_plain_names(whole)
    values = _decoded(whole, "JPEG")
    return 255 - values if shape.samples == 4 else values


def _decoded(content: bytes, reader: str) -> Values:
    """Return the samples of a file in a piece, uint8 (h, w, samples)."""
    with Image.open(BytesIO(content), formats=(reader,)) as image:
        if image.mode.startswith("I"):
            raise Refusal("no_decoder", format=f"TIFF ({reader}, wide)")
        if image.mode in ("1", "P"):
            return np.asarray(image.convert("L" if image.mode == "1" else "RGB"))
        return np.asarray(image)


PACKED: dict[int, Callable[[bytes, Shape], Bytes]] = {
    5: _by_libtiff(5),
    8: _inflated,
    32773: _by_libtiff(32773),
    32946: _inflated,
    34925: _lzma,
    50000: _zstandard,
}
"""Who unpacks the bytes of a piece, by the packing's number."""

PICTURES: dict[int, Callable[[bytes, Directory, Shape], Values]] = {
    7: _jpeg,
    34933: lambda raw, directory, shape: _decoded(raw, "PNG"),
    50001: lambda raw, directory, shape: _decoded(raw, "WEBP"),
}
"""Who decodes a piece that is a file of its own."""
