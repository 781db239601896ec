"""Every layout of pixels comes out as upright 8-bit RGB with its alpha beside it."""

import numpy as np
from PIL import Image

from core.decode import decode, read_header
from tests.core.pictures import (
    gradient,
    largest_difference,
    pixels,
    png_chunks,
    png_file,
    png_of_16_bit_rgb,
    quadrants,
    refusal_code,
    save,
)

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)

UPRIGHT_CORNERS = {
    1: (RED, GREEN, BLUE, WHITE),
    2: (GREEN, RED, WHITE, BLUE),
    3: (WHITE, BLUE, GREEN, RED),
    4: (BLUE, WHITE, RED, GREEN),
    5: (RED, BLUE, GREEN, WHITE),
    6: (BLUE, RED, WHITE, GREEN),
    7: (WHITE, GREEN, BLUE, RED),
    8: (GREEN, WHITE, RED, BLUE),
}
"""Corners (top left, top right, bottom left, bottom right) of the quadrants once upright."""


def corners(image):
    """Return the four corner pixels: top left, top right, bottom left, bottom right."""
    right, bottom = image.width - 1, image.height - 1
    return tuple(image.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom)))


def exif(orientation):
    """Return an EXIF block that holds an orientation."""
    block = Image.Exif()
    block[0x0112] = orientation
    return block.tobytes()


def test_all_eight_exif_orientations_are_set_upright_in_png_and_tiff():
    for orientation, expected in UPRIGHT_CORNERS.items():
        turned = orientation >= 5
        for data in (
            save(quadrants(), "PNG", exif=exif(orientation)),
            save(quadrants(), "TIFF", tiffinfo={0x0112: orientation}),
        ):
            header, photo = read_header(data), decode(data)
            assert (header.width, header.height) == ((48, 64) if turned else (64, 48))
            assert photo.image.size == (header.width, header.height)
            assert corners(photo.image) == expected, orientation


def test_orientation_in_jpeg_and_webp_counts_too():
    for file_format in ("JPEG", "WEBP"):
        data = save(quadrants(), file_format, exif=exif(6), quality=95)
        header, photo = read_header(data), decode(data)
        assert (header.width, header.height) == photo.image.size == (48, 64)
        for corner, expected in zip(corners(photo.image), UPRIGHT_CORNERS[6], strict=True):
            assert np.abs(np.subtract(corner, expected)).max() <= 12


def test_alpha_is_turned_together_with_the_colours():
    image = quadrants()
    image.putalpha(255)
    image.paste((255, 0, 0, 0), (0, 0, 32, 24))
    photo = decode(save(image, "PNG", exif=exif(6)))
    assert photo.alpha is not None
    assert photo.alpha.size == photo.image.size == (48, 64)
    assert corners(photo.alpha) == (255, 0, 255, 255)


def test_orientation_behind_the_pixels_of_a_png_is_found_without_decoding():
    chunks = png_chunks(save(quadrants(), "PNG", exif=exif(6)))
    late = [chunk for chunk in chunks if chunk[0] != b"eXIf"]
    late.insert(-1, next(chunk for chunk in chunks if chunk[0] == b"eXIf"))
    data = png_file(late)
    assert (read_header(data).width, read_header(data).height) == (48, 64)
    assert corners(decode(data).image) == UPRIGHT_CORNERS[6]


def test_a_damaged_exif_block_leaves_the_picture_as_it_lies_with_a_notice():
    photo = decode(save(quadrants(), "PNG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))
    assert corners(photo.image) == UPRIGHT_CORNERS[1]
    assert photo.notices in ([], ["orientation_unreadable"])
    photo = decode(save(quadrants(), "PNG", exif=b"not an EXIF block"))
    assert corners(photo.image) == UPRIGHT_CORNERS[1]
    assert photo.notices == ["orientation_unreadable"]


def test_lossless_rgb_files_come_out_bit_identical_and_without_alpha():
    for file_format in ("PNG", "BMP", "TIFF", "PPM", "WEBP"):
        options = {"lossless": True} if file_format == "WEBP" else {}
        photo = decode(save(gradient(), file_format, **options))
        assert photo.image.mode == "RGB"
        assert photo.alpha is None
        assert photo.notices == []
        assert largest_difference(photo.image, gradient()) == 0, file_format


def test_a_jpeg_comes_out_close_to_what_was_saved():
    photo = decode(save(gradient(), "JPEG", quality=95, subsampling=0))
    assert photo.format == "jpeg"
    assert largest_difference(photo.image, gradient()) <= 8


def test_existing_alpha_is_kept_apart_and_hidden_colours_survive():
    image = gradient()
    alpha = Image.fromarray((pixels(image)[..., 1]).astype(np.uint8))
    image.putalpha(alpha)
    photo = decode(save(image, "PNG"))
    assert largest_difference(photo.image, gradient()) == 0
    assert photo.alpha is not None
    assert largest_difference(photo.alpha, alpha) == 0


def test_alpha_that_is_opaque_everywhere_counts_as_none():
    image = gradient()
    image.putalpha(255)
    assert decode(save(image, "PNG")).alpha is None


def test_grey_grey_with_alpha_and_one_bit_pictures_become_rgb():
    grey = gradient().convert("L")
    assert largest_difference(decode(save(grey, "PNG")).image, grey.convert("RGB")) == 0
    bits = grey.convert("1")
    assert largest_difference(decode(save(bits, "PNG")).image, bits.convert("RGB")) == 0
    both = grey.copy()
    both.putalpha(Image.linear_gradient("L").resize(grey.size))
    photo = decode(save(both, "PNG"))
    assert largest_difference(photo.image, grey.convert("RGB")) == 0
    assert photo.alpha is not None
    assert largest_difference(photo.alpha, both.getchannel("A")) == 0


def test_a_palette_keeps_its_colours_and_its_transparent_entry():
    palette = quadrants().quantize(4)
    photo = decode(save(palette, "PNG"))
    assert largest_difference(photo.image, quadrants()) == 0
    assert photo.alpha is None
    hidden = palette.getpixel((0, 0))
    for file_format in ("PNG", "GIF"):
        photo = decode(save(palette, file_format, transparency=hidden))
        assert photo.alpha is not None
        assert corners(photo.alpha) == (0, 255, 255, 255)
        assert corners(photo.image)[1:] == (GREEN, BLUE, WHITE)


def test_a_palette_with_graded_transparency_keeps_the_grades():
    palette = quadrants().quantize(4)
    order = [palette.getpixel(at) for at in ((0, 0), (63, 0), (0, 47), (63, 47))]
    grades = bytearray(4)
    for index, grade in zip(order, (0, 80, 160, 255), strict=True):
        grades[index] = grade
    photo = decode(save(palette, "PNG", transparency=bytes(grades)))
    assert photo.alpha is not None
    assert corners(photo.alpha) == (0, 80, 160, 255)
    assert corners(photo.image) == (RED, GREEN, BLUE, WHITE)


def test_a_transparent_colour_of_an_rgb_png_becomes_alpha():
    photo = decode(save(quadrants(), "PNG", transparency=RED))
    assert photo.alpha is not None
    assert corners(photo.alpha) == (0, 255, 255, 255)


def test_cmyk_without_a_profile_is_converted_with_a_notice():
    for file_format in ("TIFF", "JPEG"):
        options = {"quality": 95} if file_format == "JPEG" else {}
        photo = decode(save(quadrants().convert("CMYK"), file_format, **options))
        assert photo.notices == ["approximate_colours"]
        for corner, expected in zip(corners(photo.image), UPRIGHT_CORNERS[1], strict=True):
            assert np.abs(np.subtract(corner, expected)).max() <= 6, file_format


def test_sixteen_bit_grey_is_scaled_and_not_clipped():
    ramp = np.linspace(0, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
    expected = np.rint(ramp / 257)
    for file_format in ("PNG", "TIFF", "PPM"):
        photo = decode(save(Image.fromarray(ramp), file_format))
        assert photo.image.mode == "RGB"
        assert largest_difference(photo.image, np.stack([expected] * 3, -1)) <= 1, file_format
        assert "reduced_to_8_bit" in photo.notices


def test_a_tiff_in_which_zero_is_white_is_not_shown_as_a_negative():
    ramp = np.linspace(0, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
    photo = decode(save(Image.fromarray(ramp), "TIFF", tiffinfo={262: 0}))
    assert corners(photo.image)[0] == WHITE
    assert corners(photo.image)[3] == (0, 0, 0)


def test_sixteen_bit_colour_keeps_its_colours_with_a_notice():
    values = pixels(gradient()).astype(np.uint16) * 257
    photo = decode(png_of_16_bit_rgb(values))
    assert largest_difference(photo.image, gradient()) == 0
    assert photo.notices == ["reduced_to_8_bit"]


def test_floating_point_and_32_bit_greys_are_scaled_to_the_whole_range():
    ramp = np.linspace(0, 1, 64 * 48).reshape(48, 64)
    expected = np.rint(ramp * 255)
    for scale, kind in ((1, np.float32), (255, np.float32), (65535, np.int32), (255, np.int32)):
        photo = decode(save(Image.fromarray((ramp * scale).astype(kind)), "TIFF"))
        difference = largest_difference(photo.image, np.stack([expected] * 3, -1))
        assert difference <= 1, (scale, kind)
    photo = decode(save(Image.fromarray((ramp * 9e4 - 3e4).astype(np.float32)), "TIFF"))
    assert largest_difference(photo.image, np.stack([expected] * 3, -1)) <= 1


def test_numbers_that_are_not_finite_become_black():
    values = np.full((48, 64), 0.5, np.float32)
    values[0, :3] = np.nan, np.inf, -np.inf
    photo = decode(save(Image.fromarray(values), "TIFF"))
    assert photo.image.getpixel((0, 0)) == photo.image.getpixel((1, 0)) == (0, 0, 0)
    assert photo.image.getpixel((5, 5)) == (128, 128, 128)


def test_the_first_frame_of_an_animation_is_taken_with_a_notice():
    frames = [Image.new("RGB", (32, 32), colour) for colour in ((255, 0, 0), (0, 0, 255))]
    for file_format, options in (
        ("GIF", {}),
        ("WEBP", {"lossless": True}),
        ("PNG", {}),
        ("TIFF", {}),
    ):
        data = save(frames[0], file_format, save_all=True, append_images=frames[1:], **options)
        assert read_header(data).frames == 2, file_format
        photo = decode(data)
        assert photo.notices == ["first_frame"]
        assert largest_difference(photo.image, frames[0]) == 0, file_format


def test_the_header_is_read_without_the_pixels():
    data = save(gradient(640, 480), "PNG")
    header = read_header(data[:200])
    assert (header.format, header.width, header.height) == ("png", 640, 480)
    assert (header.mode, header.frames) == ("RGB", 1)


def test_a_draft_of_a_jpeg_is_smaller_but_not_smaller_than_asked():
    data = save(gradient(1600, 1200), "JPEG")
    photo = decode(data, draft_side=200)
    assert photo.image.size == (200, 150)
    assert decode(data, draft_side=201).image.width in (400, 401)
    assert decode(data).image.size == (1600, 1200)


def test_nothing_of_the_files_metadata_travels_on_with_the_pixels():
    image = gradient()
    image.info["comment"] = "secret"
    photo = decode(save(image, "PNG", exif=exif(1), dpi=(300, 300)))
    assert photo.image.info == {}
    assert refusal_code(decode, b"") == "empty_file"
