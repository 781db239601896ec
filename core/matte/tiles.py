"""The part of a picture that is worth computing on, as a stack of small square tiles.

Edges cover a few per cent of a photo. Whoever works on the tiles that they touch, in stacks
small enough for the processor's cache, is done many times sooner than on whole planes.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

SIDE = 32
"""Pixels along a tile's side: small wastes less around thin edges, large less on margins."""

BATCH = 24
"""Tiles that are computed on at a time."""


class Tiles:
    """Those tiles of a grid over a picture that touch a region.

    Attributes:
        shape: the picture's (h, w) in pixels.
        margin: pixels around each tile that :meth:`take` returns with it.
        rows, columns: int arrays (n,), where each tile stands in the grid.
    """

    def __init__(self, region: npt.NDArray[np.bool_], margin: int) -> None:
        """Choose the tiles that touch ``region``, bool (h, w), with ``margin`` pixels around."""
        height, width = region.shape
        self.shape = (height, width)
        self.margin = margin
        self.grid = (-(-height // SIDE), -(-width // SIDE))
        padded = np.zeros((self.grid[0] * SIDE, self.grid[1] * SIDE), np.bool_)
        padded[:height, :width] = region
        used = padded.reshape(self.grid[0], SIDE, self.grid[1], SIDE).any(axis=(1, 3))
        self.rows, self.columns = np.nonzero(used)

    def __len__(self) -> int:
        return len(self.rows)

    def batches(self) -> Iterator[slice]:
        """Yield slices of tile numbers, each short enough for the cache."""
        for start in range(0, len(self), BATCH):
            yield slice(start, min(start + BATCH, len(self)))

    def pad(self, plane: npt.NDArray[np.float32], edge: bool = False) -> npt.NDArray[np.float32]:
        """Return a plane (h, w) with margins, ready for :meth:`take`.

        What lies outside the picture is 0, or with ``edge`` the nearest pixel.
        """
        (height, width), margin = self.shape, self.margin
        sides = (
            (margin, margin + self.grid[0] * SIDE - height),
            (margin, margin + self.grid[1] * SIDE - width),
        )
        return np.pad(plane, sides, mode="edge") if edge else np.pad(plane, sides)

    def blank(self) -> npt.NDArray[np.float32]:
        """Return a padded plane of zeros."""
        height, width = self.grid[0] * SIDE, self.grid[1] * SIDE
        return np.zeros((height + 2 * self.margin, width + 2 * self.margin), np.float32)

    def take(self, padded: npt.NDArray[np.float32], which: slice) -> npt.NDArray[np.float32]:
        """Return tiles of a padded plane with their margins: (n, SIDE + 2 margin, same)."""
        side = SIDE + 2 * self.margin
        down, right = padded.strides
        blocks = as_strided(
            padded, (*self.grid, side, side), (down * SIDE, right * SIDE, down, right)
        )
        return blocks[self.rows[which], self.columns[which]]

    def put(
        self, padded: npt.NDArray[np.float32], which: slice, tiles: npt.NDArray[np.float32]
    ) -> None:
        """Write tiles without margins, (n, SIDE, SIDE), into a padded plane."""
        down, right = padded.strides
        inner = padded[self.margin :, self.margin :]
        blocks = as_strided(
            inner, (*self.grid, SIDE, SIDE), (down * SIDE, right * SIDE, down, right)
        )
        blocks[self.rows[which], self.columns[which]] = tiles

    def crop(self, padded: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return the picture's own part (h, w) of a padded plane, a view."""
        (height, width), margin = self.shape, self.margin
        return padded[margin : margin + height, margin : margin + width]
