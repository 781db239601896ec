"""The segments of a JPEG file. Source: ITU-T T.81, annex B."""

import re
from collections.abc import Iterator

STANDALONE = (0x01, *range(0xD0, 0xD8))
"""Markers without a length: TEM and the restart markers."""

SCAN, END = 0xDA, 0xD9

MARKER = re.compile(rb"\xff[\x02-\xcf\xd8-\xfe]")
"""Any other marker. In a scan a byte 255 of the picture's is followed by 0."""


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and content of each segment before the first scan."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in STANDALONE or marker == 0:
            at += 2
            continue
        if marker in (SCAN, END):
            return
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, data[at + 4 : at + 2 + size]
        at += 2 + max(size, 2)


def trailer(data: bytes) -> bytes:
    """Return what follows the picture's end, nothing where the end is missing."""
    at = 2
    while True:
        found = MARKER.search(data, at)
        if found is None:
            return b""
        at = found.end()
        if data[at - 1] == END:
            return data[at:]
        at += int.from_bytes(data[at : at + 2], "big")


def adobe_transform(data: bytes) -> int | None:
    """Return what Adobe's segment says of the colours: 0 none, 1 YCbCr, 2 YCCK; ``None`` without.

    Source: ITU-T T.872, section 6.5.3.
    """
    for marker, content in segments(data):
        if marker == 0xEE and content[:5] == b"Adobe" and len(content) >= 12:
            return content[11]
    return None
