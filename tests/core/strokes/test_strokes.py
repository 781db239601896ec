"""Strokes cover what geometry says, at any resolution."""

from itertools import pairwise

import numpy as np
from PIL import Image

from core.strokes.strokes import apply_strokes, coverage_of


def brush(points, radius=0.1, hardness=1.0, opacity=1.0, mode="restore"):
    points = [point if len(point) == 3 else [*point, 1] for point in points]
    return {
        "kind": "brush",
        "mode": mode,
        "radius": radius,
        "hardness": hardness,
        "opacity": opacity,
        "points": points,
    }


def empty(width=200, height=100):
    return np.zeros((height, width), np.float32)


def distance_to(x, y, width=200, height=100):
    """Return the distance of each pixel's centre from a point in pixels."""
    rows, columns = np.mgrid[0:height, 0:width] + 0.5
    return np.hypot(columns - x, rows - y)


def wave(count=60):
    """Return the points of a curved path across the picture."""
    t = np.linspace(0, 1, count)
    return [[0.15 + 0.7 * a, 0.5 + 0.25 * np.sin(7 * a)] for a in t.tolist()]


def test_a_hard_dab_is_a_disc_with_an_antialiased_rim():
    matte = apply_strokes(empty(), [brush([[0.5, 0.5]])])
    distance = distance_to(100, 50)
    assert (matte[distance < 19.5] == 1).all()
    assert (matte[distance > 20.5] == 0).all()
    assert abs(matte.sum() / (np.pi * 20**2) - 1) < 0.005


def test_a_soft_dab_falls_from_its_hard_core_to_the_radius():
    matte = apply_strokes(empty(), [brush([[0.5, 0.5]], radius=0.2, hardness=0.5)])
    distance = distance_to(100, 50)
    assert (matte[distance < 20] > 0.999).all()
    assert (matte[distance > 40.5] == 0).all()
    middle = matte[np.abs(distance - 30) < 0.3]
    assert np.abs(middle - 0.5).max() < 0.05
    inner = matte[50, 100:145]
    assert (np.diff(inner) <= 1e-6).all()


def test_erasing_takes_away_what_restoring_gives():
    full = np.ones((100, 200), np.float32)
    stroke = brush([[0.3, 0.5], [0.7, 0.5]], hardness=0.3)
    restored = apply_strokes(empty(), [stroke])
    erased = apply_strokes(full, [dict(stroke, mode="erase")])
    assert np.abs(restored + erased - 1).max() < 1e-6


def test_a_stroke_that_crosses_itself_is_not_stronger_there_but_a_second_one_is():
    cross = [[0.2, 0.5], [0.8, 0.5], [0.5, 0.5], [0.5, 0.2], [0.5, 0.8]]
    stroke = brush(cross, opacity=0.5, radius=0.05)
    once = apply_strokes(empty(), [stroke])
    assert abs(once.max() - 0.5) < 1e-6
    assert abs(apply_strokes(empty(), [stroke, stroke]).max() - 0.75) < 1e-6


def test_pressure_scales_the_radius_along_the_path():
    matte = apply_strokes(empty(), [brush([[0.2, 0.5, 1.0], [0.8, 0.5, 0.25]])])
    thickness = matte.sum(axis=0)
    assert abs(thickness[45] - 2 * 19) < 2
    assert abs(thickness[155] - 2 * 5.5) < 2
    assert (np.diff(thickness[45:155]) < 0.5).all()


def test_a_wide_brush_measured_on_a_coarse_grid_equals_the_exact_one():
    stroke = brush(wave(12), radius=0.15, hardness=0.6)
    matte = apply_strokes(empty(600, 400), [stroke])
    points = np.array(wave(12)) * (600, 400)
    distance = np.full((400, 600), np.inf)
    rows, columns = np.mgrid[0:400, 0:600] + 0.5
    for (x0, y0), (x1, y1) in pairwise(points):
        dx, dy = x1 - x0, y1 - y0
        t = np.clip(((columns - x0) * dx + (rows - y0) * dy) / (dx * dx + dy * dy), 0, 1)
        distance = np.minimum(distance, np.hypot(columns - x0 - t * dx, rows - y0 - t * dy))
    ramp = np.clip((90 - distance) / 36, 0, 1)
    exact = ramp * ramp * (3 - 2 * ramp)
    assert np.abs(matte - exact).max() < 0.1  # in the inner corners of the bends
    assert np.abs(matte - exact).mean() < 0.002


def test_the_same_strokes_give_the_same_result_at_any_resolution():
    lasso = {"kind": "lasso", "mode": "erase", "points": [[0.1, 0.1], [0.6, 0.2], [0.3, 0.9]]}
    strokes = [brush(wave(), radius=0.06, hardness=0.4), lasso]
    small = apply_strokes(empty(300, 200), strokes)
    large = apply_strokes(empty(1200, 800), strokes)
    reduced = large.reshape(200, 4, 300, 4).mean(axis=(1, 3))
    assert np.abs(small - reduced).mean() < 0.002
    assert np.abs(small - reduced).max() < 0.2


def test_a_picture_in_many_bands_is_painted_without_seams():
    matte = apply_strokes(empty(3000, 900), [brush([[0.1, 0.45], [0.9, 0.55]], radius=0.08)])
    rows = matte[:, 1500]
    inside = np.flatnonzero(rows)
    assert (rows[inside[2] : inside[-2]] == 1).all()
    assert abs(len(inside) - 2 * 240) < 8


def test_strokes_beside_the_picture_change_nothing_and_those_across_its_edge_do():
    outside = brush([[-0.5, -0.5], [-0.4, 1.5]])
    assert apply_strokes(empty(), [outside]).max() == 0
    across = apply_strokes(empty(), [brush([[-0.02, 0.5], [0.02, 0.5]])])
    assert across[50, 0] == 1


def test_a_lasso_covers_its_polygon():
    triangle = {"kind": "lasso", "mode": "restore", "points": [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]]}
    matte = apply_strokes(empty(400, 300), [triangle])
    assert abs(matte.sum() / (0.5 * 320 * 240) - 1) < 0.005
    assert ((matte > 0) & (matte < 1)).sum() > 200
    assert matte[60, 200] == 1
    assert matte[260, 20] == 0


def test_a_click_erases_one_object_and_leaves_the_other():
    matte = empty()
    matte[20:50, 20:60] = 1
    matte[20:50, 100:160] = 0.9
    click = {"kind": "region", "mode": "erase", "point": [0.6, 0.3], "tolerance": 1}
    result = apply_strokes(matte, [click])
    assert np.array_equal(result[:, :80], matte[:, :80])
    assert result[:, 80:].max() == 0


def test_a_click_with_a_tolerance_stays_within_its_colour():
    photo = Image.new("RGB", (200, 100), (200, 30, 30))
    photo.paste((30, 30, 200), (100, 0, 200, 100))
    full = np.ones((100, 200), np.float32)
    click = {"kind": "region", "mode": "erase", "point": [0.25, 0.5], "tolerance": 0.1}
    result = apply_strokes(full, [click], photo)
    assert result[:, :100].max() == 0
    assert result[:, 102:].min() == 1
    restored = apply_strokes(empty(), [dict(click, mode="restore")], photo)
    assert restored[:, :100].min() == 1
    assert restored[:, 102:].max() == 0


def test_a_click_takes_the_soft_rim_of_mixed_colours_along():
    rows, columns = np.mgrid[0:100, 0:200]
    matte = np.clip((30 - np.hypot(columns - 60, rows - 50)) / 4 + 0.5, 0, 1).astype(np.float32)
    matte[:, 150:] = 1
    colours = np.array([20, 40, 60]) + matte[..., np.newaxis] * np.array([210, 170, 120])
    photo = Image.fromarray(colours.astype(np.uint8))
    click = {"kind": "region", "mode": "erase", "point": [0.3, 0.5], "tolerance": 0.2}
    result = apply_strokes(matte, [click], photo)
    assert result[:, :140].max() < 0.02
    assert result[:, 150:].min() == 1


def test_a_click_on_nothing_changes_nothing():
    click = {"kind": "region", "mode": "erase", "point": [0.5, 0.5], "tolerance": 0.2}
    assert apply_strokes(empty(), [click]).max() == 0


def test_strokes_leave_the_matte_that_they_are_given_alone():
    matte = empty()
    apply_strokes(matte, [brush([[0.5, 0.5]])])
    assert matte.max() == 0


def test_the_areas_of_a_stroke_do_not_overlap():
    seen = np.zeros((900, 3000), int)
    for area, coverage in coverage_of(brush(wave(), radius=0.05), (900, 3000)):
        assert seen[area].shape == coverage.shape
        seen[area] += 1
    assert seen.max() == 1


def test_a_matte_in_levels_comes_to_the_same_as_one_in_parts():
    levels = np.arange(200, dtype=np.uint8)[np.newaxis].repeat(100, axis=0)
    click = {"kind": "region", "mode": "erase", "point": [0.9, 0.9], "tolerance": 1}
    lasso = {"kind": "lasso", "mode": "erase", "points": [[0.1, 0.1], [0.4, 0.1], [0.2, 0.6]]}
    strokes = [brush(wave(), hardness=0.2, opacity=0.6), lasso]
    result = apply_strokes(levels, strokes)
    assert result.dtype == np.uint8
    exact = apply_strokes(levels / np.float32(255), strokes)
    assert np.abs(result - exact * 255).max() < 1.1
    clicked = apply_strokes(levels, [click])
    assert np.array_equal(clicked, apply_strokes(levels / np.float32(255), [click]) * 255)
