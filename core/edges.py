"""The subject's edge as the user wants it: the sliders of an edit, handed to the methods.

Everything here works on 8-bit alpha, which at full size takes a quarter of the memory of
floating-point numbers.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.mask import to_alpha_matte
from core.refine import FAST, THOROUGH, refine

METHODS = {"fast": FAST, "thorough": THOROUGH}
"""The method of refinement for each choice but ``none``."""


def refined(image: Image.Image, matte: npt.NDArray[np.float32], refinement: str) -> Image.Image:
    """Return the matte at the size of ``image``, mode L, refined against its colours.

    ``image`` has mode RGB; ``matte`` is float32 (h, w) in 0..1 of any size; ``refinement`` is one
    of :data:`common.edit.REFINEMENTS`.
    """
    if refinement == "none":
        return to_alpha_matte(matte, image.size)
    return refine(image, matte, METHODS[refinement])


def adjusted(
    alpha: Image.Image,
    edges: dict[str, Any],  # noqa: ARG001
    scale: float = 1.0,  # noqa: ARG001
) -> Image.Image:
    """Return an alpha (mode L) after shift, feather, contrast, specks and largest subject.

    ``edges`` are checked ones, whose pixels are those of the photo at full size; ``alpha`` is
    ``scale`` times as large. Until :mod:`core.matte_edit` is there, nothing is adjusted.
    """
    return alpha


def decontaminated(
    image: Image.Image,
    alpha: Image.Image,  # noqa: ARG001
    strength: float,  # noqa: ARG001
) -> Image.Image:
    """Return a copy of ``image`` (mode RGB) without the background's colour at soft edges.

    ``alpha`` has mode L and the same size; ``strength`` is 0..1. Colours change only where alpha
    is neither 0 nor 255. Until :mod:`core.foreground` is there, they do not change at all.
    """
    return image.copy()
