"""Samples of any width as 8 bits, a few rows at a time: no wide copy of a whole picture is made."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

AT_ONCE = 1 << 20
"""Samples."""

Values = npt.NDArray[Any]


def portions(values: Values) -> Iterator[slice]:
    """Yield the rows of an array of samples in portions of about :data:`AT_ONCE` samples."""
    step = max(1, AT_ONCE // max(1, values[:1].size))
    for top in range(0, len(values), step):
        yield slice(top, top + step)


def eight_bits(values: Values, most: int) -> Values:
    """Return whole numbers 0..``most`` (65535 at most) as uint8, 0..255, rounded."""
    result = np.empty(values.shape, np.uint8)
    for rows in portions(values):
        part = values[rows].astype(np.uint32)
        part *= 255
        part += most // 2
        part //= most
        result[rows] = part
    return result


def stretched(values: Values, low: float, high: float) -> Values:
    """Return numbers as uint8: ``low`` becomes 0, ``high`` 255, what is no number 0."""
    result = np.empty(values.shape, np.uint8)
    for rows in portions(values):
        part = np.nan_to_num(values[rows].astype(np.float32), posinf=low, neginf=low, nan=low)
        part = (part - np.float32(low)) * np.float32(255 / ((high - low) or 1))
        result[rows] = np.rint(np.clip(part, 0, 255))
    return result


def bounds(values: Values) -> tuple[float, float]:
    """Return the least and the largest number of an array, (0, 0) where there is none."""
    low, high = np.inf, -np.inf
    for rows in portions(values):
        part = values[rows]
        finite = part[np.isfinite(part)]
        low, high = min(low, finite.min(initial=np.inf)), max(high, finite.max(initial=-np.inf))
    return (float(low), float(high)) if low <= high else (0.0, 0.0)


def make_straight(levels: Values) -> None:
    """Divide colours by the alpha that was multiplied into them, in place, row by row."""
    for row in levels:
        alpha = row[:, -1:].astype(np.uint16)
        straight = (row[:, :-1] * np.uint16(255) + alpha // 2) // np.maximum(alpha, 1)
        row[:, :-1] = np.minimum(straight, 255)
