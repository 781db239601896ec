"""Small pictures keep proportions, place and true edge colours."""

import numpy as np
from PIL import Image

from core.files.decode import Photo
from core.picture.preview import fit, preview_rgba, reduced, reduced_cutout
from tests.core.pictures import gradient, quadrants, texture


def test_the_longer_side_fits_and_proportions_are_kept():
    assert fit((4000, 3000), 400) == (400, 300)
    assert fit((3000, 4000), 400) == (300, 400)
    assert fit((300, 200), 400) == (300, 200)
    assert fit((20000, 10), 400) == (400, 1)
    assert fit((1, 1), 400) == (1, 1)


def test_a_preview_without_a_matte_is_the_opaque_photo():
    array, width, height = preview_rgba(Photo(quadrants(640, 480)), None, 64)
    assert (width, height) == (64, 48)
    assert array.shape == (48, 64, 4)
    assert array.dtype == np.uint8
    assert array.flags.c_contiguous
    assert (array[..., 3] == 255).all()
    assert array[5, 5].tolist() == [255, 0, 0, 255]
    assert array[40, 60].tolist() == [255, 255, 255, 255]


def test_the_matte_becomes_the_alpha_whatever_its_size():
    matte = np.zeros((96, 96), np.float32)
    matte[:, 48:] = 1
    array, _, _ = preview_rgba(Photo(gradient(640, 480)), matte, 64)
    assert (array[:, :30, 3] == 0).all()
    assert (array[:, 34:, 3] == 255).all()


def test_the_photo_is_not_changed_by_a_preview():
    photo = Photo(gradient(640, 480), Image.new("L", (640, 480), 9))
    preview_rgba(photo, np.ones((8, 8), np.float32), 64)
    assert photo.image.mode == "RGB"
    assert photo.alpha is not None


def test_the_photos_own_alpha_and_the_matte_are_multiplied():
    alpha = Image.new("L", (640, 480), 255)
    alpha.paste(0, (0, 0, 320, 480))
    photo = Photo(quadrants(640, 480), alpha)
    array, _, _ = preview_rgba(photo, np.full((8, 8), 0.5, np.float32), 64)
    assert (array[:, :28, 3] == 0).all()
    assert (np.abs(array[:, 36:, 3].astype(int) - 128) <= 1).all()
    array, _, _ = preview_rgba(photo, None, 64)
    assert (array[:, 36:, 3] == 255).all()


def test_hidden_colours_do_not_bleed_into_the_visible_edge():
    image = Image.new("RGB", (640, 480), (255, 0, 255))
    image.paste((0, 128, 0), (0, 0, 325, 480))
    alpha = Image.new("L", (640, 480), 0)
    alpha.paste(255, (0, 0, 325, 480))
    array, _, _ = preview_rgba(Photo(image, alpha), None, 64)
    visible = array[array[..., 3] > 64][:, :3].astype(int)
    assert np.abs(visible - (0, 128, 0)).max() <= 4


def test_a_cutout_reduced_in_strips_is_the_same_as_reduced_at_once():
    cutout = texture(700, 500)
    cutout.putalpha(Image.linear_gradient("L").resize(cutout.size))
    for size in ((260, 186), (90, 64), (700, 500)):
        whole = cutout.resize(size, Image.Resampling.HAMMING)
        parts, expected = np.array(reduced_cutout(cutout, size)), np.array(whole)
        assert np.abs(parts[..., 3].astype(int) - expected[..., 3]).max() <= 1
        seen = expected[..., 3] > 127
        assert np.abs(parts[seen].astype(int) - expected[seen]).max() <= 4


def test_a_smaller_copy_is_remembered_and_never_stands_in_for_a_larger_one():
    photo = Photo(texture(640, 480))
    assert reduced(photo, 64).size == (64, 48)
    assert reduced(photo, 320).size == (320, 240)
    assert photo.reduced.size == (320, 240)
    assert reduced(photo, 64).size == (64, 48)
    assert photo.reduced.size == (320, 240)
