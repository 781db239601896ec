"""The blocks of AVIF and HEIC files, found by their marks; boxes of JPEG XL and JPEG 2000 files.

Source: ISO/IEC 23008-12, 14496-12, 18181-2 and 15444-1. Pillow cannot open these files here.
"""

from collections.abc import Iterator

MOST = 65536 * 4
"""Most bytes of an EXIF block; the item's own length stands in a table that is not read."""


JXL_PICTURE = frozenset((b"JXL ", b"ftyp", b"jxlc", b"jxlp", b"jxll", b"jxli"))
"""Boxes of a JPEG XL file that are the picture (ISO/IEC 18181-2)."""


HEIF_PICTURE = frozenset((b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"styp", b"sidx", b"mfra"))
"""Boxes of an AVIF or HEIC file that are the picture, or describe it (ISO/IEC 14496-12)."""

FILM = b"mpvd"
"""Box with the film of a moving photo (Android, Motion Photo format 1.0)."""

ROOM = (b"free", b"skip", b"wide")
"""Boxes that hold a place for others."""


JP2_PICTURE = frozenset((b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"rreq", b"jpch", b"jplh"))
"""Boxes of a JPEG 2000 file that are the picture (ISO/IEC 15444-1, annex I)."""

JP2_COMMENT, JP2_TILES = 0xFF64, 0xFF90
"""Markers in a codestream: words of whoever made it, and where its tiles begin."""


JP2_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
JP2_EXIF = b"JpgTiffExif->JP2"
JP2_IPTC = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")
"""What begins boxes ``uuid`` with such blocks (XMP specification, part 3, section 1.1.4)."""


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of the boxes that a file is made of, a cut one as far as it goes."""
    at = 0
    while at + 8 <= len(data):
        size, start = int.from_bytes(data[at : at + 4], "big"), at + 8
        if size == 1:  # the size stands behind the name, in eight bytes
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        end = at + size if size else len(data)
        if end < start:
            return
        yield data[at + 4 : at + 8], data[start:end]
        at = end


def beside_heif(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of an AVIF or HEIC file's boxes that are not its picture."""
    for name, content in boxes(data):
        if name not in HEIF_PICTURE and not (name in ROOM and not content.strip(b"\0")):
            yield name, content


def beside_jxl(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of a JPEG XL file's boxes that are not its picture."""
    if data.startswith(b"\0\0\0\x0cJXL "):
        for name, content in boxes(data):
            if name not in JXL_PICTURE:
                yield name, content


def beside_jp2(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of a JPEG 2000 file's boxes that are not its picture.

    Beside them, under the names ``colr`` and ``COM``, what tells of the colours (the first such
    box, which alone counts) and the words in the codestream's head.
    """
    stream = data
    if data.startswith(b"\0\0\0\x0cjP  "):
        for name, content in boxes(data):
            if name == b"jp2h":
                yield from [box for box in boxes(content) if box[0] == b"colr"][:1]
            elif name == b"jp2c":
                stream = content
            elif name not in JP2_PICTURE:
                yield name, content
    at = 2
    while at + 4 <= len(stream):
        marker, size = (int.from_bytes(stream[place : place + 2], "big") for place in (at, at + 2))
        if marker < 0xFF00 or marker == JP2_TILES:
            return
        if marker == JP2_COMMENT:
            yield b"COM", stream[at + 6 : at + 2 + size]
        at += 2 + size


def exif(data: bytes) -> bytes | None:
    """Return the EXIF block, found by the TIFF header in it, or ``None``.

    ISO/IEC 23008-12, annex A.2.1: the item holds four bytes of offset before the block, which
    most writers begin with ``Exif`` and two zeros.
    """
    start = data.find(b"Exif\0\0")
    while start >= 0:
        if data[start + 6 : start + 10] in (b"II*\0", b"MM\0*"):
            return data[start : start + MOST]
        start = data.find(b"Exif\0\0", start + 1)
    for header in (b"\0\0\0\0II*\0", b"\0\0\0\0MM\0*"):
        start = data.find(header)
        if start >= 0:
            return b"Exif\0\0" + data[start + 4 : start + MOST]
    return None


def xmp(data: bytes) -> bytes | None:
    """Return the XMP block, or ``None``."""
    for name in (b"x:xmpmeta", b"rdf:RDF"):  # the outer one may be missing
        start = data.find(b"<" + name)
        if start >= 0:
            end = data.find(b"</" + name + b">", start)
            return data[start : end + len(name) + 3 if end > start else start + 65536]
    return None


def profile(data: bytes) -> bytes | None:
    """Return the ICC profile in the ``colr`` box (ISO/IEC 14496-12), or ``None``."""
    start = data.find(b"colrprof")
    if start < 4:
        return None
    size = int.from_bytes(data[start - 4 : start], "big")
    found = data[start + 8 : start - 4 + size]
    return found if found[36:40] == b"acsp" else None


def code_points(data: bytes) -> tuple[int, int] | None:
    """Return colour primaries and transfer characteristics (ITU-T H.273).

    They stand in the ``colr`` box (ISO/IEC 14496-12, section 12.1.5); ``None`` without one.
    """
    start = data.find(b"colrnclx")
    numbers = data[start + 8 : start + 12]
    if start < 0 or len(numbers) < 4:
        return None
    return int.from_bytes(numbers[:2], "big"), int.from_bytes(numbers[2:], "big")
