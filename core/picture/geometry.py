"""Straightens, mirrors, turns and crops pictures as the section ``geometry`` of an edit says.

Where what lies is worked out in :mod:`common.edits.geometry`; photo and cutout alike go through
here, after the cutout was made: the network's matte, strokes and edges stay in the photo's own
coordinates. Turned, mirrored and cropped pixels are copied, bit for bit. Only a straightened
photo is resampled, once for all four steps together, with a bicubic filter; transparent pictures
with their colours multiplied by alpha, unclipped, so that neither what is hidden nor the filter's
overshoot colours their edge.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.edits.geometry import Geometry, moved

STRIP = 256
"""Rows of a straightened cutout that are made at a time, since they lie in memory as floats."""

SUPPORT = 3
"""Pixels around a place that the bicubic filter looks at, and one more."""

Way = tuple[float, float, float, float, float, float]
Plane = npt.NDArray[np.float32]


def placed(image: Image.Image, geometry: dict[str, Any]) -> Image.Image:
    """Return an image (mode RGB, RGBA or L) as a checked ``geometry`` section has it.

    One that nothing is done to is returned itself.
    """
    one = Geometry(geometry)
    if one.is_neutral:
        return image
    if one.tilt:
        return _straightened(image, one)
    return _copied(image, one)


def _copied(image: Image.Image, one: Geometry) -> Image.Image:
    """Return the part of an image that is asked for, mirrored and turned."""
    left, top, right, bottom = one.box(*image.size)
    back = one.from_sheet(*image.size)
    places = [moved((left, top), back), moved((right, bottom), back)]
    xs, ys = sorted(round(x) for x, _ in places), sorted(round(y) for _, y in places)
    part = image
    if (xs[0], ys[0], xs[1], ys[1]) != (0, 0, *image.size):
        part = image.crop((xs[0], ys[0], xs[1], ys[1]))
    if one.mirrored:
        part = part.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    turn = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)
    method = turn[one.turns]
    return part if method is None else part.transpose(method)


def _straightened(image: Image.Image, one: Geometry) -> Image.Image:
    """Return the part of an image that is asked for, resampled."""
    left, top, _, _ = one.box(*image.size)
    size = one.size(*image.size)
    back = _begun_at(one.from_sheet(*image.size), left, top)
    if image.mode != "RGBA":
        return _sampled(image, size, back)
    result = Image.new("RGBA", size)
    for row in range(0, size[1], STRIP):
        rows = min(STRIP, size[1] - row)
        result.paste(_strip(image, (size[0], rows), _begun_at(back, 0, row)), (0, row))
    return result


def _begun_at(way: Way, x: float, y: float) -> Way:
    """Return a way for points that are counted from (x, y)."""
    a, b, _, d, e, _ = way
    c, f = moved((x, y), way)
    return a, b, c, d, e, f


def _sampled(image: Image.Image, size: tuple[int, int], way: Way) -> Image.Image:
    """Return an image of ``size`` (width, height) whose points lie in ``image`` where ``way`` says.

    Pillow looks at the middles of pixels, as the ways here do.
    """
    return image.transform(size, Image.Transform.AFFINE, way, Image.Resampling.BICUBIC)


def _strip(image: Image.Image, size: tuple[int, int], way: Way) -> Image.Image:
    """Return some rows of a straightened image (mode RGBA)."""
    width, height = size
    corners = [moved(place, way) for place in ((0, 0), (width, 0), (0, height), (width, height))]
    box = (
        max(0, math.floor(min(x for x, _ in corners)) - SUPPORT),
        max(0, math.floor(min(y for _, y in corners)) - SUPPORT),
        min(image.width, math.ceil(max(x for x, _ in corners)) + SUPPORT),
        min(image.height, math.ceil(max(y for _, y in corners)) + SUPPORT),
    )
    part = np.asarray(image.crop(box), np.float32)
    near = (*way[:2], way[2] - box[0], *way[3:5], way[5] - box[1])
    share = part[..., 3] / np.float32(255)
    alpha = _plane(share, size, near)
    # Below half a step of alpha nothing shows, and noise would be blown up.
    seen = alpha >= 0.5 / 255
    result = np.zeros((height, width, 4), np.uint8)
    for channel in range(3):
        colour = _plane(part[..., channel] * share, size, near)
        colour = np.where(seen, colour / np.maximum(alpha, 1e-6), 0)
        result[..., channel] = np.clip(np.rint(colour), 0, 255)
    result[..., 3] = np.clip(np.rint(alpha * 255), 0, 255)
    return Image.fromarray(result)


def _plane(plane: Plane, size: tuple[int, int], way: Way) -> Plane:
    """Return a plane (h, w) sampled as :func:`_sampled` does, float32, unclipped."""
    sampled: Plane = np.asarray(_sampled(Image.fromarray(plane), size, way), np.float32)
    return sampled
