"""Several passes become one matte."""

import numpy as np

from core.matte.ensemble import (
    doubt,
    found,
    kept_matte,
    mean_matte,
    passes_together,
    with_second_opinion,
)


def test_one_pass_is_returned_as_it_is() -> None:
    matte = np.random.default_rng(1).random((8, 8), np.float32)
    assert mean_matte([matte]) is matte


def test_the_mean_has_the_size_of_the_largest_pass() -> None:
    small = np.full((4, 4), 0.2, np.float32)
    large = np.full((8, 8), 0.4, np.float32)
    mean = mean_matte([small, large])
    assert mean.shape == (8, 8)
    assert mean.dtype == np.float32
    np.testing.assert_allclose(mean, 0.3, atol=1e-6)


def test_enlarging_does_not_shift_the_subject() -> None:
    small = np.zeros((8, 8), np.float32)
    small[:, 4:] = 1
    large = np.zeros((32, 32), np.float32)
    large[:, 16:] = 1
    mean = mean_matte([small, large])
    assert abs(mean - large).max() <= 0.5
    np.testing.assert_allclose(mean, 1 - mean[:, ::-1], atol=1e-6)


def disc(softness: float) -> np.ndarray:
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    inside = (0.5 - np.hypot(x, y)) / softness + 0.5
    return np.clip(inside, 0, 1).astype(np.float32)


def test_a_clear_subject_leaves_little_doubt_and_a_washed_out_one_much() -> None:
    assert doubt(disc(0.05)) < 0.2
    assert doubt(disc(1.0)) > 0.5
    assert doubt(np.full((8, 8), 0.5, np.float32)) > 0.99
    assert doubt(np.zeros((8, 8), np.float32)) == 0


def test_a_doubtful_matte_hardly_counts_beside_a_clear_one() -> None:
    clear, washed = disc(0.05), disc(1.0) * np.float32(0.6)
    mean = mean_matte([washed, clear])
    assert np.abs(mean - clear).max() < 0.02


def test_no_pass_is_an_error() -> None:
    try:
        mean_matte([])
    except ValueError as error:
        reason = str(error)
    assert "no matte" in reason


def test_what_is_kept_survives_being_written_as_bytes_and_read_again() -> None:
    matte = np.random.default_rng(2).random((8, 8), np.float32)
    kept = kept_matte([matte])
    np.testing.assert_allclose(kept, matte, atol=0.5 / 255 + 1e-6)
    levels = np.rint(kept * 255).astype(np.uint8)
    assert np.array_equal(levels.astype(np.float32) / 255, kept)


def halves(left: float, right: float, side: int = 200) -> np.ndarray:
    """Return a matte of two flat halves."""
    matte = np.full((side, side), right, np.float32)
    matte[:, : side // 2] = left
    return matte


def test_where_two_networks_agree_the_finer_one_decides_alone():
    matte, opinion = halves(1, 0), halves(0.8, 0.2)
    assert np.array_equal(with_second_opinion(matte, opinion), matte)


def test_where_they_differ_plainly_both_are_heard_and_only_there():
    matte, opinion = halves(1, 0), halves(1, 1)
    heard = with_second_opinion(matte, opinion)
    assert np.array_equal(heard[:, :90], matte[:, :90])
    assert 0.3 < heard[100, 150] < 0.7
    assert 0 < heard[100, 101] < heard[100, 150], "it blends in softly"


def test_a_doubtful_opinion_weighs_little():
    matte, opinion = halves(1, 0), halves(1, 0.6)
    assert with_second_opinion(matte, opinion)[100, 150] < 0.15


def test_the_second_opinion_is_part_of_the_kept_matte():
    matte, opinion = halves(1, 0), halves(1, 1)
    kept = kept_matte([matte], opinion)
    assert np.abs(kept - with_second_opinion(matte, opinion)).max() <= 0.5 / 255 + 1e-6
    assert np.array_equal(np.rint(kept * 255), kept * np.float32(255))


def test_a_further_pass_leaves_the_edges_of_what_it_agrees_with_as_sharp_as_they_were():
    first, blurred = halves(1, 0), halves(0.8, 0.2)
    assert np.array_equal(passes_together([first, blurred]), first)
    heard = passes_together([first, halves(1, 1)])
    assert np.array_equal(heard, with_second_opinion(first, halves(1, 1)))
    assert 0.3 < heard[100, 150] < 0.7


def test_passes_over_a_doubtful_photo_are_averaged_unless_another_network_was_asked():
    wavering, clearer = halves(0.6, 0.4), halves(0.92, 0.08)
    mean = mean_matte([wavering, clearer])
    assert mean[100, 50] > 0.9
    assert np.abs(kept_matte([wavering, clearer]) - mean).max() <= 0.5 / 255 + 1e-6
    heard = kept_matte([wavering, clearer], wavering)
    assert np.abs(heard - wavering).max() <= 0.5 / 255 + 1e-6


def test_an_empty_matte_a_full_one_and_one_between_are_told_apart() -> None:
    matte = np.zeros((704, 704), np.float32)
    assert found(matte) == found(matte, pointed_at=True) == "nothing"
    matte[:6, :6] = 1
    assert (found(matte), found(matte, pointed_at=True)) == ("nothing", "some")
    matte[:60, :60] = 1
    assert found(matte) == "some"
    matte[:690] = 1
    assert found(matte) == "everything"
