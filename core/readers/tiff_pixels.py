"""TIFF files that Pillow reads wrongly or not at all, put together from their pieces.

Source: TIFF 6.0, sections 3 to 8 and 20 to 23.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.errors import Refusal
from core.containers.tiff import Directory
from core.readers.depth import bounds, eight_bits, make_straight, stretched
from core.readers.tiff_layouts import (
    CIELAB,
    ICCLAB,
    INKS,
    PALETTE,
    SEPARATED,
    WHITE_IS_ZERO,
    YCBCR,
    colours_of,
    mode_of,
    size_of,
)
from core.readers.tiff_packings import BITS, EXTRA, PACKING, PICTURES, SAMPLES, number
from core.readers.tiff_pieces import FLOAT, FORMAT, SIGNED, WHOLE, pieces

COLOURS = 320

WHITES = (1.0, 255.0, 65535.0, 4294967295.0)
"""Usual whites of numbers that have none of their own; the smallest that holds all of them is
taken."""

ASSOCIATED, STRAIGHT = 1, 2
"""Kinds of alpha: multiplied into the colours, or not."""

Samples = npt.NDArray[Any]
Levels = npt.NDArray[Any]


def image_of(data: bytes, directory: Directory) -> tuple[Image.Image, Image.Image | None]:
    """Return a page's pixels, 8 bits: mode L, LA, RGB, RGBA, CMYK or LAB.

    Beside them the alpha of inks, mode L, which have no layout with alpha, else ``None``.
    Floating-point values are taken as encoded ones, 0 being black; see :data:`WHITES`.
    Channels beyond colours and alpha are left out. Raises :class:`Refusal` ``damaged``.
    """
    kind, inks = colours_of(directory), INKS[colours_of(directory)]
    extra = number(directory, EXTRA, 0) if number(directory, SAMPLES, 1) > inks else 0
    has_alpha = extra in (ASSOCIATED, STRAIGHT) and mode_of(directory) != "LAB"
    count = inks + has_alpha
    width, height = size_of(directory)
    if _is_open(directory):
        levels = _stretched(data, directory, count)
    else:
        levels = np.zeros((height, width, count), np.uint8)
        for piece in pieces(data, directory):
            if piece.plane < count:
                part = _levels(piece.values[..., : count - piece.plane], directory)
                _place(levels, piece.plane, piece.left, piece.top, part)
    if kind == PALETTE:
        levels = _through_palette(levels, directory)
    if kind == WHITE_IS_ZERO:
        levels[..., 0] = 255 - levels[..., 0]
    if extra == ASSOCIATED and has_alpha:
        make_straight(levels)
    if kind == SEPARATED and has_alpha:
        return _image(levels[..., :inks], kind), Image.fromarray(levels[..., inks].copy())
    return _image(levels, kind), None


def _place(target: Samples, plane: int, left: int, top: int, part: Samples) -> None:
    """Put the samples of a piece where they belong."""
    height, width, count = part.shape
    target[top : top + height, left : left + width, plane : plane + count] = part


def _is_open(directory: Directory) -> bool:
    """Return whether a page's numbers have no white of their own."""
    wide = number(directory, BITS, 1) > 16 and number(directory, PACKING, 1) not in PICTURES
    return number(directory, FORMAT, WHOLE) in (FLOAT, SIGNED) or wide


def _levels(values: Samples, directory: Directory) -> Levels:
    """Return samples that have a white as 0..255; the numbers of a palette stay as they are."""
    bits, kind = number(directory, BITS, 1), colours_of(directory)
    if kind == CIELAB and bits == 16:  # a* and b* are signed
        signed = values[..., 1:].view(np.int16) // 256 + 128
        return np.concatenate([(values[..., :1] // 257), signed], axis=-1).astype(np.uint8)
    if kind == CIELAB:
        return np.bitwise_xor(values, np.array([0, 128, 128], np.uint8))
    if (values.dtype == np.uint8 and bits == 8) or kind == PALETTE:
        return values.astype(np.uint8)
    return eight_bits(values, 2**bits - 1)


def _stretched(data: bytes, directory: Directory, count: int) -> Levels:
    """Return samples without a white of their own as 0..255, numbers that are none as black."""
    width, height = size_of(directory)
    result = None
    for piece in pieces(data, directory):
        if piece.plane < count:
            part = np.asarray(piece.values[..., : count - piece.plane], np.float32)
            if part.shape == (height, width, count):  # the only one
                result = part
                break
            result = np.zeros((height, width, count), np.float32) if result is None else result
            _place(result, piece.plane, piece.left, piece.top, part)
    if result is None:
        raise Refusal("damaged")
    low, high = bounds(result)
    if low >= 0 or number(directory, FORMAT, WHOLE) != SIGNED:
        whites = WHITES if number(directory, FORMAT, WHOLE) == FLOAT else WHITES[1:]
        low, high = 0.0, next((white for white in whites if high <= white), high)
    return stretched(result, low, high)


def _through_palette(levels: Levels, directory: Directory) -> Levels:
    """Return the colours that the numbers of a palette stand for (tag 320), alpha beside them."""
    if COLOURS not in directory:
        raise Refusal("damaged")
    table = np.array(directory[COLOURS].integers(), np.uint32).reshape(3, -1).T
    if int(levels[..., 0].max(initial=0)) >= len(table):
        raise Refusal("damaged")
    # Some writers fill them with 8 bits.
    eight = table if int(table.max(initial=0)) < 256 else (table * 255 + 32767) // 65535
    colours = eight.astype(np.uint8)[levels[..., 0]]
    return np.concatenate([colours, levels[..., 1:]], axis=-1)


def _image(levels: Levels, kind: int) -> Image.Image:
    """Return levels as an image of the layout that they are."""
    if kind == YCBCR:
        colours = Image.fromarray(np.ascontiguousarray(levels[..., :3]), "YCbCr").convert("RGB")
        if levels.shape[-1] > 3:
            colours.putalpha(Image.fromarray(np.ascontiguousarray(levels[..., 3])))
        return colours
    if levels.shape[-1] == 1:
        return Image.fromarray(levels[..., 0])
    if kind in (CIELAB, ICCLAB):
        planes = [Image.fromarray(np.ascontiguousarray(levels[..., i])) for i in range(3)]
        return Image.merge("LAB", planes)
    if kind == SEPARATED:
        size = (levels.shape[1], levels.shape[0])
        return Image.frombytes("CMYK", size, levels.tobytes())
    return Image.fromarray(levels)
