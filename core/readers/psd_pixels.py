"""The picture of a Photoshop file (PSD, PSB) as it was saved, all layers together.

Pillow reads neither 16 bits a channel nor large files (PSB) nor what is packed with deflate, takes
black for white in bitmaps and leaves transparency out beside grey and print colours, so none of
these files is given to it.

Source: Adobe Photoshop File Formats Specification (2019), "Image Data Section".
"""

import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.errors import Refusal
from core.containers.photoshop import Document
from core.readers.depth import eight_bits, portions

BITMAP, GREY, INDEXED, RGB, CMYK, SEVERAL, DUOTONE, LAB = (*range(5), 7, 8, 9)
RAW, PACK_BITS, DEFLATE, DEFLATED_DIFFERENCES = range(4)

DEPTHS: dict[int, tuple[int, ...]] = {
    **dict.fromkeys((CMYK, SEVERAL, DUOTONE, LAB), (8, 16)),
    BITMAP: (1,),
    INDEXED: (8,),
    GREY: (8, 16, 32),
    RGB: (8, 16, 32),
}
"""Bits of a channel by the number of the colour mode."""

LIGHT = 32
"""Bits of channels that hold light in floating point instead of values encoded for a screen."""


def mode_of(document: Document) -> str:
    """Return Pillow's name of the layout, without alpha; indexed colours become RGB."""
    inks = _inks(document)
    if document.mode == BITMAP:
        return "1"
    if document.mode == LAB:
        return "LAB"
    return "RGB" if document.mode == INDEXED else {1: "L", 3: "RGB", 4: "CMYK"}[inks]


def _inks(document: Document) -> int:
    """Return how many channels are the colours.

    Several channels without a name for all of them are taken for what they mostly come from: RGB
    or CMYK.
    """
    if document.mode == SEVERAL:
        return 4 if document.channels >= 4 else 3 if document.channels == 3 else 1
    return document.colours


def image_of(data: bytes, document: Document) -> tuple[Image.Image, Image.Image | None]:
    """Return the picture, mode L, RGB, CMYK or LAB, 8 bits, and its alpha (mode L) or ``None``.

    Raises :class:`Refusal` ``no_decoder`` for depths and packings that nobody writes, and
    ``damaged``.
    """
    packing = int.from_bytes(data[document.pixels : document.pixels + 2], "big")
    if document.depth not in DEPTHS.get(document.mode, ()) or packing > DEFLATED_DIFFERENCES:
        name = "PSB" if document.is_large else "Photoshop"
        raise Refusal("no_decoder", format=f"{name} ({document.depth} bits, {document.mode_name})")
    count = _inks(document)
    if document.channels < count:
        raise Refusal("damaged")
    has_alpha = document.first_is_transparency and document.channels > count
    planes = list(_planes(data, document, packing, count + has_alpha))
    alpha = planes.pop() if has_alpha else None
    if alpha is not None and alpha.getextrema() == (255, 255):
        alpha = None
    if document.mode == INDEXED:
        return _coloured(planes[0], data), alpha
    if len(planes) == 1:
        return planes[0], alpha
    if mode_of(document) == "CMYK":  # 255 is no ink there
        planes = [plane.point(lambda value: 255 - value) for plane in planes]
    return Image.merge(mode_of(document), planes), alpha


def _coloured(numbers: Image.Image, data: bytes) -> Image.Image:
    """Return the colours of a palette: 256 times red, then green, then blue, behind the head."""
    table = data[30 : 30 + 768]
    if int.from_bytes(data[26:30], "big") < 768 or len(table) < 768:
        raise Refusal("damaged")
    bands = [numbers.point(list(table[at : at + 256])) for at in (0, 256, 512)]
    return Image.merge("RGB", bands)


def _planes(data: bytes, document: Document, packing: int, count: int) -> Iterator[Image.Image]:
    """Yield the first ``count`` channels, mode L each."""
    width, height = document.size
    row = -(-width * document.depth // 8)
    for content in _contents(data, document, packing, count, row):
        if len(content) < row * height:
            raise Refusal("damaged")
        if packing == DEFLATED_DIFFERENCES:
            content = _summed(content, document.depth, (height, row))
        yield Image.fromarray(_levels(content, document.depth, (height, width)))


def _contents(
    data: bytes, document: Document, packing: int, count: int, row: int
) -> Iterator[bytes]:
    """Yield the unpacked bytes of the first ``count`` channels, ``row`` bytes in a row."""
    height, at = document.size[1], document.pixels + 2
    if packing in (DEFLATE, DEFLATED_DIFFERENCES):
        unpacker, packed = zlib.decompressobj(), data[at:]
        for _ in range(count):
            try:
                yield unpacker.decompress(packed, row * height)
            except zlib.error as error:
                raise Refusal("damaged") from error
            packed = unpacker.unconsumed_tail
        return
    sizes = [row * height] * count
    if packing == PACK_BITS:
        word = 4 if document.is_large else 2
        table = data[at : at + word * height * document.channels]
        if len(table) < word * height * document.channels:
            raise Refusal("damaged")
        lengths = np.frombuffer(table, f">u{word}").reshape(document.channels, height)
        sizes = [int(total) for total in lengths.sum(axis=1, dtype=np.int64)]
        at += len(table)
    for size in sizes[:count]:
        content = data[at : at + size]
        if len(content) < size:
            raise Refusal("damaged")
        if packing == PACK_BITS:
            content = Image.frombytes("L", (row, height), content, "packbits", "L").tobytes()
        yield content
        at += size


def _summed(content: bytes, depth: int, shape: tuple[int, int]) -> bytes:
    """Return a channel of which only differences along the rows were saved; ``shape`` in bytes."""
    kind = np.dtype(">u2" if depth == 16 else np.uint8)
    rows = np.frombuffer(content, kind).reshape(shape[0], -1)
    whole = np.add.accumulate(rows, axis=1, dtype=kind.newbyteorder("="))
    if depth == LIGHT:  # the bytes of a row by their weight
        whole = whole.reshape(shape[0], 4, -1).transpose(0, 2, 1)
    return whole.astype(kind).tobytes()


def _levels(content: bytes, depth: int, shape: tuple[int, int]) -> npt.NDArray[Any]:
    """Return a channel's samples as uint8; those of one bit are black where they are set."""
    if depth == 8:
        return np.frombuffer(content, np.uint8).reshape(shape)
    if depth == 1:
        rows = np.frombuffer(content, np.uint8).reshape(shape[0], -1)
        bits = np.unpackbits(rows, axis=1)[:, : shape[1]]
        return np.asarray(np.where(bits, 0, 255), np.uint8)
    if depth == LIGHT:
        return _encoded(np.frombuffer(content, ">f4").reshape(shape))
    return eight_bits(np.frombuffer(content, ">u2").reshape(shape), 65535)


def _encoded(light: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return light, 1 for white, as values of sRGB (IEC 61966-2-1), uint8."""
    result = np.empty(light.shape, np.uint8)
    for rows in portions(light):
        part = np.clip(np.nan_to_num(light[rows].astype(np.float32), posinf=1, neginf=0), 0, 1)
        high = 1.055 * np.maximum(part, 0.0031308) ** (1 / 2.4) - 0.055
        result[rows] = np.rint(np.where(part <= 0.0031308, 12.92 * part, high) * 255)
    return result
