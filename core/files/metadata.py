"""The receipt: all that a file tells beside its pixels, which the saved file will not.

Nothing is decoded. The same function reads a saved file again and shows that nothing is left in
it. Not every value is shown one by one, but each block is named.
"""

import re
from collections.abc import Iterator
from typing import Any

from PIL import Image

from common.kinds import BY_CODEC
from common.language.words import phrase
from common.limits import check_dimensions
from common.media import iso_media, jp2_media, jxl_media
from common.naming import byte_size
from core.containers import photoshop
from core.files.beside import Blocks
from core.files.camera_data import Entry, camera_entries, cut, words
from core.files.picture_file import PictureFile, Source, picture_file
from core.files.rights import in_xmp
from core.icc.profile import description
from core.readers import raw_photo
from core.readers.drawing import drawing

XMP_ATTRIBUTE = rb"{name}(?:=[\"']|>)([^\"'<]+)"
XMP_NAMES = (
    ("gps", phrase("Position in XMP"), b"GPSLatitude"),
    ("serial", phrase("Serial number in XMP"), b"SerialNumber"),
    ("gps", phrase("Place in XMP"), b"photoshop:City"),
)
"""What is named by itself when an XMP block holds it: kind, label, property."""

PDF_NAMES = b"Author Title Subject Keywords Creator Producer CreationDate ModDate Metadata".split()
"""What a PDF file may tell of its making (ISO 32000-1, sections 14.3.2 and 14.3.3)."""

SCHEME = rb'"[\w:/.#-]*"'
RIGHTS_ALONE = re.compile(
    rb"<rdf:RDF xmlns:rdf=" + SCHEME + rb'><rdf:Description rdf:about="" xmlns:dc=' + SCHEME + rb">"
    rb"(<dc:creator><rdf:Seq>(<rdf:li>[^<]*</rdf:li>)+</rdf:Seq></dc:creator>)?"
    rb"(<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>[^<]*</rdf:li></rdf:Alt></dc:rights>)?"
    rb"</rdf:Description></rdf:RDF>"
)
"""A block of XMP that holds nothing but who made a picture and who owns it, as we write it."""

IPTC_NAMES = {
    (2, 5): ("comment", phrase("Title")),
    (2, 25): ("comment", phrase("Keywords")),
    (2, 55): ("date", phrase("Made")),
    (2, 80): ("copyright", phrase("Photographer")),
    (2, 90): ("gps", phrase("City")),
    (2, 92): ("gps", phrase("Part of the city")),
    (2, 101): ("gps", phrase("Country")),
    (2, 116): ("copyright", phrase("Copyright")),
    (2, 120): ("comment", phrase("Caption")),
}
"""Records of IPTC-IIM 4.2 that are shown: kind and label."""


def receipt(source: Source) -> dict[str, Any]:
    """Return what a picture file holds beside its pixels, as JSON values.

    ``entries`` is a list of ``kind``, ``label``, ``value`` (see
    :class:`core.files.camera_data.Entry`); ``format`` a kind from :mod:`core.files.sniff`;
    ``frames`` the number of pictures; ``width`` and ``height`` in pixels, upright (0 where that is
    not told); ``bytes`` the file's size.

    Raises :class:`Refusal` as :attr:`PictureFile.header` does (but not for what codecs read), and
    ``too_large``.
    """
    file = picture_file(source)
    facts: dict[str, Any] = {"format": file.kind, "frames": 1, "width": 0, "height": 0}
    if file.kind == "svg":
        drawn = drawing(file.data)
        facts.update(width=max(1, round(drawn.width)), height=max(1, round(drawn.height)))
        told = [Entry("comment", label, cut(text)) for label, text in drawn.told]
        return {**facts, "bytes": len(file.data), "entries": [one.__dict__ for one in told]}
    if file.kind in BY_CODEC:
        width, height = _told_size(file)
        facts.update(width=width, height=height)
    else:
        header = file.header
        check_dimensions(header.width, header.height)
        facts.update(frames=header.frames, width=header.width, height=header.height)
    facts["bytes"] = len(file.data)
    facts["entries"] = [entry.__dict__ for entry in _entries(file)]
    return facts


def _told_size(file: PictureFile) -> tuple[int, int]:
    """Return (width, height) of a file that only a codec can read, upright, zeros if unknown."""
    if file.kind in ("jxl", "jpeg2000"):
        media = jxl_media if file.kind == "jxl" else jp2_media
        told = media.header(file.data[: media.MOST_HEAD_BYTES])
        return (told.width, told.height) if told else (0, 0)
    head = file.data[: iso_media.needed(file.data[: iso_media.HEAD_BYTES])]
    return iso_media.upright_size(head) or (0, 0)


def receipt_of_result(source: Source) -> dict[str, Any]:
    """Return what a finished file holds beside its pixels; :func:`receipt`, but of PDF files too.

    A PDF file of ours has neither times nor names but those of who owns the rights.
    """
    file = picture_file(source)
    if file.kind != "pdf":
        return receipt(file)
    xmp = file.blocks.xmp or b""
    alone = RIGHTS_ALONE.fullmatch(xmp) is not None
    told = [
        Entry("other", name.decode(), "present")
        for name in PDF_NAMES
        if b"/" + name in file.data and not (alone and name == b"Metadata")
    ]
    if alone:
        told += _rights_entries(xmp)
    elif xmp:
        told += _xmp_entries(xmp)
    entries = [entry.__dict__ for entry in told]
    facts = {"format": "pdf", "frames": 1, "width": 0, "height": 0, "bytes": len(file.data)}
    return {**facts, "entries": entries}


def directories_of(file: PictureFile) -> bytes | None:
    """Return a file that is itself made like an EXIF block: TIFF and most raw photos."""
    if file.kind == "raw":
        return raw_photo.as_tiff(file.data)
    return file.data if file.kind == "tiff" else None


def exif_block(file: PictureFile) -> Image.Exif:
    """Return the EXIF block of a picture file, an empty one where none can be read.

    A TIFF file is one itself.
    """
    content = directories_of(file) or file.exif
    block = Image.Exif()
    try:
        block.load(content or b"")
    except Exception:  # Pillow's TIFF parser raises nearly anything on broken blocks
        return Image.Exif()
    return block


def _entries(file: PictureFile) -> Iterator[Entry]:
    """Yield what a file tells."""
    blocks = file.blocks
    directories = directories_of(file)
    if directories:
        yield from camera_entries(directories, of_picture=True)
    elif blocks.exif:
        yield from camera_entries(blocks.exif)
    if blocks.profile:
        name = description(blocks.profile) or byte_size(len(blocks.profile))
        yield Entry("icc", phrase("Colour profile"), name)
    for keyword, text, size in blocks.texts:
        kind = "copyright" if keyword in ("Copyright", "Author") else "comment"
        label = cut(keyword) or (phrase("Text") if file.kind == "png" else phrase("Comment"))
        yield Entry(kind, label, cut(text) or byte_size(size))
    if blocks.changed and len(blocks.changed) == 7:
        year, month, day = int.from_bytes(blocks.changed[:2], "big"), *blocks.changed[2:4]
        yield Entry("date", phrase("Changed"), f"{year:04}-{month:02}-{day:02}")
    if blocks.xmp:
        yield from _xmp_entries(blocks.xmp)
    yield from _press_entries(blocks)
    for size in blocks.thumbnails:
        yield Entry("thumbnail", phrase("Small copy of the picture"), byte_size(size))
    if blocks.pictures:
        yield Entry("thumbnail", phrase("Further pictures in the file"), str(blocks.pictures))
    if blocks.film:
        yield Entry("other", phrase("Film behind the picture"), "present")
    for label, size in blocks.others:
        yield Entry("other", cut(label), byte_size(size) if size else "present")


def _press_entries(blocks: Blocks) -> Iterator[Entry]:
    """Yield what the press and Photoshop write: IPTC data and the block around them."""
    records = photoshop.iptc_records(blocks.iptc or b"")
    for record, (kind, label) in IPTC_NAMES.items():
        values = [photoshop.iptc_text(records, value) for value in records.get(record, [])]
        if values:
            yield Entry(kind, label + " (IPTC)", words(", ".join(values)))
    if blocks.photoshop or blocks.iptc:
        size = blocks.photoshop or len(blocks.iptc or b"")
        yield Entry("other", phrase("Photoshop and press data"), byte_size(size))


def _xmp_entries(content: bytes) -> Iterator[Entry]:
    """Yield an XMP block, and by themselves the worst of what may be in it."""
    yield Entry("xmp", "XMP", byte_size(len(content)))
    for kind, label, name in XMP_NAMES:
        found = re.search(XMP_ATTRIBUTE.replace(b"{name}", re.escape(name)), content)
        if found:
            yield Entry(kind, label, words(found[1]))


def _rights_entries(content: bytes) -> Iterator[Entry]:
    """Yield who made a picture and who owns it, from a block of XMP."""
    for label, name in ((phrase("Photographer"), "creator"), (phrase("Copyright"), "rights")):
        text = in_xmp(content, name)
        if text:
            yield Entry("copyright", label, words(text))
