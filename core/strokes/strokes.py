"""Touch-up: what the user painted, replayed on a matte of any resolution.

A stroke (see :data:`common.edits.edit.STROKES`) holds coordinates as parts of the picture's sides,
so the same strokes give the same result on the preview and on the full photo. Brush and lasso pull
the matte towards 1 (restore) or 0 (erase) in proportion to their coverage, which is the largest of
all their dabs, so that a stroke that crosses itself does not get stronger there.

The pixel in row i covers i to i + 1; its centre lies at i + 0.5.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from core.matte.edges import Refine
from core.matte.regions import connected_region, grown
from core.strokes.areas import BAND_PIXELS, Coverage, bands, bounds
from core.strokes.brush import brush_coverage
from core.strokes.clicked_edge import follow_photo

SUPERSAMPLING = 4
"""A lasso's edge is drawn that many times finer in each direction and averaged."""

REGION_SIDE = 1024
"""A clicked region is found on a copy of the picture with at most that many pixels a side.

The same copy size whatever the picture's own, so that preview and export agree."""

VISIBLE = 0.05
"""Matte from which a place counts as not empty, and 1 minus it as not yet full, for regions."""

SEAM = 4
"""Cells that half transparent places beside a clicked region may be away from it."""

Matte = npt.NDArray[Any]
"""Float32 (h, w) in 0..1, or uint8 (h, w) in 0..255."""

Mask = npt.NDArray[np.bool_]

Stroke = dict[str, Any]
"""A checked stroke, see :data:`common.edits.edit.STROKES`."""


def apply_strokes(
    matte: Matte,
    strokes: Sequence[Stroke],
    photo: Image.Image | None = None,
    refine: Refine | None = None,
) -> Matte:
    """Return a matte after all ``strokes``, one after the other, as a new array.

    ``matte`` is float32 (h, w) in 0..1 or, to save memory at full size, uint8 (h, w) in 0..255;
    the result is of the same kind. ``photo`` (mode RGB, any size) is what the colours of clicked
    regions are compared in; without it only the matte tells regions apart. ``refine`` finds the
    edges of clicked regions in the photo, which then has the size of ``matte``
    (:mod:`core.strokes.clicked_edge`). Strokes are checked ones
    (:func:`common.edits.edit.checked`).
    """
    result = matte.copy()
    in_levels = result.dtype == np.uint8
    for stroke in strokes:
        goal = int(stroke["mode"] == "restore")
        target = float(goal * (255 if in_levels else 1))
        clicked, covered = None, None
        if stroke["kind"] == "region":
            clicked = clicked_region(stroke, result, photo)
            covered = enlarged(clicked[0], result.shape)
        for area, coverage in covered or coverage_of(stroke, result.shape):
            part = result[area]
            change = coverage * (np.float32(target) - part)
            if in_levels:
                change = np.rint(change + part)
                part[...] = change
            else:
                part += change
        if clicked and refine and photo is not None:
            region, before = clicked
            follow_photo(result, before, region, goal, photo, refine)
    return result


def coverage_of(stroke: Stroke, shape: tuple[int, ...]) -> Coverage:
    """Yield areas of a picture with the coverage of a brush or lasso stroke, float32 in 0..1.

    The areas do not overlap and together hold all that the stroke touches. ``shape`` is the
    picture's (h, w).
    """
    if stroke["kind"] == "brush":
        return brush_coverage(stroke, shape)
    return lasso_coverage(stroke, shape)


def lasso_coverage(stroke: Stroke, shape: tuple[int, ...]) -> Coverage:
    """Yield the coverage of a closed polygon on a picture of ``shape`` (h, w).

    Where the outline crosses itself the even-odd rule tells inside from outside. The edge is
    antialiased.
    """
    height, width = shape
    points = np.array(stroke["points"], np.float64) * (width, height)
    for rows, columns in bands(bounds(points, 1, shape), 1, BAND_PIXELS // SUPERSAMPLING):
        size = (columns.stop - columns.start, rows.stop - rows.start)
        fine = Image.new("L", (size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING))
        # Pillow's coordinates name the centres of pixels.
        moved = (points - (columns.start, rows.start)) * SUPERSAMPLING - 0.5
        ImageDraw.Draw(fine).polygon([(x, y) for x, y in moved.tolist()], fill=255)
        coverage = np.asarray(fine.reduce(SUPERSAMPLING), np.float32) / np.float32(255)
        yield (rows, columns), coverage


def clicked_region(
    stroke: Stroke, matte: Matte, photo: Image.Image | None = None
) -> tuple[Mask, Matte]:
    """Return the region around a clicked point, bool on its grid, and the matte on that grid.

    To be erased it consists of places that are not empty, to be restored of places that are not
    yet full, connected with the point and, in the largest difference of a colour channel, not
    farther than ``tolerance`` (0..1) from the colour there. With tolerance 1 any colour will do,
    so a click erases a whole object that stands apart. So that no seam stays around it, half
    transparent places beside the region, whose colours are mixed, belong to it, and it reaches
    half a cell of its grid (see :data:`REGION_SIDE`) over its edge.
    """
    height, width = matte.shape
    scale = min(1.0, REGION_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(Image.fromarray(matte).resize(size, Image.Resampling.BOX))
    full = 255 if matte.dtype == np.uint8 else 1
    erases = stroke["mode"] == "erase"
    eligible = small > VISIBLE * full if erases else small < (1 - VISIBLE) * full
    column = min(max(int(stroke["point"][0] * size[0]), 0), size[0] - 1)
    row = min(max(int(stroke["point"][1] * size[1]), 0), size[1] - 1)
    if photo is not None and stroke["tolerance"] < 1:
        colours = np.asarray(photo.convert("RGB").resize(size, Image.Resampling.BOX), np.int16)
        around = colours[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
        centre = np.median(around.reshape(-1, 3), axis=0)
        difference = np.abs(colours - centre.astype(np.int16)).max(axis=-1)
        eligible = eligible & (difference <= stroke["tolerance"] * 255)
    region = connected_region(eligible, row, column)
    mixed = (small > VISIBLE * full) & (small < (1 - VISIBLE) * full)
    for _ in range(SEAM):
        region |= grown(region) & mixed
    return grown(region), small


def enlarged(region: Mask, shape: tuple[int, ...]) -> Coverage:
    """Yield the coverage of a region of a coarse grid on a picture of ``shape`` (h, w)."""
    height, width = shape
    mask = Image.fromarray(region.astype(np.uint8) * np.uint8(255))
    for rows, columns in bands((0, 0, width, height), 1):
        top, bottom = (row * mask.height / height for row in (rows.start, rows.stop))
        box = (0.0, top, mask.width, bottom)
        part = mask.resize((width, rows.stop - rows.start), Image.Resampling.BILINEAR, box)
        yield (rows, columns), np.asarray(part, np.float32) / np.float32(255)
