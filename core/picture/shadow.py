"""Shadows that put the subject back into a place: behind it, or on the ground under it.

A shadow is a mask: how dark each pixel gets. It is computed on a copy that is as small as its
softness allows, since what is blurred has no small detail, and enlarged.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

MOST_BLUR = 0.05
"""Standard deviation of a drop shadow with blur 1, as part of the photo's longer side."""

FINE = 4.0
"""Standard deviation, in pixels of the small copy, that is still smooth when enlarged."""

GROUND = 0.25
"""Lower part of the subject's height that is near enough to the ground to darken it."""

LEAST_DEPTH = 0.004
MOST_DEPTH = 0.03
"""How far a contact shadow reaches up and down (standard deviation, as part of the photo's
longer side) with blur 0 and 1."""

SPREAD = 2.0
"""How much wider than deep a contact shadow is smeared: the ground is seen at a low angle."""

REACH = 2.5
"""Standard deviations after which a shadow has faded; beyond lies one part in a hundred."""

CONTACT_SIDE = 512
"""Longest side, in pixels, of the copy on which a contact shadow is computed."""


def shadow_mask(alpha: Image.Image, shadow: dict[str, Any], unit: float) -> Image.Image | None:
    """Return how dark each pixel behind the subject gets, mode L, or ``None`` for no shadow.

    ``alpha`` is the subject in its frame (mode L), ``shadow`` a checked one; ``unit`` is the
    length of the photo's longer side in pixels of ``alpha``, to which offset and blur refer. The
    opacity is already in it.
    """
    if shadow["kind"] == "none" or shadow["opacity"] == 0 or alpha.getbbox() is None:
        return None
    offset = shadow["offset"][0] * unit, shadow["offset"][1] * unit
    if shadow["kind"] == "drop":
        mask = drop_shadow(alpha, offset, shadow["blur"] * MOST_BLUR * unit)
    else:
        mask = contact_shadow(alpha, offset, contact_depth(shadow["blur"]) * unit)
    return mask.point([round(level * shadow["opacity"]) for level in range(256)])


def contact_depth(blur: float) -> float:
    """Return a contact shadow's standard deviation as part of the photo's longer side."""
    return LEAST_DEPTH + (MOST_DEPTH - LEAST_DEPTH) * blur


def shadow_box(
    box: tuple[float, float, float, float], shadow: dict[str, Any], unit: float
) -> tuple[float, float, float, float] | None:
    """Return the box that the shadow of a subject with that box reaches, or ``None`` for none.

    Boxes are (left, top, right, bottom) in pixels; see :func:`shadow_mask` for the rest.
    """
    if shadow["kind"] == "none" or shadow["opacity"] == 0:
        return None
    x, y = shadow["offset"][0] * unit, shadow["offset"][1] * unit
    if shadow["kind"] == "drop":
        reach = REACH * shadow["blur"] * MOST_BLUR * unit
        return box[0] + x - reach, box[1] + y - reach, box[2] + x + reach, box[3] + y + reach
    down = REACH * contact_depth(shadow["blur"]) * unit
    across = SPREAD * down
    return box[0] + x - across, box[3] + y - down, box[2] + x + across, box[3] + y + down


def drop_shadow(alpha: Image.Image, offset: tuple[float, float], deviation: float) -> Image.Image:
    """Return ``alpha`` (mode L) moved by ``offset`` (x, y) and blurred, all in pixels, mode L."""
    moved = Image.new("L", alpha.size)
    moved.paste(alpha, (round(offset[0]), round(offset[1])))
    if deviation < 0.3:
        return moved
    scale = min(1.0, FINE / deviation)
    size = (max(1, round(alpha.width * scale)), max(1, round(alpha.height * scale)))
    small = moved.resize(size, Image.Resampling.BOX) if scale < 1 else moved
    blurred = small.filter(ImageFilter.GaussianBlur(deviation * scale))
    return blurred.resize(alpha.size, Image.Resampling.BICUBIC) if scale < 1 else blurred


def contact_shadow(alpha: Image.Image, offset: tuple[float, float], depth: float) -> Image.Image:
    """Return the shadow where the subject stands, mode L: a flat, soft patch at its lower edge.

    ``alpha`` has mode L; ``offset`` (x, y) and ``depth`` (standard deviation in the vertical) are
    in pixels. A column darkens the ground the more, the nearer its lowest pixel is to it.
    """
    scale = min(1.0, CONTACT_SIDE / max(alpha.size))
    size = (max(1, round(alpha.width * scale)), max(1, round(alpha.height * scale)))
    subject = np.asarray(alpha.resize(size, Image.Resampling.BOX)) >= 128
    rows = np.flatnonzero(subject.any(axis=1))
    if len(rows) == 0:
        return Image.new("L", alpha.size)
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    lowest = subject.shape[0] - np.argmax(subject[::-1], axis=0)
    nearness = 1 - (bottom - lowest) / max(1.0, GROUND * (bottom - top))
    nearness = np.clip(np.where(subject.any(axis=0), nearness, 0), 0, 1)
    deviation = max(depth * scale, 0.7)
    across = _smeared(nearness, SPREAD * deviation, offset[0] * scale)
    heights = np.arange(size[1]) + 0.5 - (bottom + offset[1] * scale)
    down = np.exp(-0.5 * (heights / deviation) ** 2)
    mask = Image.fromarray(np.rint(np.outer(down, across) * 255).astype(np.uint8))
    return mask.resize(alpha.size, Image.Resampling.BICUBIC)


def _smeared(
    values: npt.NDArray[np.float64], deviation: float, shift: float
) -> npt.NDArray[np.float64]:
    """Return a row of values moved by ``shift`` and blurred by a Gaussian, zeros around it."""
    places = np.arange(len(values), dtype=np.float64)
    distance = places[:, np.newaxis] - (places[np.newaxis] + shift)
    kernel = np.exp(-0.5 * (distance / deviation) ** 2) / (deviation * np.sqrt(2 * np.pi))
    smeared: npt.NDArray[np.float64] = np.clip(kernel @ values, 0, 1)
    return smeared
