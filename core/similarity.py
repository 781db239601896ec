"""How much a compressed picture looks like its original: the structural similarity index.

Source: Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image Quality Assessment: From Error
Visibility to Structural Similarity", IEEE Transactions on Image Processing 13 (4), 2004, with its
window (Gaussian, 11 pixels, standard deviation 1.5) and constants.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.picture.flatten import flattened
from core.picture.preview import fit

SIDE = 1600
"""Longest side, in pixels, at which pictures are compared: about what a screen shows at once."""

RADIUS = 5
DEVIATION = 1.5
STABLE_MEAN = (0.01 * 255) ** 2
STABLE_CONTRAST = (0.03 * 255) ** 2
"""The constants C1 and C2 of the paper, for values 0..255."""

ROWS = 64
"""Rows computed at a time, so that the planes stay in the processor's cache."""

GROUND = "#808080"
"""Grey on which transparent pictures are compared; light and dark edges both show on it."""

Plane = npt.NDArray[np.float32]


def luma(image: Image.Image, side: int = SIDE) -> Plane:
    """Return the brightness of an image as it is compared, float32 (h, w) in 0..255.

    ``image`` has mode RGB, RGBA or L; its longest side is reduced to ``side`` pixels. Weights of
    ITU-R BT.601.
    """
    flat = image if image.mode in ("RGB", "L") else flattened(image.convert("RGBA"), GROUND)
    small = flat.convert("L").resize(fit(flat.size, side), Image.Resampling.BOX)
    return np.asarray(small, np.float32)


def similarity(one: Plane, other: Plane) -> float:
    """Return the mean structural similarity of two planes (h, w) in 0..255: 1 when equal.

    Where the shapes differ the second is brought to the first one's. Planes with a side shorter
    than the window are compared as a whole.
    """
    if one.shape != other.shape:
        resized = Image.fromarray(other).resize(one.shape[::-1], Image.Resampling.BICUBIC)
        other = np.asarray(resized)
    if min(one.shape) <= 2 * RADIUS:
        return float(
            _index(*[np.full((1, 1), plane.mean()) for plane in _planes(one, other)])[0, 0]
        )
    total, count = 0.0, 0
    for top in range(0, one.shape[0] - 2 * RADIUS, ROWS):
        rows = slice(top, top + ROWS + 2 * RADIUS)
        a, b = one[rows], other[rows]
        index = _index(*[_blurred(plane) for plane in _planes(a, b)])
        total += float(index.sum(dtype=np.float64))
        count += index.size
    return total / count


def _planes(one: Plane, other: Plane) -> tuple[Plane, Plane, Plane, Plane, Plane]:
    """Return the planes whose means :func:`_index` takes."""
    return one, other, one * one, other * other, one * other


def _index(mean_a: Plane, mean_b: Plane, square_a: Plane, square_b: Plane, product: Plane) -> Plane:
    """Return the index from the means of two planes, their squares and their product."""
    means = mean_a * mean_b
    mean_squares = mean_a * mean_a + mean_b * mean_b
    variances = square_a + square_b - mean_squares
    numerator = (2 * means + STABLE_MEAN) * (2 * (product - means) + STABLE_CONTRAST)
    index = numerator / ((mean_squares + STABLE_MEAN) * (variances + STABLE_CONTRAST))
    return index.astype(np.float32, copy=False)


def _blurred(plane: Plane) -> Plane:
    """Return the window's weighted mean at every place where the window lies within the plane."""
    steps = np.arange(-RADIUS, RADIUS + 1)
    weights = np.exp(-(steps**2) / (2 * DEVIATION**2)).astype(np.float32)
    weights /= weights.sum()
    height, width = plane.shape[0] - 2 * RADIUS, plane.shape[1] - 2 * RADIUS
    rows = weights[0] * plane[:height]
    for at in range(1, 2 * RADIUS + 1):
        rows += weights[at] * plane[at : at + height]
    result: Plane = weights[0] * rows[:, :width]
    for at in range(1, 2 * RADIUS + 1):
        result += weights[at] * rows[:, at : at + width]
    return result
