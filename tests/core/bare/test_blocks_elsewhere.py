"""Blocks of textures come out as another program, bcdec, unpacks them."""

import imagecodecs
import numpy as np
import pytest

from core.files.decode import decode
from tests.core.bare.test_textures import numbered
from tests.core.pictures import pixels


@pytest.mark.parametrize(
    ("number", "packing", "size", "channels"),
    [(71, 1, 8, 4), (74, 2, 16, 4), (77, 3, 16, 4), (80, 4, 8, 1), (83, 5, 16, 2), (98, 7, 16, 4)],
)
def test_random_blocks_of_every_packing(number, packing, size, channels):
    content = np.random.default_rng(packing).bytes(100 * size)
    photo = decode(numbered(content, number, (40, 40)))
    other = imagecodecs.bcn_decode(content, packing, shape=(40, 40, channels)[: 2 + (channels > 1)])
    other = other.reshape(40, 40, channels).astype(int)
    colours = min(channels, 3)
    assert np.abs(pixels(photo.image)[..., :colours] - other[..., :colours]).max() <= 1
    if channels == 4:
        assert np.abs(pixels(photo.alpha) - other[..., 3]).max() <= 1
