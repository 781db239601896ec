"""Remembered touch-up is the same as replayed touch-up."""

import numpy as np

from core.strokes.strokes import apply_strokes
from core.strokes.touch_up import SNAPSHOTS, TouchUp, runs


def strokes():
    """Return a dozen strokes of all kinds."""
    generator = np.random.default_rng(5)
    made = []
    for number in range(12):
        points = generator.random((5, 3)).tolist()
        mode = "restore" if number % 2 else "erase"
        if number in (4, 9):
            made.append({"kind": "region", "mode": mode, "point": points[0][:2], "tolerance": 0.3})
        elif number == 6:
            corners = [point[:2] for point in points]
            made.append({"kind": "lasso", "mode": mode, "points": corners})
        else:
            made.append(
                {
                    "kind": "brush",
                    "mode": mode,
                    "radius": 0.05,
                    "hardness": 0.4,
                    "opacity": 0.7,
                    "points": points,
                }
            )
    return made


def matte(seed):
    return np.random.default_rng(seed).random((60, 80), dtype=np.float32)


def test_adding_undoing_and_changing_the_matte_come_to_the_same_as_replaying():
    touch_up = TouchUp()
    history = [*range(13), 12, 11, 10, 7, 3, 4, 5, 12, 0, 12]
    for step, length in enumerate(history):
        chosen = strokes()[:length]
        below = matte(step // 4)
        expected = apply_strokes(below, chosen)
        assert np.abs(touch_up.apply(below, chosen) - expected).max() < 1e-5, step


def test_the_matte_below_is_left_alone():
    below = matte(1)
    TouchUp().apply(below, strokes())
    assert np.array_equal(below, matte(1))


def test_only_a_few_layers_are_kept():
    touch_up = TouchUp()
    for length in range(13):
        touch_up.apply(matte(0), strokes()[:length])
    assert len(touch_up._layers) <= SNAPSHOTS


def test_regions_stand_alone_and_the_rest_is_grouped():
    lengths = [len(run) for run in runs(strokes())]
    assert lengths == [4, 1, 4, 1, 2]
    assert runs([]) == []
