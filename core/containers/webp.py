"""The chunks of a WebP file. Source: RFC 9649, section 2."""

from collections.abc import Iterator

PICTURE = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF")
"""Chunks that a decoder needs."""


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of each chunk inside the RIFF container."""
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= min(end, len(data)):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def trailer(data: bytes) -> bytes:
    """Return what follows the container."""
    size = int.from_bytes(data[4:8], "little")
    return data[8 + size + size % 2 :]


def canvas(data: bytes) -> tuple[int, int] | None:
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
