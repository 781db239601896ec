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
CONTAINERS = [r.key for r in WRITTEN if r.container and r.whole and r.writer]
"""Those of the codecs have a test of their own (tests/core/writing/test_boxes.py)."""


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
            if kind == "gif" and not wanted.startswith("©".encode()):
                # A comment that does not say what it is gets the word before it.
                assert rights(PictureFile(content)) == {COPYRIGHT_TAG: b"Copyright: " + wanted}
                continue
            if kind == "pdf":  # XML cannot hold what parts the halves
                halves = [half for half in wanted.split(b"\0") if half.strip()]
                wanted_here = b", ".join(halves)
                assert rights(PictureFile(content)) == {COPYRIGHT_TAG: wanted_here}, name
                continue
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


def test_blocks_that_imagemagick_wrote_as_texts_are_read():
    raw = OWNER.encode()
    mark = b"http:" + b"//ns.adobe.com/xap/1.0/\0"
    for name, block in (
        ("exif", exif(raw)),
        ("APP1", exif(raw)),
        ("iptc", iptc(raw).removeprefix(b"Photoshop 3.0\0")),
        ("8bim", iptc(raw)),
        ("xmp", xmp(OWNER, "alt")),
        ("APP1", mark + xmp(OWNER, "alt")),
    ):
        digits = block.hex()
        lines = "\n".join(digits[i : i + 72] for i in range(0, len(digits), 72))
        words = f"\n{name}\n{len(block):8}\n{lines}\n".encode()
        chunk = f"Raw profile type {name}".encode() + b"\0\0" + zlib.compress(words)
        assert rights(PictureFile(in_png(b"zTXt", chunk))) == {COPYRIGHT_TAG: raw}, name
    nonsense = b"Raw profile type exif\0\0" + zlib.compress(b"nothing of the sort")
    assert rights(PictureFile(in_png(b"zTXt", nonsense))) == {}


def test_a_comment_is_kept_where_it_claims_the_copyright_and_only_there():
    for claim in ("© Zoë", "(c) 1999 Zoë", "Copyright Zoë. All rights reserved"):
        raw = claim.encode()
        for data in (in_jpeg((0xFE, raw)), save(texture(64, 48), "GIF", comment=raw)):
            assert rights(PictureFile(data)) == {COPYRIGHT_TAG: raw}
    for words in (b"made with a program", b"Lavc58", b"copied"):
        assert rights(PictureFile(in_jpeg((0xFE, words)))) == {}


def test_xmp_of_a_gif_file_is_read_in_one_piece_and_in_sub_blocks():
    block = xmp(LONG, "alt")
    data = save(texture(64, 48), "GIF")
    at = 13 + 3 * 2 ** ((data[10] & 7) + 1)
    trailer = bytes([1, *range(255, -1, -1), 0])
    parts = b"".join(
        bytes([len(block[i : i + 255])]) + block[i : i + 255] for i in range(0, len(block), 255)
    )
    for written in (block + trailer, parts + b"\0"):
        whole = b"GIF89a" + data[6:at] + b"\x21\xff\x0bXMP DataXMP" + written + data[at:]
        assert rights(PictureFile(whole)) == {COPYRIGHT_TAG: LONG.encode()}


def test_nothing_is_made_up_where_a_field_is_empty():
    for data in (in_jpeg((0xE1, exif(b"  "))), in_jpeg(), in_png(b"tEXt", b"Copyright\0 ")):
        assert rights(PictureFile(data)) == {}


def test_a_book_of_a_copyright_is_cut_between_two_letters():
    data = in_png(b"iTXt", b"Copyright\0\0\0\0\0" + "ü".encode() * 40_000)
    kept = rights(PictureFile(data))[COPYRIGHT_TAG]
    assert len(kept) == 60_000
    assert kept.decode() == "ü" * 30_000
