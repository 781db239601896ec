"""The picture of Photoshop files that Pillow refuses: 16 bits a channel, and large files (PSB).

Source: Adobe Photoshop File Formats Specification (2019), "Image Data Section".
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.errors import Refusal
from core.containers.photoshop import Document

GREY, RGB = 1, 3
RAW, PACK_BITS = 0, 1


def needs_help(document: Document) -> bool:
    """Return whether Pillow refuses a file."""
    return document.is_large or document.depth not in (1, 8)


def image_of(data: bytes, document: Document) -> Image.Image:
    """Return the picture as it was saved, mode L, LA, RGB or RGBA, 8 bits.

    Raises :class:`Refusal` ``no_decoder`` for colours and packings that are not read here, and
    ``damaged``.
    """
    name = "PSB" if document.is_large else "Photoshop"
    if document.mode not in (GREY, RGB) or document.depth not in (8, 16):
        raise Refusal("no_decoder", format=f"{name} ({document.depth} bits, {document.mode_name})")
    packing = int.from_bytes(data[document.pixels : document.pixels + 2], "big")
    if packing not in (RAW, PACK_BITS):
        raise Refusal("no_decoder", format=f"{name} (packed with deflate)")
    count = document.colours
    if document.first_is_transparency and document.channels > count:
        count += 1
    planes = list(_planes(data, document, packing, count))
    return Image.merge({1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}[count], planes)


def _planes(data: bytes, document: Document, packing: int, count: int) -> "list[Image.Image]":
    """Return the first ``count`` channels, mode L each."""
    width, height = document.size
    row = width * document.depth // 8
    at = document.pixels + 2
    word = 4 if document.is_large else 2
    sizes: list[int] = []
    if packing == PACK_BITS:
        table = data[at : at + word * height * document.channels]
        if len(table) < word * height * document.channels:
            raise Refusal("damaged")
        lengths = np.frombuffer(table, f">u{word}").reshape(document.channels, height)
        sizes = [int(total) for total in lengths.sum(axis=1, dtype=np.int64)]
        at += len(table)
    else:
        sizes = [row * height] * document.channels
    planes = []
    for size in sizes[:count]:
        content = data[at : at + size]
        if len(content) < size:
            raise Refusal("damaged")
        if packing == PACK_BITS:
            content = Image.frombytes("L", (row, height), content, "packbits", "L").tobytes()
        planes.append(Image.fromarray(_levels(content, document.depth, (height, width))))
        at += size
    return planes


def _levels(content: bytes, depth: int, shape: tuple[int, int]) -> npt.NDArray[np.uint8]:
    """Return a channel's samples as uint8; 16 bits are rounded."""
    if depth == 8:
        return np.frombuffer(content, np.uint8).reshape(shape)
    wide = np.frombuffer(content, ">u2").reshape(shape)
    return ((wide.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
