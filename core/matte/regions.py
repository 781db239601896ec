"""Connected regions of a mask, found with array operations alone, as SciPy is not there.

Rows are cut into runs of set pixels; runs that touch in neighbouring rows are linked, and every
region takes the smallest number among its runs. Numbers travel by hooking and pointer jumping
(Y. Shiloach, U. Vishkin, "An O(log n) Parallel Connectivity Algorithm", 1982), so that a handful
of rounds serves regions of any shape, and the cost grows with the runs, not with the pixels.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]


@dataclass
class Components:
    """The connected regions of a mask.

    Attributes:
        shape: the mask's (h, w).
        starts, ends: int (runs,), where each run begins and where it is over, counted along the
            rows of the mask with one column of nothing after each row.
        labels: int (runs,), the region of each run, 0 to ``count - 1``.
        count: how many regions there are.
    """

    shape: tuple[int, int]
    starts: Numbers
    ends: Numbers
    labels: Numbers
    count: int

    def areas(self, weight: npt.NDArray[np.float32] | None = None) -> npt.NDArray[np.float64]:
        """Return each region's pixels, or the sum of ``weight`` (h, w) over them: (count,)."""
        if weight is None:
            sizes = (self.ends - self.starts).astype(np.float64)
        else:
            borders = np.stack([self.starts, self.ends], axis=1).ravel()
            sizes = np.add.reduceat(_with_gap(weight), borders, dtype=np.float64)[::2]
        areas = np.zeros(self.count)
        np.add.at(areas, self.labels, sizes)
        return areas

    def paint(self, chosen: Mask) -> Mask:
        """Return a mask (h, w) of the regions for which ``chosen``, bool (count,), is set."""
        height, width = self.shape
        used = chosen[self.labels]
        change = np.zeros(height * (width + 1) + 1, np.int8)
        change[self.starts[used]] = 1
        change[self.ends[used]] = -1
        inside = np.cumsum(change[:-1], dtype=np.int8).view(np.bool_)
        return inside.reshape(height, width + 1)[:, :width]


def find_components(mask: Mask, corners: bool = True) -> Components:
    """Return the connected regions of a mask, bool (h, w).

    With ``corners`` pixels that touch at a corner are connected, else only those side by side (8-
    and 4-connectedness; A. Rosenfeld, J. L. Pfaltz, "Sequential Operations in Digital Picture
    Processing", 1966).
    """
    height, width = mask.shape
    flat = np.concatenate([[np.False_], _with_gap(mask)])
    borders = np.flatnonzero(flat[1:] != flat[:-1])
    starts, ends = borders[::2], borders[1::2]
    first, second = _links(starts, ends, width + 1, corners)
    labels = _smallest(len(starts), first, second)
    names, labels = np.unique(labels, return_inverse=True)
    return Components((height, width), starts, ends, labels, len(names))


def connected_region(mask: Mask, row: int, column: int) -> Mask:
    """Return the part of ``mask`` that is connected with one of its pixels, bool (h, w).

    Pixels are neighbours along rows and columns, not diagonally. All false when the pixel itself
    is not set.
    """
    if not mask[row, column]:
        return np.zeros_like(mask)
    components = find_components(mask, corners=False)
    place = row * (mask.shape[1] + 1) + column
    run = int(np.searchsorted(components.starts, place, side="right")) - 1
    return components.paint(np.arange(components.count) == components.labels[run])


def grown(mask: Mask) -> Mask:
    """Return a mask with each set pixel's neighbours along rows and columns, bool (h, w)."""
    result = mask.copy()
    result[1:] |= mask[:-1]
    result[:-1] |= mask[1:]
    result[:, 1:] |= mask[:, :-1]
    result[:, :-1] |= mask[:, 1:]
    return result


def _with_gap(plane: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """Return a plane's values row by row, each row followed by a zero."""
    return np.pad(plane, ((0, 0), (0, 1))).ravel()


def _links(starts: Numbers, ends: Numbers, row: int, corners: bool) -> tuple[Numbers, Numbers]:
    """Return pairs of runs (first, second) of which the second lies below and touches the first.

    ``row`` is the length of a row with its gap; ``corners`` says whether touching at one counts.
    Runs are sorted, so the ones that touch a run are neighbours of each other and are found by
    bisection.
    """
    low = np.searchsorted(ends, starts + row, side="left" if corners else "right")
    high = np.searchsorted(starts, ends + row, side="right" if corners else "left")
    counts = np.maximum(high - low, 0)
    first = np.repeat(np.arange(len(starts)), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    second = np.arange(len(first)) - before + np.repeat(low, counts)
    return first, second


def _smallest(runs: int, first: Numbers, second: Numbers) -> Numbers:
    """Return for each run the smallest number of a run that it is linked with, however far."""
    parents = np.arange(runs)
    while True:
        one, other = parents[first], parents[second]
        differ = one != other
        if not differ.any():
            return parents
        one, other = one[differ], other[differ]
        np.minimum.at(parents, np.maximum(one, other), np.minimum(one, other))
        while True:
            shorter = parents[parents]
            if (shorter == parents).all():
                break
            parents = shorter
