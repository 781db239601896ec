"""A cutout shows the subject's own colours, not the background it was cut from."""

import numpy as np
from PIL import Image

from core.matte.foreground import estimate_colours, own_colours, relax
from core.matte.planes import to_planes
from tests.core.mattes import (
    as_alpha,
    as_matte,
    colours_of_a_background,
    colours_of_a_subject,
    composite,
    glass,
    hair,
    ring,
    soft,
)
from tests.core.pictures import largest_difference, texture


def colour_errors(matte, size=None):
    """Return the mean colour error (0..255) on soft pixels, weighted by alpha: before, after."""
    size = size or (matte.shape[1], matte.shape[0])
    subject, background = colours_of_a_subject(size), colours_of_a_background(size)
    alpha = as_alpha(matte)
    photo = composite(as_matte(alpha), subject, background)
    weight = matte * soft(as_matte(alpha))

    def error(image):
        difference = np.abs(np.asarray(image).astype(float) - np.asarray(subject)).mean(axis=2)
        return (difference * weight).sum() / weight.sum()

    return error(photo), error(own_colours(photo, alpha))


def test_around_hair_the_colour_error_falls_to_less_than_half():
    before, after = colour_errors(hair())
    assert before > 25
    assert after < 0.3 * before, (before, after)


def test_in_glass_the_colour_error_falls_to_less_than_half():
    before, after = colour_errors(glass())
    assert before > 25
    assert after < 0.5 * before, (before, after)


def test_along_a_ring_the_colour_error_falls_to_less_than_half():
    before, after = colour_errors(ring())
    assert before > 25
    assert after < 0.3 * before, (before, after)


def test_hair_larger_than_the_largest_whole_level_is_cleaned_as_well():
    before, after = colour_errors(hair((1200, 400)))
    assert after < 0.3 * before, (before, after)


def test_pixels_that_are_fully_opaque_or_transparent_stay_bit_identical():
    photo, alpha = texture(320, 240), as_alpha(hair())
    levels = np.asarray(alpha)
    certain = (levels == 0) | (levels == 255)
    result = np.asarray(own_colours(photo, alpha))
    assert (result[certain] == np.asarray(photo)[certain]).all()
    assert (result[~certain] != np.asarray(photo)[~certain]).any()


def test_strength_zero_changes_nothing_and_a_half_goes_half_the_way():
    photo = composite(hair(), colours_of_a_subject(), colours_of_a_background())
    alpha = as_alpha(hair())
    assert largest_difference(own_colours(photo, alpha, 0), photo) == 0
    full = np.asarray(own_colours(photo, alpha, 1)).astype(float)
    half = np.asarray(own_colours(photo, alpha, 0.5)).astype(float)
    middle = (full + np.asarray(photo).astype(float)) / 2
    assert np.abs(half - middle).max() <= 1


def test_the_photo_itself_is_not_touched():
    photo = texture(320, 240)
    copy = photo.copy()
    own_colours(photo, as_alpha(hair()))
    assert largest_difference(photo, copy) == 0


def test_an_alpha_without_soft_pixels_gives_the_photo_back():
    photo = texture(64, 48)
    for level in (0, 255):
        assert largest_difference(own_colours(photo, Image.new("L", (64, 48), level)), photo) == 0


def test_an_alpha_that_is_soft_everywhere_still_gives_colours():
    photo = texture(64, 48)
    result = own_colours(photo, Image.new("L", (64, 48), 128))
    assert result.size == photo.size
    assert result.mode == "RGB"


def test_blocks_fit_together_without_a_seam():
    size = (300, 200)
    ramp = np.tile(np.linspace(0.1, 0.9, 300, dtype=np.float32), (200, 1))
    front, behind = Image.new("RGB", size, (230, 60, 20)), Image.new("RGB", size, (10, 80, 200))
    cleaned = np.asarray(own_colours(composite(ramp, front, behind), as_alpha(ramp))).astype(int)
    steps = np.abs(np.diff(cleaned, axis=1)).max(axis=(0, 2))
    assert steps[[127, 255]].max() <= steps.max()
    assert steps.max() <= 6


def test_the_two_colours_mix_to_the_photo_again():
    alpha = hair()
    photo = to_planes(composite(alpha, colours_of_a_subject(), colours_of_a_background()))
    subject, background = estimate_colours(photo, alpha)
    mixed = alpha * subject + (1 - alpha) * background
    assert np.abs(mixed - photo).mean() < 0.005


def test_a_picture_of_one_pixel_keeps_its_colours():
    ends = np.full((2, 3, 1, 1), 0.25, np.float32)
    pixel = np.full((3, 1, 1), 0.5, np.float32)
    assert (relax(ends, pixel, np.full((1, 1), 0.5, np.float32), 3) == ends).all()


def test_wrong_sizes_and_strengths_are_errors():
    photo = texture(64, 48)
    for alpha, strength in (
        (Image.new("L", (48, 64)), 1),
        (Image.new("L", (64, 48)), 1.5),
        (Image.new("L", (64, 48)), -1),
    ):
        try:
            own_colours(photo, alpha, strength)
        except ValueError:
            continue
        raise AssertionError("no error")
