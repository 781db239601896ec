"""How many pixels a JPEG, PNG or WebP file has, read on the page, before the pixel worker is there.

The browser is to decode nothing that is refused for its size later. Only what nearly every photo is
has a reader here; about other files nothing is known until :mod:`core.files` has seen them.
"""

PIECE = 32
"""Bytes that are read at once; each header that is looked at is shorter."""

MOST_SEGMENTS = 400
"""Segments of a JPEG file that are walked; metadata of 26 megabytes fit in."""

FRAMES = (0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)
"""JPEG markers of frame headers (ITU-T T.81, table B.1)."""

SCAN, END = 0xDA, 0xD9


async def size_of(read):
    """Return (width, height) in pixels as they are stored, ``None`` where that cannot be told.

    ``await read(start, end)`` gives that part of the file as bytes, fewer at its end.
    """
    head = await read(0, PIECE)
    if len(head) < PIECE:
        return None
    if head[:8] == b"\x89PNG\r\n\x1a\n" and head[12:16] == b"IHDR":
        return _big(head[16:20]), _big(head[20:24])
    if head[:2] == b"\xff\xd8":
        return await _jpeg(read)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp(head)
    return None


async def _jpeg(read):
    """Walk the segments to the frame header (ITU-T T.81, B.2.2)."""
    start = 2
    for _ in range(MOST_SEGMENTS):
        piece = await read(start, start + PIECE)
        if len(piece) < 9 or piece[0] != 0xFF:
            return None
        marker = piece[1]
        if marker in FRAMES:
            return _big(piece[7:9]), _big(piece[5:7])
        if marker in (SCAN, END):
            return None
        # A marker may be preceded by any number of bytes 255.
        start += 1 if marker == 0xFF else 2 + _big(piece[2:4])
    return None


def _webp(head):
    """Return the size of the three kinds of WebP (RFC 9649, sections 2.5 to 2.7)."""
    kind = head[12:16]
    if kind == b"VP8X":
        return 1 + _little(head[24:27]), 1 + _little(head[27:30])
    if kind == b"VP8L" and head[20] == 0x2F:
        bits = _little(head[21:25])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        return _little(head[26:28]) & 0x3FFF, _little(head[28:30]) & 0x3FFF
    return None


def _big(octets):
    return int.from_bytes(octets, "big")


def _little(octets):
    return int.from_bytes(octets, "little")
