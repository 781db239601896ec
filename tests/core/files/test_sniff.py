"""The kind of a file is told from its bytes, whatever its name says."""

from common.kinds import KINDS
from core.files.sniff import refuse_unreadable, sniff
from tests.core.pictures import gradient, refusal_code, save


def iso_media(*brands):
    """Return the beginning of an ISO base media file with the given brands."""
    content = b"ftyp" + brands[0] + b"\0\0\0\0" + b"".join(brands[1:])
    return (len(content) + 4).to_bytes(4, "big") + content + b"\0\0\0\x08free"


def test_files_that_pillow_writes_are_told_apart():
    kinds = {
        "JPEG": "jpeg",
        "PNG": "png",
        "WEBP": "webp",
        "GIF": "gif",
        "TIFF": "tiff",
        "BMP": "bmp",
        "PPM": "pnm",
        "ICO": "ico",
    }
    for file_format, kind in kinds.items():
        assert sniff(save(gradient(), file_format)) == kind


def test_kinds_that_pillow_only_reads_are_known_by_their_magic_number():
    assert sniff(b"8BPS\0\1" + bytes(20)) == "psd"
    assert sniff(b"qoif" + bytes(20)) == "qoi"
    assert sniff(b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(20)) == "jpeg2000"
    assert sniff(b"\xff\x4f\xff\x51" + bytes(20)) == "jpeg2000"
    assert sniff(b"MM\0*" + bytes(20)) == "tiff"


def test_heic_and_avif_are_told_by_their_brands():
    assert sniff(iso_media(b"heic", b"mif1", b"heic")) == "heic"
    assert sniff(iso_media(b"avif", b"mif1", b"miaf")) == "avif"
    assert sniff(iso_media(b"mif1", b"avif")) == "avif"
    assert sniff(iso_media(b"mif1", b"miaf", b"heix")) == "heic"
    assert sniff(iso_media(b"isom", b"mp42")) is None


def test_svg_is_known_behind_everything_that_may_stand_before_its_root():
    assert sniff(b"<svg xmlns='http://www.w3.org/2000/svg'/>") == "svg"
    assert sniff(b"\xef\xbb\xbf  <?xml version='1.0'?>\n<!-- a > b -->\n<svg/>") == "svg"
    assert sniff(b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x.dtd'><svg/>") == "svg"
    assert sniff(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>") == "svg"
    assert sniff("\ufeff<svg/>".encode("utf-16-le")) == "svg"


def test_html_that_mentions_svg_is_not_an_image():
    assert sniff(b"<!DOCTYPE html><html><body><svg/></body></html>") is None


def test_pdf_is_known_even_behind_a_few_stray_bytes():
    assert sniff(b"%PDF-1.7\n") == "pdf"
    assert sniff(b"\r\n\r\n%PDF-1.4\n") == "pdf"


def test_text_is_of_no_kind_also_when_it_begins_like_a_bitmap():
    for text in (b"", b"x", b"hello, this is text", b"BMW is a company in Munich", b"P5"):
        assert sniff(text) is None, text


def test_every_beginning_of_a_picture_can_be_sniffed_without_an_error():
    for file_format in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "ICO"):
        data = save(gradient(), file_format)
        for length in range(64):
            kind = sniff(data[:length])
            assert kind is None or KINDS[kind].reader


def test_unreadable_kinds_are_refused_with_their_own_code():
    assert refusal_code(refuse_unreadable, None) == "not_an_image"
    for kind in ("svg", "heic", "avif", "pdf"):
        assert refusal_code(refuse_unreadable, kind) == "is_" + kind
    for kind in KINDS.values():
        if kind.reader:
            refuse_unreadable(kind.key)


def test_pictures_of_light_are_refused_by_their_name():
    for data, name in (
        (b"\x76\x2f\x31\x01\2\0\0\0" + bytes(20), "OpenEXR"),
        (b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n", "Radiance HDR"),
        (b"#?RGBE\n\n-Y 1 +X 1\n", "Radiance HDR"),
    ):
        kind = sniff(data)
        assert refusal_code(refuse_unreadable, kind) == "no_decoder"
        assert KINDS[kind].label == name
