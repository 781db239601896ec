"""How far an alpha channel is from the truth: the measures of the field, each as its paper says.

Every function takes the found and the true alpha as arrays of one shape (h, w), floating point,
0 (background) to 1 (subject). Truths that are no masks but mattes are cut at one half where a
measure wants a mask. Nothing is stretched to 0..1 first, as some evaluation kits do: what the user
would get is what is judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Matte = npt.NDArray[np.floating]
Mask = npt.NDArray[np.bool_]

THRESHOLD = 0.5
"""Above it a pixel counts as subject, in truths and for IoU."""

BETA_SQUARED = 0.3
"""Weight of recall against precision in the F-measure, from Achanta et al. 2009."""

LEVELS = 256
"""Steps at which the F-measure's curve is taken: alpha channels have 8 bits."""

BOUNDARY_RADIUS = 5
"""The boundary band reaches this many pixels to either side of the true mask's edge."""

SOFT_RANGE = (0.02, 0.98)
"""True alpha between these counts as soft (hair, glass, motion); outside is as good as flat."""

SMALLEST_SOFT_SHARE = 0.001
"""Truths with a smaller share of soft pixels are masks, and have no soft-pixel error."""

STRUCTURE_BALANCE = 0.5
"""Weight of the object-aware against the region-aware half of the S-measure (Fan et al. 2017)."""

TINY = float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class Scores:
    """What one alpha channel is worth.

    ``mae``, ``boundary_mae`` and ``soft_mae`` are mean absolute errors, 0 best; ``iou`` and
    ``s_measure`` are 1 at best; ``f_curve`` holds the F-measure at each of the ``LEVELS``
    thresholds. ``boundary_mae`` and ``soft_mae`` are ``None`` where the truth has no such pixels.
    """

    mae: float
    iou: float
    s_measure: float
    boundary_mae: float | None
    soft_mae: float | None
    f_curve: npt.NDArray[np.float64]


def score(found: Matte, truth: Matte) -> Scores:
    """Return all measures of one alpha channel; raises ``ValueError`` when the shapes differ."""
    if found.shape != truth.shape or found.ndim != 2 or not found.size:
        raise ValueError(f"alpha of shape {found.shape} for a truth of shape {truth.shape}")
    found, truth = found.astype(np.float64), truth.astype(np.float64)
    error = np.abs(found - truth)
    mask = truth > THRESHOLD
    return Scores(
        mae=float(error.mean()),
        iou=intersection_over_union(found > THRESHOLD, mask),
        s_measure=s_measure(found, mask),
        boundary_mae=mean_over(error, boundary_band(mask)),
        soft_mae=mean_over(error, soft_pixels(truth)),
        f_curve=f_curve(found, mask),
    )


def mean_over(error: Matte, where: Mask) -> float | None:
    """Return the mean of ``error`` over the chosen pixels, ``None`` when there are none."""
    return float(error[where].mean()) if where.any() else None


def intersection_over_union(found: Mask, truth: Mask) -> float:
    """Return the overlap of two masks, 0 to 1; two empty ones agree."""
    union = np.count_nonzero(found | truth)
    return np.count_nonzero(found & truth) / union if union else 1.0


def boundary_band(mask: Mask, radius: int = BOUNDARY_RADIUS) -> Mask:
    """Return the pixels near the mask's edge: its dilation without its erosion.

    Both use a square of ``2 * radius + 1`` pixels a side. The picture's border is no edge.
    """
    picture = Image.fromarray(mask.astype(np.uint8) * 255)
    side = 2 * radius + 1
    grown = np.asarray(picture.filter(ImageFilter.MaxFilter(side)))
    shrunk = np.asarray(picture.filter(ImageFilter.MinFilter(side)))
    band: Mask = grown != shrunk
    return band


def soft_pixels(truth: Matte) -> Mask:
    """Return where the truth is neither subject nor background; nowhere if it is only a mask."""
    soft: Mask = (truth > SOFT_RANGE[0]) & (truth < SOFT_RANGE[1])
    if np.count_nonzero(soft) < SMALLEST_SOFT_SHARE * truth.size:
        return np.zeros_like(soft)
    return soft


def f_curve(found: Matte, mask: Mask) -> npt.NDArray[np.float64]:
    """Return the F-measure of ``found`` cut at each level 0/255, 1/255 ... 255/255.

    F = (1 + b) P R / (b P + R) with b = 0.3 (Achanta et al. 2009, Frequency-tuned Salient Region
    Detection); a pixel counts as found when its alpha reaches the level. 0 where nothing overlaps.
    """
    levels = np.rint(np.clip(found, 0, 1) * (LEVELS - 1)).astype(np.int64)
    hits = at_least(levels[mask])
    positives = at_least(levels.ravel())
    precision = hits / np.maximum(positives, 1)
    recall = hits / np.maximum(np.count_nonzero(mask), 1)
    weighted = BETA_SQUARED * precision + recall
    curve = np.zeros(LEVELS)
    some = weighted > 0
    curve[some] = (1 + BETA_SQUARED) * (precision * recall)[some] / weighted[some]
    return curve


def at_least(levels: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return, for every level, how many of the values reach it."""
    counts = np.bincount(levels, minlength=LEVELS)
    reached: npt.NDArray[np.int64] = np.cumsum(counts[::-1])[::-1]
    return reached


def maximal_f_measure(curves: Sequence[npt.NDArray[np.float64]]) -> float:
    """Return the maximal F-measure of a set: the curves are averaged, then the best level counts.

    So one threshold must suit all photos, which is how the field reports it.
    """
    return float(np.mean(curves, axis=0).max())


def s_measure(found: Matte, mask: Mask) -> float:
    """Return the structure measure, 0 to 1 (Fan et al. 2017, Structure-measure: A New Way ...).

    Half of it asks whether subject and background are each uniform and apart (object-aware), half
    whether the four quarters about the subject's centre look alike (region-aware).
    """
    share = float(mask.mean())
    if share == 0:
        return 1 - float(found.mean())
    if share == 1:
        return float(found.mean())
    objects = share * object_score(found[mask]) + (1 - share) * object_score(1 - found[~mask])
    both = STRUCTURE_BALANCE * objects + (1 - STRUCTURE_BALANCE) * region_score(found, mask)
    return max(0.0, both)


def object_score(values: Matte) -> float:
    """Return how near to 1 and how uniform values are: 2x / (x^2 + 1 + s), x mean, s deviation."""
    mean = float(values.mean())
    deviation = float(values.std(ddof=1)) if values.size > 1 else 0.0
    return 2 * mean / (mean * mean + 1 + deviation + TINY)


def region_score(found: Matte, mask: Mask) -> float:
    """Return the structural similarity of the quarters about the subject's centre, by area."""
    rows, columns = np.nonzero(mask)
    # The centre's own row and column belong to the upper left quarter, as in the paper's code.
    row, column = round(float(rows.mean())) + 1, round(float(columns.mean())) + 1
    total = 0.0
    for vertical in (slice(None, row), slice(row, None)):
        for horizontal in (slice(None, column), slice(column, None)):
            part = found[vertical, horizontal]
            if part.size:
                truth = mask[vertical, horizontal].astype(np.float64)
                total += part.size / mask.size * similarity(part, truth)
    return total


def similarity(found: Matte, truth: Matte) -> float:
    """Return the structural similarity of two regions, without constants (Fan et al., eq. 5)."""
    x, y = float(found.mean()), float(truth.mean())
    degrees = max(1, found.size - 1)
    variance_x = float(((found - x) ** 2).sum()) / degrees
    variance_y = float(((truth - y) ** 2).sum()) / degrees
    covariance = float(((found - x) * (truth - y)).sum()) / degrees
    above = 4 * x * y * covariance
    below = (x * x + y * y) * (variance_x + variance_y)
    if above != 0:
        return above / (below + TINY)
    # Nothing varies together: alike only if nothing varies at all.
    return 1.0 if below == 0 else 0.0
