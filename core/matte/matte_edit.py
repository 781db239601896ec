"""The sliders that change a matte after the network and the refinement are done.

Every function takes a matte, float32 (h, w) in 0..1 with 1 for the subject, and returns a new one
of the same kind. At a slider's neutral position the result equals the input. Lengths are in the
pixels of the given matte: whoever edits a reduced preview scales them.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from core.matte.regions import find_components

Matte = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.uint8]

VISIBLE = 0.1
"""A pixel of less alpha does not connect regions."""

HALO = 3
"""Pixels around a removed speck that lose their remaining alpha with it."""


def shift_edge(matte: Matte, pixels: float) -> Matte:
    """Move the edge outwards by ``pixels``, inwards where negative; fractions count.

    Grey-scale dilation and erosion (J. Serra, "Image Analysis and Mathematical Morphology", 1982)
    with octagons; between whole pixels the two nearest are mixed. Calculated in 8 bits.
    """
    if pixels == 0:
        return matte.copy()
    whole = int(abs(pixels))
    levels = _to_levels(matte if pixels > 0 else 1 - matte)
    for step in range(whole):
        levels = _grown(levels, corners=step % 2 == 1)
    moved = levels.astype(np.float32)
    rest = abs(pixels) - whole
    if rest:
        farther = _grown(levels, corners=whole % 2 == 1).astype(np.float32)
        moved += np.float32(rest) * (farther - moved)
    moved /= 255
    return moved if pixels > 0 else 1 - moved


def feather(matte: Matte, radius: float) -> Matte:
    """Soften the edge: blur with a Gaussian of standard deviation ``radius`` pixels, 0 or more.

    Pillow's approximation by three box filters, whose cost does not depend on the radius, in 8
    bits (P. Kovesi, "Fast Almost-Gaussian Filtering", 2010). Raises ``ValueError`` if negative.
    """
    if radius < 0:
        raise ValueError(f"a radius of {radius} is negative")
    if radius == 0:
        return matte.copy()
    blurred = Image.fromarray(_to_levels(matte)).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(blurred).astype(np.float32) / np.float32(255)


def contrast(matte: Matte, amount: float, threshold: float = 0.5) -> Matte:
    """Harden the edge: 0 leaves it as it is, 1 makes every pixel opaque or transparent.

    ``amount`` and ``threshold`` are in 0..1. Alpha at ``threshold`` stays (with an amount of 1
    becomes opaque), what is above grows, what is below shrinks; 0 and 1 stay what they are. Raises
    ``ValueError`` for values out of range.
    """
    if not (0 <= amount <= 1 and 0 <= threshold <= 1):
        raise ValueError(f"{amount} or {threshold} is not between 0 and 1")
    if amount == 1:
        hard: Matte = ((matte >= threshold) & (matte > 0)).astype(np.float32)
        return hard
    hardened = (matte - np.float32(threshold * amount)) / np.float32(1 - amount)
    return np.clip(hardened, 0, 1, out=hardened)


def remove_specks(matte: Matte, pixels: float) -> Matte:
    """Remove separate regions whose alpha adds up to less than ``pixels``, and their halo.

    Holes are no regions: rings, handles and letters stay open. The largest region is never
    removed.
    """
    components = find_components(matte > VISIBLE)
    if pixels <= 0 or components.count < 2:
        return matte.copy()
    areas = components.areas(matte)
    small = areas < pixels
    small[np.argmax(areas)] = False
    return _without(matte, components.paint(small), components.paint(~small))


def keep_largest(matte: Matte) -> Matte:
    """Remove every region but the one whose alpha adds up to most."""
    components = find_components(matte > VISIBLE)
    if components.count < 2:
        return matte.copy()
    largest = np.zeros(components.count, np.bool_)
    largest[np.argmax(components.areas(matte))] = True
    return _without(matte, components.paint(~largest), components.paint(largest))


def _without(matte: Matte, removed: Mask, kept: Mask) -> Matte:
    """Return a matte without a region and its faint surroundings, but with another's."""
    if not removed.any():
        return matte.copy()
    around, near = removed.view(np.uint8), kept.view(np.uint8)
    for step in range(HALO):
        around = _grown(around, corners=step % 2 == 0)
        near = _grown(near, corners=step % 2 == 0)
    gone = removed | ((around > near) & ~kept)
    result = matte.copy()
    result[gone] = 0
    return result


def _to_levels(matte: Matte) -> Levels:
    """Return a matte as 0..255."""
    levels: Levels = np.rint(matte * np.float32(255)).astype(np.uint8)
    return levels


def _grown(levels: Levels, corners: bool) -> Levels:
    """Return the largest of each pixel and its four neighbours, or eight with ``corners``."""
    vertical = levels.copy()
    np.maximum(vertical[1:], levels[:-1], out=vertical[1:])
    np.maximum(vertical[:-1], levels[1:], out=vertical[:-1])
    source = vertical if corners else levels
    grown = vertical.copy()
    np.maximum(grown[:, 1:], source[:, :-1], out=grown[:, 1:])
    np.maximum(grown[:, :-1], source[:, 1:], out=grown[:, :-1])
    return grown
