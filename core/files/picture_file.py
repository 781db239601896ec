"""The only place where Pillow opens a stranger's file.

One reader per file, chosen by :func:`core.files.sniff.sniff`; Pillow's many exceptions on broken
input become one :class:`Refusal`; its global limits are set for the moment and put back.
"""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageFile, features

from common.errors import Refusal
from common.kinds import KINDS
from common.limits import check_file_size
from core.files.sniff import refuse_unreadable, sniff

OPTIONAL_CODECS = {"jpeg2000": ("jpg_2000", "JPEG 2000"), "webp": ("webp", "WebP")}
"""Kinds whose codec a build of Pillow may lack (Pyodide's has no JPEG 2000): feature, name."""

DEFLATED = ("tiff_adobe_deflate", "tiff_deflate")
"""Packings of TIFF files that the libtiff in Pyodide (4.4.0) was built without."""

EXIF_MARK = b"Exif\0\0"

ORIENTATION_TAG = 0x0112
"""EXIF 2.32, tag 274: how the camera was held, 1 to 8."""


@contextmanager
def open_picture(data: bytes, limit_pixels: int | None) -> Iterator[ImageFile.ImageFile]:
    """Open a file with Pillow for the length of a ``with`` block.

    ``data`` is the whole file. ``limit_pixels`` bounds what Pillow may allocate for pictures
    inside pictures (icons hold PNG files); ``None`` while only headers are read.

    Raises :class:`Refusal`: ``empty_file``, ``file_too_large``, ``not_an_image``, ``is_svg``,
    ``is_heic``, ``is_avif``, ``is_pdf``, ``no_decoder``, and ``damaged`` for whatever Pillow
    finds wrong inside the block. ``MemoryError`` and refusals pass through.
    """
    check_file_size(len(data))
    kind = sniff(data)
    refuse_unreadable(kind)
    assert kind is not None  # refuse_unreadable refuses None
    feature, name = OPTIONAL_CODECS.get(kind, (None, ""))
    if feature is not None and not features.check(feature):
        raise Refusal("no_decoder", format=name)
    packing = None
    limit_before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = limit_pixels
    try:
        with warnings.catch_warnings():
            # Pillow warns of damaged metadata and between one and two times the pixel limit; the
            # first is not the user's concern, the second is an error here.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with _opened(data, KINDS[kind].reader) as image:
                packing = image.info.get("compression")
                yield image
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # Pillow's readers raise nearly anything on broken files
        if sys.platform == "emscripten" and packing in DEFLATED:
            raise Refusal("no_decoder", format="TIFF (deflate)") from error
        raise Refusal("damaged") from error
    finally:
        Image.MAX_IMAGE_PIXELS = limit_before


def _opened(data: bytes, reader: str) -> ImageFile.ImageFile:
    """Open a file with one of Pillow's readers.

    The one for JPEG looks into the EXIF block for the resolution, and where integers have 32 bits
    (Pyodide) a damaged offset in there is one error more than it expects. The pixels are sound, so
    the file is opened once more with the block's mark taken off.
    """
    try:
        return Image.open(BytesIO(data), formats=(reader,))
    except OverflowError:
        return Image.open(BytesIO(data.replace(EXIF_MARK, bytes(6))), formats=(reader,))


def orientation(exif: bytes | None) -> int | None:
    """Return the EXIF orientation 1..8 (1 without one), or ``None`` when the block is damaged.

    ``exif`` is the raw EXIF block of a file or ``None``.
    """
    if not exif:
        return 1
    block = Image.Exif()
    try:
        block.load(exif)
        value = block.get(ORIENTATION_TAG, 1)
    except Exception:  # Pillow's TIFF parser raises nearly anything on broken blocks
        return None
    return value if value in range(1, 9) else 1


def exif_of(image: Image.Image, data: bytes) -> bytes | None:
    """Return the EXIF block of an opened picture without decoding its pixels.

    PNG allows the block after the pixels, where Pillow finds it only by decoding, so the chunks
    of ``data`` (the whole file) are walked instead. TIFF files are turned by Pillow itself.
    """
    if image.format == "TIFF":
        return None
    if image.format == "PNG":
        return png_chunk(data, b"eXIf")
    return image.info.get("exif")


def png_chunk(data: bytes, name: bytes) -> bytes | None:
    """Return the content of a PNG file's first chunk called ``name``, or ``None``."""
    at = 8
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == name:
            return data[at + 8 : at + 8 + size]
        at += 12 + size
    return None


def webp_canvas(data: bytes) -> tuple[int, int] | None:
    """Return a WebP file's canvas (width, height) from its header, or ``None`` when cut off.

    Pillow allocates two whole canvases as it opens the file, which is too late to refuse a
    decompression bomb. Source: RFC 9649, sections 2.5 to 2.7.
    """
    chunk, head = data[12:16], data[20:30]
    if len(head) < 10:
        return None
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if chunk == b"VP8L" and head[0] == 0x2F:
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        sides = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
        return sides[0] & 0x3FFF, sides[1] & 0x3FFF
    return None
