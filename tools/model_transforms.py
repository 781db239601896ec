"""The matrices of Winograd's minimal filtering F(6x6, 3x3).

From tiles of 8 x 8 inputs and 3 x 3 weights it makes 6 x 6 results with 64 multiplications, 1.78
for each, where a direct convolution needs 9 and F(4x4, 3x3) needs 2.25. The matrices follow from
the interpolation points 0, 1, -1, 2, -2, 1/2, -1/2 and infinity by the method of Cook and Toom;
``wincnn`` (Andrew Lavin, https://github.com/andravin/wincnn) writes them down for these points.
Larger tiles would multiply less still, but their numbers lie too far apart for float32.
"""

import numpy as np

TILE = 6
"""Rows and columns of results that a tile makes."""

POINTS = TILE + 2
"""Rows and columns of inputs that a tile takes, and of values that are multiplied."""

INPUT_TRANSFORM = np.array(
    [
        [1, 0, -21 / 4, 0, 21 / 4, 0, -1, 0],
        [0, 1, 1, -17 / 4, -17 / 4, 1, 1, 0],
        [0, -1, 1, 17 / 4, -17 / 4, -1, 1, 0],
        [0, 1 / 2, 1 / 4, -5 / 2, -5 / 4, 2, 1, 0],
        [0, -1 / 2, 1 / 4, 5 / 2, -5 / 4, -2, 1, 0],
        [0, 2, 4, -5 / 2, -5, 1 / 2, 1, 0],
        [0, -2, 4, 5 / 2, -5, -1 / 2, 1, 0],
        [0, -1, 0, 21 / 4, 0, -21 / 4, 0, 1],
    ],
    np.float32,
)
"""``B^T``: from the inputs along one axis to the values at the points."""

WEIGHT_TRANSFORM = np.array(
    [
        [1, 0, 0],
        [-2 / 9, -2 / 9, -2 / 9],
        [-2 / 9, 2 / 9, -2 / 9],
        [1 / 90, 1 / 45, 2 / 45],
        [1 / 90, -1 / 45, 2 / 45],
        [32 / 45, 16 / 45, 8 / 45],
        [32 / 45, -16 / 45, 8 / 45],
        [0, 0, 1],
    ],
    np.float32,
)
"""``G``: from the weights along one axis to the values at the points."""

OUTPUT_TRANSFORM = np.array(
    [
        [1, 1, 1, 1, 1, 1, 1, 0],
        [0, 1, -1, 2, -2, 1 / 2, -1 / 2, 0],
        [0, 1, 1, 4, 4, 1 / 4, 1 / 4, 0],
        [0, 1, -1, 8, -8, 1 / 8, -1 / 8, 0],
        [0, 1, 1, 16, 16, 1 / 16, 1 / 16, 0],
        [0, 1, -1, 32, -32, 1 / 32, -1 / 32, 1],
    ],
    np.float32,
)
"""``A^T``: from the products at the points to the results along one axis."""
