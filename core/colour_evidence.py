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

TOLERANCE = 0.06
"""Mean error of alpha in the known surroundings at which confidence has fallen to 1/e."""

GRAIN = 4
"""Pixels over which a colour is averaged before it is spread.

Known pixels are then judged by their neighbours' colour, too, and not by their own alone.
"""


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
    falling off for pixels beside the line between them, and falling off where the same colours
    fail to tell known subject from known background nearby. It is 0 when either side is unknown
    everywhere.
    """
    if not (subject.any() and background.any()):
        nothing = np.zeros(subject.shape, np.float32)
        return nothing, nothing
    first = _nearby(image, subject.astype(np.float32), GRAIN)
    second = _nearby(image, background.astype(np.float32), GRAIN)
    line = first - second
    offset = image - second
    length = (line * line).sum(axis=0)
    alpha = (offset * line).sum(axis=0) / np.maximum(length, np.float32(1e-5))
    np.clip(alpha, 0, 1, out=alpha)
    offset -= alpha * line
    beside = (offset * offset).sum(axis=0)
    noise = np.float32(NOISE**2)
    confidence = length / (length + noise) * np.exp(beside / (-2 * noise))

    # A weight that never vanishes, so that where confidence is nil errors are still averaged.
    weight = confidence + np.float32(1e-3)
    missed = _nearby((1 - alpha)[np.newaxis], subject * weight, 2 * GRAIN)[0]
    mistaken = _nearby(alpha[np.newaxis], background * weight, 2 * GRAIN)[0]
    error = np.maximum(np.maximum(missed, mistaken), 0)
    return alpha, confidence * np.exp(-((error / np.float32(TOLERANCE)) ** 2))


def _nearby(planes: Plane, weight: Plane, grain: int) -> Plane:
    """Return :func:`spread` planes (n, h, w), averaged over ``grain`` x ``grain`` pixels first."""
    height, width = weight.shape
    size = (-(-width // grain), -(-height // grain))
    share = resize_plane(weight, size, Image.Resampling.BOX)
    means = resize_planes(planes * weight, size, Image.Resampling.BOX)
    means /= np.maximum(share, np.float32(1e-6))
    return resize_planes(spread(means, share), (width, height))
