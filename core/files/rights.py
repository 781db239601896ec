"""Who made a picture and who owns it: the very text, wherever a file has a place for it.

Sources: EXIF 2.32, table 4 (Artist, Copyright with its two halves); IPTC-IIM 4.2 (2:80, 2:116);
XMP specification, part 1, section 8.3 (Dublin Core); PNG, third edition, section 11.3.3.1.
"""

import re
from html import unescape

from core.containers import photoshop
from core.containers.tiff import Tiff
from core.files.beside import EXIF_MARK
from core.files.picture_file import PictureFile
from core.readers import raw_photo

ARTIST_TAG = 0x013B
COPYRIGHT_TAG = 0x8298
XP_AUTHOR_TAG = 0x9C9D
"""Windows' own field, in UTF-16."""

PLACES = {
    ARTIST_TAG: ((2, 80), "creator", "author"),
    COPYRIGHT_TAG: ((2, 116), "rights", "copyright"),
}
"""By EXIF tag: the IPTC record, the XMP property (Dublin Core), the keyword of a PNG text."""

CLAIMS = ("copyright", "©", "(c)")
"""How comments begin that tell who owns a picture."""

LONGEST = 60_000
"""Most bytes of a text; a segment of a JPEG file holds 65,533 with all that is around it."""


def rights(file: PictureFile) -> dict[int, bytes]:
    """Return photographer and copyright by EXIF tag, as bytes without a closing zero.

    EXIF's own bytes stay as they are; all others become UTF-8.
    """
    found = {}
    directory = _directory(file)
    for tag, (record, name, keyword) in PLACES.items():
        text = (
            _bytes_of(directory, tag)
            or _iptc(file, record)
            or _xmp(file, name)
            or _text(file, keyword)
        )
        if not text and tag == ARTIST_TAG:
            wide = _bytes_of(directory, XP_AUTHOR_TAG, 2)
            text = wide.decode("utf-16-le", "replace").rstrip("\0").encode()
        if text:
            found[tag] = _cut(text)
    return found


def _directory(file: PictureFile) -> dict[int, bytes]:
    """Return the values of a file's first EXIF or TIFF directory by tag."""
    if file.kind == "tiff":
        first = file.tiff.directories[file.page]
    else:
        own = raw_photo.as_tiff(file.data) if file.kind == "raw" else None
        chain = Tiff(own or (file.exif or b"").removeprefix(EXIF_MARK)).directories
        first = chain[0] if chain else {}
    return {tag: value.content for tag, value in first.items()}


def _bytes_of(directory: dict[int, bytes], tag: int, unit: int = 1) -> bytes:
    """Return a text's bytes without the zeros that close it, nothing where there are only spaces.

    A zero in the middle parts photographer and editor.
    """
    value = directory.get(tag, b"")
    while value and not any(value[-unit:]):
        value = value[:-unit]
    return value if value.strip(b" \0") else b""


def _iptc(file: PictureFile, record: tuple[int, int]) -> bytes:
    """Return the values of an IPTC record."""
    records = photoshop.iptc_records(file.blocks.iptc or b"")
    values = [photoshop.iptc_text(records, value) for value in records.get(record, [])]
    return ", ".join(value for value in values if value.strip()).encode()


def _xmp(file: PictureFile, name: str) -> bytes:
    """Return a property of Dublin Core: all creators, or the text in the default language."""
    return in_xmp(file.data if file.kind == "svg" else file.blocks.xmp or b"", name)


def in_xmp(block: bytes, name: str) -> bytes:
    """Return a property of Dublin Core in a block of XMP, empty without it."""
    content = block.decode("utf-8", "replace")
    within = re.search(rf"<dc:{name}\b[^>]*>(.*?)</dc:{name}>", content, re.DOTALL)
    if within is None:
        attribute = re.search(rf"\bdc:{name}=(\"[^\"]*\"|'[^']*')", content)
        return unescape(attribute[1][1:-1]).encode() if attribute else b""
    items = re.findall(r"<rdf:li\b([^>]*)>(.*?)</rdf:li>", within[1], re.DOTALL)
    if not items:
        plain = unescape(re.sub(r"<[^>]*>", "", within[1])).strip()
        return plain.encode()
    default = [text for attributes, text in items if "x-default" in attributes]
    chosen = default[:1] if default else [text for _, text in items]
    return ", ".join(unescape(text) for text in chosen if text.strip()).encode()


def _text(file: PictureFile, keyword: str) -> bytes:
    """Return a PNG file's text, or a comment that begins as only a copyright does."""
    for name, text, _ in file.blocks.texts:
        named = name.lower() == keyword if file.kind == "png" else False
        if text.strip() and (named or (keyword == "copyright" and _is_claim(name, text))):
            return text.encode()
    return b""


def _is_claim(name: str, text: str) -> bool:
    """Return whether a text is a comment that claims the copyright."""
    return not name and text.strip().lower().startswith(CLAIMS)


def _cut(text: bytes) -> bytes:
    """Return a text of at most :data:`LONGEST` bytes, cut between characters."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].decode("utf-8", "ignore").encode()
