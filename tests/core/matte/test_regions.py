"""Regions are those of a flood fill, whatever their shape."""

import numpy as np

from core.matte.regions import connected_region, find_components, grown


def test_a_connected_region_follows_a_spiral_and_does_not_jump_a_gap():
    mask = np.zeros((9, 9), bool)
    for row, text in enumerate(
        ("#########", "........#", "#######.#", "#.....#.#", "#.###.#.#", "#.#...#.#", "#.#####.#")
    ):
        mask[row] = [character == "#" for character in text]
    mask[7] = [True] + [False] * 7 + [True]
    mask[8] = True
    assert np.array_equal(connected_region(mask, 0, 0), mask)
    cut = mask.copy()
    cut[8, 4] = False
    region = connected_region(cut, 0, 0)
    assert region[8, 5]
    assert not region[4, 2]
    assert region.sum() + connected_region(cut, 4, 2).sum() == cut.sum()


def test_regions_are_counted_and_measured_whatever_their_shape():
    spiral = np.zeros((41, 41), np.bool_)
    for step in range(0, 20, 4):
        spiral[step : 41 - step, step] = spiral[step, step : 41 - step] = True
        spiral[41 - step - 1, step : 41 - step] = True
        spiral[step + 4 : 41 - step, 41 - step - 1] = True
        spiral[step + 4, step : 41 - step] = spiral[step + 4, step : 41 - step]
    diagonal = np.eye(30, dtype=np.bool_)
    board = np.indices((20, 20)).sum(axis=0) % 2 == 0
    for mask in (spiral, diagonal, diagonal[::-1], board):
        assert find_components(mask).count == len(flooded(mask))
    dots = np.zeros((9, 9), np.bool_)
    dots[::2, ::2] = True
    assert find_components(dots).count == 25


def test_random_masks_have_the_same_regions_as_by_flood_fill():
    generator = np.random.default_rng(4)
    for density in (0.1, 0.35, 0.45, 0.58, 0.7):
        mask = generator.random((37, 53)) < density
        for corners in (True, False):
            components = find_components(mask, corners)
            sizes = sorted(components.areas().tolist())
            assert sizes == sorted(map(len, flooded(mask, corners)))
            everything = components.paint(np.ones(components.count, np.bool_))
            assert (everything == mask).all()


def test_a_connected_region_agrees_with_flooding_pixel_by_pixel():
    generator = np.random.default_rng(3)
    for shape in ((40, 50), (1, 30), (30, 1)):
        mask = generator.random(shape) > 0.42
        for places in flooded(mask, corners=False):
            region = connected_region(mask, *min(places))
            assert region.dtype == np.bool_
            assert {tuple(place) for place in np.argwhere(region)} == places
        row, column = np.argwhere(~mask)[-1]
        assert not connected_region(mask, row, column).any()


def test_touching_at_a_corner_connects_or_not():
    diagonal = np.eye(30, dtype=np.bool_)
    assert find_components(diagonal).count == 1
    assert find_components(diagonal, corners=False).count == 30


def test_a_mask_grows_to_its_neighbours_but_not_over_corners():
    mask = np.zeros((5, 5), np.bool_)
    mask[2, 2] = True
    assert grown(mask).sum() == 5
    assert not grown(mask)[1, 1]


def flooded(mask, corners=True):
    """Return all regions as sets of (row, column), found the slow and obvious way."""
    left, regions = {tuple(place) for place in np.argwhere(mask)}, []
    steps = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if corners or not (i and j)]
    while left:
        stack, region = [left.pop()], set()
        while stack:
            y, x = stack.pop()
            region.add((y, x))
            around = {(y + i, x + j) for i, j in steps} & left
            left -= around
            stack.extend(around)
        regions.append(region)
    return regions
