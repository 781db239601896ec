"""Sums over square windows, the brick that guided filters and matting Laplacians are made of.

Cumulative sums would do with fewer additions for wide windows, but in single precision they
lose the small variances that matter here; doubling does not.
"""

import numpy as np
import numpy.typing as npt


def _along_rows(planes: npt.NDArray[np.float32], side: int) -> npt.NDArray[np.float32]:
    """Return sums of ``side`` neighbours along the last but one axis, which gets shorter."""
    length = planes.shape[-2] - side + 1
    total: npt.NDArray[np.float32] | None = None
    start, size, partial = 0, 1, planes
    while True:
        if side & size:
            piece = partial[..., start : start + length, :]
            total = piece if total is None else total + piece
            start += size
        if size * 2 > side:
            assert total is not None
            return total
        partial = partial[..., :-size, :] + partial[..., size:, :]
        size *= 2


def _along_columns(planes: npt.NDArray[np.float32], side: int) -> npt.NDArray[np.float32]:
    """Return sums of ``side`` neighbours along the last axis, which gets shorter."""
    length = planes.shape[-1] - side + 1
    total: npt.NDArray[np.float32] | None = None
    start, size, partial = 0, 1, planes
    while True:
        if side & size:
            piece = partial[..., start : start + length]
            total = piece if total is None else total + piece
            start += size
        if size * 2 > side:
            assert total is not None
            return total
        partial = partial[..., :-size] + partial[..., size:]
        size *= 2


def box_sum(planes: npt.NDArray[np.float32], radius: int) -> npt.NDArray[np.float32]:
    """Return the sums over all complete windows of ``2 * radius + 1`` pixels a side.

    ``planes`` is float32 (..., h, w); the result is (..., h - 2 * radius, w - 2 * radius), its
    first pixel belonging to the window whose centre is (radius, radius). Sums grow by doubling
    (1, 2, 4 ... neighbours), so a window of side n costs about ``2 * log2(n)`` additions a pixel.
    """
    side = 2 * radius + 1
    return _along_columns(_along_rows(planes, side), side)
