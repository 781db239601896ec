"""Colours continued smoothly to where they are not known.

Averages of ever coarser copies fill what the finer ones leave open: pulled down a pyramid with
what is known as their weight, and pushed back up into the holes. So a hole of any size costs no
more than the picture. What beside the edge belongs to subject and background is spread this way
(:mod:`core.matte.colour_evidence`), and so are the surroundings into the subject's place
(:mod:`core.picture.surroundings`).

S. J. Gortler, R. Grzeszczuk, R. Szeliski, M. F. Cohen, "The Lumigraph", SIGGRAPH 1996, section
3.4.2.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte.planes import resize_plane, resize_planes

Plane = npt.NDArray[np.float32]


def push_pull(colours: Plane, weight: Plane, gain: float = 2.0) -> Plane:
    """Return colours in which places of little weight are filled from those around them.

    ``colours`` is float32 (n, h, w), ``weight`` (h, w) in 0..1: what is 1 stays as it is, what is 0
    is replaced. A coarser place counts as known by its mean weight times ``gain``; with 4, one that
    holds a single known pixel of four is known altogether. Where nothing is known at all, the
    result is 0.
    """
    height, width = weight.shape
    if max(height, width) <= 2:
        mean = (colours * weight).sum(axis=(1, 2)) / max(float(weight.sum()), 1e-6)
        return np.broadcast_to(mean[:, np.newaxis, np.newaxis], colours.shape).astype(np.float32)
    size = ((width + 1) // 2, (height + 1) // 2)
    coarse_weight = resize_plane(weight, size, Image.Resampling.BOX)
    coarse = resize_planes(colours * weight, size, Image.Resampling.BOX)
    coarse /= np.maximum(coarse_weight, np.float32(1e-6))
    coarse = push_pull(coarse, np.minimum(coarse_weight * np.float32(gain), 1), gain)
    filled = resize_planes(coarse, (width, height))
    filled += (colours - filled) * weight
    return filled
