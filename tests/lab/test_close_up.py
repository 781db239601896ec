"""The close-up has the pixel that is pointed at in its middle, at the picture's borders, too."""

import numpy as np
import pytest
from PIL import Image

from core.files.decode import Photo
from lab.bench import Bench
from lab.close_up import SPAN, close_up, crop, place

SIDE = 2 * SPAN + 1


def bench():
    rows, columns = np.indices((90, 120))
    image = Image.fromarray(np.stack([rows, columns, rows + columns], axis=2).astype(np.uint8))
    made = Bench()
    made.values["photo"] = Photo(image=image, alpha=None)
    made.values["before"] = Image.fromarray(rows.astype(np.uint8))
    made.values["alpha"] = Image.fromarray((columns + 100).astype(np.uint8))
    return made


@pytest.mark.parametrize("spot", [(60, 45), (0, 0), (119, 89), (119, 0)])
def test_the_pixel_is_in_the_middle_of_all_three(spot):
    x, y = spot
    pictures, words = close_up(bench(), x, y)
    photo, before, after, ties = [pixels for _, pixels in pictures]
    assert photo.shape == before.shape == after.shape == (SIDE, SIDE, 4)
    assert tuple(photo[SPAN, SPAN]) == (y, x, x + y, 255)
    assert before[SPAN, SPAN, 0] == y
    assert after[SPAN, SPAN, 0] == x + 100
    assert ties.shape[2] == 4
    assert f"Pixel {x}, {y}: red {y}, green {x}, blue {x + y}; alpha {y} before" in words


def test_beyond_the_picture_its_border_goes_on():
    picture = Image.fromarray(np.array([[10, 20], [30, 40]], np.uint8))
    pixels = crop(picture, 0, 0)[..., 0]
    assert pixels[0, 0] == 10
    assert pixels[-1, -1] == 40


def test_shares_of_the_photo_become_a_pixel_of_it():
    assert place(bench(), 0.0, 0.0) == (0, 0)
    assert place(bench(), 1.0, 1.0) == (119, 89)
    assert place(bench(), 0.5, 0.5) == (60, 45)
