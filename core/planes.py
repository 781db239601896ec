"""Pictures as float32 planes, and planes enlarged or reduced."""

import numpy as np
import numpy.typing as npt
from PIL import Image

Plane = npt.NDArray[np.float32]

Box = tuple[float, float, float, float]
"""Left, upper, right, lower: pixels, fractions allowed."""


def to_planes(image: Image.Image) -> Plane:
    """Return a picture's colours as float32 (3, h, w), C-contiguous, in 0..1; alpha is ignored."""
    if image.mode != "RGB":
        image = image.convert("RGB")
    planes = np.asarray(image).transpose(2, 0, 1).astype(np.float32, order="C")
    planes /= 255
    return planes


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
    planes: Plane,
    size: tuple[int, int],
    resample: Image.Resampling = Image.Resampling.BILINEAR,
    box: Box | None = None,
) -> Plane:
    """Return planes (n, h, w) resampled to ``size`` (width, height); see :func:`resize_plane`."""
    return np.stack([resize_plane(plane, size, resample, box) for plane in planes])
