"""The matting Laplacian's ties of one pixel, against the properties that the paper states."""

import numpy as np
from PIL import Image

from lab.neighbours import affinities, picture


def test_in_a_flat_picture_every_neighbour_is_tied_by_the_number_of_shared_windows():
    ties = affinities(np.full((9, 9, 3), 0.5, np.float32), 4, 4)
    assert ties.shape == (5, 5)
    assert np.isclose(ties[2, 2], 1)
    assert np.isclose(ties[2, 3], 6 / 9)
    assert np.isclose(ties[0, 0], 1 / 9)


def test_across_an_edge_the_ties_are_weak_and_along_it_strong():
    image = np.zeros((9, 9, 3), np.float32)
    image[:, 5:] = 1
    ties = affinities(image, 4, 4)
    assert abs(float(ties[2, 3])) < 0.01, "the neighbour across the edge"
    assert ties[1, 2] > 0.5, "the neighbour along the edge"


def test_all_ties_of_a_pixel_add_up_to_the_windows_that_hold_it():
    """Each window's row of the matrix adds up to 1; nine windows hold an inner pixel."""
    random = np.random.default_rng(3)
    ties = affinities(random.random((9, 9, 3)).astype(np.float32), 4, 4)
    assert np.isclose(ties.sum(), 9, atol=1e-4)


def test_at_the_corner_of_the_picture_nothing_breaks():
    pixels, text = picture(Image.new("RGB", (12, 8), (9, 9, 9)), 0, 0)
    assert pixels.shape[2] == 4
    assert len(text.splitlines()) == 5
