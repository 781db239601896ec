"""The matte keeps its place and its values on the way to the photo's size."""

import numpy as np
from PIL import Image

from core.matte.mask import normalise, to_alpha_matte
from tests.core.pictures import pixels


def refused(raw, low=0.0, high=1.0):
    """Return whether normalise raises ValueError."""
    try:
        normalise(raw, low, high)
    except ValueError:
        return True
    return False


def test_values_are_brought_into_the_range_and_clipped():
    raw = np.array([[-3, -2, 0, 2, 5]], np.float32)
    matte = normalise(raw, -2, 2)
    assert matte.dtype == np.float32
    assert matte.tolist() == [[0, 0, 0.5, 1, 1]]


def test_leading_axes_of_length_one_are_dropped_and_the_input_is_not_changed():
    raw = np.full((1, 1, 4, 6), 0.25, np.float32)
    matte = normalise(raw, 0, 0.5)
    assert matte.shape == (4, 6)
    assert float(matte.max()) == 0.5
    assert float(raw.max()) == 0.25


def test_a_flat_prediction_finds_nothing_and_divides_by_nothing():
    flat = np.full((4, 4), 0.7, np.float32)
    matte = normalise(flat, float(flat.min()), float(flat.max()))
    assert matte.tolist() == np.zeros((4, 4)).tolist()


def test_values_that_are_not_finite_and_wrong_shapes_are_errors():
    for value in (np.nan, np.inf, -np.inf):
        raw = np.zeros((4, 4), np.float32)
        raw[1, 2] = value
        assert refused(raw)
    for shape in ((16,), (2, 4, 4), (1, 3, 4, 4), (0, 4)):
        assert refused(np.zeros(shape, np.float32)), shape


def test_the_alpha_has_the_photos_size_and_full_range():
    matte = np.zeros((64, 64), np.float32)
    matte[16:48, 16:48] = 1
    for size in ((640, 480), (63, 65), (16, 16), (3000, 20)):
        alpha = to_alpha_matte(matte, size)
        assert alpha.mode == "L"
        assert alpha.size == size
        assert alpha.getextrema() == (0, 255)


def test_enlarging_does_not_shift_by_even_a_tenth_of_a_pixel():
    generator = np.random.default_rng(3)
    for _ in range(8):
        centre_x, centre_y = generator.uniform(24, 40, 2)
        y, x = np.mgrid[0:64, 0:64] + 0.5
        blob = np.exp(-((x - centre_x) ** 2 + (y - centre_y) ** 2) / 50).astype(np.float32)
        alpha = pixels(to_alpha_matte(blob, (64 * 7, 64 * 5))).astype(float)
        y, x = np.mgrid[0 : 64 * 5, 0 : 64 * 7] + 0.5
        found_x, found_y = (alpha * x).sum() / alpha.sum(), (alpha * y).sum() / alpha.sum()
        assert abs(found_x / 7 - centre_x) < 0.02
        assert abs(found_y / 5 - centre_y) < 0.02


def test_a_mirrored_matte_gives_the_mirrored_alpha():
    matte = np.random.default_rng(1).random((48, 48), np.float32)
    one = pixels(to_alpha_matte(matte, (331, 217)))
    other = pixels(to_alpha_matte(np.ascontiguousarray(matte[::-1, ::-1]), (331, 217)))
    assert np.abs(one - other[::-1, ::-1]).max() <= 1


def test_a_smooth_ramp_stays_smooth_to_the_two_roundings():
    ramp = np.linspace(0.1, 0.9, 64, dtype=np.float32)[np.newaxis].repeat(64, 0)
    row = pixels(to_alpha_matte(ramp, (640, 64)))[30]
    expected = np.interp((np.arange(640) + 0.5) / 10 - 0.5, np.arange(64), ramp[0] * 255)
    assert np.abs(row[20:-20] - expected[20:-20]).max() <= 1.1
    assert (np.diff(row) >= 0).all()


def test_flat_parts_stay_flat_and_a_hard_edge_does_not_ring():
    matte = np.zeros((64, 64), np.float32)
    matte[:, 32:] = 1
    row = pixels(to_alpha_matte(matte, (640, 64)))[30]
    assert (row[:300] == 0).all()
    assert (row[340:] == 255).all()
    assert (np.diff(row) >= 0).all()


def test_the_photos_own_alpha_is_multiplied_in():
    matte = np.full((8, 8), 0.5, np.float32)
    existing = Image.new("L", (20, 10), 255)
    existing.paste(0, (0, 0, 10, 10))
    existing.paste(100, (0, 0, 5, 10))
    alpha = pixels(to_alpha_matte(matte, (20, 10), existing))
    assert (alpha[:, 12] == 128).all()
    assert (alpha[:, 7] == 0).all()
    assert np.abs(alpha[:, 2] - 100 * 128 / 255).max() <= 1
