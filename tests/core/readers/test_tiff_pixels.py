"""TIFF files of every layout and packing that anybody writes, the same here and in Pyodide."""

import struct

import numpy as np
from PIL import Image

from core.files.decode import decode
from tests.core.pictures import gradient, header_of, largest_difference, refusal_code, save, texture
from tests.core.tiff_file import PACKERS, tiff_file

PLAIN = np.asarray(gradient())
GREY = np.asarray(gradient().convert("L"))[..., None]
ALPHA = np.broadcast_to(np.linspace(0, 255, 64).astype(np.uint8)[:, None], (48, 64, 1))
PIECES = ({}, {"rows": 11}, {"tile": (16, 32)})


def as_rgb(grey):
    return np.concatenate([grey] * 3, axis=-1)


def assert_shows(data, wanted, tolerance=0, alpha=None):
    photo = decode(data)
    assert largest_difference(photo.image, wanted) <= tolerance
    assert (photo.alpha is None) == (alpha is None)
    if alpha is not None:
        assert largest_difference(photo.alpha, alpha[..., 0]) <= tolerance


def test_every_packing_gives_the_same_pixels_in_strips_and_tiles():
    for packing in PACKERS:
        for cut in PIECES:
            for order in "<>":
                for values, wanted, kind in ((PLAIN, PLAIN, 2), (GREY, as_rgb(GREY), 1)):
                    assert_shows(tiff_file(values, kind, packing, order=order, **cut), wanted)
                    wide = values.astype(np.uint16) * 257
                    assert_shows(tiff_file(wide, kind, packing, order=order, **cut), wanted, 1)
                assert_shows(tiff_file(PLAIN, 2, packing, planar=2, order=order, **cut), PLAIN)


def test_wide_planes_floating_point_and_long_numbers_are_read_in_every_packing():
    for packing in PACKERS:
        for cut in PIECES:
            wide = PLAIN.astype(np.uint16) * 257
            assert_shows(tiff_file(wide, 2, packing, planar=2, order=">", **cut), PLAIN, 1)
            long = PLAIN.astype(np.uint32) * 16843009
            assert_shows(tiff_file(long, 2, packing, **cut), PLAIN, 1)
            for kind in ("f2", "f4", "f8"):
                for values, wanted, photometric in ((PLAIN, PLAIN, 2), (GREY, as_rgb(GREY), 1)):
                    light = (values / 255).astype(kind)
                    for order in "<>":
                        data = tiff_file(light, photometric, packing, order=order, **cut)
                        assert_shows(data, wanted, 1)


def test_differences_between_neighbours_are_summed_whatever_the_numbers_are():
    for packing in (5, 8, 34925, 50000):
        for order in "<>":
            for values in (PLAIN, PLAIN.astype(np.uint16) * 257):
                data = tiff_file(values, 2, packing, predictor=2, order=order, tile=(32, 16))
                assert_shows(data, PLAIN, 1)
        for kind in ("f4", "f8"):
            light = (PLAIN / 255).astype(kind)
            assert_shows(tiff_file(light, 2, packing, predictor=3, rows=7), PLAIN, 1)


def test_unusual_numbers_of_bits_are_read():
    for packing in (1, 8, 50000):
        for bits in (1, 2, 4, 6, 10, 12, 14):
            most = 2**bits - 1
            values = np.rint(GREY / 255 * most).astype(np.uint16)
            wanted = as_rgb(np.rint(values * 255.0 / most))
            for kind in (0, 1):
                shown = wanted if kind else 255 - wanted
                if bits in (1, 2, 4) or kind or packing != 1:
                    assert_shows(tiff_file(values, kind, packing, bits=bits), shown, 1)
        values = np.rint(PLAIN / 255 * 4095).astype(np.uint16)
        assert_shows(tiff_file(values, 2, packing, bits=12, rows=5), PLAIN, 1)


def test_a_bilevel_page_stays_one_in_every_packing():
    for packing in PACKERS:
        data = tiff_file((GREY > 127).astype(np.uint8), 1, packing, bits=1)
        assert header_of(data).mode == "1"
        assert decode(data).layout == "1"


def test_alpha_is_straight_whether_it_was_multiplied_in_or_not():
    both = np.concatenate([PLAIN, ALPHA], axis=-1)
    multiplied = np.rint(PLAIN * (ALPHA / 255)).astype(np.uint8)
    for packing in (1, 8, 34925):
        for scale, kind in ((1, np.uint8), (257, np.uint16)):
            data = tiff_file(both.astype(kind) * kind(scale), 2, packing, tags=[(338, 3, [2])])
            assert_shows(data, PLAIN, 1, ALPHA)
            values = np.concatenate([multiplied, ALPHA], axis=-1).astype(kind) * kind(scale)
            photo = decode(tiff_file(values, 2, packing, tags=[(338, 3, [1])]))
            shows = ALPHA[..., 0] > 60
            difference = np.abs(np.asarray(photo.image).astype(int) - PLAIN)[shows]
            assert difference.max() <= 3, (packing, scale)
            grey = np.concatenate([GREY, ALPHA], axis=-1).astype(kind) * kind(scale)
            data = tiff_file(grey, 1, packing, tags=[(338, 3, [2])])
            assert_shows(data, as_rgb(GREY), 1, ALPHA)
        data = tiff_file(both, 2, packing, tags=[(338, 3, [0])])
        assert_shows(data, PLAIN)


def test_palettes_print_colours_lab_and_ycbcr_are_read_in_every_packing():
    table = np.stack([np.arange(256), 255 - np.arange(256), np.full(256, 77)]).astype(np.uint16)
    coloured = np.moveaxis(table.astype(np.uint8)[:, GREY[..., 0]], 0, -1)
    print_colours = np.concatenate([255 - PLAIN, np.zeros_like(GREY)], axis=-1)
    ycbcr = np.asarray(gradient().convert("YCbCr"))
    lab = np.concatenate([GREY, np.zeros_like(PLAIN[..., :2])], axis=-1)
    neutral = decode(tiff_file(lab, 8)).image
    for packing in PACKERS:
        for cut in ({}, {"tile": (16, 16)}):
            colours = [(320, 3, (table.ravel() * 257).tolist())]
            assert_shows(tiff_file(GREY, 3, packing, tags=colours, **cut), coloured)
            photo = decode(tiff_file(print_colours, 5, packing, **cut))
            assert photo.notices == ["approximate_colours"]
            assert largest_difference(photo.image, PLAIN) <= 1
            data = tiff_file(ycbcr, 6, packing, tags=[(530, 3, [1, 1])], **cut)
            assert_shows(data, PLAIN, 3)
            assert_shows(tiff_file(lab, 8, packing, **cut), neutral)


def with_shared_colours(packing, across, down):
    """Return what packs a piece of YCbCr in blocks of pixels that share their colour."""

    def pack(piece):
        high, wide = -(-piece.shape[0] // down) * down, -(-piece.shape[1] // across) * across
        margins = ((0, high - piece.shape[0]), (0, wide - piece.shape[1]), (0, 0))
        whole = np.pad(piece, margins, "edge").reshape(high // down, down, -1, across, 3)
        light = whole[..., 0].transpose(0, 2, 1, 3).reshape(high // down, -1, across * down)
        blocks = np.concatenate([light, whole[:, 0, :, 0, 1:]], axis=-1)
        return PACKERS[packing](blocks.tobytes())

    return pack


def test_pixels_that_share_their_colour_are_read():
    ycbcr = np.asarray(gradient().convert("YCbCr"))
    for across, down in ((2, 2), (2, 1), (4, 4), (1, 2)):
        for packing in (1, 5, 8, 50000):
            pack = with_shared_colours(packing, across, down)
            for cut in ({}, {"rows": 8}, {"tile": (16, 16)}):
                tags = [(530, 3, [across, down])]
                data = tiff_file(ycbcr, 6, packing, pack=pack, tags=tags, **cut)
                assert_shows(data, PLAIN, 30)


def test_a_page_lies_as_its_orientation_says_in_every_packing():
    for turn in range(1, 9):
        wanted = decode(tiff_file(PLAIN, 2, tags=[(274, 3, [turn])])).image
        for packing in (8, 34925, 50000):
            data = tiff_file(PLAIN, 2, packing, tags=[(274, 3, [turn])])
            assert largest_difference(decode(data).image, wanted) == 0, turn
            assert (header_of(data).width, header_of(data).height) == wanted.size


def file_in_a_piece(kind, mode, **options):
    """Return what packs a piece as a file of its own."""

    def pack(piece):
        values = np.ascontiguousarray(piece if piece.shape[2] > 1 else piece[..., 0])
        return save(Image.fromarray(values, mode), kind, **options)

    return pack


def test_pieces_that_are_jpeg_webp_and_png_files_are_read():
    photo = np.asarray(texture(64, 48))
    grey = np.asarray(texture(64, 48).convert("L"))[..., None]
    for cut in PIECES:
        rgb = file_in_a_piece("JPEG", "RGB", quality=95, subsampling=0, keep_rgb=True)
        assert_shows(tiff_file(photo, 2, 7, pack=rgb, **cut), photo, 25)
        mixed = file_in_a_piece("JPEG", "RGB", quality=95)
        assert_shows(tiff_file(photo, 6, 7, pack=mixed, **cut), photo, 60)
        plain = file_in_a_piece("JPEG", "L", quality=95)
        assert_shows(tiff_file(grey, 1, 7, pack=plain, **cut), as_rgb(grey), 25)
        webp = file_in_a_piece("WEBP", "RGB", lossless=True)
        assert_shows(tiff_file(photo, 2, 50001, pack=webp, **cut), photo)
        png = file_in_a_piece("PNG", "RGB")
        assert_shows(tiff_file(photo, 2, 34933, pack=png, **cut), photo)


def test_damaged_pieces_of_every_packing_are_refused_and_others_by_their_name():
    for packing in (8, 34925, 50000, 7, 34933, 50001):
        data = tiff_file(PLAIN, 2, packing, pack=lambda piece: b"nonsense" * 40)
        assert refusal_code(decode, data) == "damaged", packing
    for packing in (34887, 34712, 50002, 34661):
        data = tiff_file(PLAIN, 2, packing, pack=lambda piece: b"nonsense" * 40)
        assert refusal_code(decode, data) == "no_decoder", packing
    short = tiff_file(PLAIN, 2, 8, rows=8)
    assert refusal_code(decode, short[: len(short) // 3] + bytes(len(short))) == "damaged"


def test_a_piece_that_claims_to_be_huge_is_refused():
    data = tiff_file(PLAIN, 2, 8, tile=(64, 48))
    width = b"\x42\x01\x04\0\x01\0\0\0\x40\0\0\0"
    assert width in data
    huge = data.replace(width, width[:8] + b"\0\0\1\0").replace(
        b"\x43\x01\x04\0\x01\0\0\0\x30\0\0\0", b"\x43\x01\x04\0\x01\0\0\0\0\0\1\0"
    )
    assert refusal_code(decode, huge) == "damaged"
    many = tiff_file(np.zeros((400, 400, 1), np.uint8), 1, 8, tile=(1, 1))
    assert refusal_code(decode, many) == "too_many_parts"


def test_inks_with_alpha_are_read_with_it():
    inks = np.concatenate([255 - PLAIN, np.zeros_like(GREY), ALPHA], axis=-1)
    for packing in (1, 5, 8):
        photo = decode(tiff_file(inks, 5, packing, tags=[(338, 3, [2])]))
        assert largest_difference(photo.image, PLAIN) <= 1
        assert np.array_equal(np.asarray(photo.alpha), ALPHA[..., 0])
        spot = decode(tiff_file(inks, 5, packing, tags=[(338, 3, [0])]))
        assert largest_difference(spot.image, PLAIN) <= 1
        assert spot.alpha is None


def test_a_big_tiff_is_read_whatever_the_order_of_its_bytes():
    for order in "<>":
        for values in (PLAIN, PLAIN.astype(np.uint16) * 257):
            height, width, _ = values.shape
            content = values.astype(values.dtype.newbyteorder(order)).tobytes()
            bits = values.dtype.itemsize * 8
            numbers = [
                (256, 3, [width]), (257, 3, [height]), (258, 3, [bits] * 3), (259, 3, [1]),
                (262, 3, [2]), (273, 16, [16]), (277, 3, [3]), (278, 3, [height]),
                (279, 16, [len(content)]),
            ]  # fmt: skip
            head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HHH", 43, 8, 0)
            body = struct.pack(order + "Q", len(numbers))
            for tag, kind, told in numbers:
                packed = struct.pack(order + {3: "H", 16: "Q"}[kind] * len(told), *told)
                body += struct.pack(order + "HHQ", tag, kind, len(told)) + packed.ljust(8, b"\0")
            place = struct.pack(order + "Q", 16 + len(content))
            photo = decode(head + place + content + body + bytes(8))
            assert np.array_equal(np.asarray(photo.image), PLAIN), (order, bits)
