"""The receipt names what is planted, wherever that is: no file is called clean that is not."""

import struct

from core.files.beside import TRAILER
from core.files.blocks import CREDENTIALS
from core.files.metadata import receipt
from tests.core.camera_file import XMP, exif_block, segment
from tests.core.pictures import png_chunks, png_file, save, texture
from tests.core.planted import TRAILER as BYTES_BEHIND
from tests.core.planted import planted

FILM = BYTES_BEHIND + b"ftypmp42"


def labels(data):
    """Return the labels of a file's receipt."""
    return [entry["label"] for entry in receipt(data)["entries"]]


def photo(kind, **options):
    return save(texture(40, 30), kind, **options)


def segmented(marker, content):
    """Return a JPEG file with one more segment."""
    data = photo("JPEG")
    return data[:20] + segment(marker, content) + data[20:]


def box(name, content):
    return struct.pack(">I", len(content) + 8) + name + content


def avif():
    return box(b"ftyp", b"avif\0\0\0\0avifmif1") + box(b"meta", bytes(40)) + box(b"mdat", bytes(99))


def gif_with(name):
    """Return a GIF file with an application's block."""
    data = photo("GIF")
    at = 13 + 3 * 2 ** ((data[10] & 7) + 1)
    return data[:at] + b"\x21\xff\x0b" + name + b"\6SECRET\0" + data[at:]


def psd(*resources, packed=False):
    """Return a Photoshop file with image resources."""
    block = b"".join(
        b"8BIM" + struct.pack(">HHI", number, 0, len(content)) + content + bytes(len(content) % 2)
        for number, content in resources
    )
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 30, 40, 8, 3) + bytes(4)
    body = struct.pack(">I", len(block)) + block + bytes(4)
    if not packed:
        planes = b"".join(band.tobytes() for band in texture(40, 30).split())
        return head + body + b"\0\0" + planes
    return head + body + b"\0\1" + struct.pack(">H", 2) * 90 + b"\xd9\x70" * 90


def test_credentials_are_named_in_every_container():
    jumbf = b"JP\0\1\0\0\0\1\0\0\0\x20jumbc2pa"
    webp, png = photo("WEBP"), photo("PNG")
    chunk = b"C2PA" + struct.pack("<I", 6) + b"SECRET"
    size = struct.pack("<I", len(webp) - 8 + len(chunk))
    for data in (
        segmented(0xEB, jumbf),
        png[:33] + png_file([(b"caBX", jumbf)])[8:] + png[33:],
        webp[:4] + size + webp[8:] + chunk,
        gif_with(b"C2PA_GIF\1\0\0"),
        photo("TIFF", tiffinfo={0xCD41: jumbf}),
        avif() + box(b"uuid", bytes(16) + jumbf),
    ):
        assert CREDENTIALS in labels(data), data[:4]
        assert not any("Private" in label for label in labels(data)), data[:4]


def test_private_blocks_are_named_and_ordinary_ones_are_none():
    webp, png = photo("WEBP"), photo("PNG")
    chunk = b"VNDR" + struct.pack("<I", 6) + b"SECRET"
    size = struct.pack("<I", len(webp) - 8 + len(chunk))
    for data, name in (
        *((segmented(at, b"VENDOR\0SECRET"), f"APP{at - 0xE0} VENDOR") for at in range(0xE0, 0xF0)),
        (segmented(0xF7, b"SECRET"), "JPG7 SECRET"),
        (segmented(0xEE, b"Adobe\0\x64\0\0\0\0\1SECRET"), "APP14 Adobe"),
        (png[:33] + png_file([(b"prVt", b"SECRET")])[8:] + png[33:], "prVt"),
        (webp[:4] + size + webp[8:] + chunk, "VNDR"),
        (gif_with(b"VENDOR 1234"), "VENDOR 1234"),
        (avif() + box(b"uuid", bytes(16) + b"SECRET"), "uuid"),
        (avif() + box(b"free", b"SECRET"), "free"),
    ):
        assert labels(data) == ["Private block " + name], name
    for data in (
        segmented(0xEE, b"Adobe\0\x64\0\0\0\0\1"),
        avif(),
        avif() + box(b"free", bytes(40)),
    ):
        assert labels(data) == []
    assert labels(segmented(0xE0, b"JFIF\0\1\2\0\0\1\0\1\2\2" + bytes(12))) == [
        "Small copy of the picture"
    ]


def test_xmp_of_gif_and_photoshop_files_is_named():
    assert "XMP" in labels(psd((0x0424, XMP)))
    assert "Position in XMP" in labels(planted()["gif"])
    assert labels(psd((4000, b"SECRET"))) == ["Photoshop and press data"]


def test_bytes_behind_a_picture_are_named_in_every_kind_that_tells_its_end():
    """Pillow's TIFF files end with the pixels or with the directory, by how they are packed."""
    coloured = texture(40, 30).convert("RGBA")
    pnm = b"%s\n# by nobody\n40 30\n%s\n"
    files = {
        **{kind: photo(kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "QOI", "PPM")},
        **{kind: photo("TIFF", compression=kind) for kind in ("tiff_lzw", "packbits", "raw")},
        "camera's TIFF": photo("TIFF", exif=exif_block()),
        "pages": photo("TIFF", save_all=True, append_images=[texture(20, 20)]),
        "icon": save(coloured, "ICO", sizes=[(16, 16), (24, 24)]),
        "old icon": save(coloured, "ICO", sizes=[(16, 16), (24, 24)], bitmap_format="bmp"),
        "bits": save(texture(40, 30).convert("1"), "PPM"),
        "PGM": save(texture(40, 30).convert("L"), "PPM"),
        "wide": pnm % (b"P6", b"65535") + bytes(7200),
        "PAM": b"P7\nWIDTH 40\nHEIGHT 30\nDEPTH 2\nMAXVAL 300\nENDHDR\n" + bytes(4800),
        "PFM": b"Pf\n40 30\n-1.0\n" + bytes(4800),
        "PSD": psd(),
        "packed PSD": psd(packed=True),
    }
    for name, data in files.items():
        assert TRAILER not in labels(data), name
        assert TRAILER not in labels(data + bytes(512)), "zeros only fill up a sector"
        assert TRAILER in labels(data + BYTES_BEHIND), name
        assert "Film behind the picture" in labels(data + FILM), name
    assert "Film behind the picture" in labels(avif() + box(b"mpvd", b"SECRET"))
    assert labels(avif() + BYTES_BEHIND) != []


def test_what_programs_write_into_cursors_and_pictures_of_apps_is_named():
    words = (b"tEXt", b"Comment\0SECRET")
    icon = planted()["cursor"]
    assert labels(icon) == ["Comment", TRAILER]
    chunks = png_chunks(photo("PNG"))
    bare = [(name, body[2:-4] if name == b"IDAT" else body) for name, body in chunks]
    of_app = png_file([(b"CgBI", b"\x50\0\x20\2"), bare[0], words, *bare[1:]])
    assert receipt(of_app)["format"] == "iphone-png"
    assert labels(of_app) == ["Comment"]
    assert labels(planted()["pam"]) == ["Comment", TRAILER]


def test_no_planted_file_is_called_clean():
    without_end = ("pcx", "dds")  # of these nobody can tell what belongs to the picture
    for name, data in planted().items():
        assert labels(data) or name in without_end, name
