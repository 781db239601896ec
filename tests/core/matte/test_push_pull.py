"""What is known stays, and holes of any size are filled smoothly from around them."""

import numpy as np

from core.matte.push_pull import push_pull


def test_what_is_known_stays_and_the_rest_is_filled_smoothly():
    known = np.zeros((40, 60), np.float32)
    known[:, :5] = known[:, -5:] = 1
    colours = np.zeros((1, 40, 60), np.float32)
    colours[0, :, -5:] = 1
    filled = push_pull(colours * known, known)
    assert (filled[0, :, :5] == 0).all()
    assert (filled[0, :, -5:] == 1).all()
    assert 0 < filled[0, 20, 25] < filled[0, 20, 35] < 1


def test_a_filled_hole_continues_its_surroundings():
    for gain in (2, 4):
        ramp = np.linspace(0, 200, 96, dtype=np.float32)
        colours = np.broadcast_to(ramp, (3, 64, 96)).astype(np.float32)
        weight = np.ones((64, 96), np.float32)
        weight[20:44, 36:60] = 0
        filled = push_pull(colours * weight, weight, gain)
        assert np.abs(filled - colours)[:, weight == 1].max() == 0
        assert np.abs(filled - colours).max() < 25


def test_pictures_of_any_size_are_filled_and_nothing_known_gives_nothing():
    for shape in ((1, 1), (1, 7), (5, 1), (2, 3), (63, 17)):
        colours = np.full((2, *shape), 7, np.float32)
        weight = np.zeros(shape, np.float32)
        assert not push_pull(colours, weight).any()
        weight[-1, -1] = 1
        assert np.allclose(push_pull(colours, weight), 7)
