"""The channels of a layer as a grid: each in its place, from its least value to its largest."""

import numpy as np

from lab.inner_layers import GAP, GROUND, grid, told


def test_each_channel_stands_in_its_place_in_its_own_range():
    values = np.zeros((5, 4, 4), np.float32)
    values[0, 0, 0] = 1
    values[3, 3, 3] = 1000
    pixels = grid(values)
    tile = (pixels.shape[1] + GAP) // 3 - GAP
    assert pixels.shape == (2 * tile + GAP, 3 * tile + 2 * GAP, 4)
    assert pixels[0, 0, 0] == 255
    assert pixels[tile - 1, tile - 1, 0] == 0
    fourth = pixels[tile + GAP :, :tile, 0]
    assert fourth[-1, -1] == 255
    assert fourth[0, 0] == 0
    assert pixels[-1, -1, 0] == GROUND


def test_large_channels_are_averaged_and_five_hundred_fit():
    rows, columns = np.indices((352, 352))
    pixels = grid(np.repeat(((rows + columns) % 2)[np.newaxis], 512, axis=0).astype(np.float32))
    assert max(pixels.shape) <= 960
    assert 100 < pixels[10, 10, 0] < 160


def test_what_is_told_counts_the_silent_channels():
    values = np.zeros((3, 2, 2), np.float32)
    values[1] = 2
    words = told("conv", values)
    assert "3 x 2 x 2 values" in words
    assert "2 of its 3 channels" in words
