"""The brush: how much of each pixel a stroke along a path covers.

The path is a chain of straight segments whose ends have radii of their own (the pressure), and a
pixel's coverage follows from its distance to the nearest one. That is what stamping dabs at ever
smaller spacing comes to, without their ripple and without a dab's cost for every pixel.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.strokes.areas import Area, Coverage, bands, bounds

CELLS_PER_RADIUS = 12
"""The distance to a wide brush's path is measured on a coarser grid, that many cells per radius.

A distance is so smooth that enlarging it errs by less than radius / 1000 at the brush's rim
(second derivative 1 / radius, cell radius / 12: cell**2 / 8 / radius); only in the inner corner
of a sharp bend it is up to a quarter of a cell."""

TOLERANCE = 0.01
"""A path is simplified as long as it moves by less than this part of the radius."""


def brush_coverage(stroke: dict[str, Any], shape: tuple[int, ...]) -> Coverage:
    """Yield the coverage of a brush stroke on a picture of ``shape`` (h, w).

    Full inside of ``hardness`` times the radius, from there falling to nothing at the radius
    along a cubic (smoothstep), over one pixel at least; times ``opacity``. The radius is
    proportional to the pressure along the path.
    """
    height, width = shape
    radius = max(stroke["radius"] * max(shape), 0.5)
    path = np.array(stroke["points"], np.float64) * (width, height, radius)
    path = simplified(path, max(radius * TOLERANCE, 0.1))
    radii = np.maximum(path[:, 2], 0.5)
    soft = max(1 - stroke["hardness"], 1 / radius)
    rim = 1 + 0.5 * max(0.0, 1 / radius - (1 - stroke["hardness"]))
    cell = max(1, int(radii.min() / CELLS_PER_RADIUS))
    reach = radii.max() * rim + cell
    for area in bands(bounds(path[:, :2], reach, shape), cell):
        distance = path_distance(path[:, :2], radii, rim, area, cell)
        if distance is None:
            continue
        distance -= np.float32(rim)
        distance *= np.float32(-1 / soft)
        coverage = np.clip(distance, 0, 1, out=distance)
        slope = 3 - 2 * coverage
        coverage *= coverage
        coverage *= slope
        coverage *= np.float32(stroke["opacity"])
        yield area, coverage


def path_distance(
    path: npt.NDArray[np.float64],
    radii: npt.NDArray[np.float64],
    rim: float,
    area: Area,
    cell: int,
) -> npt.NDArray[np.float32] | None:
    """Return the distance of every pixel in an area to a path, as a multiple of the radius there.

    ``path`` holds n points (x, y) in pixels, ``radii`` the radius at each; in between it changes
    linearly. ``rim`` is the largest multiple that matters; beyond it, the result is any number
    above it; ``None`` when the path stays farther away from the whole area. Measured in cells of
    ``cell`` x ``cell`` pixels and enlarged with a bilinear filter.
    """
    rows, columns = area
    top, left = rows.start - cell, columns.start - cell  # a cell more on each side to enlarge from
    y = top + cell * (np.arange(-(-(rows.stop - top) // cell) + 1, dtype=np.float32) + 0.5)
    x = left + cell * (np.arange(-(-(columns.stop - left) // cell) + 1, dtype=np.float32) + 0.5)
    starts = path if len(path) == 1 else path[:-1]
    stops = path if len(path) == 1 else path[1:]
    reach = np.maximum(radii[: len(starts)], radii[-len(stops) :]) * rim + 2 * cell
    low = (np.minimum(starts, stops) - reach[:, np.newaxis] - (left, top)) // cell
    high = (np.maximum(starts, stops) + reach[:, np.newaxis] - (left, top)) // cell + 1
    low = np.maximum(low, 0).astype(int)
    high = np.minimum(high, (len(x), len(y))).astype(int)
    near = np.flatnonzero((low < high).all(axis=1))
    if len(near) == 0:
        return None
    field = np.full((len(y), len(x)), rim + 1, np.float32)
    for i in near.tolist():
        (x0, y0), (dx, dy) = starts[i], stops[i] - starts[i]
        across = x[low[i, 0] : high[i, 0]] - np.float32(x0)
        down = y[low[i, 1] : high[i, 1], np.newaxis] - np.float32(y0)
        length = max(dx * dx + dy * dy, 1e-12)
        along = across * np.float32(dx / length) + down * np.float32(dy / length)
        np.clip(along, 0, 1, out=along)
        distance = np.hypot(across - along * np.float32(dx), down - along * np.float32(dy))
        change = radii[min(i + 1, len(radii) - 1)] - radii[i]
        distance /= along * np.float32(change) + np.float32(radii[i])
        part = field[low[i, 1] : high[i, 1], low[i, 0] : high[i, 0]]
        np.minimum(part, distance, out=part)
    if cell == 1:
        height, width = rows.stop - rows.start, columns.stop - columns.start
        return field[1 : 1 + height, 1 : 1 + width]
    size = columns.stop - columns.start, rows.stop - rows.start
    box = (1.0, 1.0, 1 + size[0] / cell, 1 + size[1] / cell)
    return np.array(Image.fromarray(field).resize(size, Image.Resampling.BILINEAR, box))


def simplified(path: npt.NDArray[np.float64], tolerance: float) -> npt.NDArray[np.float64]:
    """Return a path (n, 3) of x, y, radius without points that hardly matter.

    Every point left out lies within ``tolerance`` of the segment that replaces it, its radius
    counting as a third coordinate (Ramer 1972; Douglas and Peucker 1973).
    """
    kept = np.zeros(len(path), bool)
    kept[[0, -1]] = True
    waiting = [(0, len(path) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        line = path[last] - path[first]
        inner = path[first + 1 : last] - path[first]
        along = np.clip(inner @ line / max(line @ line, 1e-12), 0, 1)
        away = inner - along[:, np.newaxis] * line
        distances = (away * away).sum(axis=1)
        farthest = int(distances.argmax())
        if distances[farthest] > tolerance * tolerance:
            middle = first + 1 + farthest
            kept[middle] = True
            waiting += [(first, middle), (middle, last)]
    return path[kept]
