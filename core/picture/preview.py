"""Small pictures for the page, in the layout that a canvas takes."""

import math

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops

from core.files.decode import Photo
from core.matte.mask import to_alpha_matte

STRIP = 64
"""Rows of a smaller cutout that are made at a time."""


def fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return (width, height) reduced so that the longer one is ``side`` pixels at most.

    Proportions are kept to the nearest pixel, nothing is enlarged, no side falls below one pixel.
    """
    width, height = size
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def reduced(photo: Photo, side: int) -> Image.Image:
    """Return an opaque photo's colours, mode RGB, the longer side at most ``side`` pixels.

    The stage and the desk want the same ones several times, so the largest are remembered, and
    smaller ones are made from them.
    """
    size, known = fit(photo.image.size, side), photo.reduced
    if known is None or known.width < size[0] or known.height < size[1]:
        known = photo.image.resize(size, Image.Resampling.HAMMING, reducing_gap=3.0)
        photo.reduced = known
    return known.resize(size, Image.Resampling.HAMMING, reducing_gap=3.0)


def reduced_cutout(cutout: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return a cutout, mode RGBA, in a smaller ``size``, colours weighed by their alpha.

    Strip by strip, since Pillow makes two more copies of what it is given.
    """
    if cutout.size == size:
        return cutout.copy()
    result = Image.new("RGBA", size)
    scale = cutout.height / size[1]
    reach = math.ceil(2 * scale)  # more than the filter's support
    for top in range(0, size[1], STRIP):
        bottom = min(top + STRIP, size[1])
        first = max(0, int(top * scale) - reach)
        last = min(cutout.height, math.ceil(bottom * scale) + reach)
        strip = cutout.crop((0, first, cutout.width, last))
        box = (0, top * scale - first, cutout.width, min(bottom * scale, cutout.height) - first)
        part = strip.resize((size[0], bottom - top), Image.Resampling.HAMMING, box)
        result.paste(part, (0, top))
    return result


def preview_rgba(
    photo: Photo, matte: npt.NDArray[np.float32] | None, side: int
) -> tuple[npt.NDArray[np.uint8], int, int]:
    """Return a small picture as RGBA pixels, uint8 (h, w, 4), with its width and height.

    Straight alpha, rows from the top, C-contiguous: what ``ImageData`` wants. ``matte`` is
    float32 (h, w) in 0..1 of any size, or ``None`` for the photo as it is: opaque, or with its
    own alpha. ``side`` bounds the longer side in pixels.

    Colours are averaged in proportion to their alpha, so that hidden ones do not bleed into the
    visible edge.
    """
    size = fit(photo.image.size, side)
    if photo.alpha is None:
        small = reduced(photo, side)
    else:
        image = photo.image.copy()
        image.putalpha(photo.alpha)
        # Pillow premultiplies RGBA before it filters and divides afterwards. This filter is as
        # sharp as a bicubic one but cannot ring, which would lighten or darken premultiplied edges.
        small = image.resize(size, Image.Resampling.HAMMING, reducing_gap=3.0)
    if matte is not None:
        alpha = to_alpha_matte(matte, size)
        if small.mode == "RGBA":
            alpha = ImageChops.multiply(alpha, small.getchannel("A"))
        small.putalpha(alpha)
    pixels = np.array(small.convert("RGBA"))
    return pixels, size[0], size[1]
