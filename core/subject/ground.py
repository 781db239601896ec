"""The ground that something is drawn on: one colour, or paper in uneven light.

It is what the picture's border has, and goes on from there as long as it changes little.
"""

import numpy as np
import numpy.typing as npt

from core.matte.push_pull import push_pull

Plane = npt.NDArray[np.float32]
Colours = npt.NDArray[np.float32]

BAND = 0.02
"""Width of the border that has to be ground, as a part of the longer side."""

GROUND = 26.0
"""Levels of 255 by which ground may differ from the ground around it (grain, JPEG, light)."""

GRID = 24
"""Cells along the longer side in which the light on paper is followed."""

UNEVEN = 90.0
"""Levels by which the ground's colour may change over the whole picture."""


def ground_of(pixels: Plane) -> Plane | None:
    """Return the colour of the ground, float32 (3, h, w) of few cells, ``None`` without any.

    It begins at the border and goes on from cell to cell, changing a little each time, as the light
    on paper does. Cells that are drawn all over take their neighbours' ground.
    """
    height, width = pixels.shape[:2]
    first = np.median(pixels[border(pixels.shape)], axis=0)
    cell = max(1, -(-max(height, width) // GRID))
    rows, columns = -(-height // cell), -(-width // cell)
    known = np.zeros((3, rows, columns), np.float32)
    weight = np.zeros((rows, columns), np.float32)
    rim = {(row, column) for row in (0, rows - 1) for column in range(columns)}
    rim |= {(row, column) for row in range(rows) for column in (0, columns - 1)}
    waiting = [(place, first, UNEVEN / 2) for place in sorted(rim)]
    while waiting:
        (row, column), before, reach = waiting.pop()
        if not (0 <= row < rows and 0 <= column < columns) or weight[row, column]:
            continue
        part = pixels[row * cell : (row + 1) * cell, column * cell : (column + 1) * cell]
        part = part.reshape(-1, 3)
        like = part[np.abs(part - before).max(axis=1) < reach]
        if len(like) < len(part) / 3:
            continue
        middle = _median(like)
        known[:, row, column] = middle
        weight[row, column] = 1
        around = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
        waiting += [(place, middle, GROUND) for place in around]
    if weight.sum() < weight.size / 10:
        return None
    filled = push_pull(known, weight)
    if float((filled.max(axis=(1, 2)) - filled.min(axis=(1, 2))).max()) > UNEVEN:
        return None
    return filled


def _median(colours: Colours) -> npt.NDArray[np.float32]:
    """Return the median (3,) of colours (n, 3), which are whole numbers.

    For the few pixels of a cell NumPy's own takes three times as long.
    """
    ordered = np.sort(colours, axis=0)
    middle: npt.NDArray[np.float32] = ordered[(len(colours) - 1) // 2] + ordered[len(colours) // 2]
    return middle / np.float32(2)


def border(shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Return the border of a picture of ``shape`` (h, w), bool (h, w)."""
    width = max(1, round(BAND * max(shape[:2])))
    band = np.ones(shape[:2], np.bool_)
    band[width:-width, width:-width] = False
    return band
