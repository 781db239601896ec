"""Palettes, greys, print colours and more than 8 bits all become 8-bit RGB and alpha."""

import numpy as np
from PIL import Image

from core.files.decode import decode
from tests.core.pictures import (
    gradient,
    largest_difference,
    pixels,
    png_of_16_bit_rgb,
    quadrants,
    save,
)

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def corners(image):
    """Return the four corner pixels: top left, top right, bottom left, bottom right."""
    right, bottom = image.width - 1, image.height - 1
    return tuple(image.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom)))


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
        for corner, expected in zip(corners(photo.image), (RED, GREEN, BLUE, WHITE), strict=True):
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
