"""Colours of a photo with a profile move to where the profile says, and no others move."""

import numpy as np
from PIL import Image

from core.files import colour
from core.files.decode import decode
from core.icc import profile as icc
from tests.core.pictures import (
    ADOBE_CURVE,
    ADOBE_RGB,
    ADOBE_RGB_COLORANTS,
    DISPLAY_P3,
    DISPLAY_P3_COLORANTS,
    LINEAR_CURVE,
    SRGB_COLORANTS,
    SRGB_CURVE,
    fixed,
    gradient,
    largest_difference,
    pixels,
    profile,
    quadrants,
    save,
)


def srgb_to_linear(values):
    """Return linear light 0..1 for sRGB values 0..1."""
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def expected_srgb(image, colorants, decode_curve):
    """Convert in double precision, one matrix after the other, as the standard describes."""
    linear = decode_curve(pixels(image) / 255)
    xyz = linear @ np.array(colorants)
    back = xyz @ np.linalg.inv(np.array(SRGB_COLORANTS))
    return np.rint(colour.encode_srgb(np.clip(back, 0, 1)) * 255)


def muted():
    """Return an image whose colours all lie inside sRGB whatever space they are taken in."""
    return gradient().point(lambda value: 64 + value // 2)


def test_display_p3_colours_move_as_computed():
    for image in (gradient(), muted()):
        photo = decode(save(image, "PNG", icc_profile=DISPLAY_P3))
        expected = expected_srgb(image, DISPLAY_P3_COLORANTS, srgb_to_linear)
        assert photo.notices == []
        assert largest_difference(photo.image, expected) <= 1
        assert largest_difference(photo.image, image) >= 10


def test_adobe_rgb_colours_move_as_computed():
    photo = decode(save(muted(), "PNG", icc_profile=ADOBE_RGB))
    expected = expected_srgb(muted(), ADOBE_RGB_COLORANTS, lambda values: values ** (563 / 256))
    assert largest_difference(photo.image, expected) <= 1
    assert largest_difference(photo.image, muted()) >= 10


def test_a_display_p3_jpeg_and_webp_are_converted_like_the_png():
    expected = expected_srgb(muted(), DISPLAY_P3_COLORANTS, srgb_to_linear)
    for file_format, options in (
        ("JPEG", {"quality": 98, "subsampling": 0}),
        ("WEBP", {"lossless": True}),
    ):
        photo = decode(save(muted(), file_format, icc_profile=DISPLAY_P3, **options))
        assert np.abs(pixels(photo.image) - expected).mean() <= 1, file_format


def test_pixels_with_an_srgb_profile_stay_bit_identical():
    curves = (
        SRGB_CURVE,
        b"curv\0\0\0\0" + (1024).to_bytes(4, "big") + sampled_srgb_curve(1024),
    )
    for curve in curves:
        data = save(gradient(), "PNG", icc_profile=profile(curve, SRGB_COLORANTS))
        photo = decode(data)
        assert photo.notices == []
        assert largest_difference(photo.image, gradient()) == 0


def sampled_srgb_curve(count):
    """Return the sRGB curve as a table of 16-bit numbers."""
    values = srgb_to_linear(np.linspace(0, 1, count)) * 65535
    return np.rint(values).astype(">u2").tobytes()


def test_alpha_does_not_take_part_in_the_conversion():
    image = muted()
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    photo = decode(save(image, "PNG", icc_profile=DISPLAY_P3))
    assert photo.alpha is not None
    assert largest_difference(photo.alpha, image.getchannel("A")) == 0
    opaque = decode(save(muted(), "PNG", icc_profile=DISPLAY_P3))
    assert largest_difference(photo.image, opaque.image) == 0


def test_a_grey_profile_changes_the_tone_but_not_the_neutrality():
    grey = gradient().convert("L")
    data = save(grey, "PNG", icc_profile=profile(LINEAR_CURVE, None, b"GRAY"))
    photo = decode(data)
    expected = np.rint(colour.encode_srgb(pixels(grey) / 255) * 255)
    assert largest_difference(photo.image, np.stack([expected] * 3, -1)) <= 1
    assert photo.notices == []


def test_a_grey_profile_is_no_reason_to_change_coloured_pixels():
    for kind, options in (("PNG", {}), ("WEBP", {"lossless": True})):
        grey = profile(LINEAR_CURVE, None, b"GRAY")
        photo = decode(save(muted(), kind, icc_profile=grey, **options))
        assert largest_difference(photo.image, muted()) == 0, kind


def test_every_kind_of_parametric_curve_is_evaluated_as_the_standard_says():
    x = np.arange(256) / 255
    a, b, c, d, e, f, gamma = 0.9, 0.05, 0.1, 0.2, 0.02, 0.01, 2.0
    power = (a * x + b) ** gamma
    cases = (
        ((gamma,), x**gamma),
        ((gamma, a, b), np.where(x >= -b / a, power, 0)),
        ((gamma, a, b, c), np.where(x >= -b / a, power + c, c)),
        ((gamma, a, b, c, d), np.where(x >= d, power, c * x)),
        ((gamma, a, b, c, d, e, f), np.where(x >= d, power + e, c * x + f)),
    )
    for function, (parameters, expected) in enumerate(cases):
        tag = b"para\0\0\0\0" + bytes([0, function, 0, 0]) + fixed(*parameters)
        curves, _ = icc.matrix_profile(profile(tag, SRGB_COLORANTS))
        assert np.abs(curves[0] - np.clip(expected, 0, 1)).max() < 1e-4, function


def test_a_damaged_profile_leaves_the_colours_alone_with_a_notice():
    damaged = (
        b"not a profile",
        DISPLAY_P3[:200],
        DISPLAY_P3[:128] + b"\xff\xff\xff\xff" + DISPLAY_P3[132:],
        profile(SRGB_CURVE, [(0.4, 0.2, 0.0)] * 3),
        profile(b"para\0\0\0\0\0\t\0\0", SRGB_COLORANTS),
        profile(b"curv\0\0\0\0\0\xff\xff\xff", SRGB_COLORANTS),
        profile(b"para\0\0\0\0\0\0\0\0" + fixed(-2), SRGB_COLORANTS),
        profile(b"what\0\0\0\0\0\0\0\0", SRGB_COLORANTS),
        profile(ADOBE_CURVE, None, b"CMYK"),
    )
    for index, content in enumerate(damaged):
        photo = decode(save(gradient(), "PNG", icc_profile=content))
        assert photo.notices == ["profile_unreadable"], index
        assert largest_difference(photo.image, gradient()) == 0


def test_a_profile_with_any_byte_damaged_never_stops_the_photo():
    for at in range(0, len(DISPLAY_P3), 5):
        broken = bytearray(DISPLAY_P3)
        broken[at] ^= 0xFF
        photo = decode(save(quadrants(16, 16), "PNG", icc_profile=bytes(broken)))
        assert set(photo.notices) <= {"profile_unreadable", "profile_not_applied"}


def test_lab_pictures_are_converted():
    lab = Image.merge("LAB", [Image.new("L", (32, 32), value) for value in (136, 208, 195)])
    photo = decode(save(lab, "TIFF"))
    # L* 53.3, a* 80, b* 67 is close to pure red.
    red, green, blue = photo.image.getpixel((0, 0))
    assert red >= 250
    assert green <= 25
    assert blue <= 25
    neutral = Image.merge("LAB", [Image.new("L", (32, 32), value) for value in (255, 128, 128)])
    photo = decode(save(neutral, "TIFF"))
    assert largest_difference(photo.image, np.full((32, 32, 3), 255)) <= 2
