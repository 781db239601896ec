"""What a pixel's colour alone tells about its alpha.

The known subject and the known background are spread into the band between them; a pixel there
lies somewhere on the line from the one colour to the other. Where the two colours hardly differ,
or the pixel is far from the line, this tells nothing, and says so.

The line is that of alpha compositing (T. Porter, T. Duff, 1984); weighing the estimate by its own
confidence follows J. Wang, M. F. Cohen, "Optimized Color Sampling for Robust Matting", CVPR 2007;
the spreading is :mod:`core.matte.push_pull`.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte.planes import chosen_colours, packed_pixels, resize_plane, resize_planes
from core.matte.push_pull import push_pull

Plane = npt.NDArray[np.float32]

NOISE = 0.1
"""Colour distance (0..1 per channel) that texture and lighting make within one material."""

TOLERANCE = 0.06
"""Mean error of alpha in the known surroundings at which confidence has fallen to 1/e."""

GRAIN = 4
"""Pixels over which a colour is averaged before it is spread.

Known pixels are then judged by their neighbours' colour, too, and not by their own alone.
"""

SAMPLED = 2
"""What varies slowly is learned from every so-manyth pixel of every so-manyth row."""


def colour_evidence(
    image: Image.Image, subject: npt.NDArray[np.bool_], background: npt.NDArray[np.bool_]
) -> tuple[Plane, Plane]:
    """Return (alpha, confidence), both float32 (h, w) in 0..1, from colours alone.

    ``image`` has mode RGB; ``subject`` and ``background`` are bool (h, w). Both results are 0 where
    either is true, for nobody asks there.

    Confidence is the share of the colours' squared distance in itself plus the squared noise,
    falling off for pixels beside the line between them, and falling off where the same colours
    fail to tell known subject from known background nearby. It is 0 when either side is unknown
    everywhere.

    The colours that are spread, and how well they tell known pixels apart, come from every
    :data:`SAMPLED` th pixel of every such row.
    """
    told = np.zeros(subject.shape, np.float32)
    confidence = np.zeros_like(told)
    if not (subject.any() and background.any()):
        return told, confidence
    sample = np.s_[::SAMPLED, ::SAMPLED]
    colours = np.asarray(image)[sample].transpose(2, 0, 1).astype(np.float32, order="C")
    inner, outer = subject[sample].astype(np.float32), background[sample].astype(np.float32)
    size = (inner.shape[1], inner.shape[0])
    means = [_nearby(colours, weight, GRAIN // SAMPLED) for weight in (inner, outer)]
    alpha, weight = _along_line(colours, *(resize_planes(mean, size) for mean in means))
    # A weight that never vanishes, so that where confidence is nil errors are still averaged.
    weight += np.float32(1e-3)
    missed = _nearby((1 - alpha)[np.newaxis], inner * weight, 2 * GRAIN // SAMPLED)[0]
    mistaken = _nearby(alpha[np.newaxis], outer * weight, 2 * GRAIN // SAMPLED)[0]
    error = resize_plane(np.maximum(np.maximum(missed, mistaken), 0), image.size)

    asked = np.flatnonzero(~(subject | background))
    first, second = (_enlarged(mean, image.size) for mean in means)
    told.ravel()[asked], sure = _along_line(
        *(chosen_colours(packed_pixels(picture)[asked]) for picture in (image, first, second))
    )
    confidence.ravel()[asked] = sure * np.exp(-((error.ravel()[asked] / TOLERANCE) ** 2))
    return told, confidence


def _along_line(colours: Plane, first: Plane, second: Plane) -> tuple[Plane, Plane]:
    """Return where colours lie from ``second`` (0) to ``first`` (1), and how sure that is.

    All three are float32 (3, ...) in 0..255. Certainty falls off where the two ends are alike and
    for colours beside the line.
    """
    line = first - second
    offset = colours - second
    length = _dot(line, line)
    alpha = _dot(offset, line)
    alpha /= np.maximum(length, np.float32(1e-5 * 255**2))
    np.clip(alpha, 0, 1, out=alpha)
    line *= alpha
    offset -= line
    noise = np.float32((NOISE * 255) ** 2)
    beside = _dot(offset, offset)
    beside /= -2 * noise
    return alpha, length / (length + noise) * np.exp(beside)


def _dot(one: Plane, other: Plane) -> Plane:
    """Return the scalar products of colours (3, ...)."""
    product: Plane = one[0] * other[0]
    product += one[1] * other[1]
    product += one[2] * other[2]
    return product


def _nearby(planes: Plane, weight: Plane, grain: int) -> Plane:
    """Return planes (n, h, w) averaged over ``grain`` x ``grain`` pixels and spread."""
    height, width = weight.shape
    size = (-(-width // grain), -(-height // grain))
    share = resize_plane(weight, size, Image.Resampling.BOX)
    means = resize_planes(planes * weight, size, Image.Resampling.BOX)
    means /= np.maximum(share, np.float32(1e-6))
    return push_pull(means, share)


def _enlarged(planes: Plane, size: tuple[int, int]) -> Image.Image:
    """Return smooth colours (3, h, w) in 0..255 as a picture of ``size``, mode RGB."""
    codes = np.rint(np.clip(planes, 0, 255)).astype(np.uint8).transpose(1, 2, 0)
    return Image.fromarray(np.ascontiguousarray(codes)).resize(size, Image.Resampling.BILINEAR)
