"""Better than one pass of the network: several, averaged."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

SOFT = (0.1, 0.9)
"""Values between these belong neither to the subject nor to the background for certain."""

NOTHING = 1e-3
"""Part of the picture, kept from dividing by nothing where the network found no subject."""

SHARPNESS = 8
"""How quickly a matte's weight falls with its doubt."""


def doubt(matte: npt.NDArray[np.float32]) -> float:
    """Return how much of what may be the subject the network is unsure of, 0..1.

    ``matte`` is float32 (h, w) in 0..1. Only edges and hair are soft in the matte of a subject that
    was found, a few percent; where the network wavers, whole areas are. Near 1 when nothing is
    certain.
    """
    low, high = SOFT
    soft = float(np.mean((matte > low) & (matte < high)))
    subject = float(np.mean(matte > 0.5))
    return soft / (soft + subject + NOTHING)


def mean_matte(mattes: Sequence[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """Return the mean of several mattes of one photo, float32 (h, w) in 0..1.

    ``mattes`` are float32 (h, w) in 0..1 of any sizes; the smaller ones are enlarged to the
    largest with a bilinear filter. Averaging the answers to inputs of different sizes lets
    their errors cancel (Dietterich 2000, Ensemble Methods in Machine Learning); the more doubtful
    a matte is in itself (:func:`doubt`), the less it weighs. Raises ``ValueError`` for none.
    """
    if not mattes:
        raise ValueError("there is no matte to average")
    if len(mattes) == 1:
        return mattes[0]
    height, width = max((matte.shape for matte in mattes), key=lambda shape: shape[0] * shape[1])
    weights = np.array([(1 - doubt(matte)) ** SHARPNESS + NOTHING for matte in mattes], np.float32)
    weights /= weights.sum()
    total = np.zeros((height, width), np.float32)
    for matte, weight in zip(mattes, weights, strict=True):
        image = Image.fromarray(matte)
        total += weight * np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))
    return np.clip(total, 0, 1, out=total)


def kept_matte(mattes: Sequence[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """Return :func:`mean_matte` in the 256 steps in which the page keeps it with the item.

    So a cutout that was edited, or opened again in another visit, is the same as at first, bit
    for bit.
    """
    matte: npt.NDArray[np.float32] = np.rint(mean_matte(mattes) * 255).astype(np.float32)
    matte /= 255
    return matte
