"""The matrices of Winograd's minimal filtering, F(6x6, 3x3) and F(2x2, 3x3).

From tiles of 8 x 8 inputs and 3 x 3 weights the first makes 6 x 6 results with 64 multiplications,
1.78 for each, where a direct convolution needs 9. The second makes 2 x 2 results from 4 x 4 inputs
with 16, which is 4 for each, but has a quarter of the transformed weights. The matrices follow from
the interpolation points 0, 1, -1, 2, -2, 1/2, -1/2 and infinity (0, 1, -1 and infinity) by the
method of Cook and Toom; ``wincnn`` (Andrew Lavin, https://github.com/andravin/wincnn) writes them
down for these points. Larger tiles would multiply less still, but their numbers lie too far apart
for float32.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Filtering:
    """Minimal filtering along one axis; along both it makes ``tile`` x ``tile`` results."""

    input_transform: Matrix
    """``B^T`` [points, points]: from the inputs to the values at the points."""

    weight_transform: Matrix
    """``G`` [points, 3]: from the weights to the values at the points."""

    output_transform: Matrix
    """``A^T`` [tile, points]: from the products at the points to the results."""

    @property
    def tile(self) -> int:
        """Rows and columns of results that a tile makes."""
        return len(self.output_transform)

    @property
    def points(self) -> int:
        """Rows and columns of inputs that a tile takes, and of values that are multiplied."""
        return len(self.input_transform)


F6 = Filtering(
    input_transform=np.array(
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
    ),
    weight_transform=np.array(
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
    ),
    output_transform=np.array(
        [
            [1, 1, 1, 1, 1, 1, 1, 0],
            [0, 1, -1, 2, -2, 1 / 2, -1 / 2, 0],
            [0, 1, 1, 4, 4, 1 / 4, 1 / 4, 0],
            [0, 1, -1, 8, -8, 1 / 8, -1 / 8, 0],
            [0, 1, 1, 16, 16, 1 / 16, 1 / 16, 0],
            [0, 1, -1, 32, -32, 1 / 32, -1 / 32, 1],
        ],
        np.float32,
    ),
)
"""F(6x6, 3x3)."""

F2 = Filtering(
    input_transform=np.array(
        [
            [1, 0, -1, 0],
            [0, 1, 1, 0],
            [0, -1, 1, 0],
            [0, -1, 0, 1],
        ],
        np.float32,
    ),
    weight_transform=np.array(
        [
            [1, 0, 0],
            [1 / 2, 1 / 2, 1 / 2],
            [1 / 2, -1 / 2, 1 / 2],
            [0, 0, 1],
        ],
        np.float32,
    ),
    output_transform=np.array(
        [
            [1, 1, 1, 0],
            [0, 1, -1, 1],
        ],
        np.float32,
    ),
)
"""F(2x2, 3x3)."""
