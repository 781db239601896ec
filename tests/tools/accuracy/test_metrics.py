"""The measures of accuracy, against values worked out by hand."""

import numpy as np
import pytest

from tools.accuracy import metrics as metrics


def picture(*rows: str) -> np.ndarray:
    """Return digits 0..9 as alpha 0..1 in ninths."""
    return np.array([[int(digit) / 9 for digit in row] for row in rows])


def half_and_half() -> np.ndarray:
    """Left half subject, 20 x 20."""
    truth = np.zeros((20, 20))
    truth[:, :10] = 1
    return truth


def test_a_perfect_cutout_scores_best_everywhere():
    truth = half_and_half()
    scores = metrics.score(truth, truth)
    assert scores.mae == 0
    assert scores.iou == 1
    assert scores.boundary_mae == 0
    assert scores.soft_mae is None
    assert scores.s_measure == pytest.approx(1)
    assert metrics.maximal_f_measure([scores.f_curve]) == pytest.approx(1)


def test_a_cutout_inside_out_scores_worst():
    truth = half_and_half()
    scores = metrics.score(1 - truth, truth)
    assert scores.mae == 1
    assert scores.iou == 0
    assert scores.boundary_mae == 1
    assert scores.s_measure == pytest.approx(0)


def test_mean_absolute_error_is_over_all_pixels():
    assert metrics.score(picture("90", "03"), picture("90", "00")).mae == pytest.approx(1 / 12)


def test_overlap_counts_what_lies_above_one_half():
    # Found: 3 pixels, true: 2, both: 2, either: 3.
    scores = metrics.score(picture("995", "040"), picture("990", "000"))
    assert scores.iou == pytest.approx(2 / 3)


def test_two_empty_masks_agree():
    empty = np.zeros((2, 2), bool)
    assert metrics.intersection_over_union(empty, empty) == 1


def test_f_measure_at_a_level_is_that_of_achanta():
    # At any level above zero: found 4, right 2 of 4 true: P = 0.5, R = 0.5, so F = 0.5.
    found, truth = picture("9999", "0000"), picture("9900", "9900")
    curve = metrics.score(found, truth).f_curve
    assert curve[255] == pytest.approx(0.5)
    # At level zero everything is found: P = 0.5, R = 1, F = 1.3 * 0.5 / (0.15 + 1).
    assert curve[0] == pytest.approx(1.3 * 0.5 / (0.3 * 0.5 + 1))


def test_precision_weighs_more_than_recall():
    truth = picture("9999")
    cautious = metrics.score(picture("9900"), truth).f_curve[255]
    assert cautious == pytest.approx(1.3 * 1 * 0.5 / (0.3 * 1 + 0.5))


def test_a_pixel_is_found_at_every_level_up_to_its_own():
    found = np.array([[51 / 255, 0]])
    curve = metrics.score(found, np.array([[1.0, 0.0]])).f_curve
    assert curve[1] == curve[51] == pytest.approx(1)
    assert curve[52] == 0


def test_f_measure_is_zero_where_there_is_no_subject():
    assert metrics.score(np.ones((2, 2)), np.zeros((2, 2))).f_curve.max() == 0


def test_the_maximum_is_taken_of_the_mean_curve_not_the_mean_of_maxima():
    early, late = np.zeros(256), np.zeros(256)
    early[10], late[200] = 1, 1
    assert metrics.maximal_f_measure([early, late]) == 0.5


def test_the_boundary_band_reaches_its_radius_to_both_sides():
    mask = half_and_half() > 0.5
    band = metrics.boundary_band(mask, radius=3)
    assert [int(column) for column in np.flatnonzero(band.all(axis=0))] == [7, 8, 9, 10, 11, 12]
    assert np.array_equal(band.any(axis=0), band.all(axis=0))


def test_the_border_of_the_picture_is_no_boundary():
    assert not metrics.boundary_band(np.ones((9, 9), bool), radius=2).any()


def test_boundary_error_sees_only_the_band():
    truth = half_and_half()
    found = truth.copy()
    found[:, 0] = 0
    assert metrics.score(found, truth).boundary_mae == 0
    found = truth.copy()
    found[:, 9] = 0
    width = 2 * metrics.BOUNDARY_RADIUS
    assert metrics.score(found, truth).boundary_mae == pytest.approx(1 / width)


def test_a_truth_without_edge_has_no_boundary_error():
    assert metrics.score(np.zeros((4, 4)), np.zeros((4, 4))).boundary_mae is None


def test_soft_error_sees_only_soft_pixels_of_mattes():
    truth = picture("99900", "99500")
    found = picture("99900", "09800")
    assert metrics.score(found, truth).soft_mae == pytest.approx(3 / 9)


def test_a_few_stray_soft_pixels_make_no_matte():
    truth = np.zeros((100, 100))
    truth[0, :9] = 0.5
    assert metrics.score(truth, truth).soft_mae is None
    truth[0, :10] = 0.5
    assert metrics.score(truth, truth).soft_mae == 0


@pytest.mark.parametrize(("level", "expected"), [(0.0, 1.0), (0.25, 0.75), (1.0, 0.0)])
def test_structure_of_nothing_is_how_little_is_found(level, expected):
    assert metrics.s_measure(np.full((4, 4), level), np.zeros((4, 4), bool)) == expected


def test_structure_of_everything_is_how_much_is_found():
    assert metrics.s_measure(np.full((4, 4), 0.25), np.ones((4, 4), bool)) == 0.25


def test_object_score_is_that_of_the_paper():
    # Mean 0.5, deviation with n - 1 degrees 1 / sqrt(2): 1 / (0.25 + 1 + 0.7071).
    assert metrics.object_score(np.array([0.0, 1.0])) == pytest.approx(1 / (1.25 + 2**-0.5))
    assert metrics.object_score(np.array([0.5, 0.5])) == pytest.approx(0.8)


def test_similarity_of_regions_is_that_of_the_paper():
    truth = np.array([[0.0, 1.0]])
    found = np.array([[0.0, 0.5]])
    # Means 0.25 and 0.5, variances 0.125 and 0.5, covariance 0.25.
    expected = 4 * 0.25 * 0.5 * 0.25 / ((0.0625 + 0.25) * 0.625)
    assert metrics.similarity(found, truth) == pytest.approx(expected)


def test_flat_regions_are_alike_and_flat_against_structure_is_not():
    flat, structured = np.zeros((2, 2)), np.array([[0.0, 1.0], [0.0, 1.0]])
    assert metrics.similarity(flat + 0.5, flat) == 1
    assert metrics.similarity(flat, structured) == 0


def test_structure_of_a_grey_answer_lies_between():
    # Objects: both halves grey 0.5: 0.8 each. Regions: nothing varies together with the truth.
    # The quarters about the centre (row 10 of 20, column 4 or 5 of 10): the two right ones mix.
    truth = half_and_half() > 0.5
    value = metrics.s_measure(np.full((20, 20), 0.5), truth)
    left_columns = round(4.5) + 1
    assert value == pytest.approx(0.5 * 0.8 + 0.5 * left_columns / 20)


def test_alpha_of_another_size_is_refused():
    with pytest.raises(ValueError, match="shape"):
        metrics.score(np.zeros((2, 3)), np.zeros((3, 2)))
