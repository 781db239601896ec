"""What can be told of a file from the boxes that it is made of, before a reader opens it."""


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
