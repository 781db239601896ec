"""Several passes become one matte."""

import numpy as np

from core.matte.ensemble import doubt, kept_matte, mean_matte


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
