"""An edit, from the photo and the network's matte to the finished picture.

The matte is refined against the photo, adjusted by the sliders and touched up by the strokes;
that is the subject's alpha. Where it is neither empty nor full, the background's share is taken
out of the colours. Then the geometry straightens, mirrors, turns and crops photo and cutout alike
(:mod:`core.picture.geometry`). The frame cuts out what is to be seen; behind the subject come its
shadow and the background. A fully opaque pixel keeps its colour bit for bit, unless straightening
or the frame resamples. Last comes the size that was asked for.

Without the step "cut out" there is no matte: the photo itself, with its own transparency, takes
the subject's place.

:mod:`core.picture.desk` does the same on a small copy, for the eye, and remembers every stage.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops

from core.files.decode import Photo
from core.matte.edges import adjusted, decontaminated
from core.picture.background import backdrop
from core.picture.framing import Frame, frame_for, framed, subject_box
from core.picture.geometry import placed
from core.picture.resize import resized
from core.picture.shadow import shadow_box, shadow_mask
from core.picture.surroundings import blurred_surroundings
from core.strokes.areas import bands
from core.strokes.strokes import apply_strokes
from core.subject.known import refine_of, subject_alpha

Edit = dict[str, Any]
"""A checked edit, see :mod:`common.edits.edit`."""


@dataclass(frozen=True)
class Rendering:
    """A finished picture.

    ``image`` has mode RGBA, or RGB with a background; ``mask`` (mode L) is the subject's alpha in
    the same frame; ``frame`` says which part of the photo it is.
    """

    image: Image.Image
    mask: Image.Image
    frame: Frame


@dataclass(frozen=True)
class Cut:
    """The costly part of a rendering: the ``refined`` alpha (mode L), the ``cutout`` (RGBA)."""

    refined: Image.Image
    cutout: Image.Image


def render(
    photo: Photo,
    matte: npt.NDArray[np.float32] | None,
    edit: Edit,
    picture: Image.Image | None = None,
    cut: Cut | None = None,
) -> Rendering:
    """Return a photo with its edit at full size.

    ``matte`` is the network's, float32 (h, w) in 0..1 of any size; ``edit`` a checked one;
    ``picture`` the user's own background. ``cut`` is what :func:`cut_out` gave for the same three
    before, if the caller kept it. The photo is left as it is.

    Where the edit does not cut out, ``matte`` may be ``None``; elsewhere that is a ``ValueError``.
    Raises :class:`Refusal` ``size_refused`` when the size that was asked for is too large.
    """
    if not edit["steps"]["cutout"]:
        return in_size(uncut(photo, edit, picture), edit["resize"])
    if matte is None:
        raise ValueError("a cutout without a matte")
    cut = cut or cut_out(photo, matte, edit)
    return in_size(composed(cut.cutout, photo.image, edit, picture), edit["resize"])


def cut_out(photo: Photo, matte: npt.NDArray[np.float32], edit: Edit, used_up: bool = False) -> Cut:
    """Return the subject of a photo at full size; see :func:`render` for the arguments.

    With ``used_up`` the photo's own pixels become the cutout's, and nobody may read them any more:
    at 12 megapixels a copy takes 48 MB.
    """
    image = photo.image
    first = subject_alpha(image, photo.alpha, matte, edit["edges"]["refinement"])
    alpha = finished_alpha(photo, first, edit)
    cutout = decontaminated(image, alpha, edit["edges"]["decontamination"], used_up)
    cutout.putalpha(alpha)
    return Cut(first, cutout)


def uncut(photo: Photo, edit: Edit, picture: Image.Image | None = None) -> Rendering:
    """Return the whole photo in its frame, over all that lies behind its own transparency.

    An opaque photo stays mode RGB as long as the frame does not reach beyond it.
    """
    image = photo.image
    opaque = photo.alpha is None
    if opaque and edit["framing"]["kind"] == "original":
        image = placed(image, edit["geometry"])
        alpha = Image.new("L", image.size, 255)
        return Rendering(image, alpha, Frame((0, 0, *image.size), image.size))
    cutout = image.copy()
    cutout.putalpha(photo.alpha or 255)
    rendering = composed(cutout, image, edit, picture)
    result = rendering.image
    if opaque and result.mode == "RGBA" and result.getchannel("A").getextrema() == (255, 255):
        result = result.convert("RGB")
    return Rendering(result, rendering.mask, rendering.frame)


def in_size(rendering: Rendering, resize: dict[str, Any]) -> Rendering:
    """Return a rendering in the size of a checked ``resize`` section; its print size stays."""
    image = resized(rendering.image, resize)
    if image is rendering.image:
        return rendering
    dpi = rendering.frame.dpi and round(rendering.frame.dpi * image.width / rendering.image.width)
    frame = Frame(rendering.frame.box, image.size, dpi)
    return Rendering(image, resized(rendering.mask, resize), frame)


def finished_alpha(photo: Photo, refined_alpha: Image.Image, edit: Edit) -> Image.Image:
    """Return a refined alpha (mode L) after sliders and strokes, within the photo's own."""
    alpha = adjusted(refined_alpha, edit["edges"])
    if edit["strokes"]:
        clicks = any(stroke["kind"] == "region" for stroke in edit["strokes"])
        refinement = edit["edges"]["refinement"] if clicks else "none"
        refine = refine_of(photo.image, photo.alpha, refinement)
        levels = apply_strokes(np.asarray(alpha), edit["strokes"], photo.image, refine)
        alpha = Image.fromarray(levels)
    return alpha if photo.alpha is None else ImageChops.multiply(alpha, photo.alpha)


def composed(
    cutout: Image.Image, photo: Image.Image, edit: Edit, picture: Image.Image | None = None
) -> Rendering:
    """Return a cutout (mode RGBA) of a photo (mode RGB) in its frame, over all that lies behind.

    Both are as large as the whole photo; the geometry is still to come.
    """
    unit = max(cutout.size)
    cutout = placed(cutout, edit["geometry"])
    alpha = cutout.getchannel("A")
    frame = frame_of(alpha, edit, unit)
    if edit["background"]["kind"] == "blur":
        photo = placed(photo, edit["geometry"])
    canvas = canvas_for(edit["background"], frame, photo, alpha, picture)
    return assembled(cutout, frame, canvas, edit["shadow"], unit)


def frame_of(
    alpha: Image.Image, edit: Edit, unit: float, scale: float = 1.0, largest: int | None = None
) -> Frame:
    """Return the frame of an edit around the subject and, as far as it matters, its shadow.

    ``alpha`` has mode L and is straightened, turned and cropped; ``unit`` is the longer side that
    the photo had before, in its pixels. See :func:`core.picture.framing.frame_for` for ``scale``
    and ``largest``.
    """
    subject = subject_box(alpha)
    shadow = shadow_box(subject, edit["shadow"], unit) if subject else None
    return frame_for(edit["framing"], alpha, scale, shadow, largest)


def canvas_for(
    background: dict[str, Any],
    frame: Frame,
    photo: Image.Image,
    alpha: Image.Image,
    picture: Image.Image | None = None,
) -> Image.Image | None:
    """Return what lies behind the subject in a frame, mode RGB, ``None`` where it is empty."""
    if background["kind"] == "transparent":
        return None
    if background["kind"] == "blur":
        return blurred_surroundings(photo, alpha, background["blur"], frame.box, frame.size)
    return backdrop(background, frame.size, picture)


def assembled(
    cutout: Image.Image,
    frame: Frame,
    canvas: Image.Image | None,
    shadow: dict[str, Any],
    unit: float,
) -> Rendering:
    """Return a cutout (mode RGBA) in its frame over its shadow on ``canvas``, which is used up.

    ``unit`` as for :func:`frame_of`.
    """
    part = cutout if frame.is_exact and frame.size == cutout.size else framed(cutout, frame)
    mask = part.getchannel("A")
    shade = shadow_mask(mask, shadow, unit * frame.scale)
    if canvas is None and shade is None:
        return Rendering(part, mask, frame)
    below = canvas or Image.new("RGBA", frame.size, shadow["colour"])
    if shade is not None and canvas is not None:
        below.paste(shadow["colour"], mask=shade)
    elif shade is not None:
        below.putalpha(shade)
    _lay_over(below, part)
    return Rendering(below, mask, frame)


def _lay_over(below: Image.Image, part: Image.Image) -> None:
    """Lay ``part`` (mode RGBA) over ``below`` (RGB or RGBA, same size), in place.

    Band by band, since Pillow makes copies of both.
    """
    for rows, columns in bands((0, 0, *below.size), 1):
        box = (columns.start, rows.start, columns.stop, rows.stop)
        strip = part.crop(box)
        if below.mode == "RGBA":
            below.paste(Image.alpha_composite(below.crop(box), strip), box)
        else:
            below.paste(strip, box, strip)
