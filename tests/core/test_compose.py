"""The cutout has the photo's own colours and exactly the alpha that it was given."""

import numpy as np
from PIL import Image

from core.compose import cut_out
from core.files.decode import Photo
from tests.core.pictures import gradient, largest_difference


def all_alphas():
    """Return an alpha channel of 64 x 48 that holds all 256 values."""
    return Image.fromarray((np.arange(64 * 48) % 256).astype(np.uint8).reshape(48, 64))


def test_colours_and_alpha_come_through_bit_for_bit():
    cutout = cut_out(Photo(gradient()), all_alphas())
    assert cutout.mode == "RGBA"
    assert largest_difference(cutout.convert("RGB"), gradient()) == 0
    assert largest_difference(cutout.getchannel("A"), all_alphas()) == 0


def test_it_happens_in_place_and_can_be_done_again_with_another_alpha():
    photo = Photo(gradient())
    assert cut_out(photo, Image.new("L", (64, 48), 0)) is photo.image
    again = cut_out(photo, all_alphas())
    assert largest_difference(again.convert("RGB"), gradient()) == 0
    assert largest_difference(again.getchannel("A"), all_alphas()) == 0


def test_an_alpha_of_another_size_is_an_error():
    try:
        cut_out(Photo(gradient()), Image.new("L", (48, 64)))
    except ValueError:
        return
    raise AssertionError("no error")
