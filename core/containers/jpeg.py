"""The segments of a JPEG file. Source: ITU-T T.81, annex B."""

import re
from collections.abc import Iterator
from itertools import islice

from core.containers.tiff import Tiff

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
    end = _end(data)
    return data[end:] if end else b""


def further_pictures(index: bytes) -> int:
    """Return how many pictures besides the first one an index tells of (CIPA DC-007, 5.2.3)."""
    for directory in Tiff(index).directories:
        if 0xB001 in directory:
            return max(0, sum(directory[0xB001].integers()) - 1)
    return 0


def has_end(data: bytes) -> bool:
    """Return whether the marker of the picture's end is there."""
    return data[-2:] == bytes([0xFF, END]) or _end(data) > 0


def _end(data: bytes) -> int:
    """Return where the picture ends, 0 where the marker is missing."""
    at = 2
    while found := MARKER.search(data, at):
        at = found.end()
        if data[at - 1] == END:
            return at
        at += int.from_bytes(data[at : at + 2], "big")
    return 0


MOST_SEGMENTS = 10_000
"""Before the picture; a colour profile of 16 megabytes has 255."""

MOST_SCANS, MOST_WORK = 1000, 4_000_000_000
"""Scans of a progressive picture, and pixels times scans: programs write about ten of them, and
each goes through the whole picture."""

USUAL_SCANS = 64


def has_too_many(data: bytes) -> bool:
    """Return whether there are more segments or scans than any program writes."""
    if sum(1 for _ in islice(segments(data), MOST_SEGMENTS + 1)) > MOST_SEGMENTS:
        return True
    if data.count(bytes([0xFF, SCAN])) <= USUAL_SCANS:  # also those of small copies
        return False
    scans, pixels, at = 0, 0, 2
    while found := MARKER.search(data, at):
        marker, at = data[found.end() - 1], found.end()
        if marker == END:
            break
        if marker in FRAMES:
            sides = data[at + 3 : at + 5], data[at + 5 : at + 7]
            pixels = int.from_bytes(sides[0], "big") * int.from_bytes(sides[1], "big")
        scans += marker == SCAN
        at += int.from_bytes(data[at : at + 2], "big")
    return scans > MOST_SCANS or (scans > USUAL_SCANS and scans * pixels > MOST_WORK)


FRAMES = (0xC0, 0xC1, 0xC2, 0xC9, 0xCA)
"""Markers of frames that readers know: how the components are called stands there."""

YCC_NAMES, RGB_NAMES = b"\1\2\3", b"RGB"


def with_plain_names(data: bytes) -> bytes:
    """Return a file of three components whose names tell the colours, itself where they do.

    What the colours are, a JFIF or an Adobe segment says (ITU-T T.871; T.872, section 6.5.3), and
    browsers ask these first. The Independent JPEG Group's library, which is Pyodide's, goes by the
    components' names, so that RGB with ordinary names comes out as if it were YCbCr.
    """
    found = list(segments(data))
    names = next((_names(body) for marker, body in found if marker in FRAMES), b"")
    says_jfif = any(marker == 0xE0 and body[:4] == b"JFIF" for marker, body in found)
    adobe = [body for marker, body in found if marker == 0xEE and body[:5] == b"Adobe"]
    transform = adobe[0][11] if adobe and len(adobe[0]) >= 12 else None
    if len(names) != 3 or not (says_jfif or transform is not None):
        return data
    wanted = RGB_NAMES if transform == 0 and not says_jfif else YCC_NAMES
    other = YCC_NAMES if wanted == RGB_NAMES else RGB_NAMES
    if names != other:
        return data
    return _renamed(data, dict(zip(other, wanted, strict=True)))


def _names(frame: bytes) -> bytes:
    """Return the names of a frame's components."""
    return frame[6 : 6 + 3 * frame[5] : 3] if len(frame) > 6 else b""


def _renamed(data: bytes, names: dict[int, int]) -> bytes:
    """Return a file with other names of components, in its frame and in each scan."""
    changed = bytearray(data)
    at = 2
    while found := MARKER.search(data, at):
        marker, at = data[found.end() - 1], found.end()
        if marker == END:
            break
        size = int.from_bytes(data[at : at + 2], "big")
        first, step = (at + 8, 3) if marker in FRAMES else (at + 3, 2)
        if marker in FRAMES or marker == SCAN:
            for place in range(first, first + step * data[first - 1], step):
                changed[place] = names.get(changed[place], changed[place])
        at += size
    return bytes(changed)


LOSSLESS_FRAMES = (0xC3, 0xC7, 0xCB, 0xCF)
LARGER_FRAMES = (0xC5, 0xC6, 0xCD, 0xCE)
"""Frames of pictures that are made of several sizes (annex J)."""

LS_FRAME = 0xF7
"""Of JPEG-LS (ITU-T T.87)."""


def rare_form(data: bytes) -> str | None:
    """Return the name of a form of JPEG that hardly anybody reads, ``None`` for the usual ones."""
    for marker, body in segments(data):
        if marker == LS_FRAME:
            return "JPEG-LS"
        if marker in LOSSLESS_FRAMES:
            return "JPEG (lossless)"
        if marker in LARGER_FRAMES:
            return "JPEG (hierarchical)"
        if marker in FRAMES:
            return f"JPEG ({body[0]} bits)" if body[:1] > b"\x08" else None
    return None
