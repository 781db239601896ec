"""Shrink the weights to 8 or 4 bits; the arithmetic of the network stays float32.

Only what is downloaded gets smaller: the weights are restored to float32 when the page loads them
(:mod:`tools.model.package`). Weights of a convolution are ``float32 [out, in, height, width]``.

The bytes must be the same on every machine, for ``models/models.json`` records their hashes. So
there is elementwise IEEE arithmetic only, and sums are added row by row: NumPy's own ``sum`` and
``dot`` group their terms by the machine's vector width, which changes the last digit.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

GROUP = 32
"""Consecutive weights that share a scale in the 4-bit form."""

SMALL_LAYER = 100_000
"""Layers with fewer weights keep 8 bits in the 4-bit variant.

They are the ones at high resolution, next to the photo and to the mask: 4 % of the weights and
much of the error.
"""

CLIPS = tuple(np.float32(step / 20) for step in range(20, 11, -1))
"""Parts of a group's largest weight that are tried as its full scale: 1, 0.95 ... 0.6."""

EIGHT_BITS, FOUR_BITS = "eight_bits", "four_bits"
"""Names of the two small forms."""


@dataclass(frozen=True)
class Small:
    """Small weights, one row per output channel.

    ``EIGHT_BITS``: ``values`` int8 ``[out, n]``, ``scale`` float32 ``[out]``. ``FOUR_BITS``:
    ``values`` uint8 ``[out, n / 2]``, two's complement, low half first; ``scale`` float16
    ``[out, n / 32]``.
    """

    form: str
    values: npt.NDArray[Any]
    scale: npt.NDArray[Any]


def small_weights(weights: Floats, four_bits: bool) -> Small:
    """Return weights in 8 bits or, if ``four_bits`` and the layer is large, in 4."""
    channels = len(weights)
    large = weights.size >= SMALL_LAYER and weights[0].size % GROUP == 0
    if not (four_bits and large):
        values, scale = quantise_eight_bits(weights)
        return Small(EIGHT_BITS, values.reshape(channels, -1), scale.reshape(-1))
    whole, scale16 = quantise_four_bits(np.ascontiguousarray(weights.reshape(-1, GROUP).T))
    digits = whole.T.astype(np.uint8) & 15
    pairs = digits[:, 0::2] | (digits[:, 1::2] << 4)
    return Small(FOUR_BITS, pairs.reshape(channels, -1), scale16.reshape(channels, -1))


def restored(small: Small) -> Floats:
    """Return the weights ``float32 [out, n]`` that small ones stand for."""
    if small.form == EIGHT_BITS:
        rows: Floats = small.values.astype(np.float32) * small.scale[:, None]
        return rows
    halves = np.stack([small.values & 15, small.values >> 4], axis=-1).astype(np.int8)
    whole = np.where(halves > 7, halves - 16, halves).reshape(len(small.values), -1, GROUP)
    weights: Floats = whole.astype(np.float32) * small.scale.astype(np.float32)[..., None]
    return weights.reshape(len(small.values), -1)


def quantise_eight_bits(weights: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return ``int8`` weights in -127..127 and one scale per output channel ``[out, 1, 1, 1]``.

    ``weights`` is about the product of the two; the error is at most half a scale.
    """
    peak = np.abs(weights).reshape(len(weights), -1).max(axis=1).reshape(-1, 1, 1, 1)
    scale = np.where(peak > 0, peak / np.float32(127), np.float32(1)).astype(np.float32)
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale


def quantise_four_bits(groups: Floats) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
    """Return whole numbers in -8..7 and a ``float16`` scale for each column of ``groups``.

    ``groups`` is ``[GROUP, n]``, one group of weights per column. Tried per group: several full
    scales of either sign (so that the largest weight may use the eighth negative step), each then
    refined by least squares; the one with the smallest squared error wins.
    """
    highest, lowest = groups.max(axis=0), groups.min(axis=0)
    signed_peak = np.where(highest >= -lowest, highest, lowest)
    peak = np.abs(signed_peak)
    best = np.zeros(groups.shape[1], np.float16)
    smallest = np.full(groups.shape[1], np.inf)
    for clip in CLIPS:
        for full_scale in (peak * clip / np.float32(7), signed_peak * clip / np.float32(-8)):
            scale = full_scale.astype(np.float16)
            for candidate in (scale, least_squares_scale(groups, steps(groups, scale))):
                error = squared_error(groups, candidate)
                best = np.where(error < smallest, candidate, best)
                smallest = np.minimum(error, smallest)
    return steps(groups, best).astype(np.int8), best


def steps(groups: Floats, scale: npt.NDArray[np.float16]) -> Floats:
    """Return the whole numbers in -8..7 that come nearest; 0 where the scale is 0."""
    divisor = np.where(scale == 0, np.float32(np.inf), scale.astype(np.float32))
    return np.clip(np.round(groups / divisor), -8, 7)


def least_squares_scale(groups: Floats, whole: Floats) -> npt.NDArray[np.float16]:
    """Return the scale per group that fits these whole numbers best; 0 where all are 0."""
    square = add_rows(whole * whole)
    scale = add_rows(whole * groups) / np.where(square == 0, 1.0, square)
    return scale.astype(np.float16)


def squared_error(groups: Floats, scale: npt.NDArray[np.float16]) -> npt.NDArray[np.float64]:
    """Return the summed squared error per group ``[n]`` of quantising with that scale."""
    difference = steps(groups, scale) * scale.astype(np.float32) - groups
    return add_rows(difference * difference)


def add_rows(values: Floats) -> npt.NDArray[np.float64]:
    """Return the sum over the first axis, added in its order whatever the machine."""
    total = np.zeros(values.shape[1:], np.float64)
    for row in values:
        total += row
    return total
