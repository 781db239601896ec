"""A closer look at the part of a photo that the user has pointed at, and nothing but that part.

A *place* is a box drawn around a subject, or a click on it. The network gets that part of the photo
with some of its surroundings, as it knows photos, so it sees more of the subject and takes nothing
else for one. Of its answer stays what lies in the box; what reaches out of it a little (an arm, a
tail) stays when it belongs to something that lies in the box for the most part. Several places add
up. Everything is counted in parts of the photo's sides, so that it means the same at any size.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.matte.ensemble import kept_matte, mean_matte, with_second_opinion
from core.matte.planes import resize_plane
from core.matte.regions import connected_region, find_components, grown

Plane = npt.NDArray[np.float32]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as parts of the photo's sides, 0..1."""

CONTEXT = 0.2
"""What is shown around a box on each side, as a part of the box's longer side."""

SMALLEST = 32
"""Pixels of the photo that a crop has at least on each side; the network takes no icons."""

AROUND_CLICK = 0.25
"""Half the side of the crop around a click where nothing was found yet, as parts of the photo."""

NEAR_CLICK = 0.03
"""How far from a click, as a part of the crop, a subject may be that it still means."""

VISIBLE = 0.1
"""Alpha from which a place counts as found when a click takes all of what is there."""

SURE = 0.5
"""Alpha from which a place counts as the subject when regions are looked for and told apart."""

INSIDE = 0.8
"""Share of a region's alpha within the box from which on the whole region belongs to it."""

SOFT = 0.02
"""How far from a region that reaches out of the box its soft border is kept, as a part of the
crop's longer side."""

NEARER = 1024
"""Side of a matte that a doubtful photo's nearer look is put into, at least."""

SEAM = 0.03
"""How wide that look goes over into the matte around it, as a part of the matte's side."""

MOST = 2048
"""Longest side of the matte that closer looks are put together in."""


def is_click(place: Sequence[float]) -> bool:
    """Tell whether a place (left, top, right, bottom) is a point and not a box."""
    return place[0] == place[2] and place[1] == place[3]


def box_of(place: Sequence[float], found: Plane) -> Box:
    """Return the box that a place means, within the photo.

    A box is meant as it was drawn. A click means what was found there, ``found`` being the matte
    of the whole photo, float32 (h, w) in 0..1; where nothing was, its wide surroundings.
    """
    left, top, right, bottom = (min(1.0, max(0.0, value)) for value in place)
    if not is_click(place):
        return min(left, right), min(top, bottom), max(left, right), max(top, bottom)
    region = _region_at(found, left, top)
    if region is None:
        reach = AROUND_CLICK
        return (
            max(0.0, left - reach),
            max(0.0, top - reach),
            min(1.0, left + reach),
            min(1.0, top + reach),
        )
    return _bounds(region)


def crop_of(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the pixels (left, top, right, bottom) of a photo of ``size`` that a box is seen in.

    The box with its surroundings, as far as the photo reaches.
    """
    width, height = size
    edges = (box[0] * width, box[1] * height, box[2] * width, box[3] * height)
    margin = CONTEXT * max(edges[2] - edges[0], edges[3] - edges[1])
    left, right = _span(edges[0] - margin, edges[2] + margin, width)
    top, bottom = _span(edges[1] - margin, edges[3] + margin, height)
    return left, top, right, bottom


def _span(low: float, high: float, length: int) -> tuple[int, int]:
    """Return whole pixels from ``low`` to ``high`` within ``length``, at least the smallest."""
    least = min(SMALLEST, length)
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    first = min(max(0, int(low)), length - least)
    return first, max(first + least, min(length, -int(-high // 1)))


def part_of_matte(matte: Plane, box: Box, size: tuple[int, int], shape: tuple[int, ...]) -> Plane:
    """Return what a matte of the whole photo says in the crop of a box, float32 of ``shape``.

    ``size`` is the photo's (width, height) in pixels.
    """
    crop = crop_of(box, size)
    across, down = matte.shape[1] / size[0], matte.shape[0] / size[1]
    part = (crop[0] * across, crop[1] * down, crop[2] * across, crop[3] * down)
    return np.clip(resize_plane(matte, (shape[1], shape[0]), box=part), 0, 1)


def put_together(
    look: Plane,
    whole: Plane,
    box: Box,
    size: tuple[int, int],
    opinion: Plane | None = None,
    around: bool = False,
) -> Plane:
    """Return what is believed of a crop, float32 (h, w) in 0..1 like ``look``.

    A crop shows more of the subject and less of what it is, so the network's ``look`` at it alone
    is often worse than its look at the whole. Both are averaged by their doubt; where the crop is
    ``around`` all that was found, the nearer look knows as much, and the whole is heard only where
    the two plainly differ. Then the second network's ``opinion`` about the crop is heard likewise.
    ``whole`` is the matte of the whole photo, ``size`` its (width, height) in pixels.
    """
    part = part_of_matte(whole, box, size, look.shape)
    mean = with_second_opinion(look, part) if around else mean_matte([look, part])
    return mean if opinion is None else with_second_opinion(mean, opinion)


def subject_box(matte: Plane) -> Box | None:
    """Return the box around all that is subject in a matte, ``None`` where nothing is."""
    subject = matte > SURE
    return _bounds(subject) if subject.any() else None


def _bounds(region: npt.NDArray[np.bool_]) -> Box:
    """Return the box around what is set in a mask (h, w), as parts of its sides."""
    height, width = region.shape
    columns, rows = np.flatnonzero(region.any(axis=0)), np.flatnonzero(region.any(axis=1))
    return (
        float(columns[0]) / width,
        float(rows[0]) / height,
        float(columns[-1] + 1) / width,
        float(rows[-1] + 1) / height,
    )


def with_nearer_look(matte: Plane, look: Plane, box: Box, size: tuple[int, int]) -> Plane:
    """Return a photo's matte in which a part is replaced, float32 (side, side) in 0..1.

    ``look`` is what is believed of the crop of ``box`` (:func:`put_together`), ``size`` the photo's
    (width, height) in pixels. Where the crop ends within the photo, the one goes over into the
    other. In steps of 1/255, as the page keeps it.
    """
    crop = crop_of(box, size)
    side = max(matte.shape[0], NEARER)
    result = np.clip(resize_plane(matte, (side, side)), 0, 1)
    rows, columns = (_cells(crop, size, side, axis) for axis in (1, 0))
    part = result[rows, columns]
    seam = max(2, round(SEAM * side))
    share = _ramp(part.shape[0], crop[1] > 0, crop[3] < size[1], seam)[:, np.newaxis]
    share = share * _ramp(part.shape[1], crop[0] > 0, crop[2] < size[0], seam)
    part += share * (np.clip(resize_plane(look, part.shape[::-1]), 0, 1) - part)
    return kept_matte([result])


def _cells(crop: tuple[int, int, int, int], size: tuple[int, int], side: int, axis: int) -> slice:
    """Return where a crop of a photo lies along one axis of a square matte."""
    first = min(side - 1, round(crop[axis] * side / size[axis]))
    return slice(first, max(first + 1, round(crop[axis + 2] * side / size[axis])))


def _ramp(length: int, rises: bool, falls: bool, seam: int) -> npt.NDArray[np.float32]:
    """Return a share for each cell of an axis: 1, rising from 0 or falling to it at its ends."""
    share = np.ones(length, np.float32)
    slope = np.minimum(np.arange(length, dtype=np.float32) / seam, 1)
    if rises:
        share *= slope
    if falls:
        share *= slope[::-1]
    return share


def with_closer_look(
    earlier: Plane | None, look: Plane, place: Sequence[float], box: Box, size: tuple[int, int]
) -> Plane:
    """Return the matte of everything that was pointed at, float32 (side, side) in 0..1.

    ``look`` is what is believed of the crop of ``box``, float32 in 0..1 of any size; ``place``
    is what the user pointed at, ``size`` (width, height) the photo's in pixels, and ``earlier`` the
    matte of the places before or ``None``. In steps of 1/255, as the page keeps it.
    """
    crop = crop_of(box, size)
    kept = _only(look, place, box, crop, size)
    share = max((crop[2] - crop[0]) / size[0], (crop[3] - crop[1]) / size[1])
    side = min(MOST, max(look.shape[0], round(look.shape[0] / share)))
    if earlier is not None:
        side = max(side, earlier.shape[0])
    across, down = side / size[0], side / size[1]
    left, top = round(crop[0] * across), round(crop[1] * down)
    right, bottom = max(left + 1, round(crop[2] * across)), max(top + 1, round(crop[3] * down))
    matte = np.zeros((side, side), np.float32)
    if earlier is not None:
        matte[...] = np.clip(resize_plane(earlier, (side, side)), 0, 1)
    part = matte[top:bottom, left:right]
    answer = resize_plane(kept, (right - left, bottom - top))[: part.shape[0], : part.shape[1]]
    np.maximum(part, np.clip(answer, 0, 1), out=part)
    return kept_matte([matte])


def _only(
    look: Plane,
    place: Sequence[float],
    box: Box,
    crop: tuple[int, int, int, int],
    size: tuple[int, int],
) -> Plane:
    """Return a look without what the user did not mean."""
    height, width = look.shape
    if not (look > VISIBLE).any():
        return look

    def within(x: float, y: float) -> tuple[float, float]:
        """Return a place of the photo in parts of the crop."""
        return (
            (x * size[0] - crop[0]) / (crop[2] - crop[0]),
            (y * size[1] - crop[1]) / (crop[3] - crop[1]),
        )

    if is_click(place):
        region = _region_at(look, *within(place[0], place[1]), VISIBLE)
        return look if region is None else np.where(region, look, np.float32(0))
    left, top = within(box[0], box[1])
    right, bottom = within(box[2], box[3])
    inside = np.zeros(look.shape, np.float32)
    rows = slice(round(top * height), max(round(top * height) + 1, round(bottom * height)))
    columns = slice(round(left * width), max(round(left * width) + 1, round(right * width)))
    inside[rows, columns] = 1
    # A faint doubt may connect the subject with a neighbour, so regions are told where it is sure.
    found = find_components(look > SURE)
    mostly = found.areas(look * inside) >= INSIDE * found.areas(look)
    belongs = found.paint(mostly)
    for _ in range(max(1, round(SOFT * max(height, width)))):
        belongs = grown(belongs)
    return np.where(belongs | (inside > 0), look, np.float32(0))


def _region_at(
    matte: Plane, x: float, y: float, least: float = SURE
) -> npt.NDArray[np.bool_] | None:
    """Return the region that a point (parts of the sides) is in or next to, bool (h, w)."""
    height, width = matte.shape
    mask = matte > least
    reach = max(1, round(NEAR_CLICK * max(height, width)))
    row = min(height - 1, max(0, int(y * height)))
    column = min(width - 1, max(0, int(x * width)))
    top, left = max(0, row - reach), max(0, column - reach)
    rows, columns = np.nonzero(mask[top : row + reach + 1, left : column + reach + 1])
    if not len(rows):
        return None
    rows, columns = rows + top, columns + left
    nearest = int(np.argmin((rows - row) ** 2 + (columns - column) ** 2))
    return connected_region(mask, int(rows[nearest]), int(columns[nearest]))
