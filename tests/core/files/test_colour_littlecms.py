"""The conversion in NumPy agrees with LittleCMS, the reference that browsers' authors use too.

Runs on CPython only: Pyodide's Pillow has no LittleCMS, which is why the conversion exists.
"""

import io

import numpy as np
from PIL import Image, ImageCms

from core.files.decode import decode
from tests.core.pictures import (
    ADOBE_RGB,
    DISPLAY_P3,
    gradient,
    largest_difference,
    pixels,
    save,
)


def with_littlecms(image, content):
    """Return an image converted to sRGB by LittleCMS."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(content))
    return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))


def all_colours():
    """Return an image of 32 x 32 x 32 colours spread over the whole cube."""
    levels = np.rint(np.linspace(0, 255, 32)).astype(np.uint8)
    cube = np.stack(np.meshgrid(levels, levels, levels), axis=-1)
    return Image.fromarray(cube.reshape(256, 128, 3))


def test_the_test_profiles_are_valid_for_littlecms():
    for content in (DISPLAY_P3, ADOBE_RGB):
        opened = ImageCms.ImageCmsProfile(io.BytesIO(content))
        assert opened.profile.xcolor_space.strip() == "RGB"


def test_display_p3_and_adobe_rgb_agree_with_littlecms_over_all_colours():
    for content in (DISPLAY_P3, ADOBE_RGB):
        ours = decode(save(all_colours(), "PNG", icc_profile=content)).image
        reference = with_littlecms(all_colours(), content)
        assert largest_difference(ours, reference) <= 2
        assert np.abs(pixels(ours) - pixels(reference)).mean() <= 0.1


def test_littlecms_own_srgb_profile_changes_nothing():
    content = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = decode(save(gradient(), "PNG", icc_profile=content))
    assert photo.notices == []
    assert largest_difference(photo.image, gradient()) == 0


def test_a_profile_of_another_kind_leaves_the_colours_alone_with_a_notice():
    content = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    photo = decode(save(gradient(), "PNG", icc_profile=content))
    assert photo.notices == ["profile_unreadable"]
    assert largest_difference(photo.image, gradient()) == 0
