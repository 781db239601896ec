"""Broken and hostile files end in one refusal, before they cost memory."""

import io
import struct
import zlib

from PIL import Image

from common.errors import Refusal
from core.files.decode import decode
from core.files.metadata import receipt
from core.files.picture_file import PictureFile
from core.matte.tensor import to_tensor
from core.writing.encode import png
from tests.core.pictures import (
    gradient,
    header_of,
    largest_difference,
    pixels,
    png_chunks,
    png_file,
    png_header,
    refusal_code,
    save,
    texture,
)


def png_bomb(side):
    """Return a PNG file of under 100 bytes that announces side x side pixels."""
    pixels = zlib.compress(bytes(1000))
    return png_file([(b"IHDR", png_header(side, side)), (b"IDAT", pixels), (b"IEND", b"")])


def test_an_empty_file_and_a_text_file_are_refused():
    for function in (header_of, decode):
        assert refusal_code(function, b"") == "empty_file"
        assert refusal_code(function, b"This is a shopping list, renamed to .jpg.") == (
            "not_an_image"
        )


def test_svg_heic_avif_and_pdf_are_refused_by_name():
    samples = {
        "is_svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "is_heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "is_avif": b"\0\0\0\x18ftypavif\0\0\0\0mif1miaf",
        "is_pdf": b"%PDF-1.7\n%%EOF",
    }
    for code, data in samples.items():
        assert refusal_code(header_of, data) == code
        assert refusal_code(decode, data) == code


def test_a_picture_cut_off_anywhere_before_its_last_pixels_is_damaged():
    image = texture(320, 240)
    for file_format in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"):
        data = save(image, file_format)
        for part in (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97):
            cut = data[: int(len(data) * part)]
            assert refusal_code(decode, cut) in ("damaged", "not_an_image"), (file_format, part)


def test_a_progressive_jpeg_that_is_cut_off_is_damaged_too():
    data = save(texture(320, 240), "JPEG", progressive=True)
    for part in (0.1, 0.5, 0.9):
        assert refusal_code(decode, data[: int(len(data) * part)]) == "damaged"


def test_a_png_with_damaged_pixels_is_refused():
    data = bytearray(save(texture(320, 240), "PNG"))
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    assert refusal_code(decode, bytes(data)) == "damaged"


def test_every_single_damaged_byte_ends_in_a_photo_or_a_refusal():
    for file_format in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "ICO", "PPM"):
        data = save(gradient(), file_format)
        for at in range(0, min(len(data), 700), 3):
            broken = bytearray(data)
            broken[at] ^= 0xFF
            try:
                assert decode(bytes(broken), 1).image.mode == "RGB", (file_format, at)
            except Refusal:
                continue


def test_a_decompression_bomb_is_refused_by_its_header():
    bomb = png_bomb(60000)
    header = header_of(bomb)
    assert (header.width, header.height) == (60000, 60000)
    assert refusal_code(decode, bomb) == "too_large"


def test_a_webp_bomb_is_refused_before_pillow_allocates_its_canvas():
    content = b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\xfe\x3f\x00" * 2 + bytes(40)
    data = b"RIFF" + struct.pack("<I", len(content) + 4) + b"WEBP" + content
    assert (header_of(data).width, header_of(data).height) == (16383, 16383)
    assert refusal_code(decode, data) == "too_large"


def test_the_canvas_of_every_webp_flavour_is_read_from_its_header():
    translucent = gradient(123, 45)
    translucent.putalpha(128)
    for image, options in (
        (gradient(123, 45), {}),
        (gradient(123, 45), {"lossless": True}),
        (translucent, {}),
        (translucent, {"lossless": True}),
        (gradient(123, 45), {"save_all": True, "append_images": [gradient(123, 45)]}),
    ):
        header = header_of(save(image, "WEBP", **options))
        assert (header.format, header.width, header.height) == ("webp", 123, 45)


def test_an_icon_may_not_hide_a_larger_picture_than_it_announces():
    inner = png_bomb(30000)
    entry = struct.pack("<BBBBHHII", 64, 64, 0, 0, 1, 32, len(inner), 22)
    assert refusal_code(decode, struct.pack("<HHH", 0, 1, 1) + entry + inner) == "damaged"


def test_compressed_metadata_that_unpacks_to_megabytes_is_cut_off():
    bomb = zlib.compress(bytes(80_000_000), 9)
    chunks = png_chunks(save(gradient(), "PNG"))
    for name, content in (
        (b"zTXt", b"Comment\0\0" + bomb),
        (b"iCCP", b"profile\0\0" + bomb),
        (b"iTXt", b"Comment\0\1\0\0\0" + bomb),
    ):
        file = PictureFile(png_file([chunks[0], (name, content), *chunks[1:]]))
        assert largest_difference(decode(file).image, gradient()) == 0
        texts = sum(len(text) for _, text, _ in file.blocks.texts)
        assert texts + len(file.profile or b"") <= 8_000_000


def test_icons_can_be_converted_and_not_cut_out():
    for size in ((1, 1), (1, 150), (20000, 10), (15, 400), (8, 8)):
        photo = decode(save(Image.new("RGB", size), "PNG"))
        assert photo.image.size == size
        tensor = [photo.image, 64, (0, 0, 0), (1, 1, 1)]
        assert refusal_code(to_tensor, *tensor) == "too_small"


def test_pictures_too_large_are_refused_before_decoding():
    data = save(Image.new("RGB", (1100, 1000)), "PNG")
    assert refusal_code(decode, data, 1) == "too_large"
    assert decode(data, 1.1).image.size == (1100, 1000)


def test_pillows_own_limits_are_put_back_after_success_and_failure():
    before = Image.MAX_IMAGE_PIXELS
    decode(save(gradient(), "PNG"))
    assert before == Image.MAX_IMAGE_PIXELS
    refusal_code(decode, save(texture(320, 240), "JPEG")[:2000])
    assert before == Image.MAX_IMAGE_PIXELS


def test_a_cutout_can_be_opened_again():
    image = gradient()
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    again = Image.open(io.BytesIO(png(image)))
    assert again.mode == "RGBA"
    assert decode(png(image)).alpha is not None


def scans_of(count, side):
    """Return a progressive JPEG file of side x side pixels that ends in one scan many times."""
    data = save(Image.new("L", (side, side), 90), "JPEG", progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:-2] + data[at:-2] * count + b"\xff\xd9"


def test_what_is_cut_into_more_parts_than_any_program_writes_is_refused_at_once():
    plain, photo = save(gradient(), "PNG"), save(gradient(), "JPEG")
    moving = save(gradient().quantize(16), "GIF")
    at = 13 + 3 * 2 ** ((moving[10] & 7) + 1)
    for name in (b"prVt", b"tEXt", b"IDAT"):
        chunk = png_file([(name, b"a\0b" if name == b"tEXt" else b"")])[8:]
        crowd = plain[:33] + chunk * 1_000_000 + plain[33:]
        assert refusal_code(decode, crowd) == refusal_code(receipt, crowd) == "too_many_parts"
    for segment in (b"\xff\xe5\0\x02", b"\xff\xfe\0\x02", b"\xff\xe1\0\x08Exif\0\0"):
        crowd = photo[:20] + segment * 1_000_000 + photo[20:]
        assert refusal_code(decode, crowd) == refusal_code(receipt, crowd) == "too_many_parts"
    crowd = moving[:at] + b"\x21\xfe\x01a\0" * 1_000_000 + moving[at:]
    assert refusal_code(decode, crowd) == refusal_code(receipt, crowd) == "too_many_parts"
    assert refusal_code(decode, scans_of(2000, 64)) == "too_many_parts"
    assert refusal_code(decode, scans_of(700, 3000)) == "too_many_parts"


def test_many_parts_that_programs_write_are_no_reason_to_refuse_and_the_receipt_is_short():
    assert decode(scans_of(100, 64)).image.size == (64, 64)
    packed = zlib.compress(
        b"".join(b"\0" + row.tobytes() for row in pixels(gradient()).astype("u1"))
    )
    head = png_chunks(save(gradient(), "PNG"))[0]
    pieces = [(b"IDAT", packed[at : at + 1]) for at in range(len(packed))]
    photo = decode(png_file([head, *pieces, (b"IEND", b"")]))
    assert largest_difference(photo.image, gradient()) == 0
    jpeg = save(gradient(), "JPEG")
    comments = jpeg[:20] + b"\xff\xfe\0\x05abc" * 5000 + jpeg[20:]
    assert len(receipt(comments)["entries"]) <= 200
    gif = save(gradient().quantize(16), "GIF")
    at = 13 + 3 * 2 ** ((gif[10] & 7) + 1)
    assert len(receipt(gif[:at] + b"\x21\xfe\x01a\0" * 5000 + gif[at:])["entries"]) <= 200


def refused_name(data):
    """Return under which name a file is refused."""
    try:
        decode(data)
    except Refusal as refusal:
        return refusal.details.get("format")
    return None


def test_rare_forms_of_jpeg_are_refused_by_their_name():
    plain = save(gradient(), "JPEG")
    at = plain.index(b"\xff\xc0")
    for marker, bits, name in (
        (0xC1, 12, "JPEG (12 bits)"),
        (0xC5, 8, "JPEG (hierarchical)"),
        (0xF7, 8, "JPEG-LS"),
    ):
        data = plain[: at + 1] + bytes([marker]) + plain[at + 2 : at + 4] + bytes([bits])
        assert refused_name(data + plain[at + 5 :]) == name
