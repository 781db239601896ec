"""Brings a finished picture to another size, with the Lanczos filter.

How large it becomes is worked out in :mod:`common.edits.resizing`, before memory is spent.

The usual way averages encoded values, as most programs do. The exact way averages light: encoded
values are not proportional to light, so fine bright detail on dark ground comes out too dark
otherwise. It costs a few times as much.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.edits.resizing import resized_size
from common.errors import Refusal
from common.limits import MAX_MEGAPIXELS
from core.icc.srgb import decode_srgb, encode_srgb

STEPS = 65535
"""Steps of linear light between black and white that are told apart when it is encoded again."""

Box = tuple[float, float, float, float]
Plane = npt.NDArray[np.float32]


def resized(
    image: Image.Image, resize: dict[str, Any], limit_megapixels: int = MAX_MEGAPIXELS
) -> Image.Image:
    """Return an image (mode RGB, RGBA or L) in the size of a checked ``resize`` section.

    An image that has it already is returned itself. Colours are averaged in proportion to their
    alpha. Raises :class:`Refusal` as :func:`result_size` does.
    """
    size = result_size(resize, image.size, limit_megapixels)
    if size == image.size:
        return image
    box = filling_box(image.size, size) if _is_filled(resize) else (0, 0, *image.size)
    if resize["linear"] and image.mode != "L":
        return _in_linear_light(image, size, box)
    return image.resize(size, Image.Resampling.LANCZOS, box)


def result_size(
    resize: dict[str, Any], size: tuple[int, int], limit_megapixels: int = MAX_MEGAPIXELS
) -> tuple[int, int]:
    """Return the size that a checked ``resize`` makes of ``size``, both (width, height).

    Raises :class:`Refusal` ``size_refused`` where :func:`common.edits.resizing.resized_size`
    raises.
    """
    try:
        return resized_size(resize, *size, limit_megapixels)
    except ValueError as error:
        raise Refusal("size_refused", words=str(error)) from error


def in_form(image: Image.Image, resize: dict[str, Any]) -> Image.Image:
    """Return an image in the proportions that a checked ``resize`` gives it, for a preview.

    Where these are the image's own, it is returned itself; no side gets longer than its longest.
    """
    width, height = resize["width"], resize["height"]
    if resize["kind"] != "pixels" or resize["fit"] == "fit" or not (width and height):
        return image
    scale = max(image.size) / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    box = filling_box(image.size, size) if _is_filled(resize) else (0, 0, *image.size)
    return image.resize(size, Image.Resampling.HAMMING, box)


def filling_box(picture: tuple[int, int], size: tuple[int, int]) -> Box:
    """Return the largest part (left, top, right, bottom), centred, that has the form of ``size``.

    ``picture`` is the (width, height) of the picture that it is a part of.
    """
    scale = min(picture[0] / size[0], picture[1] / size[1])
    width, height = size[0] * scale, size[1] * scale
    left, top = (picture[0] - width) / 2, (picture[1] - height) / 2
    return left, top, min(left + width, picture[0]), min(top + height, picture[1])


def _is_filled(resize: dict[str, Any]) -> bool:
    """Return whether the picture is cut to the wished proportions."""
    return bool(resize["kind"] == "pixels" and resize["fit"] == "fill")


def _in_linear_light(image: Image.Image, size: tuple[int, int], box: Box) -> Image.Image:
    """Return an image (mode RGB or RGBA) resized by averaging light; one plane at a time."""
    light = decode_srgb(np.arange(256) / 255).astype(np.float32)
    alpha = small_alpha = None
    if image.mode == "RGBA":
        alpha = np.asarray(image.getchannel("A"), np.float32) / np.float32(255)
        small_alpha = np.clip(_scaled(alpha, size, box), 0, 1)
    codes = np.rint(encode_srgb(np.arange(STEPS + 1) / STEPS) * 255).astype(np.uint8)
    planes = []
    for channel in "RGB":
        plane = light.take(np.asarray(image.getchannel(channel)))
        if alpha is not None:
            plane *= alpha
        plane = _scaled(plane, size, box)
        if small_alpha is not None:
            # Below half a step of alpha nothing shows, and noise would be blown up.
            plane = np.where(small_alpha < 0.5 / 255, 0, plane / np.maximum(small_alpha, 1e-6))
        steps = (plane * np.float32(STEPS) + np.float32(0.5)).astype(np.int32)
        planes.append(Image.fromarray(codes.take(steps, mode="clip")))
    if small_alpha is not None:
        levels = np.rint(small_alpha * np.float32(255)).astype(np.uint8)
        planes.append(Image.fromarray(levels))
    return Image.merge(image.mode, planes)


def _scaled(plane: Plane, size: tuple[int, int], box: Box) -> Plane:
    """Return the part ``box`` of a plane (h, w) in ``size``, with overshoot at sharp edges."""
    result: Plane = np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.LANCZOS, box))
    return result
