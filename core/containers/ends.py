"""What stands behind the last byte of a picture, in kinds of files that are not made of parts.

Sources: Netpbm, ppm(5), pam(5) and pfm(5); QOI 1.0; TIFF 6.0; Microsoft on BMP files and icons;
Adobe Photoshop File Formats Specification (2019), "Image Data Section".
"""

import re
from collections.abc import Callable, Iterator

from core.containers.photoshop import Document
from core.containers.png import SIGNATURE
from core.containers.tiff import Directory, Tiff

GAP = rb"(?:\s|#[^\n]*\n)+"
PIXMAP = re.compile(rb"P([456])" + GAP + rb"(\d{1,9})" + GAP + rb"(\d{1,9})")
LARGEST = re.compile(GAP + rb"(\d{1,5})")
FLOATS = re.compile(rb"P([Ff])\s+(\d{1,9})\s+(\d{1,9})\s+[-+.\dEe]{1,30}\s")
FIELD = re.compile(rb"^(WIDTH|HEIGHT|DEPTH|MAXVAL)\s+(\d{1,9})", re.MULTILINE)

HEAD = 4096
"""Bytes in which the head of a pixmap is looked for."""

QOI_END = b"\0\0\0\0\0\0\0\1"

STRIPS, TILES, JPEG_FILE = (273, 279), (324, 325), (513, 514)
"""Tags that tell where pieces of a TIFF file's picture begin, and how many bytes they have."""

POINTERS = (330, 34665, 34853, 40965)
"""Tags that point to further directories: smaller pages, EXIF, GPS and interoperability."""

DEEPEST = 3
"""Directories within each other; EXIF points to interoperability, a page to smaller ones."""

RAW, PACK_BITS = 0, 1


def behind(data: bytes, kind: str | None) -> bytes:
    """Return what follows the picture, nothing where the file does not say where that ends."""
    end = ENDS[kind](data) if kind in ENDS else 0
    return data[end:] if end else b""


def _bitmap(data: bytes) -> int:
    """Return where a BMP file ends, whose head says how long it is."""
    size = int.from_bytes(data[2:6], "little")
    return size if size >= 54 else 0


def _icon(data: bytes) -> int:
    """Return where the last picture of an icon ends, 0 where it is a PNG file, which tells."""
    count = min(int.from_bytes(data[4:6], "little"), len(data) // 16)
    last, end = 0, 0
    for at in range(6, 6 + 16 * count, 16):
        start = int.from_bytes(data[at + 12 : at + 16], "little")
        if start >= last:
            last, end = start, start + int.from_bytes(data[at + 8 : at + 12], "little")
    return 0 if data[last : last + 8] == SIGNATURE else end


def _pixmap(data: bytes) -> int:
    """Return where the first picture of a PNM file ends; those made of digits do not tell."""
    head = PIXMAP.match(data[:HEAD])
    if head is None:
        return 0
    width, height, at = int(head[2]), int(head[3]), head.end()
    if head[1] == b"4":
        return at + 1 + -(-width // 8) * height
    largest = LARGEST.match(data[:HEAD], at)
    if largest is None:
        return 0
    channels, wide = 3 if head[1] == b"6" else 1, int(largest[1]) > 255
    return largest.end() + 1 + width * height * channels * (1 + wide)


def _any_map(data: bytes) -> int:
    """Return where a PAM file ends."""
    head, mark, _ = data[:HEAD].partition(b"ENDHDR\n")
    told = {name: int(number) for name, number in FIELD.findall(head)}
    if not mark or len(told) < 4:
        return 0
    samples = told[b"WIDTH"] * told[b"HEIGHT"] * told[b"DEPTH"]
    return len(head) + len(mark) + samples * (2 if told[b"MAXVAL"] > 255 else 1)


def _float_map(data: bytes) -> int:
    """Return where a PFM file ends."""
    head = FLOATS.match(data[:HEAD])
    if head is None:
        return 0
    return head.end() + int(head[2]) * int(head[3]) * (12 if head[1] == b"F" else 4)


def _quite_ok(data: bytes) -> int:
    """Return where a QOI file ends: behind a mark of its own."""
    at = data.rfind(QOI_END)
    return at + len(QOI_END) if at >= 0 else 0


def _photoshop(data: bytes) -> int:
    """Return where the picture of a PSD or PSB file ends, 0 for one packed with deflate."""
    document = Document(data)
    width, height = document.size
    at, rows = document.pixels + 2, height * document.channels
    packing = int.from_bytes(data[document.pixels : at], "big")
    if packing == RAW:
        return at + -(-width * document.depth // 8) * rows
    if packing != PACK_BITS:
        return 0
    word = 4 if document.is_large else 2
    table = data[at : at + word * rows]
    lengths = (int.from_bytes(table[i : i + word], "big") for i in range(0, len(table), word))
    return at + word * rows + sum(lengths)


def _tiff(data: bytes) -> int:
    """Return where the last byte lies that a directory of a TIFF file speaks of."""
    file = Tiff(data)
    ends = [end for directory in file.directories for end in _pieces_within(file, directory, 0)]
    return max([file.end, *ends]) if file.is_whole else 0


def _pieces_within(file: Tiff, directory: Directory, depth: int) -> Iterator[int]:
    """Yield where the pieces of a page end, and those of the directories that it points to."""
    for begins, lengths in (STRIPS, TILES, JPEG_FILE):
        if begins in directory and lengths in directory:
            pairs = zip(directory[begins].integers(), directory[lengths].integers(), strict=False)
            yield from [start + size for start, size in pairs]
    for tag in POINTERS if depth < DEEPEST else ():
        for further in file.within(directory, tag):
            yield from _pieces_within(file, further, depth + 1)


ENDS: dict[str | None, Callable[[bytes], int]] = {
    "bmp": _bitmap,
    "ico": _icon,
    "cursor": _icon,
    "pnm": _pixmap,
    "pam": _any_map,
    "pfm": _float_map,
    "qoi": _quite_ok,
    "psd": _photoshop,
    "tiff": _tiff,
}
