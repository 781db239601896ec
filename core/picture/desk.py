"""The desk on which the user edits: a small copy of the photo that answers at once.

The same stages as in :mod:`core.picture.render`, each of which remembers its last result, so that a
change costs only what comes after it: a new background does not refine the matte again, and a
slider does not replay the strokes. While a control moves, a small *draft* follows it:
a sixth of the pixels, from the same refined matte.
"""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops

from common.edits.geometry import GEOMETRY, Geometry
from core.files.decode import Photo
from core.matte.edges import Refine, adjusted
from core.matte.foreground import LARGEST, own_colours
from core.picture.framing import Box, frame_with_room
from core.picture.geometry import placed
from core.picture.preview import fit, reduced, reduced_cutout
from core.picture.render import Cut, Edit, Rendering, assembled, canvas_for, frame_of
from core.picture.resize import in_form
from core.strokes.touch_up import TouchUp
from core.subject.known import refine_of, subject_alpha

SIDE = 1600
"""Longest side of the copy, and of what is shown of it, in pixels."""

WHOLE = "whole"
"""The key of the alpha of a photo that is not cut out."""

DRAFT_SIDE = 640
"""Longest side of a draft in pixels."""

DRAFT_LEVEL = 128
"""Side of the last level of a draft's colours that is computed as a whole; see
:data:`core.matte.foreground.LARGEST`."""

Stage = TypeVar("Stage")


class Desk:
    """A small copy of a photo and of its matte, rendered again after every change of the edit.

    Attributes:
        scale: pixels of the copy per pixel of the photo.
        image: the copy, mode RGB.
        alpha: the photo's own alpha at that size, mode L, or ``None``.
    """

    def __init__(
        self,
        photo: Photo,
        matte: npt.NDArray[np.float32] | None,
        side: int = SIDE,
        original: "Desk | None" = None,
    ) -> None:
        """Prepare a desk; ``matte`` is the network's, float32 (h, w) in 0..1 of any size.

        Without one (``None``) the whole photo is shown, as without the step "cut out". ``side``
        bounds the longer side of the copy. With ``original`` this is a draft of that desk:
        ``photo`` is its copy, and it refines the matte for both. The photo is left as it is.
        """
        size = fit(photo.image.size, side)
        self.scale: float = size[0] / photo.image.width * (original.scale if original else 1)
        self.image = reduced(photo, side)
        self.alpha = photo.alpha and photo.alpha.resize(size, Image.Resampling.HAMMING)
        self._matte = matte
        self._side = side
        self._original = original
        self._draft: Desk | None = None
        self._level = DRAFT_LEVEL if original else LARGEST
        self._touch_up = TouchUp()
        self._picture: Image.Image | None = None
        self._pictures = 0
        self._memory: dict[str, tuple[str, Any]] = {}

    def draft(self) -> "Desk":
        """Return the desk for a quick look, this one itself when it is small enough."""
        if max(self.image.size) <= DRAFT_SIDE:
            return self
        if self._draft is None:
            copy = Photo(self.image, self.alpha)
            self._draft = Desk(copy, self._matte, DRAFT_SIDE, original=self)
        return self._draft

    def seed(self, edit: Edit, cut: Cut) -> None:
        """Take over what was computed at full size for a checked edit without strokes.

        The picture is reduced in proportion to its alpha, so no hidden colour gets into its edge.
        """
        size = self.image.size
        reduced = cut.refined.resize(size, Image.Resampling.HAMMING, reducing_gap=3.0)
        self._memory["refined"] = (edit["edges"]["refinement"], reduced)
        cutout = reduced_cutout(cut.cutout, size)
        _, alpha_key = self._subject(edit)
        self._memory["alpha"] = (alpha_key, cutout.getchannel("A"))
        self._memory["cutout"] = (_key(alpha_key, edit["edges"]["decontamination"]), cutout)

    def render(
        self,
        edit: Edit,
        picture: Image.Image | None = None,
        whole: bool = False,
        around: bool = False,
    ) -> Rendering:
        """Return the copy with a checked edit.

        ``picture`` is the user's own background, best the same object each time. With ``whole``
        geometry and frame are left out, as touch-up needs it; with ``around`` it shows all of the
        photo and of the frame with some room around both, to move the frame by hand.
        """
        if whole:
            framing = {**edit["framing"], "kind": "original"}
            edit = {**edit, "framing": framing, "geometry": GEOMETRY.clean({}, "geometry")}
        cutout, alpha, unit, key = self._placed(edit)
        frame = frame_of(alpha, edit, unit, self.scale, self._side)
        if around:
            frame = frame_with_room(frame, alpha.size, self._side)
        background, geometry = edit["background"], edit["geometry"]
        below = key if background["kind"] == "blur" else ""
        if picture is not self._picture:
            self._picture, self._pictures = picture, self._pictures + 1
        canvas_key = _key(below, background, frame.box, frame.size, self._pictures)
        canvas = self._remembered(
            "canvas",
            canvas_key,
            lambda: canvas_for(background, frame, placed(self.image, geometry), alpha, picture),
        )
        return assembled(cutout, frame, canvas and canvas.copy(), edit["shadow"], unit)

    def frame_box(self, edit: Edit) -> list[float]:
        """Return the box of a checked edit's frame in parts of the sides of what it frames."""
        _, alpha, unit, _ = self._placed(edit)
        frame = frame_of(alpha, edit, unit, self.scale, self._side)
        return in_parts(frame.box, alpha.size)

    def ground_box(self, edit: Edit, shown: Rendering) -> list[float]:
        """Return the box that a rendering shows, as :meth:`frame_box` does."""
        _, alpha, _, _ = self._placed(edit)
        return in_parts(shown.frame.box, alpha.size)

    def _placed(self, edit: Edit) -> tuple[Image.Image, Image.Image, int, str]:
        """Return the cutout after the geometry (mode RGBA), and its alpha (mode L).

        Also the longer side that it had before, and the key of all that it depends on.
        """
        alpha, alpha_key = self._subject(edit)
        cutout_key = _key(alpha_key, edit["edges"]["decontamination"])
        share = edit["edges"]["decontamination"] if alpha_key != WHOLE else 0
        cutout = self._remembered(
            "cutout", cutout_key, lambda: self._cutout(alpha, alpha_key, share)
        )
        unit, geometry = max(cutout.size), edit["geometry"]
        key = _key(cutout_key, geometry)
        if not Geometry(geometry).is_neutral:
            cutout = self._remembered("placed", key, lambda: placed(cutout, geometry))
            alpha = cutout.getchannel("A")
        return cutout, alpha, unit, key

    def _subject(self, edit: Edit) -> tuple[Image.Image, str]:
        """Return the subject's alpha, mode L, and the key of all that it depends on."""
        if self._matte is None or not edit["steps"]["cutout"]:
            return self.alpha or Image.new("L", self.image.size, 255), WHOLE
        matte = self._matte
        edges = edit["edges"]
        base = self._refined(matte, edges["refinement"])
        sliders = {name: edges[name] for name in edges if name != "decontamination"}
        key = _key(sliders)
        smooth = self._remembered("adjusted", key, lambda: adjusted(base, edges, self.scale))
        key = _key(sliders, edit["strokes"])
        return self._remembered("alpha", key, lambda: self._touched_up(smooth, edit)), key

    def _refine(self, edit: Edit) -> Refine | None:
        """Return what finds the edges of clicked regions, if there are any."""
        clicks = any(stroke["kind"] == "region" for stroke in edit["strokes"])
        refinement = edit["edges"]["refinement"] if clicks else "none"
        return self._remembered(
            "refine", refinement, lambda: refine_of(self.image, self.alpha, refinement)
        )

    def _refined(self, matte: npt.NDArray[np.float32], refinement: str) -> Image.Image:
        """Return the alpha after refinement, mode L."""
        original = self._original
        if original is None:
            return self._remembered(
                "refined",
                refinement,
                lambda: subject_alpha(self.image, self.alpha, matte, refinement),
            )
        exact = original._refined(matte, refinement)
        return self._remembered(
            "refined",
            refinement,
            lambda: exact.resize(self.image.size, Image.Resampling.HAMMING),
        )

    def _touched_up(self, alpha: Image.Image, edit: Edit) -> Image.Image:
        """Return the alpha after all strokes, within the photo's own."""
        if edit["strokes"]:
            matte = np.asarray(alpha, np.float32) / np.float32(255)
            matte = self._touch_up.apply(matte, edit["strokes"], self.image, self._refine(edit))
            alpha = Image.fromarray(np.rint(np.clip(matte, 0, 1) * 255).astype(np.uint8))
        return alpha if self.alpha is None else ImageChops.multiply(alpha, self.alpha)

    def _cutout(self, alpha: Image.Image, alpha_key: str, share: float) -> Image.Image:
        """Return the cutout, mode RGBA; ``share`` of the old background is taken out."""
        if share == 0:
            cutout = self.image.copy()
        else:
            own = self._remembered(
                "own", alpha_key, lambda: own_colours(self.image, alpha, largest=self._level)
            )
            # The share mixes the photo with the subject's own colours, which need not be
            # estimated again for it.
            cutout = own.copy() if share == 1 else Image.blend(self.image, own, share)
        cutout.putalpha(alpha)
        return cutout

    def _remembered(self, stage: str, key: str, compute: Callable[[], Stage]) -> Stage:
        """Return a stage's last result if its key is the same, else compute it."""
        known = self._memory.get(stage)
        if known is None or known[0] != key:
            # The old result goes first: both at once would not fit on small devices.
            self._memory.pop(stage, None)
            known = (key, compute())
            self._memory[stage] = known
        result: Stage = known[1]
        return result


def render_preview(
    desk: Desk,
    edit: Edit,
    picture: Image.Image | None = None,
    whole: bool = False,
    draft: bool = False,
    around: bool = False,
) -> tuple[npt.NDArray[np.uint8], Rendering]:
    """Return what a canvas takes, uint8 (h, w, 4) with straight alpha, and the rendering.

    A new size shows only where it changes the proportions. ``draft`` asks for a quick, small
    one; ``whole`` and ``around`` as for :meth:`Desk.render`.
    """
    rendering = (desk.draft() if draft else desk).render(edit, picture, whole, around)
    finished = not (whole or around)
    shown = in_form(rendering.image, edit["resize"]) if finished else rendering.image
    return np.array(shown.convert("RGBA")), rendering


def in_parts(box: Box, size: tuple[int, int]) -> list[float]:
    """Return a box in pixels of a picture of ``size`` in parts of its sides."""
    return [box[0] / size[0], box[1] / size[1], box[2] / size[0], box[3] / size[1]]


def _key(*parts: Any) -> str:
    """Return a text that is equal for equal JSON values."""
    return json.dumps(parts, sort_keys=True)
