"""Made photos are pairs that ``dev.py accuracy`` takes, with soft and hard edges as they say."""

import numpy as np
import pytest

from tools.accuracy.composites import KINDS, composite, write
from tools.accuracy.pairs import find_pairs

SIZE = (320, 240)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_a_subject_on_a_ground_and_the_same_every_time(kind):
    photo, alpha = composite(kind, SIZE, 1)
    again, same = composite(kind, SIZE, 1)
    assert photo.size == SIZE
    assert alpha.shape == (240, 320)
    assert np.array_equal(np.asarray(photo), np.asarray(again))
    assert np.array_equal(alpha, same)
    assert 0.02 < alpha.mean() < 0.6
    assert alpha[0].max() == 0


def test_glass_and_blur_are_half_transparent_and_a_sheet_has_holes():
    soft = {kind: composite(kind, SIZE, 2)[1] for kind in ("glass", "motion-blur", "holes")}
    for kind in ("glass", "motion-blur"):
        inside = soft[kind][soft[kind] > 0.02]
        assert (inside < 0.9).mean() > 0.2
    assert soft["holes"][60:200, 100:220].min() == 0


def test_the_files_are_pairs(tmp_path):
    files = write(tmp_path, (SIZE,))
    pairs = find_pairs(tmp_path)
    assert sorted(files) == [pair.photo for pair in pairs]
    assert pairs[0].truth.shape == (240, 320)
