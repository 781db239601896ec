"""The network's input has the right numbers in the right places."""

import numpy as np
from PIL import Image

from core.files.decode import Photo
from core.matte.tensor import backdrop_of, to_tensor, visible_rgb
from tests.core.pictures import gradient, largest_difference, quadrants, texture

MEAN, DIVISOR = (128.0, 128.0, 128.0), (256.0, 256.0, 256.0)


def test_the_tensor_is_contiguous_float32_with_channels_first():
    tensor = to_tensor(quadrants(), 32, MEAN, DIVISOR)
    assert tensor.shape == (1, 3, 32, 32)
    assert tensor.dtype == np.float32
    assert tensor.flags.c_contiguous
    assert tensor.flags.owndata or tensor.base.flags.c_contiguous
    assert tensor[0, :, 2, 2].tolist() == [127 / 256, -0.5, -0.5]
    assert tensor[0, :, 2, 29].tolist() == [-0.5, 127 / 256, -0.5]
    assert tensor[0, :, 29, 2].tolist() == [-0.5, -0.5, 127 / 256]


def test_mean_and_divisor_are_taken_per_channel():
    image = Image.new("RGB", (20, 20), (10, 20, 30))
    tensor = to_tensor(image, 4, (0, 10, 20), (1, 2, 5))
    assert tensor[0, :, 0, 0].tolist() == [10, 5, 2]


def test_a_picture_of_the_right_size_is_not_filtered():
    image = texture(64, 64)
    tensor = to_tensor(image, 64, MEAN, DIVISOR)
    back = np.rint(tensor[0].transpose(1, 2, 0) * 256 + 128)
    assert largest_difference(image, back) == 0


def test_the_whole_photo_is_squashed_without_a_shift():
    ramp = np.linspace(0, 255, 400)[np.newaxis, :, np.newaxis].repeat(100, 0).repeat(3, 2)
    tensor = to_tensor(Image.fromarray(np.rint(ramp).astype(np.uint8)), 64, MEAN, DIVISOR)
    row = tensor[0, 0, 32] * 256 + 128
    expected = (np.arange(64) + 0.5) * 400 / 64 - 0.5
    assert np.abs(row[2:-2] - expected[2:-2] * 255 / 399).max() < 0.75


def test_fine_stripes_average_out_instead_of_aliasing():
    stripes = np.zeros((512, 512, 3), np.uint8)
    stripes[:, ::2] = 255
    tensor = to_tensor(Image.fromarray(stripes), 60, MEAN, DIVISOR)
    # Pixels at the border see half a filter and so an uneven number of stripes.
    assert np.abs(tensor[..., 1:-1] * 256 + 128 - 127.5).max() <= 6


def test_the_alpha_of_a_finished_photo_is_ignored():
    image = quadrants()
    finished = image.copy()
    finished.putalpha(0)
    assert np.array_equal(
        to_tensor(finished, 16, MEAN, DIVISOR), to_tensor(image, 16, MEAN, DIVISOR)
    )


def test_an_opaque_photo_is_seen_as_it_is_without_a_copy():
    photo = Photo(gradient())
    assert visible_rgb(photo) is photo.image


def test_hidden_colours_do_not_reach_the_network():
    alpha = Image.new("L", (64, 48), 255)
    alpha.paste(0, (0, 0, 32, 24))
    photo = Photo(quadrants(), alpha)
    seen = visible_rgb(photo)
    assert seen.getpixel((5, 5)) == (128, 128, 128)
    assert seen.getpixel((60, 5)) == (0, 255, 0)
    assert photo.image.getpixel((5, 5)) == (255, 0, 0)


def test_a_flat_logo_stands_out_from_what_is_behind_it_whatever_its_grey():
    alpha = Image.new("L", (64, 64))
    alpha.paste(255, (16, 16, 48, 48))
    for grey in range(0, 256, 8):
        photo = Photo(Image.new("RGB", (64, 64), (grey,) * 3), alpha)
        seen = visible_rgb(photo)
        assert abs(seen.getpixel((2, 2))[0] - grey) >= 48, grey
        assert seen.getpixel((30, 30)) == (grey,) * 3


def test_a_coloured_picture_lies_on_the_zero_of_the_network():
    alpha = Image.new("L", (64, 64), 128)
    photo = Photo(Image.new("RGB", (64, 64), (200, 120, 40)), alpha)
    assert backdrop_of(photo.image, alpha) == 128
    assert backdrop_of(photo.image, Image.new("L", (64, 64))) == 128
