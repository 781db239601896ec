"""The photo's own background, blurred, with the subject taken out before.

Blurring the photo as it is would smear the subject's colours around it, a halo that gives every
cheap portrait mode away. So the subject is filled from its surroundings first
(:mod:`core.matte.push_pull`), with the background's share as their weight. All of it happens on a
small copy, since what is blurred has no small detail.
"""

import numpy as np
from PIL import Image, ImageFilter

from core.matte.push_pull import push_pull

WORKING_SIDE = 640
"""Longest side, in pixels, of the copy that is filled and blurred."""

LEAST_BLUR = 0.004
"""Standard deviation at blur 0, as part of the longer side: two and a half pixels of the copy,
with which enlarging it loses nothing that is to be seen."""

MOST_BLUR = 0.05
"""Standard deviation at blur 1, as part of the longer side."""

GUARD = 5
"""Side, in pixels of the copy, of the square by which the subject is widened before it is taken
out: the last traces of its colour lie just outside of its matte."""

STRICTNESS = 8
"""A place that belongs to the subject by more than one part in that many is filled altogether;
below, in proportion. A soft edge of half would tint its surroundings with half of the subject."""

Frame = tuple[float, float, float, float]


def blurred_surroundings(
    photo: Image.Image,
    alpha: Image.Image,
    blur: float,
    box: Frame | None = None,
    size: tuple[int, int] | None = None,
) -> Image.Image:
    """Return the blurred background of a photo without its subject, mode RGB.

    ``photo`` (mode RGB) and ``alpha`` (mode L, of any size) belong together; ``blur`` is 0..1,
    see :data:`LEAST_BLUR` and :data:`MOST_BLUR`. ``box`` (left, top, right, bottom, in pixels of
    the photo) is the part wanted, by default all; beyond the photo its edge goes on. ``size``
    (width, height) is that of the result, by default the photo's own.
    """
    scale = min(1.0, WORKING_SIDE / max(photo.size))
    small = (max(1, round(photo.width * scale)), max(1, round(photo.height * scale)))
    reduced = photo.resize(small, Image.Resampling.BOX, reducing_gap=3.0)
    colours = np.asarray(reduced, np.float32).transpose(2, 0, 1)
    subject = alpha.resize(small, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(GUARD))
    weight = np.float32(1) - np.asarray(subject, np.float32) * np.float32(STRICTNESS / 255)
    np.maximum(weight, 0, out=weight)
    filled = push_pull(colours, weight, gain=4).transpose(1, 2, 0)
    codes = np.clip(np.rint(filled), 0, 255).astype(np.uint8)
    pixels = Image.fromarray(np.ascontiguousarray(codes))
    deviation = (LEAST_BLUR + (MOST_BLUR - LEAST_BLUR) * blur) * max(small)
    blurred = pixels.filter(ImageFilter.GaussianBlur(deviation))
    return _part(blurred, photo.size, box or (0, 0, *photo.size), size or photo.size)


def _part(
    small: Image.Image, full: tuple[int, int], box: Frame, size: tuple[int, int]
) -> Image.Image:
    """Return the part ``box`` (in pixels of a picture of size ``full``) of a small copy of it.

    Enlarged to ``size``; where the box leaves the picture, its edge pixels are repeated.
    """
    across, down = small.width / full[0], small.height / full[1]
    left, top, right, bottom = box[0] * across, box[1] * down, box[2] * across, box[3] * down
    before = max(0, int(np.ceil(-left))), max(0, int(np.ceil(-top)))
    after = max(0, int(np.ceil(right - small.width))), max(0, int(np.ceil(bottom - small.height)))
    if any(before + after):
        amounts = ((before[1], after[1]), (before[0], after[0]), (0, 0))
        small = Image.fromarray(np.pad(np.asarray(small), amounts, "edge"))
    frame = (left + before[0], top + before[1], right + before[0], bottom + before[1])
    return small.resize(size, Image.Resampling.BICUBIC, frame)
