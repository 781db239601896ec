"""Foreground estimation on composites of photographs whose alpha and colours are known.

Subjects and backgrounds are scikit-image's photographs, the mattes are drawn: hair, glass, a
ring. (tests/core has the same on made-up colours, which run in the page's Pyodide, too.)
"""

import itertools

import numpy as np
from PIL import Image
from skimage import data

from core.matte.foreground import own_colours
from tests.core.mattes import as_alpha, composite, glass, hair, ring

SIZE = (480, 360)
PHOTOS = ("astronaut", "coffee", "chelsea", "rocket")
MATTES = {"hair": hair, "glass": glass, "ring": ring}


def photo(name: str) -> Image.Image:
    """Return one of scikit-image's photographs at the test's size."""
    return Image.fromarray(getattr(data, name)()).convert("RGB").resize(SIZE)


def colour_error(image: Image.Image, subject: Image.Image, alpha: np.ndarray) -> float:
    """Return the mean error of colours on soft pixels, weighted by how much of them is seen.

    Of 255. A pixel of little alpha shows little of its colour, wherever it is laid.
    """
    soft = (alpha > 0) & (alpha < 255)
    difference = np.abs(np.asarray(image, float) - np.asarray(subject, float)).mean(axis=-1)
    return float(np.average(difference[soft], weights=alpha[soft]))


BOUNDS = {"hair": 0.35, "glass": 0.75, "ring": 0.25}
"""What may be left of the error. Within glass the detail of a photograph behind it cannot be told
from detail of the glass, so only its colour is taken out."""


def errors(matte: str) -> tuple[float, float]:
    """Return the mean error over all pairs of photographs: plain cutout, own colours."""
    alpha = as_alpha(MATTES[matte](SIZE))
    levels = np.asarray(alpha)
    true = levels.astype(np.float32) / 255
    plain, cleaned = [], []
    for first, second in itertools.permutations(PHOTOS, 2):
        subject, background = photo(first), photo(second)
        image = composite(true, subject, background)
        plain.append(colour_error(image, subject, levels))
        cleaned.append(colour_error(own_colours(image, alpha), subject, levels))
        assert cleaned[-1] < plain[-1], f"{first} before {second}"
    return float(np.mean(plain)), float(np.mean(cleaned))


def test_the_error_of_soft_pixels_colours_is_halved_at_least():
    found = {matte: errors(matte) for matte in MATTES}
    for matte, (plain, cleaned) in found.items():
        assert cleaned <= BOUNDS[matte] * plain, matte
    assert sum(cleaned for _, cleaned in found.values()) <= 0.5 * sum(
        plain for plain, _ in found.values()
    )
