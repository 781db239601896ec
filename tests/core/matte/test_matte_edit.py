"""The sliders do what their labels say, and nothing at their neutral position."""

import numpy as np

from core.matte.matte_edit import (
    contrast,
    feather,
    keep_largest,
    remove_specks,
    shift_edge,
)
from tests.core.mattes import glass, hair, plate, ring


def area(matte):
    """Return a matte's sum in pixels."""
    return float(matte.sum())


def test_every_slider_at_its_neutral_position_returns_an_equal_copy():
    matte = hair()
    for result in (
        shift_edge(matte, 0),
        feather(matte, 0),
        contrast(matte, 0),
        contrast(matte, 0, 0.2),
        remove_specks(matte, 0),
    ):
        assert result.dtype == np.float32
        assert result is not matte
        assert (result == matte).all()


def test_nothing_is_changed_in_place():
    matte = plate()
    before = matte.copy()
    for function, amount in ((shift_edge, 2), (feather, 2), (contrast, 0.5), (remove_specks, 99)):
        function(matte, amount)
    keep_largest(matte)
    assert (matte == before).all()


def test_shifting_by_pixels_moves_a_straight_edge_by_as_many():
    matte = np.zeros((60, 80), np.float32)
    matte[:, 40:] = 1
    for pixels in (-7, -2.5, -0.25, 0.5, 3, 6.75):
        moved = shift_edge(matte, pixels)
        assert abs(area(moved[30:31]) - 40 - pixels) < 0.01, pixels


def test_shifting_out_and_in_again_closes_gaps_but_keeps_the_outline():
    moved = shift_edge(shift_edge(ring(), 4), -4)
    assert np.abs(moved - ring()).mean() < 0.01


def test_shifting_grows_a_disc_by_nearly_the_same_amount_in_all_directions():
    disc = ring(inner=-0.1)
    moved = shift_edge(disc, 10)
    radius = np.sqrt(area(moved) / np.pi)
    assert abs(radius - 106) < 1.2, radius


def test_feathering_keeps_the_area_and_spreads_the_edge_by_its_radius():
    matte = np.zeros((80, 200), np.float32)
    matte[:, 100:] = 1
    soft = feather(matte, 5)
    assert abs(area(soft) - area(matte)) < 0.01 * area(matte)
    assert abs(soft[40, 100 - 5] - 0.175) < 0.03
    assert (feather(matte, 0.4) != matte).any()


def test_contrast_hardens_around_the_threshold_and_keeps_the_ends():
    matte = np.linspace(0, 1, 101, dtype=np.float32)[np.newaxis]
    harder = contrast(matte, 0.5, 0.3)
    assert harder[0, 0] == 0
    assert harder[0, -1] == 1
    assert abs(harder[0, 30] - 0.3) < 1e-6
    assert (np.diff(harder[0]) >= 0).all()
    hard = contrast(matte, 1, 0.3)
    assert set(np.unique(hard)) == {0, 1}
    assert (hard[0] == (matte[0] >= np.float32(0.3))).all()
    assert contrast(np.zeros((2, 2), np.float32), 1, 0).max() == 0


def test_specks_vanish_with_their_halo_and_holes_survive():
    matte = np.maximum(plate(), feather(plate(), 1.5))
    cleaned = remove_specks(matte, 200)
    assert cleaned[90:116, 270:296].max() == 0
    assert (cleaned[:, :250] == matte[:, :250]).all()
    assert cleaned[120, 140] == 0
    assert cleaned[61, 61] == matte[61, 61] < 0.6


def test_a_speck_of_the_given_size_stays():
    assert (remove_specks(plate(), 36) == plate()).all()
    assert remove_specks(plate(), 37)[102, 282] == 0


def test_rings_and_letters_keep_their_holes_whatever_the_speck_size():
    for matte in (ring(), plate()):
        cleaned = remove_specks(matte, 1e9)
        assert cleaned[120, 140] == 0
        assert area(cleaned) > 0.9 * area(matte)


def test_the_largest_subject_is_kept_alone():
    matte = np.zeros((100, 200), np.float32)
    matte[10:90, 10:90] = 0.9
    matte[20:80, 120:190] = 1
    alone = keep_largest(matte)
    assert (alone[:, :100] == matte[:, :100]).all()
    assert alone[:, 100:].max() == 0


def test_a_single_subject_and_an_empty_matte_stay_as_they_are():
    for matte in (glass(), np.zeros((30, 40), np.float32), np.ones((30, 40), np.float32)):
        assert (keep_largest(matte) == matte).all()
        assert (remove_specks(matte, 50) == matte).all()


def test_values_out_of_range_are_errors():
    matte = glass()
    for function, arguments in ((feather, (-1,)), (contrast, (2,)), (contrast, (0.5, -0.1))):
        try:
            function(matte, *arguments)
        except ValueError:
            continue
        raise AssertionError(function)
