"""What lies behind the subject: a colour, a gradient, a picture or the blurred surroundings.

Every function fills a canvas of its own. Colours are mixed in sRGB values, not in linear light,
as in CSS gradients and in every paint program, so that the page can show the same gradient with
its style sheet and nobody is surprised.
"""

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageColor

from core.strokes.areas import bands

BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]])
"""Thresholds in sixteenths (Bayer 1973). Added before rounding they turn the steps of a slow
gradient, which the eye sees as stripes, into a grain that it does not see."""


def backdrop(
    background: dict[str, Any], size: tuple[int, int], picture: Image.Image | None = None
) -> Image.Image:
    """Return a canvas of ``size`` (width, height) for a checked background, mode RGB.

    ``picture`` is the user's own one for the kind ``image``; while there is none, the colour
    stands in. The kinds ``transparent`` and ``blur`` need more than a canvas (see
    :func:`core.picture.surroundings.blurred_surroundings`) and raise ``ValueError``.
    """
    kind = background["kind"]
    start, stop = background["colours"]
    if kind == "colour" or (kind == "image" and picture is None):
        return Image.new("RGB", size, background["colour"])
    if kind == "linear":
        return linear_gradient(size, start, stop, background["angle"])
    if kind == "radial":
        return radial_gradient(size, start, stop, background["position"])
    if kind == "image" and picture is not None:
        fill = ImageColor.getrgb(background["colour"])[:3]
        return fitted(picture, size, background["fit"], background["position"], fill)
    raise ValueError(f"a background of kind {kind} is not a canvas")


def linear_gradient(size: tuple[int, int], start: str, stop: str, angle: float) -> Image.Image:
    """Return a linear gradient of ``size`` (width, height), mode RGB.

    ``start`` and ``stop`` are ``#rrggbb``; ``angle`` is in degrees, 0 upwards and 90 to the
    right, and the line is so long that the corners get the pure colours: CSS Images Module
    Level 3, section 3.1.
    """
    width, height = size
    right, down = math.sin(math.radians(angle)), -math.cos(math.radians(angle))
    length = abs(width * right) + abs(height * down)
    across = (np.arange(width, dtype=np.float32) + 0.5 - width / 2) * (right / length)
    along = (np.arange(height, dtype=np.float32) + 0.5 - height / 2) * (down / length) + 0.5

    def part(rows: slice) -> npt.NDArray[np.float32]:
        return (along[rows, np.newaxis] + across).astype(np.float32)

    return _mixed(size, start, stop, part)


def radial_gradient(
    size: tuple[int, int], start: str, stop: str, position: tuple[float, float] = (0.5, 0.5)
) -> Image.Image:
    """Return a circular gradient of ``size`` (width, height), mode RGB.

    ``start`` (``#rrggbb``) is the colour at ``position`` (parts of width and height), ``stop``
    that of the farthest corner: CSS Images Module Level 3, section 3.2.
    """
    width, height = size
    x, y = position[0] * width, position[1] * height
    reach = math.hypot(max(x, width - x), max(y, height - y))
    across = ((np.arange(width, dtype=np.float32) + 0.5 - x) / reach) ** 2
    along = ((np.arange(height, dtype=np.float32) + 0.5 - y) / reach) ** 2

    def part(rows: slice) -> npt.NDArray[np.float32]:
        return np.sqrt(along[rows, np.newaxis] + across).astype(np.float32)

    return _mixed(size, start, stop, part)


def _mixed(size: tuple[int, int], start: str, stop: str, part: Any) -> Image.Image:
    """Return an image between two colours; ``part(rows)`` gives the share of the second, 0..1."""
    first = np.array(ImageColor.getrgb(start)[:3], np.float32)
    change = np.array(ImageColor.getrgb(stop)[:3], np.float32) - first
    width, height = size
    pixels = np.empty((height, width, 3), np.uint8)
    noise = np.tile((BAYER + 0.5).astype(np.float32) / 16, (1, -(-width // 4)))[:, :width]
    for rows, _ in bands((0, 0, width, height), 4):
        share = np.clip(part(rows), 0, 1)
        grain = np.resize(noise, share.shape)
        for channel in range(3):
            values = share * change[channel]
            values += grain
            values += first[channel]
            pixels[rows, :, channel] = values  # truncated: the grain is the rounding
    return Image.fromarray(pixels)


def fitted(
    picture: Image.Image,
    size: tuple[int, int],
    fit: str,
    position: tuple[float, float],
    fill: tuple[int, ...],
) -> Image.Image:
    """Return a picture scaled onto a canvas of ``size`` (width, height), mode RGB.

    ``fit`` is ``cover`` (fills the canvas, cut off where it is too long) or ``contain`` (all of
    it is to be seen, over ``fill``). ``position`` says which part stays or where it lies: 0 left
    or top, 1 right or bottom. A picture with alpha lies over ``fill``.
    """
    width, height = size
    if picture.mode != "RGB":
        translucent = picture.convert("RGBA")
        picture = Image.new("RGB", picture.size, fill)
        picture.paste(translucent, mask=translucent)
    ratios = width / picture.width, height / picture.height
    scale = max(ratios) if fit == "cover" else min(ratios)
    if fit == "cover":
        span = width / scale, height / scale
        left = (picture.width - span[0]) * position[0]
        top = (picture.height - span[1]) * position[1]
        box = (max(left, 0.0), max(top, 0.0), left + span[0], top + span[1])
        box = (box[0], box[1], min(box[2], picture.width), min(box[3], picture.height))
        return picture.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=3.0)
    inner = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    canvas = Image.new("RGB", size, fill)
    scaled = picture.resize(inner, Image.Resampling.LANCZOS, reducing_gap=3.0)
    place = round((width - inner[0]) * position[0]), round((height - inner[1]) * position[1])
    canvas.paste(scaled, place)
    return canvas
