"""Pictures as float32 planes, and planes enlarged or reduced."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

Plane = npt.NDArray[np.float32]

PACKED = "RGBX"
"""Pillow's name for pixels of red, green, blue and a byte that means nothing."""

Box = tuple[float, float, float, float]
"""Left, upper, right, lower: pixels, fractions allowed."""


def to_planes(image: Image.Image) -> Plane:
    """Return a picture's colours as float32 (3, h, w), C-contiguous, in 0..1; alpha is ignored."""
    if image.mode != "RGB":
        image = image.convert("RGB")
    planes = np.asarray(image).transpose(2, 0, 1).astype(np.float32, order="C")
    planes /= 255
    return planes


def packed_pixels(image: Image.Image) -> npt.NDArray[np.uint32]:
    """Return a picture's pixels (mode RGB) in reading order, four bytes each, read-only.

    NumPy picks single numbers several times faster than rows of three bytes.
    """
    return np.frombuffer(image.tobytes("raw", PACKED), np.uint32)


def chosen_colours(pixels: npt.NDArray[np.uint32]) -> Plane:
    """Return the colours of packed pixels as float32 (3, n) in 0..255."""
    return pixels.view(np.uint8).reshape(-1, 4).T[:3].astype(np.float32, order="C")


def resize_plane(
    plane: Plane,
    size: tuple[int, int],
    resample: Image.Resampling = Image.Resampling.BILINEAR,
    box: Box | None = None,
) -> Plane:
    """Return a float32 plane (h, w) resampled to ``size`` (width, height).

    ``box`` is the part of it to take; pixels around the part still count in the interpolation,
    so that neighbouring parts fit together without a seam.
    """
    resized = Image.fromarray(np.ascontiguousarray(plane)).resize(size, resample, box)
    return np.array(resized, dtype=np.float32)


def resize_planes(
    planes: Plane | Sequence[Plane],
    size: tuple[int, int],
    resample: Image.Resampling = Image.Resampling.BILINEAR,
    box: Box | None = None,
) -> Plane:
    """Return planes (n, h, w) resampled to ``size`` (width, height); see :func:`resize_plane`."""
    return np.stack([resize_plane(plane, size, resample, box) for plane in planes])


def enlarged_part(
    planes: Plane | Sequence[Plane], size: tuple[int, int], place: tuple[int, int, int, int]
) -> Plane:
    """Return one part of reduced planes, enlarged: float32 (n, bottom - top, right - left).

    ``planes`` are n of (h, w) and stand for a picture of ``size`` (width, height); ``place`` is
    (left, top, right, bottom) in the picture's pixels. Parts fit together without a seam.
    """
    height, width = planes[0].shape
    across, down = width / size[0], height / size[1]
    left, upper = place[0] * across, place[1] * down
    right, lower = min(width, place[2] * across), min(height, place[3] * down)
    # Two pixels more on each side are all that bilinear interpolation can ask for.
    x, y = max(0, int(left) - 2), max(0, int(upper) - 2)
    parts = [plane[y : int(lower) + 3, x : int(right) + 3] for plane in planes]
    box = (left - x, upper - y, right - x, lower - y)
    return resize_planes(parts, (place[2] - place[0], place[3] - place[1]), box=box)


def blocks(size: tuple[int, int], side: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield (left, top, right, bottom) of blocks of ``side`` pixels that cover ``size``."""
    for top in range(0, size[1], side):
        for left in range(0, size[0], side):
            yield left, top, min(left + side, size[0]), min(top + side, size[1])
