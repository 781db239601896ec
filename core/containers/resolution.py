"""How many pixels of a picture make an inch of paper, as its file says.

Sources: JFIF 1.02; PNG, third edition, section 11.3.4.3; TIFF 6.0 and EXIF 2.32 (XResolution,
ResolutionUnit); BITMAPINFOHEADER; Photoshop's image resource 1005.
"""

from core.containers import jpeg, photoshop, png
from core.containers.tiff import Directory, Tiff, Value

ACROSS, UNIT = 282, 296
INCH, CENTIMETRE = 2, 3
PER_INCH = 2.54
METRE = 39.3701
"""Inches."""

PSD_RESOLUTION = 0x03ED
LOWEST, HIGHEST = 1, 30_000


def dots_per_inch(data: bytes, kind: str | None, exif: bytes | None) -> int | None:
    """Return the pixels per inch across, ``None`` where the file does not say.

    ``exif`` is the file's EXIF block from its TIFF header on, ``None`` without one.
    """
    found = 0.0
    if kind == "jpeg":
        found = _jfif(data)
    elif kind == "png":
        found = _physical(png.first(data, b"pHYs") or b"")
    elif kind == "bmp":
        found = int.from_bytes(data[38:42], "little") / METRE
    elif kind == "psd":
        block = dict(photoshop.resources(photoshop.Document(data).resource_block))
        found = int.from_bytes(block.get(PSD_RESOLUTION, b"")[:4], "big") / 65536
    chain = Tiff(data if kind == "tiff" else exif or b"").directories if not found else []
    if chain:
        found = _of_directory(chain[0])
    rounded = round(found)
    return rounded if LOWEST < rounded <= HIGHEST else None


def _jfif(data: bytes) -> float:
    """Return what a JFIF segment says, 0 where it says nothing of a measure."""
    for marker, content in jpeg.segments(data):
        if marker == 0xE0 and content[:5] == b"JFIF\0" and len(content) >= 12:
            density = int.from_bytes(content[8:10], "big")
            return density * (0, 1, PER_INCH)[content[7]] if content[7] < 3 else 0
    return 0


def _physical(chunk: bytes) -> float:
    """Return what a pHYs chunk says, 0 where it says nothing of a measure."""
    if len(chunk) != 9 or chunk[8] != 1:
        return 0
    return int.from_bytes(chunk[:4], "big") / METRE


def _of_directory(directory: Directory) -> float:
    """Return what a TIFF directory says, 0 where it says nothing of a measure."""
    unit = directory[UNIT].integers()[:1] if UNIT in directory else (INCH,)
    if ACROSS not in directory or unit not in ((INCH,), (CENTIMETRE,)):
        return 0
    return _fraction(directory[ACROSS]) * (PER_INCH if unit == (CENTIMETRE,) else 1)


def _fraction(value: Value) -> float:
    """Return a value of type RATIONAL, 0 for others."""
    raw, order = value.content, value.order
    if value.kind != 5 or len(raw) < 8:
        return 0
    above = int.from_bytes(raw[:4], order)  # type: ignore[arg-type]
    below = int.from_bytes(raw[4:8], order)  # type: ignore[arg-type]
    return above / below if below else 0
