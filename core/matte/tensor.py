"""From a photo to the numbers that the network wants.

The whole photo is squashed to a square. That the network was trained so and loses accuracy when
the sides keep their proportions was measured; see docs/ARCHITECTURE.md.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.limits import check_cutout
from core.files.decode import Photo

BACKDROPS = (128, 255, 0)
"""Greys that the network may see behind transparent pixels; the first one is its zero."""

LIKE = 48
"""Levels of 255 up to which a colour can be taken for a grey behind it."""

MANY = 0.5
"""Part of what is visible that must not look like what is behind it."""


def to_tensor(
    image: Image.Image, size: int, mean: Sequence[float], divisor: Sequence[float]
) -> npt.NDArray[np.float32]:
    """Return a photo as the network's input, C-contiguous float32 (1, 3, size, size).

    ``image`` has mode RGB (alpha of an RGBA one is ignored) and any proportions; ``size`` is the
    square's side in pixels. Each channel becomes ``(value - mean) / divisor`` with ``value`` in
    0..255; ``mean`` and ``divisor`` hold one number per channel, red first.

    Reduced with Pillow's bilinear filter, whose support grows with the reduction, so that fine
    texture does not alias. Raises :class:`Refusal` ``too_small`` for an icon.
    """
    check_cutout(*image.size)
    if image.mode != "RGB":
        image = image.convert("RGB")
    small = image.resize((size, size), Image.Resampling.BILINEAR)
    pixels = np.asarray(small, dtype=np.float32)
    pixels -= np.asarray(mean, dtype=np.float32)
    pixels /= np.asarray(divisor, dtype=np.float32)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)[np.newaxis])


def to_pixels(image: Image.Image, size: int) -> npt.NDArray[np.uint8]:
    """Return a photo as the input of a network that scales by itself: uint8 (size, size, 4).

    ``image`` as for :func:`to_tensor`, reduced alike; the fourth channel is 255.
    """
    small = image.resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(small.convert("RGBA"))


def visible_rgb(photo: Photo) -> Image.Image:
    """Return what is to be seen of a photo: over a grey where it is transparent, mode RGB.

    That is mid-grey, or white or black where most of the photo looks like that.

    Colours under full transparency are often left-overs of an earlier background; the network
    must not take them for the subject. An opaque photo is returned itself, not copied.
    """
    if photo.alpha is None:
        return photo.image
    seen = Image.new("RGB", photo.image.size, (backdrop_of(photo.image, photo.alpha),) * 3)
    seen.paste(photo.image, mask=photo.alpha)
    return seen


def backdrop_of(image: Image.Image, alpha: Image.Image) -> int:
    """Return the grey, 0..255, that a transparent picture (mode RGB, alpha mode L) stands out from.

    A copy of at most 256 pixels a side is looked at.
    """
    size = min(image.width, 256), min(image.height, 256)
    colours = np.asarray(image.convert("RGB").resize(size, Image.Resampling.NEAREST)).astype(int)
    weights = np.asarray(alpha.resize(size, Image.Resampling.NEAREST)) / 255
    visible = weights.sum()
    if visible == 0:
        return BACKDROPS[0]
    alike = [
        float((weights * (np.abs(colours - grey).max(axis=-1) <= LIKE)).sum() / visible)
        for grey in BACKDROPS
    ]
    return BACKDROPS[0] if alike[0] < MANY else BACKDROPS[alike.index(min(alike))]
