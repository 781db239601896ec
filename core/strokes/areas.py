"""Pictures worked on piece by piece, so that memory stays bounded whatever their size."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

BAND_PIXELS = 1 << 18
"""Pixels that are painted at a time: few enough for the processor's cache."""

Area = tuple[slice, slice]
"""Rows and columns of a part of a picture."""

Coverage = Iterator[tuple[Area, npt.NDArray[np.float32]]]
"""Areas that do not overlap, each with values 0..1 (h, w) for its pixels."""


def bounds(
    points: npt.NDArray[np.float64], reach: float, shape: tuple[int, ...]
) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of all pixels within ``reach`` of ``points`` (n, 2)."""
    low = np.floor(points.min(axis=0) - reach).astype(int)
    high = np.ceil(points.max(axis=0) + reach).astype(int)
    left, top = np.maximum(low, 0).tolist()
    return left, top, min(int(high[0]), shape[1]), min(int(high[1]), shape[0])


def bands(
    box: tuple[int, int, int, int], multiple: int, pixels: int = BAND_PIXELS
) -> Iterator[Area]:
    """Yield a box (left, top, right, bottom) as bands of about ``pixels`` pixels.

    Their heights are multiples of ``multiple`` except for the last one. Nothing for an empty box.
    """
    left, top, right, bottom = box
    if left >= right:
        return
    step = max(1, pixels // (right - left) // multiple) * multiple
    for start in range(top, bottom, step):
        yield slice(start, min(start + step, bottom)), slice(left, right)
