"""Files whose pixels other tools get wrong: what a user would expect, for each kind of them."""

import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image, TiffImagePlugin

from common.edits.edit import checked
from core.containers import jpeg, png
from core.files.decode import decode
from core.files.picture_file import PictureFile
from core.output import animation_of
from core.readers.frames import pictures
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

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
FILL = (200, 120, 80)


def with_bad_checksum(name, content):
    chunks = save(gradient(), "PNG")
    bad = struct.pack(">I", len(content)) + name + content + b"\0\0\0\0"
    return chunks[:33] + bad + chunks[33:]


def test_no_ancillary_chunk_of_a_png_file_makes_it_unreadable():
    """Each known and an unknown one, with a wrong checksum and with nonsense inside."""
    names = b"tRNS gAMA cHRM sRGB iCCP sBIT pHYs bKGD hIST tIME eXIf tEXt zTXt iTXt acTL fcTL prVt"
    for name in names.split():
        for content in (b"", b"\0", b"nonsense\0\0nonsense" * 3):
            photo = decode(with_bad_checksum(name, content))
            assert largest_difference(photo.image, gradient()) == 0, (name, content)
            if name != b"tRNS":
                sound = png_file([(name, content)])[8:]
                data = save(gradient(), "PNG")
                photo = decode(data[:33] + sound + data[33:])
                assert largest_difference(photo.image, gradient()) == 0, (name, content)


def test_texts_and_profiles_of_megabytes_are_no_reason_to_refuse_a_png_file():
    long = b"{" + b"nodes," * 400_000 + b"}"
    for name, content in (
        (b"tEXt", b"workflow\0" + long),
        (b"zTXt", b"workflow\0\0" + zlib.compress(long)),
        (b"iTXt", b"workflow\0\1\0\0\0" + zlib.compress(long)),
        (b"iTXt", b"workflow\0\0\0\0\0" + long),
        (b"iCCP", b"long\0\0" + zlib.compress(bytes(1_300_000))),
    ):
        chunk = png_file([(name, content)])[8:]
        data = save(gradient(), "PNG")
        photo = decode(data[:33] + chunk + data[33:])
        assert largest_difference(photo.image, gradient()) == 0, name


def grey_png(depth, values, key):
    """Return a grey PNG file of one row with a transparent value."""
    bits = "".join(format(value, f"0{depth}b") for value in values)
    row = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")
    head = struct.pack(">IIBBBBB", len(values), 1, depth, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"tRNS", struct.pack(">H", key))]
    return png_file([*chunks, (b"IDAT", zlib.compress(b"\0" + row)), (b"IEND", b"")])


def test_the_transparent_grey_of_a_png_file_is_exactly_the_named_one_at_every_depth():
    for depth in (1, 2, 4, 8, 16):
        most = 2**depth - 1
        for key in {0, 1, most // 2, most}:
            values = sorted({0, 1, max(0, key - 1), key, min(most, key + 1), most})
            alpha = decode(grey_png(depth, values, key)).alpha
            wanted = [0 if value == key else 255 for value in values]
            assert pixels(alpha)[0].tolist() == wanted, (depth, key)


def test_the_transparent_colour_of_a_16_bit_png_file_spares_its_neighbours():
    row = [(1000, 2000, 3000), (1001, 2000, 3000), (1000, 2000, 3001), (1000, 2256, 3000)]
    body = b"\0" + np.array(row, ">u2").tobytes()
    for hidden in range(4):
        chunks = [
            (b"IHDR", png_header(4, 1, depth=16)),
            (b"tRNS", struct.pack(">3H", *row[hidden])),
        ]
        data = png_file([*chunks, (b"IDAT", zlib.compress(body)), (b"IEND", b"")])
        wanted = [0 if place == hidden else 255 for place in range(4)]
        assert pixels(decode(data).alpha)[0].tolist() == wanted


def apng(hidden):
    """Return an animated PNG file of two colours; ``hidden``: one more that is no part of it."""
    frames = [Image.new("RGB", (24, 16), colour) for colour in (RED, GREEN)]
    if hidden:
        frames.insert(0, Image.new("RGB", (24, 16), (40, 40, 40)))
    options = {"save_all": True, "append_images": frames[1:], "duration": 100, "loop": 0}
    return save(frames[0], "PNG", default_image=hidden, **options)


def test_a_picture_that_is_no_part_of_an_animation_is_not_shown():
    edit = {"steps": {"cutout": False}, "export": {"format": "gif"}}
    for hidden in (False, True):
        data = apng(hidden)
        assert header_of(data).frames == 2
        assert decode(data).image.getpixel((3, 3)) == RED
        moving = Image.open(BytesIO(animation_of(data, checked(edit)).files[0].content))
        assert moving.n_frames == 2
        assert moving.convert("RGB").getpixel((3, 3)) == RED


def test_an_animation_whose_chunks_are_damaged_is_a_still():
    data = bytearray(apng(hidden=False))
    data[data.index(b"acTL") + 4] ^= 1
    assert header_of(bytes(data)).frames == 1
    assert decode(bytes(data)).image.getpixel((3, 3)) == RED


def gif_of(frames, size=(40, 40), background=0):
    """Return a GIF file of (box, palette index, disposal, transparent index or None) each."""
    palette = bytes(RED + GREEN + BLUE + (255, 255, 255))
    data = b"GIF89a" + struct.pack("<HH", *size) + bytes([0x81, background, 0]) + palette
    for box, index, disposal, transparent in frames:
        width, height = box[2] - box[0], box[3] - box[1]
        flags = disposal << 2 | (transparent is not None)
        control = struct.pack("<BHB", flags, 10, transparent or 0)
        data += b"\x21\xf9\x04" + control + b"\0"
        inner = save(Image.new("P", (width, height), index), "GIF", optimize=False)
        at = inner.index(b"\x2c", 13 + 3 * 2 ** ((inner[10] & 7) + 1)) + 10
        code = inner[at:-1]
        data += b"\x2c" + struct.pack("<4H", *box[:2], width, height) + b"\0" + code
    return data + b"\x3b"


def shown(data):
    return [np.asarray(image) for image in pictures(PictureFile(data).gif)]


def test_a_gif_is_transparent_where_nothing_was_drawn_and_where_a_frame_was_taken_away():
    small, other = (10, 10, 20, 20), (20, 20, 30, 30)
    for transparent in (None, 3):
        for disposal in (0, 1, 2, 3):
            data = gif_of([(small, 1, disposal, transparent), (other, 2, 0, transparent)])
            first, second = shown(data)
            assert first[12, 12].tolist() == [*GREEN, 255]
            assert first[0, 0].tolist() == [0, 0, 0, 0]
            assert second[25, 25].tolist() == [*BLUE, 255]
            stays = disposal in (0, 1)
            assert second[12, 12].tolist() == ([*GREEN, 255] if stays else [0, 0, 0, 0]), disposal
            assert decode(data).alpha.getpixel((0, 0)) == 0
            assert header_of(data).frames == 2


def test_an_earlier_gif_frame_comes_back_after_one_that_is_undone():
    whole, small = (0, 0, 40, 40), (10, 10, 20, 20)
    data = gif_of([(whole, 0, 1, None), (small, 1, 3, None), ((0, 0, 5, 5), 2, 0, None)])
    first, second, third = shown(data)
    assert first[12, 12].tolist() == third[12, 12].tolist() == [*RED, 255]
    assert second[12, 12].tolist() == [*GREEN, 255]


def test_a_moving_gif_stays_transparent_where_it_was():
    data = gif_of([((10, 10, 20, 20), 1, 2, None), ((20, 20, 30, 30), 2, 2, None)])
    edit = {"steps": {"cutout": False}, "export": {"format": "gif"}}
    again = shown(animation_of(data, checked(edit)).files[0].content)
    for one, other in zip(shown(data), again, strict=True):
        assert np.array_equal(one[..., 3], other[..., 3])


def test_a_gif_without_a_picture_or_with_a_huge_frame_is_refused():
    assert refusal_code(decode, b"GIF89a\x28\0\x28\0\0\0\0\x3b") == "damaged"
    huge = gif_of([((0, 0, 10, 10), 0, 0, None)]).replace(
        struct.pack("<4H", 0, 0, 10, 10), struct.pack("<4H", 0, 0, 65000, 65000)
    )
    assert refusal_code(decode, huge) in ("damaged", "too_large")


def psd(depth=8, large=False, mode=3, extra=0, layers=0, packed=False):
    """Return an image of Photoshop: one colour, ``extra`` channels that are black."""
    size, planes = (12, 8), [*FILL[: 3 if mode == 3 else 1]] + [0] * extra
    head = b"8BPS" + struct.pack(
        ">H6xHIIHH", 2 if large else 1, len(planes), *size[::-1], depth, mode
    )
    word = ">Q" if large else ">I"
    inner = struct.pack(word, 2) + struct.pack(">h", layers) if layers else b""
    body = struct.pack(">II", 0, 0) + struct.pack(word, len(inner)) + inner
    wide = [struct.pack(">H", value * 257) if depth == 16 else bytes([value]) for value in planes]
    if not packed:
        return head + body + b"\0\0" + b"".join(sample * 96 for sample in wide)
    row = b"".join
    rows = [row(bytes([len(s * 12) - 1]) + s * 12 for s in [sample]) for sample in wide]
    counts = b"".join(struct.pack(">I" if large else ">H", len(r)) * 8 for r in rows)
    return head + body + b"\0\1" + counts + b"".join(r * 8 for r in rows)


def test_photoshop_files_of_16_bits_and_large_ones_are_read():
    for depth in (8, 16):
        for large in (False, True):
            for packed in (False, True):
                for mode in (1, 3):
                    photo = decode(psd(depth, large, mode, packed=packed))
                    wanted = FILL if mode == 3 else (FILL[0],) * 3
                    assert photo.image.getpixel((5, 5)) == wanted, (depth, large, packed)
                    assert photo.image.size == (12, 8)
                    assert ("reduced_to_8_bit" in photo.notices) == (depth == 16)
    assert refusal_code(decode, psd(16)[:-40]) == "damaged"


def test_a_saved_selection_of_photoshop_is_no_transparency():
    for depth in (8, 16):
        assert decode(psd(depth, extra=1)).alpha is None
        assert decode(psd(depth, extra=1, layers=2)).alpha is None
        assert decode(psd(depth, extra=1, layers=-2)).alpha.getextrema() == (0, 0)


def pages(*kinds):
    """Return a TIFF file of pages: each a (size, NewSubfileType)."""
    images = []
    for size, kind in kinds:
        image = texture(*size)
        info = TiffImagePlugin.ImageFileDirectory_v2()
        info[254] = kind
        image.encoderinfo = {"tiffinfo": info}
        images.append(image)
    first = images[0].encoderinfo["tiffinfo"]
    return save(images[0], "TIFF", save_all=True, append_images=images[1:], tiffinfo=first)


def test_a_small_copy_before_the_page_of_a_tiff_file_is_passed_by():
    for place, kinds in (
        (0, [((64, 48), 0), ((16, 12), 1)]),
        (1, [((16, 12), 1), ((64, 48), 0)]),
        (2, [((16, 12), 1), ((20, 14), 1), ((64, 48), 0)]),
    ):
        data = pages(*kinds)
        assert PictureFile(data).page == place
        assert (header_of(data).width, header_of(data).frames) == (64, 1)
        assert decode(data).image.size == (64, 48)
        assert decode(data).notices == []
    two = pages(((64, 48), 0), ((30, 20), 0))
    assert header_of(two).frames == 2
    assert decode(two).notices == ["first_frame"]


def coloured_png(value, *chunks):
    """Return a PNG file of one grey value with ancillary chunks."""
    plain = png_chunks(save(Image.new("RGB", (16, 16), (value,) * 3), "PNG"))
    return png_file([plain[0], *chunks, *plain[1:]])


def test_gamma_primaries_and_numbers_of_a_png_file_are_respected():
    linear = coloured_png(51, (b"gAMA", struct.pack(">I", 100000)))
    assert abs(decode(linear).image.getpixel((5, 5))[0] - 124) <= 1
    usual = coloured_png(51, (b"gAMA", struct.pack(">I", 45455)))
    assert decode(usual).image.getpixel((5, 5)) == (51, 51, 51)
    named = coloured_png(51, (b"sRGB", b"\0"), (b"gAMA", struct.pack(">I", 100000)))
    assert decode(named).image.getpixel((5, 5)) == (51, 51, 51)
    srgb = struct.pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
    assert decode(coloured_png(51, (b"cHRM", srgb))).image.getpixel((5, 5)) == (51, 51, 51)
    for numbers, wanted in (((12, 13), FILL), ((1, 13), None), ((9, 13), FILL)):
        chunk = (b"cICP", bytes([*numbers, 0, 1]))
        plain = png_chunks(save(Image.new("RGB", (16, 16), FILL), "PNG"))
        found = decode(png_file([plain[0], chunk, *plain[1:]])).image.getpixel((5, 5))
        assert (found == FILL) == (wanted is None), numbers


def test_pictures_for_brighter_screens_are_toned_down_with_a_notice():
    for transfer in (16, 18):
        levels = []
        for value in (0, 100, 150, 200, 255):
            photo = decode(coloured_png(value, (b"cICP", bytes([9, transfer, 0, 1]))))
            assert photo.notices == ["toned_down"]
            levels.append(photo.image.getpixel((5, 5))[1])
        assert levels == sorted(levels)
        assert levels[0] == 0
        assert levels[-1] >= 250
    unknown = decode(coloured_png(51, (b"cICP", bytes([77, 13, 0, 1]))))
    assert unknown.notices == ["profile_not_applied"]


def jpeg_of(names, adobe=None, jfif=False, progressive=False):
    """Return a JPEG file whose three components hold RED's numbers as they are."""
    image = Image.new("RGB", (32, 32), RED)
    data = save(image, "JPEG", keep_rgb=True, quality=95, progressive=progressive)
    at = data.index(b"\xff\xdb")
    head = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" if jfif else b""
    head += b"" if adobe is None else b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0" + bytes([adobe])
    renamed = jpeg._renamed(b"\xff\xd8" + data[at:], dict(zip(b"RGB", names, strict=True)))
    return b"\xff\xd8" + head + renamed[2:]


def test_what_the_colours_of_a_jpeg_file_are_is_said_by_its_segments_before_its_names():
    for progressive in (False, True):
        for names in (b"RGB", b"\1\2\3"):
            for adobe, jfif in ((0, False), (1, False), (None, True), (0, True)):
                photo = decode(jpeg_of(names, adobe, jfif, progressive))
                is_red = photo.image.getpixel((9, 9)) == RED
                assert is_red == (adobe == 0 and not jfif), (names, adobe, jfif)
        assert decode(jpeg_of(b"RGB", progressive=progressive)).image.getpixel((9, 9)) == RED


def test_a_pixels_only_file_is_itself_where_there_is_nothing_else():
    data = save(gradient(), "PNG")
    assert png.pixels_only(data) is data
