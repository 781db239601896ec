"""Files of every kind with words planted wherever the kind has a place for some.

No pytest in here: the tests that use it run in Pyodide too.
"""

import struct
import zlib
from contextlib import suppress

from PIL import TiffImagePlugin

from tests.core.camera_file import (
    XMP,
    camera_jpeg,
    camera_png,
    camera_webp,
    exif_block,
    press_block,
    segment,
)
from tests.core.pictures import DISPLAY_P3, png_file, save, texture

SECRET = b"SECRET"
"""Stands in each planted word."""

IPTC = b"\x1c\x02\x5a\0\x0bSECRET-CITY" + b"\x1c\x02\x74\0\x0cSECRET-RIGHT"
RESOURCES = press_block().removeprefix(b"Photoshop 3.0\0")
TRAILER = b"SECRET-TRAILER GPSLatitude 48.85"
PRIVATE = 0xC4A5
"""A tag that printers' drivers use; any above 32768 belongs to somebody."""


def jpeg(size=(160, 120)):
    """A photo with every segment, Adobe's and unknown ones, content credentials and a film."""
    data = camera_jpeg(size, orientation=6)
    credentials = segment(0xEB, b"JP\0\1\0\0\0\1\0\0\0\x20jumbc2paSECRET-C2PA")
    private = segment(0xE5, b"VENDOR\0SECRET-VENDOR")
    return data[:20] + credentials + private + data[20:] + TRAILER


def png():
    """A picture with texts of three sorts, private and C2PA chunks, and bytes behind its end."""
    data = camera_png(orientation=6)
    private = png_file([(b"prVt", b"SECRET-CHUNK"), (b"caBX", b"jumbc2paSECRET-C2PA")])[8:]
    return data[:33] + private + data[33:] + TRAILER


def webp():
    """A picture with EXIF, XMP, profile, an unknown chunk and bytes behind its end."""
    data = camera_webp(orientation=6)
    unknown = b"VNDR" + struct.pack("<I", 14) + b"SECRET-VENDOR\0"
    size = struct.pack("<I", len(data) - 8 + len(unknown))
    return data[:4] + size + data[8:] + unknown + TRAILER


def tiff(iptc_type=7, compression="tiff_lzw", mode="RGB"):
    """A scan with XMP, IPTC (as bytes, or type 4: long numbers), 8BIM, EXIF and private tags."""
    padded = IPTC + bytes(-len(IPTC) % 4)
    tags = {
        270: "SECRET-DESCRIPTION",
        305: "SECRET-SOFTWARE",
        315: "SECRET-ARTIST",
        700: XMP,
        33432: "SECRET-COPYRIGHT",
        33723: padded,
        34377: RESOURCES,
        PRIVATE: b"SECRET-PRIVATE",
    }
    info = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        info[tag] = value
        info.tagtype[tag] = 2 if isinstance(value, str) else 7
    options = {"tiffinfo": info, "icc_profile": DISPLAY_P3, "exif": None}
    image = texture(80, 60).convert(mode)
    data = save(image, "TIFF", compression=compression, **options)
    if iptc_type == 4:
        as_bytes = struct.pack("<HHI", 33723, 7, len(padded))
        assert as_bytes in data
        data = data.replace(as_bytes, struct.pack("<HHI", 33723, 4, len(padded) // 4))
    return data + TRAILER


def gif(moving=False):
    """A picture with a comment and XMP in an application block, still or moving."""
    options = {"comment": b"SECRET-COMMENT"}
    if moving:
        options |= {"save_all": True, "append_images": [texture(80, 60, seed=2)], "duration": 40}
    data = save(texture(80, 60), "GIF", **options)
    body = b"XMP DataXMP" + XMP
    parts = [body[at : at + 255] for at in range(11, len(body), 255)]
    block = b"\x21\xff\x0bXMP DataXMP" + b"".join(bytes([len(p)]) + p for p in parts) + b"\0"
    at = 13 + 3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 13
    return data[:at] + block + data[at:] + TRAILER


def psd():
    """An image of Photoshop with its resources: IPTC, EXIF, XMP, a thumbnail, a profile."""
    image = texture(40, 30)
    parts = [(0x0404, IPTC), (0x0422, exif_block()[6:]), (0x0424, XMP), (0x040F, DISPLAY_P3)]
    parts += [(0x040C, bytes(28) + b"SECRET-THUMBNAIL")]
    block = b"".join(
        b"8BIM" + struct.pack(">HHI", n, 0, len(c)) + c + bytes(len(c) % 2) for n, c in parts
    )
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 30, 40, 8, 3)
    body = struct.pack(">I", 0) + struct.pack(">I", len(block)) + block + struct.pack(">I", 0)
    planes = b"".join(band.tobytes() for band in image.split())
    return head + body + b"\0\0" + planes + TRAILER


def ico():
    """An icon whose picture is a PNG file with texts."""
    inside = png_file_with_texts()
    entry = struct.pack("<BBBBHHII", 48, 32, 0, 0, 1, 32, len(inside), 22)
    return b"\0\0\1\0\1\0" + entry + inside + TRAILER


def png_file_with_texts():
    """A small PNG file with a text."""
    data = save(texture(48, 32).convert("RGBA"), "PNG")
    text = png_file([(b"zTXt", b"Comment\0\0" + zlib.compress(b"SECRET-ICON"))])[8:]
    return data[:33] + text + data[33:]


PAM_HEAD = b"WIDTH 40\nHEIGHT 30\nDEPTH 3\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\n"


def raw():
    """A raw photo in a container of its own (RAF) around a camera's JPEG."""
    return b"FUJIFILMCCD-RAW 0201SECRET-BODY" + bytes(99) + jpeg((400, 300)) + TRAILER


def pnm():
    """A picture with a comment in its head."""
    return b"P6\n# SECRET-COMMENT\n40 30\n255\n" + texture(40, 30).tobytes() + TRAILER


def targa():
    """A picture with words in its head, and an extension area with an author and comments."""
    plain = save(texture(40, 30), "TGA", id_section=b"SECRET-ID")
    area = struct.pack("<H", 495) + b"SECRET-AUTHOR".ljust(41, b"\0")
    area += b"SECRET-COMMENTS".ljust(452, b"\0")
    return plain + area + struct.pack("<II", len(plain), 0) + b"TRUEVISION-XFILE.\0"


def plain(kind):
    """A picture of a kind that has no place for words except behind its end."""
    return save(texture(40, 30), kind) + TRAILER


def planted():
    """Return every planted file by name."""
    return {
        "jpeg": jpeg(),
        "png": png(),
        "webp": webp(),
        "tiff": tiff(),
        "tiff-long": tiff(4),
        "tiff-raw": tiff(compression=None),
        "tiff-grey": tiff(mode="L"),
        "gif": gif(),
        "gif-moving": gif(moving=True),
        "psd": psd(),
        "ico": ico(),
        "pnm": pnm(),
        "raw": raw(),
        "pam": b"P7\n# SECRET-COMMENT\n" + PAM_HEAD + texture(40, 30).tobytes() + TRAILER,
        "cursor": b"\0\0\2" + ico()[3:],
        "bmp": plain("BMP"),
        "targa": targa(),
        "pcx": plain("PCX"),
        "dds": plain("DDS"),
        "pfm": b"PF\n40 30\n-1.0\n" + bytes(14400) + TRAILER,
        "qoi": plain("QOI"),
    }


def streams(data):
    """Return a file's bytes followed by what every zlib stream in it inflates to."""
    found, at = [data], 0
    while True:
        at = data.find(b"\x78", at)
        if at < 0:
            return b"".join(found)
        if int.from_bytes(data[at : at + 2], "big") % 31 == 0:
            with suppress(zlib.error):
                found.append(zlib.decompressobj().decompress(data[at:], 1_000_000))
        at += 1
