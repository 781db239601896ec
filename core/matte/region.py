"""Connected regions of a mask, without SciPy.

Each row is cut into runs of set pixels; runs of neighbouring rows that touch belong together.
So a picture of a million pixels becomes a graph of some ten thousand runs, whose components are
found by hooking and pointer jumping (Shiloach and Vishkin 1982), all in whole-array operations.
"""

import numpy as np
import numpy.typing as npt


def connected_region(mask: npt.NDArray[np.bool_], row: int, column: int) -> npt.NDArray[np.bool_]:
    """Return the part of ``mask`` that is connected with one of its pixels, bool (h, w).

    Pixels are neighbours along rows and columns, not diagonally. All false when the pixel itself
    is not set.
    """
    height, width = mask.shape
    if not mask[row, column]:
        return np.zeros_like(mask)
    rows, starts, stops = runs(mask)
    labels = components(rows, starts, stops)
    inside = (rows == row) & (starts <= column) & (stops > column)
    chosen = labels == labels[np.flatnonzero(inside)[0]]
    # Adding up +1 where a run starts and -1 where it stops draws all runs at once; a run that
    # ends with its row stops at the next row's first pixel.
    edges = np.zeros(height * width + 1, np.int8)
    edges[rows[chosen] * width + starts[chosen]] += 1
    edges[rows[chosen] * width + stops[chosen]] -= 1
    return np.cumsum(edges[:-1], dtype=np.int8).astype(bool).reshape(height, width)


def grown(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return a mask with each set pixel's neighbours along rows and columns, bool (h, w)."""
    result = mask.copy()
    result[1:] |= mask[:-1]
    result[:-1] |= mask[1:]
    result[:, 1:] |= mask[:, :-1]
    result[:, :-1] |= mask[:, 1:]
    return result


def runs(
    mask: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return row, first column and the column after the last one of every run of set pixels.

    In reading order. ``mask`` is bool (h, w).
    """
    height, width = mask.shape
    padded = np.zeros((height, width + 2), np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, stops = np.nonzero(steps == -1)
    return rows, starts, stops


def components(
    rows: npt.NDArray[np.intp], starts: npt.NDArray[np.intp], stops: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """Return a label for each run, equal for runs that are connected; see :func:`runs`."""
    count = len(rows)
    labels = np.arange(count)
    if count == 0:
        return labels
    # Runs in reading order lie on one line; a run's neighbours in the next row are the runs that
    # its columns, moved down by a row, overlap.
    width = int(stops.max()) + 1
    first = np.searchsorted(rows * width + stops, (rows + 1) * width + starts, side="right")
    last = np.searchsorted(rows * width + starts, (rows + 1) * width + stops, side="left")
    touching = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(count), touching)
    lower = np.arange(len(upper)) + np.repeat(first - (np.cumsum(touching) - touching), touching)
    while True:
        ends = labels[upper], labels[lower]
        apart = ends[0] != ends[1]
        if not apart.any():
            return labels
        upper, lower = upper[apart], lower[apart]
        smaller = np.minimum(ends[0][apart], ends[1][apart])
        larger = np.maximum(ends[0][apart], ends[1][apart])
        np.minimum.at(labels, larger, smaller)
        while True:
            shorter = labels[labels]
            if np.array_equal(shorter, labels):
                break
            labels = shorter
