"""What a pixel's colour alone tells about its alpha.

The known subject and the known background are spread into the band between them; a pixel there
lies somewhere on the line from the one colour to the other. Where the two colours hardly differ,
or the pixel is far from the line, this tells nothing, and says so.

The line is that of alpha compositing (T. Porter, T. Duff, 1984); weighing the estimate by its own
confidence follows J. Wang, M. F. Cohen, "Optimized Color Sampling for Robust Matting", CVPR 2007;
the spreading is the push-pull of S. J. Gortler and others, "The Lumigraph", 1996.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.planes import resize_plane, resize_planes

Plane = npt.NDArray[np.float32]

NOISE = 0.1
"""Colour distance (0..1 per channel) that texture and lighting make within one material."""


def spread(colours: Plane, weight: Plane) -> Plane:
    """Return colours continued smoothly to where they are not known.

    ``colours`` is float32 (n, h, w), ``weight`` (h, w) in 0..1, 0 where nothing is known. Averages
    of ever coarser levels fill what the finer ones leave open. Where nothing is known at all, the
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
    coarse = spread(coarse, np.minimum(coarse_weight * 2, 1))
    filled = resize_planes(coarse, (width, height))
    filled += (colours - filled) * weight
    return filled


def colour_evidence(
    image: Plane, subject: npt.NDArray[np.bool_], background: npt.NDArray[np.bool_]
) -> tuple[Plane, Plane]:
    """Return (alpha, confidence), both float32 (h, w) in 0..1, from colours alone.

    ``image`` is float32 (3, h, w) in 0..1; ``subject`` and ``background`` are bool (h, w).
    Confidence is the share of the colours' squared distance in itself plus the squared noise,
    falling off for pixels beside the line between them. It is 0 when either side is unknown
    everywhere. The two colours vary slowly and are spread at half the size.
    """
    if not (subject.any() and background.any()):
        nothing = np.zeros(subject.shape, np.float32)
        return nothing, nothing
    height, width = subject.shape
    half = ((width + 1) // 2, (height + 1) // 2)
    ends = []
    for known in (subject, background):
        weight = known.astype(np.float32)
        share = resize_plane(weight, half, Image.Resampling.BOX)
        colours = resize_planes(image * weight, half, Image.Resampling.BOX)
        colours /= np.maximum(share, np.float32(1e-6))
        ends.append(resize_planes(spread(colours, share), (width, height)))
    line = ends[0] - ends[1]
    offset = image - ends[1]
    length = (line * line).sum(axis=0)
    alpha = (offset * line).sum(axis=0) / np.maximum(length, np.float32(1e-5))
    np.clip(alpha, 0, 1, out=alpha)
    offset -= alpha * line
    beside = (offset * offset).sum(axis=0)
    noise = np.float32(NOISE**2)
    return alpha, length / (length + noise) * np.exp(beside / (-2 * noise))
