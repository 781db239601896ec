"""The subject's edge as the user wants it: the sliders of an edit, handed to the methods.

Everything here works on 8-bit alpha, which at full size takes a quarter of the memory of
floating-point numbers.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte.foreground import clean, own_colours
from core.matte.mask import to_alpha_matte
from core.matte.matte_edit import contrast, feather, keep_largest, remove_specks, shift_edge
from core.matte.refine import FAST, THOROUGH, refine

METHODS = {"fast": FAST, "thorough": THOROUGH}
"""The method of refinement for each choice but ``none``."""


Refine = Callable[[Image.Image, npt.NDArray[np.float32]], Image.Image]
"""Gives a photo (mode RGB) and its matte, float32 (h, w) in 0..1, an alpha of the photo's size."""


def refined(image: Image.Image, matte: npt.NDArray[np.float32], refinement: str) -> Image.Image:
    """Return the matte at the size of ``image``, mode L, refined against its colours.

    ``image`` has mode RGB; ``matte`` is float32 (h, w) in 0..1 of any size; ``refinement`` is one
    of :data:`common.edits.edit.REFINEMENTS`.
    """
    if refinement == "none":
        return to_alpha_matte(matte, image.size)
    return refine(image, matte, METHODS[refinement])


def adjusted(alpha: Image.Image, edges: dict[str, Any], scale: float = 1.0) -> Image.Image:
    """Return an alpha (mode L) after specks, largest subject, shift, feather and contrast.

    ``edges`` are checked ones, whose pixels are those of the photo at full size; ``alpha`` is
    ``scale`` times as large. Whole regions go first, so that what is shifted or feathered is what
    stays.
    """
    changing = ("speck", "largest_only", "shift", "feather", "contrast")
    if not any(edges[name] for name in changing):
        return alpha
    matte = np.asarray(alpha, np.float32) / np.float32(255)
    if edges["speck"]:
        matte = remove_specks(matte, edges["speck"] / 100 * matte.size)
    if edges["largest_only"]:
        matte = keep_largest(matte)
    if edges["shift"]:
        matte = shift_edge(matte, edges["shift"] * scale)
    if edges["feather"]:
        matte = feather(matte, edges["feather"] * scale)
    if edges["contrast"]:
        matte = contrast(matte, edges["contrast"])
    return Image.fromarray(np.rint(matte * 255).astype(np.uint8))


def decontaminated(
    image: Image.Image, alpha: Image.Image, strength: float, used_up: bool = False
) -> Image.Image:
    """Return a copy of ``image`` (mode RGB) without the background's colour at soft edges.

    ``alpha`` has mode L and the same size; ``strength`` is 0..1. Colours change only where alpha
    is neither 0 nor 255; see :func:`core.matte.foreground.own_colours`. With ``used_up`` it is
    ``image`` itself that changes and is returned.
    """
    if not used_up:
        return own_colours(image, alpha, strength)
    clean(image, alpha, strength)
    return image
