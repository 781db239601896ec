"""Better than one pass of the network: several, averaged."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from common.options import DOUBTFUL

SOFT = (0.1, 0.9)
"""Values between these belong neither to the subject nor to the background for certain."""

LEAST_FOUND = 2e-4
"""Part of the picture below which nothing was found: a square of 10 pixels in 704."""

MOST_FOUND = 0.97
"""Part of the picture from which on nearly everything was."""

NOTHING = 1e-3
"""Part of the picture, kept from dividing by nothing where the network found no subject."""

SHARPNESS = 8
"""How quickly a matte's weight falls with its doubt."""

DISAGREEMENT = 0.35
"""Difference, of 1, from which on two networks count as of two minds about a place.

Between 0.2 and 0.5 the result on photographs with ground truth is the same.
"""

TRANSITION = 0.01
"""How softly such a place blends into what surrounds it: a Gaussian's radius, as a share of the
matte's height."""


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


def found(matte: npt.NDArray[np.float32], pointed_at: bool = False) -> str:
    """Return whether there is a subject in a matte: ``nothing``, ``some`` or ``everything``.

    ``matte`` is float32 (h, w) in 0..1. So the user can be asked what is meant instead of getting
    an empty file, or the photo as it was. ``pointed_at`` tells that it shows what the user has
    pointed at, which may be ever so small.
    """
    share = float(np.mean(matte > 0.5))
    if share == 0 or (share < LEAST_FOUND and not pointed_at):
        return "nothing"
    return "everything" if share > MOST_FOUND else "some"


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


def with_second_opinion(
    matte: npt.NDArray[np.float32], opinion: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return a matte that listens to another network where the two differ, float32 (h, w) in 0..1.

    ``opinion`` is float32 in 0..1 of any size. Networks of different build make different
    mistakes: a coarse one sees *what* the subject is where a fine one errs, and the fine one sees
    *where* it ends. So only places of plain disagreement get the mean of both
    (:func:`mean_matte`, which weighs by doubt); everywhere else ``matte`` stays as it is.
    """
    height, width = matte.shape
    image = Image.fromarray(opinion).resize((width, height), Image.Resampling.BILINEAR)
    other = np.asarray(image)
    apart = Image.fromarray((np.abs(matte - other) > DISAGREEMENT).astype(np.uint8) * 255)
    blurred = apart.filter(ImageFilter.GaussianBlur(TRANSITION * height))
    weight = np.asarray(blurred, np.float32) / np.float32(255)
    heard = matte + weight * (mean_matte([matte, other]) - matte)
    return np.clip(heard, 0, 1, out=heard)


def passes_together(
    mattes: Sequence[npt.NDArray[np.float32]], averaged: bool = False
) -> npt.NDArray[np.float32]:
    """Return what several passes over one photo say, float32 (h, w) in 0..1.

    ``mattes`` are those of passes of one network, the first one's first. A mean blurs the edges of
    what the first pass was sure of, so the others are heard only where they plainly differ
    (:func:`with_second_opinion`), unless they are to be ``averaged``. Raises ``ValueError`` for
    none.
    """
    if averaged or len(mattes) < 2:
        return mean_matte(mattes)
    together, *others = mattes
    for other in others:
        together = with_second_opinion(together, other)
    return together


def kept_matte(
    mattes: Sequence[npt.NDArray[np.float32]], opinion: npt.NDArray[np.float32] | None = None
) -> npt.NDArray[np.float32]:
    """Return what mattes say together in the 256 steps in which the page keeps it with the item.

    They are those of the passes (:func:`passes_together`), averaged where the first one is in doubt
    and nobody else was asked; ``opinion`` is that of another network, or ``None``
    (:func:`with_second_opinion`).
    So a cutout that was edited, or opened again in another visit, is the same as at first, bit
    for bit.
    """
    averaged = opinion is None and len(mattes) > 1 and doubt(mattes[0]) > DOUBTFUL
    together = passes_together(mattes, averaged)
    if opinion is not None:
        together = with_second_opinion(together, opinion)
    matte: npt.NDArray[np.float32] = np.rint(together * 255).astype(np.float32)
    matte /= 255
    return matte
