"""What comes of the networks' answers, in whatever order they come."""

import numpy as np

from core.subject.looks import Looks

SIZE = (640, 480)


def disc(x, y, radius=0.2, level=1.0, side=64):
    down, across = np.mgrid[0:side, 0:side] / side
    return (np.hypot(across - x, down - y) < radius).astype(np.float32) * np.float32(level)


def test_a_pass_replaces_those_before_or_is_heard_beside_them():
    looks = Looks(SIZE)
    looks.add(disc(0.3, 0.5), False)
    looks.add(disc(0.7, 0.5), False)
    assert looks.matte()[32, 45] == 1
    assert looks.matte()[32, 19] == 0
    assert looks.add(disc(0.3, 0.5, level=0.5), True) < 0.1
    assert looks.matte()[32, 45] > 0.9


def test_the_doubt_of_the_first_pass_decides_whatever_another_size_says():
    looks = Looks(SIZE)
    assert looks.add(disc(0.3, 0.5, level=0.5), False) > 0.9
    assert looks.add(disc(0.3, 0.5), True) > 0.9


def test_a_new_first_pass_forgets_the_opinion_and_the_look_from_near():
    looks = Looks(SIZE)
    looks.add(disc(0.3, 0.5), False)
    looks.hear(disc(0.7, 0.5), False)
    looks.look_from_near(np.ones((64, 64), np.float32))
    looks.add(disc(0.3, 0.5), False)
    assert np.array_equal(looks.matte(), disc(0.3, 0.5))


def test_a_look_from_near_without_a_subject_changes_nothing():
    looks = Looks(SIZE)
    looks.add(disc(0.3, 0.5, level=0.3), False)
    before = looks.matte()
    looks.look_from_near(np.ones((64, 64), np.float32))
    assert np.array_equal(looks.matte(), before)
    assert looks.found() == "nothing"


def test_what_was_pointed_at_stands_for_the_photo_and_the_whole_stays_known():
    looks = Looks(SIZE)
    looks.recall(np.maximum(disc(0.25, 0.5), disc(0.75, 0.5)), None)
    looks.look_closer(None, (0.5, 0.1, 1, 0.9))
    matte = looks.matte()
    half = matte.shape[1] // 2
    assert matte[:, :half].max() == 0
    assert matte[:, half:].max() == 1
    assert looks.whole()[32, 16] == 1
    later = Looks(SIZE)
    later.recall(looks.whole(), matte)
    assert np.array_equal(later.matte(), matte)


def test_an_opinion_about_a_part_is_used_once():
    looks = Looks(SIZE)
    looks.recall(np.zeros((64, 64), np.float32), None)
    looks.hear(np.ones((64, 64), np.float32), True)
    looks.look_closer(np.zeros((64, 64), np.float32), (0.1, 0.1, 0.3, 0.3))
    assert looks.matte().max() > 0.4
    looks.recall(np.zeros((64, 64), np.float32), None)
    looks.look_closer(np.zeros((64, 64), np.float32), (0.1, 0.1, 0.3, 0.3))
    assert looks.matte().max() == 0


def test_the_doubt_about_all_looks_is_that_of_what_is_believed_in_the_end() -> None:
    sure = np.zeros((40, 40), np.float32)
    sure[10:30, 10:30] = 1
    looks = Looks((40, 40))
    looks.add(sure * 0.3, False)
    assert looks.doubt() > 0.9
    looks.add(sure, False)
    assert looks.doubt() < 0.05
    assert Looks((40, 40), sure * 0.3).doubt() == 0, "known without a network"
