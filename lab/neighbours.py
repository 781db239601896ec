"""What the matting Laplacian ties a pixel to: how much each neighbour shares its alpha.

A. Levin, D. Lischinski, Y. Weiss, "A Closed-Form Solution to Natural Image Matting", PAMI 2008,
equation 12: the affinity of two pixels is summed over all windows that hold both.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte.refine import EPSILON
from lab import drawing

RADIUS = 1
"""Radius of the windows in pixels, as in the paper."""

SPAN = 10
"""Neighbours on each side that are drawn; only the nearest 2 * RADIUS share a window."""


def affinities(image: npt.NDArray[np.float32], row: int, column: int) -> npt.NDArray[np.float32]:
    """Return how strongly a pixel is tied to those around it, float32 (4r+1, 4r+1).

    ``image`` is float32 (h, w, 3) in 0..1. Entry (2r, 2r) is the pixel itself; pairs outside the
    image, and windows that reach beyond it, count 0. Negative numbers push alphas apart.
    """
    reach = 2 * RADIUS
    result = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    height, width = image.shape[:2]
    size = (2 * RADIUS + 1) ** 2
    for middle_row in range(row - RADIUS, row + RADIUS + 1):
        for middle_column in range(column - RADIUS, column + RADIUS + 1):
            top, left = middle_row - RADIUS, middle_column - RADIUS
            bottom, right = middle_row + RADIUS + 1, middle_column + RADIUS + 1
            if top < 0 or left < 0 or bottom > height or right > width:
                continue
            colours = image[top:bottom, left:right].reshape(-1, 3).astype(np.float64)
            centred = colours - colours.mean(axis=0)
            covariance = centred.T @ centred / size + EPSILON / size * np.eye(3)
            own = image[row, column].astype(np.float64) - colours.mean(axis=0)
            values = (1 + centred @ np.linalg.solve(covariance, own)) / size
            first = (top - row + reach, left - column + reach)
            result[first[0] : first[0] + 2 * RADIUS + 1, first[1] : first[1] + 2 * RADIUS + 1] += (
                values.reshape(2 * RADIUS + 1, -1)
            )
    return result


def picture(image: Image.Image, x: int, y: int) -> tuple[npt.NDArray[np.uint8], str]:
    """Return the surroundings of a pixel with its ties in green and red, and the ties as text."""
    y = min(max(y, 0), image.height - 1)
    x = min(max(x, 0), image.width - 1)
    # Only the surroundings: a pointer asks many times a second.
    left, top = max(0, x - SPAN), max(0, y - SPAN)
    right, bottom = min(image.width, x + SPAN + 1), min(image.height, y + SPAN + 1)
    pixels = np.asarray(image.crop((left, top, right, bottom)), np.float32) / np.float32(255)
    ties = affinities(pixels, y - top, x - left)
    before, after = (SPAN - (y - top), SPAN - (x - left)), (bottom - y - 1, right - x - 1)
    ends = [(start, SPAN - end) for start, end in zip(before, after, strict=True)]
    shown = np.pad(pixels, (*ends, (0, 0)), mode="edge")
    largest = max(float(np.abs(ties).max()), 1e-6)
    reach = ties.shape[0] // 2
    place = shown[SPAN - reach : SPAN + reach + 1, SPAN - reach : SPAN + reach + 1]
    strength = np.abs(ties)[..., np.newaxis] / largest
    colour = np.where(ties[..., np.newaxis] >= 0, (0.1, 0.8, 0.2), (0.9, 0.1, 0.1))
    place[...] = place * (1 - 0.8 * strength) + colour * 0.8 * strength
    drawn = Image.fromarray(np.rint(np.clip(shown, 0, 1) * 255).astype(np.uint8))
    rows = "\n".join(" ".join(f"{value:6.2f}" for value in line) for line in ties)
    return drawing.shown(drawn, nearest=True), rows
