"""Pictures whose subject is known without a network: flat graphics, and cutouts that come as such.

A picture that has a transparent border already was cut out by somebody who knew what was meant, and
a drawing's own colours know better than a network that has only seen photos.
"""

from functools import partial

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageFilter

from core.files.decode import Photo
from core.matte.edges import Refine, refined
from core.matte.mask import to_alpha_matte
from core.subject.graphic import graphic_alpha, graphic_of

Plane = npt.NDArray[np.float32]

SIDE = 1024
"""Side of the matte that is kept of such a picture, in pixels."""

REACH = 9
"""Pixels of the kept matte that a drawing may reach beyond it, for it is kept small."""

CLEAR = 0.95
"""Share of the border that is wholly transparent where a picture was cut out before."""


def known_matte(photo: Photo) -> Plane | None:
    """Return the matte of a picture that needs no network, float32 (side, side) in 0..1.

    ``None`` for photographs. For a cutout it is 1 everywhere, as its own transparency counts.
    """
    if photo.alpha is not None:
        return np.ones((SIDE, SIDE), np.float32) if is_cutout(photo.alpha) else None
    graphic = graphic_of(photo.image)
    if graphic is None:
        return None
    small = graphic_alpha(photo.image, graphic).resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small, np.float32) / np.float32(255)


def is_cutout(alpha: Image.Image) -> bool:
    """Tell whether a picture's own alpha (mode L) shows a subject that was cut out before."""
    levels = np.asarray(alpha)
    border = np.concatenate([levels[0], levels[-1], levels[:, 0], levels[:, -1]])
    return bool((border == 0).mean() >= CLEAR and levels.max() == 255)


def subject_alpha(
    image: Image.Image, own: Image.Image | None, matte: Plane, refinement: str
) -> Image.Image:
    """Return the subject's alpha at the size of ``image`` (mode RGB), mode L.

    ``own`` is the picture's own alpha or ``None``; ``matte`` is float32 (h, w) in 0..1 of any size;
    ``refinement`` as for :func:`core.matte.edges.refined`, which finds the edges of photographs. A
    drawing's are its own colours, as far as the matte reaches.
    """
    graphic = graphic_of(image) if own is None and refinement != "none" else None
    if graphic is None:
        return refined(image, matte, refinement)
    levels = Image.fromarray(np.where(matte > 0, np.uint8(255), np.uint8(0)))
    meant = np.asarray(levels.filter(ImageFilter.MaxFilter(REACH)), np.float32) / np.float32(255)
    return ImageChops.multiply(graphic_alpha(image, graphic), to_alpha_matte(meant, image.size))


def refine_of(image: Image.Image, own: Image.Image | None, refinement: str) -> Refine | None:
    """Return what finds the edges of clicked regions in a photo, ``None`` for drawings.

    The arguments are those of :func:`subject_alpha`; ``None`` without refinement, too.
    """
    if refinement == "none" or (own is None and graphic_of(image) is not None):
        return None
    return partial(refined, refinement=refinement)
