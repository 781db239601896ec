"""Kinds that are nearly another: Windows cursors, PNG files from inside of apps.

A cursor is an icon with a point to click at; an iPhone's PNG (CgBI) holds blue, green, red that are
multiplied by alpha, packed without zlib's head.

Sources: Microsoft, ICO and CUR; PNG, third edition.
"""

import zlib

import numpy as np
from PIL import Image

from common.errors import Refusal
from core.containers import png

ICON = b"\0\0\1\0"

MOST_INFLATED = 5
"""Bytes of a row for each pixel at most: four channels and a little for the filter."""


def as_icon(data: bytes) -> bytes:
    """Return an icon's or a cursor's file as an icon's whose directory tells each picture's bits.

    Many icons name none there, and where cursors have the point to click at stand an icon's bits;
    Pillow believes the directory and would lose the alpha of 32 bits. Where all of that alpha is 0
    the mask behind it tells what shows, as it does for fewer bits.
    """
    content = bytearray(ICON + data[4:])
    for entry in range(int.from_bytes(data[4:6], "little")):
        at = 6 + 16 * entry
        if at + 16 > len(content):
            break
        start = int.from_bytes(data[at + 12 : at + 16], "little")
        is_png = data[start : start + 8] == png.SIGNATURE
        bits = b"\x20\0" if is_png else data[start + 14 : start + 16]
        if not is_png and bits == b"\x20\0" and _has_no_alpha(data, start):
            bits = b"\x18\0"
        content[at + 4 : at + 8] = b"\1\0" + bits.ljust(2, b"\0")
    return bytes(content)


def _has_no_alpha(data: bytes, start: int) -> bool:
    """Return whether an icon's picture of 32 bits leaves alpha to the mask that follows it."""
    width = int.from_bytes(data[start + 4 : start + 8], "little")
    height = int.from_bytes(data[start + 8 : start + 12], "little") // 2
    at = start + int.from_bytes(data[start : start + 4], "little")
    pixels = data[at : at + 4 * width * height]
    mask = -(-width // 32) * 4 * height
    return len(data) >= at + len(pixels) + mask and not any(pixels[3::4])


def as_plain_png(data: bytes) -> bytes:
    """Return an iPhone's PNG file as one that everybody reads; its channels stay as they are.

    Raises :class:`Refusal` ``damaged``.
    """
    found = list(png.chunks(data))
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in _size_places(data, found))
    packed = b"".join(png.content(data, chunk) for chunk in found if chunk.name == b"IDAT")
    most = (width * MOST_INFLATED + 16) * (height + 8) * 2
    try:
        rows = zlib.decompressobj(-15).decompress(packed, most)
    except zlib.error as error:
        raise Refusal("damaged") from error
    head = next(chunk for chunk in found if chunk.name == b"IHDR")
    parts = [png.SIGNATURE, data[head.start : head.end]]
    return b"".join([*parts, _chunk(b"IDAT", zlib.compress(rows, 1)), _chunk(b"IEND", b"")])


def _size_places(data: bytes, found: list[png.Chunk]) -> tuple[int, int]:
    """Return where width and height stand in the head."""
    heads = [chunk for chunk in found if chunk.name == b"IHDR" and chunk.end <= len(data)]
    if not heads:
        raise Refusal("damaged")
    return heads[0].start + 8, heads[0].start + 12


def _chunk(name: bytes, content: bytes) -> bytes:
    """Return a PNG chunk."""
    checksum = zlib.crc32(name + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + name + content + checksum


def from_iphone(image: Image.Image) -> Image.Image:
    """Return the picture of an iPhone's PNG file, mode RGBA or RGB, as its channels were meant."""
    channels = np.asarray(image.convert("RGBA")).copy()
    channels[..., :3] = channels[..., 2::-1]
    alpha = channels[..., 3:].astype(np.uint16)
    colours = (channels[..., :3] * np.uint16(255) + alpha // 2) // np.maximum(alpha, 1)
    channels[..., :3] = np.minimum(colours, 255)
    whole = Image.fromarray(channels)
    return whole if image.mode == "RGBA" else whole.convert("RGB")
