"""Who keeps the copyright keeps the very text, from and to every container with a place for it."""

import struct
import zlib

from common.edits.edit import checked
from common.formats import WRITTEN
from core.files.picture_file import PictureFile
from core.files.rights import ARTIST_TAG, COPYRIGHT_TAG, rights
from core.output import files_of, result_of
from tests.core.camera_file import directory, segment
from tests.core.pictures import png_file, save, texture

OWNER = "© 2024 Zoë Müller & 北京 <all rights reserved>"
LONG = OWNER + " no reuse without a written licence" * 100
BOTH = b"Zo\xc3\xab M\xc3\xbcller, photographer\0Editor & Co"
CONTAINERS = [record.key for record in WRITTEN if record.container and record.whole]


def xmp(words, form):
    """Return an XMP block with a copyright: in the default language, plain, or an attribute."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    forms = {
        "alt": f"<dc:rights><rdf:Alt><rdf:li xml:lang='de'>nein</rdf:li>"
        f"<rdf:li xml:lang='x-default'>{safe}</rdf:li></rdf:Alt></dc:rights>",
        "one": f"<dc:rights><rdf:Alt><rdf:li xml:lang='en'>{safe}</rdf:li></rdf:Alt></dc:rights>",
        "plain": f"<dc:rights>{safe}</dc:rights>",
        "attribute": f"<rdf:Description dc:rights='{safe}'/>",
    }
    return f"<x:xmpmeta><rdf:Description>{forms[form]}</rdf:Description></x:xmpmeta>".encode()


def in_jpeg(*parts):
    plain = save(texture(64, 48), "JPEG")
    return plain[:20] + b"".join(segment(*part) for part in parts) + plain[20:]


def in_png(name, content):
    plain = save(texture(64, 48), "PNG")
    return plain[:33] + png_file([(name, content)])[8:] + plain[33:]


def exif(content, kind=2, tag=0x8298):
    return b"Exif\0\0MM\0*\0\0\0\x08" + directory([(tag, kind, content + b"\0")], 8)


def iptc(words, number=116):
    record = b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(words)) + words
    padding = bytes(len(record) % 2)
    head = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record))
    return head + record + padding


def sources():
    """Yield the name, the file and the bytes of the copyright that it holds."""
    for words in (OWNER, LONG):
        raw = words.encode()
        yield "exif", in_jpeg((0xE1, exif(raw))), raw
        yield "iptc", in_jpeg((0xED, iptc(raw))), raw
        for form in ("alt", "one", "plain", "attribute"):
            block = xmp(words, form)
            mark = b"http:" + b"//ns.adobe.com/xap/1.0/\0"
            yield form, in_jpeg((0xE1, mark + block)), raw
            yield form, in_png(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + block), raw
            yield form, save(texture(64, 48), "WEBP", xmp=block), raw
        yield "ztxt", in_png(b"zTXt", b"Copyright\0\0" + zlib.compress(raw)), raw
        packed = b"Copyright\0\1\0de\0Urheber\0" + zlib.compress(raw)
        yield "itxt", in_png(b"iTXt", packed), raw
        yield "tiff", save(texture(64, 48), "TIFF", tiffinfo={33432: raw}), raw
    latin = OWNER[:18]
    yield "latin", in_png(b"tEXt", b"Copyright\0" + latin.encode("latin-1")), latin.encode()
    yield "latin iptc", in_jpeg((0xED, iptc(latin.encode("latin-1")))), latin.encode()
    yield "halves", in_jpeg((0xE1, exif(BOTH))), BOTH
    yield "editor", in_jpeg((0xE1, exif(b" \0Editor"))), b" \0Editor"


def test_the_very_text_is_found_in_every_container():
    for name, data, wanted in sources():
        assert rights(PictureFile(data)) == {COPYRIGHT_TAG: wanted}, name


def test_the_very_text_is_kept_in_every_container():
    for name, data, wanted in sources():
        for kind in CONTAINERS:
            sections = {"export": {"format": kind}, "keep": {"copyright": True}}
            edit = checked({"steps": {"cutout": False}, **sections})
            content = files_of(result_of(data, None, edit), edit).files[0].content
            assert rights(PictureFile(content)) == {COPYRIGHT_TAG: wanted}, (name, kind)


def test_the_photographer_is_found_under_each_of_the_names():
    words = "Zoë Müller".encode()
    creators = (
        b"<dc:creator><rdf:Seq><rdf:li>Zo\xc3\xab M\xc3\xbcller</rdf:li></rdf:Seq></dc:creator>"
    )
    wide = "Zoë Müller".encode("utf-16-le") + b"\0"
    for data in (
        in_jpeg((0xE1, exif(words, tag=ARTIST_TAG))),
        in_jpeg((0xE1, exif(wide, 1, 0x9C9D))),
        in_jpeg((0xED, iptc(words, 80))),
        in_png(b"tEXt", b"Author\0" + words),
        save(texture(64, 48), "WEBP", xmp=creators),
    ):
        assert rights(PictureFile(data)) == {ARTIST_TAG: words}


def test_nothing_is_made_up_where_a_field_is_empty():
    for data in (in_jpeg((0xE1, exif(b"  "))), in_jpeg(), in_png(b"tEXt", b"Copyright\0 ")):
        assert rights(PictureFile(data)) == {}


def test_a_book_of_a_copyright_is_cut_between_two_letters():
    data = in_png(b"iTXt", b"Copyright\0\0\0\0\0" + "ü".encode() * 40_000)
    kept = rights(PictureFile(data))[COPYRIGHT_TAG]
    assert len(kept) == 60_000
    assert kept.decode() == "ü" * 30_000
