"""The JPEG that a camera puts into its raw files beside what the sensor saw.

Most raw files are TIFF files whose directories tell where it lies; others have containers of their
own, in which it is found by its first bytes. What the sensor saw may itself be packed as a JPEG
without loss, or in tiles; that is none.

Sources: DNG 1.7 and TIFF/EP (directories, SubIFDs); ITU-T T.81, annex B (JPEG).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from common.errors import Refusal
from core.containers import jpeg
from core.containers.tiff import Directory, Tiff
from core.readers.tiff_packings import PHOTOMETRIC, number
from core.readers.tiff_pages import INNER_PAGES, SENSOR

WIDTH, HEIGHT, PACKING = 256, 257, 259
STRIPS, STRIP_BYTES, TILES, TILE_BYTES = 273, 279, 324, 325
JPEG_AT, JPEG_BYTES = 513, 514
PANASONIC_WIDTH, PANASONIC_JPEG = 2, 46
JPEG_PACKINGS = (6, 7)

HEADS = ((b"IIRO", b"II*\0"), (b"IIRS", b"II*\0"), (b"MMOR", b"MM\0*"), (b"IIU\0", b"II*\0"))
"""TIFF files under a name of their own (Olympus, Panasonic), and the usual one."""

LOSSY = (0xC0, 0xC1, 0xC2)
"""Frames of pictures; 0xC3 is what sensors are packed in, without loss."""

PART_OF_FULL = 0.9
"""How long the longer side of a full-size JPEG is at least, in parts of the raw picture's; cameras
cut off a few columns."""

SMALLEST = 320
"""Pixels of the longer side where nothing tells the raw picture's; a thumbnail has 160."""

MOST_CANDIDATES = 2000


@dataclass(frozen=True)
class Candidate:
    """A JPEG inside of a file: its span, and its size in pixels as it lies there."""

    start: int
    end: int
    width: int
    height: int


def built_in_jpeg(data: bytes) -> bytes:
    """Return the full-size JPEG of a raw file; raises :class:`Refusal` ``is_raw`` without one."""
    pages = _pages(data)
    sensors = [span for page in pages if _is_sensor(page) for span in _spans(page)]
    found = [*_named(data, pages), *_found(data, sensors)]
    best = max(found, key=lambda one: one.width * one.height, default=None)
    whole = max((_longer_side(page) for page in pages), default=0)
    if best is None or max(best.width, best.height) < (PART_OF_FULL * whole or SMALLEST):
        raise Refusal("is_raw")
    content = data[best.start : best.end]
    return content[: len(content) - len(jpeg.trailer(content))]


def orientation_of(data: bytes) -> int:
    """Return how the camera was held by the file's first directory, 1..8 (EXIF, tag 274)."""
    first = _pages(data)[:1]
    turn = number(first[0], 274, 1) if first else 1
    return turn if turn in range(1, 9) else 1


def as_tiff(data: bytes) -> bytes | None:
    """Return a raw file's bytes as a TIFF file's, ``None`` where it is none."""
    for head, usual in HEADS:
        if data[:4] == head:
            return usual + data[4:]
    return data if data[:4] in (b"II*\0", b"MM\0*") else None


def _pages(data: bytes) -> list[Directory]:
    """Return the directories of a file, those within others included."""
    content = as_tiff(data)
    if content is None:
        return []
    file = Tiff(content)
    inner = [deep for page in file.directories for deep in file.within(page, INNER_PAGES)]
    return [*file.directories, *inner]


def _is_sensor(page: Directory) -> bool:
    """Return whether a page is what the sensor saw."""
    return number(page, PHOTOMETRIC, 1) in SENSOR


def _longer_side(page: Directory) -> int:
    """Return the longer side that a page claims, in pixels."""
    return max(number(page, WIDTH, 0), number(page, HEIGHT, 0), number(page, PANASONIC_WIDTH, 0))


def _spans(page: Directory) -> Iterator[tuple[int, int]]:
    """Yield where the pixels of a page lie."""
    for places, sizes in ((STRIPS, STRIP_BYTES), (TILES, TILE_BYTES)):
        if places in page and sizes in page:
            starts, lengths = page[places].integers(), page[sizes].integers()
            for start, length in zip(starts, lengths, strict=False):
                yield start, start + length


def _named(data: bytes, pages: list[Directory]) -> Iterator[Candidate]:
    """Yield the JPEGs that directories name."""
    for page in pages:
        spans = list(_spans(page)) if number(page, PACKING, 1) in JPEG_PACKINGS else []
        places = spans if len(spans) == 1 and not _is_sensor(page) else []
        start, size = number(page, JPEG_AT, 0), number(page, JPEG_BYTES, 0)
        for begin, end in [*places, *([(start, start + size)] if start and size else [])]:
            yield from _candidate(data, begin, min(end, len(data)))
        if PANASONIC_JPEG in page:
            begin = data.find(bytes(page[PANASONIC_JPEG].span[:64]))
            yield from _candidate(data, begin, begin + len(page[PANASONIC_JPEG].span))


def _found(data: bytes, sensors: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield the JPEGs that begin anywhere but where the sensor's pixels lie."""
    at = 0
    for _ in range(MOST_CANDIDATES):
        at = data.find(b"\xff\xd8\xff", at)
        if at < 0:
            return
        if not any(start <= at < end for start, end in sensors):
            yield from _candidate(data, at, len(data))
        at += 3


def _candidate(data: bytes, start: int, end: int) -> Iterator[Candidate]:
    """Yield the JPEG at a place if there is one with 8 bits, in grey or colours."""
    if start < 0 or data[start : start + 3] != b"\xff\xd8\xff":
        return
    at = start + 2
    while at + 9 <= end and data[at] == 0xFF and data[at + 1] not in (jpeg.SCAN, jpeg.END):
        if data[at + 1] in LOSSY:
            bits, height, width, colours = data[at + 4], *_pair(data[at + 5 : at + 9]), data[at + 9]
            if bits == 8 and colours in (1, 3) and width and height:
                yield Candidate(start, end, width, height)
            return
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))


def _pair(content: bytes) -> tuple[int, int]:
    """Return two numbers of 16 bits."""
    return int.from_bytes(content[:2], "big"), int.from_bytes(content[2:4], "big")
