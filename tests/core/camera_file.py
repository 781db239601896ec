"""A photo as a camera writes it: every kind of metadata, each with words that can be searched for.

No pytest in here: the tests that use it run in Pyodide too.
"""

import struct
import zlib

from tests.core.pictures import DISPLAY_P3, png_chunks, png_file, save, texture

SECRETS = (
    b"SECRET-MAKER",
    b"SECRET-MODEL",
    b"SECRET-NOTE",
    b"SECRET-BODY-SERIAL",
    b"SECRET-LENS-SERIAL",
    b"SECRET-OWNER",
    b"SECRET-ARTIST",
    b"SECRET-COPYRIGHT",
    b"SECRET-COMMENT",
    b"SECRET-XMP",
    b"SECRET-CITY",
    b"SECRET-FILM",
    b"2019:08:07 06:05:04",
    b"GPSLatitude",
    b"Photoshop 3.0",
    b"MakerNoteMarker",
)
"""Bytes that stand in the file of :func:`camera_jpeg` and must not stand in a saved one."""

LATITUDE = ((48, 1), (51, 1), (2995, 100))
LONGITUDE = ((2, 1), (17, 1), (4020, 100))
GPS_BYTES = struct.pack(">6I", *sum(LATITUDE, ()))
"""The latitude as a big-endian EXIF block holds it."""

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
"""Bytes of one value of each TIFF type: byte, text, short, long, rational, undefined."""


def directory(entries, start, following=0):
    """Return a TIFF directory that begins at ``start``; entries are (tag, type, content)."""
    head = struct.pack(">H", len(entries))
    beyond = start + 2 + 12 * len(entries) + 4
    body = b""
    for tag, kind, content in sorted(entries):
        head += struct.pack(">HHI", tag, kind, len(content) // SIZES[kind])
        if len(content) <= 4:
            head += content.ljust(4, b"\0")
        else:
            head += struct.pack(">I", beyond + len(body))
            body += content + b"\0" * (len(content) % 2)
    return head + struct.pack(">I", following) + body


def text(words):
    """Return a TIFF text."""
    return (2, words.encode() + b"\0")


def thumbnail():
    """Return the small JPEG that a camera puts into the block."""
    return save(texture(48, 32, seed=3), "JPEG", quality=60, comment=b"SECRET-THUMBNAIL")


def exif_block(orientation=1):
    """Return an EXIF block: position, dates, maker's note, serial numbers, owner, thumbnail."""
    rational = [
        struct.pack(">6I", *(n for part in place for n in part)) for place in (LATITUDE, LONGITUDE)
    ]
    gps_entries = [(1, *text("N")), (2, 5, rational[0]), (3, *text("E")), (4, 5, rational[1])]
    gps_entries += [(6, 5, struct.pack(">2I", 350, 10)), (29, *text("2019:08:07"))]
    note = b"MakerNoteMarker\0SECRET-NOTE" + bytes(range(256))
    exif_entries = [
        (0x829A, 5, struct.pack(">2I", 1, 125)),
        (0x829D, 5, struct.pack(">2I", 28, 10)),
        (0x9003, *text("2019:08:07 06:05:04")),
        (0x927C, 7, note),
        (0x9286, 7, b"ASCII\0\0\0SECRET-COMMENT"),
        (0xA430, *text("SECRET-OWNER")),
        (0xA431, *text("SECRET-BODY-SERIAL")),
        (0xA435, *text("SECRET-LENS-SERIAL")),
    ]
    small = thumbnail()
    first = 8
    plain = [
        (0x010F, *text("SECRET-MAKER")),
        (0x0110, *text("SECRET-MODEL")),
        (0x0112, 3, struct.pack(">H", orientation)),
        (0x013B, *text("SECRET-ARTIST")),
        (0x8298, *text("(c) SECRET-COPYRIGHT")),
    ]
    places = {"exif": 0, "gps": 0, "small": 0}
    for _ in range(2):  # the second time the places are known
        pointers = [(0x8769, 4, struct.pack(">I", places["exif"]))]
        pointers += [(0x8825, 4, struct.pack(">I", places["gps"]))]
        root = directory(plain + pointers, first, places["small"])
        places["exif"] = first + len(root)
        exif = directory(exif_entries, places["exif"])
        places["gps"] = places["exif"] + len(exif)
        gps = directory(gps_entries, places["gps"])
        places["small"] = places["gps"] + len(gps)
        begin = places["small"] + 2 + 12 * 3 + 4
        entries = [(0x0103, 3, struct.pack(">H", 6)), (0x0201, 4, struct.pack(">I", begin))]
        entries += [(0x0202, 4, struct.pack(">I", len(small)))]
        second = directory(entries, places["small"])
    return b"Exif\0\0MM\0*\0\0\0\x08" + root + exif + gps + second + small


XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:Description exif:GPSLatitude="48,51.5N" aux:SerialNumber="SECRET-XMP"/></x:xmpmeta>'
)


def press_block():
    """Return a Photoshop block (APP13) with IPTC data: a city."""
    record = b"\x1c\x02\x5a" + struct.pack(">H", 11) + b"SECRET-CITY"
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0"


def segment(marker, content):
    """Return a JPEG segment."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def camera_jpeg(size=(160, 120), orientation=1, profile=DISPLAY_P3):
    """Return the bytes of the photo."""
    plain = save(texture(*size), "JPEG", quality=92)
    parts = [segment(0xE1, exif_block(orientation))]
    parts += [segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)]
    if profile:
        parts += [segment(0xE2, b"ICC_PROFILE\0\x01\x01" + profile)]
    parts += [segment(0xED, press_block()), segment(0xFE, b"SECRET-COMMENT")]
    film = b"\0\0\0\x18ftypmp42SECRET-FILM"
    return plain[:20] + b"".join(parts) + plain[20:] + film


def camera_png(size=(160, 120), orientation=1):
    """Return the bytes of a PNG file with the same block, texts, XMP and a time."""
    chunks = png_chunks(save(texture(*size), "PNG", icc_profile=DISPLAY_P3))
    extra = [
        (b"tEXt", b"Author\0SECRET-ARTIST"),
        (b"tEXt", b"Comment\0SECRET-COMMENT"),
        (b"zTXt", b"Warning\0\0" + zlib.compress(b"SECRET-NOTE")),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        (b"tIME", struct.pack(">HBBBBB", 2019, 8, 7, 6, 5, 4)),
        (b"eXIf", exif_block(orientation)[6:]),
    ]
    return png_file([chunks[0], *extra, *chunks[1:]])


def camera_webp(size=(160, 120), orientation=1):
    """Return the bytes of a WebP file with the same block, XMP and a profile."""
    options = {"exif": exif_block(orientation), "xmp": XMP, "icc_profile": DISPLAY_P3}
    return save(texture(*size), "WEBP", quality=90, **options)
