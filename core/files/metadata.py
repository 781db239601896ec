"""The receipt: all that a file tells beside its pixels, which the saved file will not.

Nothing is decoded; Pillow reads the headers. The same function reads a saved file again and shows
that nothing is left in it. Not every value is shown one by one, but each block is named.
"""

import re
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageFile, IptcImagePlugin

from common.limits import check_dimensions
from common.naming import byte_size
from core.files.camera_data import Entry, camera_entries, cut, directory_entries, words
from core.files.icc import description
from core.files.picture_file import STILL_FORMATS, PictureFile, Source, picture_file

ISO_KINDS = ("heic", "avif")
"""Kinds that Pillow cannot open here; their blocks are found by their marks."""

PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
XMP_KEYWORD = "XML:com.adobe.xmp"
"""Keyword of the PNG text that holds XMP (XMP specification, part 3, section 1.1.5)."""

XMP_ATTRIBUTE = rb"{name}(?:=[\"']|>)([^\"'<]+)"
XMP_NAMES = (
    ("gps", "Position in XMP", b"GPSLatitude"),
    ("serial", "Serial number in XMP", b"SerialNumber"),
    ("gps", "Place in XMP", b"photoshop:City"),
)
"""What is named by itself when an XMP block holds it: kind, label, property."""

IPTC_NAMES = {
    (2, 5): ("comment", "Title"),
    (2, 25): ("comment", "Keywords"),
    (2, 55): ("date", "Made"),
    (2, 80): ("copyright", "Photographer"),
    (2, 90): ("gps", "City"),
    (2, 92): ("gps", "Part of the city"),
    (2, 101): ("gps", "Country"),
    (2, 116): ("copyright", "Copyright"),
    (2, 120): ("comment", "Caption"),
}
"""Records of IPTC-IIM 4.2 that are shown: kind and label."""

VIDEO_MARKS = (b"ftypmp4", b"ftypisom", b"ftypqt")
"""Beginnings of a film that phones hang behind the picture."""

TIFF_BLOCKS = {
    0x02BC: ("xmp", "XMP"),
    0x83BB: ("comment", "IPTC press data"),
    0x8649: ("other", "Photoshop data"),
}
"""Tags of TIFF files that hold whole blocks."""


def receipt(source: Source) -> dict[str, Any]:
    """Return what a picture file holds beside its pixels, as JSON values.

    ``entries`` is a list of ``kind``, ``label``, ``value`` (see
    :class:`core.files.camera_data.Entry`); ``format`` a kind from :mod:`core.files.sniff`;
    ``frames`` the number of pictures; ``width`` and ``height`` in pixels, upright (0 where only a
    codec can tell); ``bytes`` the file's size.

    Raises :class:`Refusal` as :attr:`PictureFile.header` does (but not for AVIF and HEIC), and
    ``too_small`` or ``too_large``.
    """
    file = picture_file(source)
    facts: dict[str, Any] = {"format": file.kind, "frames": 1, "width": 0, "height": 0}
    if file.kind in ISO_KINDS:
        entries = list(_marked_blocks(file.data))
    else:
        header = file.header
        check_dimensions(header.width, header.height)
        facts.update(frames=header.frames, width=header.width, height=header.height)
        with file.opened() as image:
            entries = list(_entries(image, file))
    facts["bytes"] = len(file.data)
    facts["entries"] = [entry.__dict__ for entry in entries]
    return facts


def profile_of(file: PictureFile) -> bytes | None:
    """Return the ICC profile of a picture file, ``None`` for none; raises :class:`Refusal`."""
    return _iso_profile(file.data) if file.kind in ISO_KINDS else file.profile


def exif_block(file: PictureFile) -> Image.Exif:
    """Return the EXIF block of a picture file, an empty one where none can be read."""
    if file.kind == "tiff":
        with file.opened() as image:
            return image.getexif()
    content = _iso_exif(file.data) if file.kind in ISO_KINDS else file.exif
    block = Image.Exif()
    try:
        block.load(content or b"")
    except Exception:  # Pillow's TIFF parser raises nearly anything on broken blocks
        return Image.Exif()
    return block


def _entries(image: ImageFile.ImageFile, file: PictureFile) -> Iterator[Entry]:
    """Yield what an opened picture tells."""
    data = file.data
    if image.format == "TIFF":
        yield from directory_entries(image.getexif())
        for tag, (kind, label) in TIFF_BLOCKS.items():
            block = image.getexif().get(tag)
            if block:
                yield Entry(kind, label, byte_size(len(block)))
    elif file.exif:
        yield from camera_entries(file.exif)
    profile = file.profile
    if profile:
        yield Entry("icc", "Colour profile", description(profile) or byte_size(len(profile)))
    if image.format == "PNG":
        yield from _png_texts(data)
    elif image.info.get("xmp"):
        yield from _xmp_entries(image.info["xmp"])
    comment = image.info.get("comment")
    if comment:
        yield Entry("comment", "Comment", words(comment))
    yield from _press_entries(image)
    further = getattr(image, "n_frames", 1) - 1
    if further and image.format in STILL_FORMATS:
        yield Entry("thumbnail", "Further pictures in the file", str(further))
    if image.format in ("JPEG", "MPO") and any(mark in data for mark in VIDEO_MARKS):
        yield Entry("other", "Film behind the picture", "present")


def _press_entries(image: ImageFile.ImageFile) -> Iterator[Entry]:
    """Yield what the press and Photoshop write into JPEG files: IPTC data and the block around."""
    blocks = image.info.get("photoshop")
    if not blocks or image.format == "TIFF":
        return
    try:
        records = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # raises nearly anything on broken blocks
        records = {}
    for record, (kind, label) in IPTC_NAMES.items():
        value = records.get(record)
        if value:
            value = b", ".join(value) if isinstance(value, list) else value
            yield Entry(kind, label + " (IPTC)", words(value))
    size = sum(len(block) for block in blocks.values() if isinstance(block, bytes))
    yield Entry("other", "Photoshop and press data", byte_size(size))


def _png_texts(data: bytes) -> Iterator[Entry]:
    """Yield the texts and the time of a PNG file, whose chunks are walked without decoding."""
    at = 8
    while at + 8 <= len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        content = data[at + 8 : at + 8 + size]
        if name in PNG_TEXTS:
            keyword, _, rest = content.partition(b"\0")
            if keyword.decode("latin-1") == XMP_KEYWORD:
                yield from _xmp_entries(content)
            else:
                shown = words(rest.lstrip(b"\0")) if name != b"zTXt" else byte_size(size)
                label = cut(keyword.decode("latin-1")) or "Text"
                kind = "copyright" if label in ("Copyright", "Author") else "comment"
                yield Entry(kind, label, shown)
        elif name == b"tIME" and size == 7:
            year = int.from_bytes(content[:2], "big")
            yield Entry("date", "Changed", f"{year:04}-{content[2]:02}-{content[3]:02}")
        at += 12 + size


def _xmp_entries(block: bytes | str) -> Iterator[Entry]:
    """Yield an XMP block, and by themselves the worst of what may be in it."""
    content = block.encode() if isinstance(block, str) else block
    yield Entry("xmp", "XMP", byte_size(len(content)))
    for kind, label, name in XMP_NAMES:
        found = re.search(XMP_ATTRIBUTE.replace(b"{name}", re.escape(name)), content)
        if found:
            yield Entry(kind, label, words(found[1]))


def _marked_blocks(data: bytes) -> Iterator[Entry]:
    """Yield what an AVIF or HEIC file tells; see :func:`_iso_exif`."""
    exif = _iso_exif(data)
    if exif:
        yield from camera_entries(exif)
    profile = _iso_profile(data)
    if profile:
        yield Entry("icc", "Colour profile", description(profile) or byte_size(len(profile)))
    start = data.find(b"<x:xmpmeta")
    if start >= 0:
        end = data.find(b"</x:xmpmeta>", start)
        yield from _xmp_entries(data[start : end if end > start else start + 65536])


def _iso_exif(data: bytes) -> bytes | None:
    """Return the EXIF block of an AVIF or HEIC file, found by the TIFF header in it, or ``None``.

    ISO/IEC 23008-12, annex A.2.1: the item holds four bytes of offset before the block, which
    most writers begin with ``Exif`` and two zeros.
    """
    start = data.find(b"Exif\0\0")
    while start >= 0:
        if data[start + 6 : start + 10] in (b"II*\0", b"MM\0*"):
            return data[start : start + 65536 * 4]
        start = data.find(b"Exif\0\0", start + 1)
    for header in (b"\0\0\0\0II*\0", b"\0\0\0\0MM\0*"):
        start = data.find(header)
        if start >= 0:
            return b"Exif\0\0" + data[start + 4 : start + 65536 * 4]
    return None


def code_points_of(data: bytes) -> tuple[int, int] | None:
    """Return colour primaries and transfer characteristics (ITU-T H.273) of an AVIF or HEIC file.

    They stand in its ``colr`` box (ISO/IEC 14496-12, section 12.1.5); ``None`` without one.
    """
    start = data.find(b"colrnclx")
    numbers = data[start + 8 : start + 12]
    if start < 0 or len(numbers) < 4:
        return None
    return int.from_bytes(numbers[:2], "big"), int.from_bytes(numbers[2:], "big")


def _iso_profile(data: bytes) -> bytes | None:
    """Return the ICC profile in the ``colr`` box of an AVIF or HEIC file (ISO/IEC 14496-12)."""
    start = data.find(b"colrprof")
    if start < 4:
        return None
    size = int.from_bytes(data[start - 4 : start], "big")
    profile = data[start + 8 : start - 4 + size]
    return profile if profile[36:40] == b"acsp" else None
