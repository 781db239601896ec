"""The edge of a region that a click has erased or brought back, found in the photo like any other.

A click finds its region on a coarse grid, by colour, so its border lies a cell or two beside the
subject's and is as blurred as the grid is coarse. Here what the click has decided goes through the
same refinement as the network's matte (:mod:`core.matte.refine`), along that border alone: what was
untouched stays untouched.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from core.matte.edges import Refine

Matte = npt.NDArray[Any]
"""Float32 (h, w) in 0..1, or uint8 (h, w) in 0..255."""

Mask = npt.NDArray[np.bool_]

REACH = 6
"""Cells of the region's grid on either side of its border in which the edge is found anew."""

CONTEXT = 24
"""Cells around these that are looked at, too: colours of what is surely subject or background."""

INSET = 1
"""Cells by which a region reaches beyond its colours, so that no seam stays around it."""

DOUBT = 1.0
"""Radius in cells of the blur that the border gets first: so far it is not to be trusted."""

SEAM = 2.0
"""Radius in cells of the blur by which the new edge goes over into what is around it."""


def follow_photo(
    matte: Matte, before: Matte, region: Mask, target: int, photo: Image.Image, refine: Refine
) -> None:
    """Give the border of a clicked region its edge in the photo; ``matte`` is changed in place.

    ``matte`` is what the click has made of it, ``before`` what it was, on the grid of ``region``,
    which is what the click has found; both are of one kind. ``target`` is 1 where it brings back
    and 0 where it erases; ``photo`` (mode RGB) has the size of ``matte``.
    """
    border = _grown(region, REACH) & _grown(~region, REACH)
    cells = _around(border, CONTEXT)
    if cells is None:
        return
    left, top, right, bottom = cells
    rows, columns = slice(top, bottom), slice(left, right)
    full = 255 if matte.dtype == np.uint8 else 1
    part = np.asarray(before[rows, columns], np.float32) / np.float32(full)
    part = np.where(~_grown(~region[rows, columns], INSET), np.float32(target), part)
    near = border[rows, columns]
    part = np.where(near, _blurred(part, DOUBT), part)

    across, down = matte.shape[1] / region.shape[1], matte.shape[0] / region.shape[0]
    box = (round(left * across), round(top * down), round(right * across), round(bottom * down))
    found = np.asarray(refine(photo.crop(box), part), np.float32) * np.float32(full / 255)
    share = Image.fromarray(np.rint(_blurred(near.astype(np.float32), SEAM) * 255).astype(np.uint8))
    size = (box[2] - box[0], box[3] - box[1])
    mixing = np.asarray(share.resize(size, Image.Resampling.BILINEAR), np.float32) / np.float32(255)
    target_part = matte[box[1] : box[3], box[0] : box[2]]
    mixed = target_part + mixing * (found - target_part)
    target_part[...] = np.rint(mixed) if full == 255 else mixed


def _around(mask: Mask, margin: int) -> tuple[int, int, int, int] | None:
    """Return left, top, right, bottom of what is set, with a margin; ``None`` for nothing."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    return (
        max(0, int(columns[0]) - margin),
        max(0, int(rows[0]) - margin),
        min(mask.shape[1], int(columns[-1]) + 1 + margin),
        min(mask.shape[0], int(rows[-1]) + 1 + margin),
    )


def _grown(mask: Mask, reach: int) -> Mask:
    """Return a mask with all pixels within a square of ``reach`` to each side."""
    image = Image.fromarray(mask.astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.MaxFilter(2 * reach + 1))) > 0


def _blurred(plane: npt.NDArray[np.float32], radius: float) -> npt.NDArray[np.float32]:
    """Return a plane in 0..1 after a Gaussian blur, in steps of 1/255."""
    levels = Image.fromarray(np.rint(plane * 255).astype(np.uint8))
    blurred = np.asarray(levels.filter(ImageFilter.GaussianBlur(radius)), np.float32)
    return blurred / np.float32(255)
