"""What goes into a stage and comes out of it: shape, data type and range, said and checked.

A contract that breaks is shown in red beside the editor; it is a value, never an exception.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

NOTHING = "NoneType"
"""What Python calls the kind of ``None``, which a function without ``return`` gives back."""


@dataclass(frozen=True)
class Reading:
    """One thing at the edge of a stage: its ``name``, what is ``expected``, what it ``is``."""

    name: str
    expected: str
    found: str
    holds: bool

    @property
    def words(self) -> str:
        """The reading as a sentence; what was forgotten most often is asked for first."""
        if self.holds:
            return f"{self.name}: {self.found}"
        if self.found == NOTHING:
            asked = "the code returns None: is a return missing?"
            return f"{self.name}: {asked} It must be {self.expected}"
        return f"{self.name}: {self.found}, but it must be {self.expected}"


def array_reading(
    name: str,
    value: Any,
    shape: tuple[int | str, ...],
    dtype: str,
    low: float | None = None,
    high: float | None = None,
) -> Reading:
    """Return how an array keeps its contract.

    ``shape`` holds numbers, or letters for lengths that are free; ``low`` and ``high`` bound its
    values (``None``: unbounded). Values that are not finite break every contract.
    """
    bounds = "" if low is None and high is None else f", {_end(low)} .. {_end(high)}"
    expected = f"{dtype} ({', '.join(map(str, shape))}){bounds}"
    if not isinstance(value, np.ndarray):
        return Reading(name, expected, type(value).__name__, False)
    found = f"{value.dtype} ({', '.join(map(str, value.shape))})"
    holds = str(value.dtype) == dtype and len(value.shape) == len(shape)
    holds = holds and all(
        wanted == length or isinstance(wanted, str)
        for wanted, length in zip(shape, value.shape, strict=False)
    )
    if value.size and value.dtype.kind in "fiu":
        least, largest = float(value.min()), float(value.max())
        found += f", {least:.4g} .. {largest:.4g}"
        holds = holds and bool(np.isfinite(value).all())
        holds = holds and (low is None or least >= low) and (high is None or largest <= high)
    return Reading(name, expected, found, holds)


def image_reading(name: str, value: Any, mode: str, size: tuple[int, int]) -> Reading:
    """Return how a Pillow image keeps its contract: its ``mode`` and its ``size`` in pixels."""
    expected = f"mode {mode}, {size[0]} x {size[1]}"
    if not isinstance(value, Image.Image):
        return Reading(name, expected, type(value).__name__, False)
    found = f"mode {value.mode}, {value.width} x {value.height}"
    return Reading(name, expected, found, (value.mode, value.size) == (mode, size))


def one_of(name: str, value: Any, choices: tuple[Any, ...]) -> Reading:
    """Return whether a value is one of a few."""
    return Reading(name, " or ".join(map(str, choices)), str(value), value in choices)


def _end(bound: float | None) -> str:
    """Return a bound as a word."""
    return "..." if bound is None else f"{bound:g}"
