"""Which part of the photo the result shows, and how large it gets.

A frame is a box in the photo, which may reach beyond it, and the size of the result. Unless a
canvas asks for a number of pixels or millimetres, the box has whole pixels and the result as
many of them, so nothing is resampled and every pixel stays what it was.
"""

import math
from dataclasses import dataclass
from typing import Any

from PIL import Image

from common.edits.edit import canvas_size
from common.limits import MAX_MEGAPIXELS

SUBJECT_LEVEL = 26
"""Alpha (of 255) from which a pixel counts for the subject's box: a tenth. Fainter traces, which
nobody sees, would make the crop wander."""

ROOM = 0.12
"""Room around photo and frame, in parts of the longer side, where the frame is moved by hand."""

MOST_ELONGATED = 20.0
"""Largest ratio between the sides of a canvas."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """What the result shows.

    ``box`` is (left, top, right, bottom) in pixels of the photo, ``size`` (width, height) of the
    result in pixels, ``dpi`` the resolution to write into the file or ``None``.
    """

    box: Box
    size: tuple[int, int]
    dpi: int | None = None

    @property
    def scale(self) -> float:
        """Pixels of the result per pixel of the photo."""
        return self.size[0] / (self.box[2] - self.box[0])

    @property
    def is_exact(self) -> bool:
        """Whether pixels are copied, not resampled."""
        left, top, right, bottom = self.box
        whole = all(float(edge).is_integer() for edge in self.box)
        return whole and (right - left, bottom - top) == self.size


def frame_for(
    framing: dict[str, Any],
    alpha: Image.Image,
    scale: float = 1.0,
    shadow: Box | None = None,
    largest: int | None = None,
) -> Frame:
    """Return the frame for a checked framing around the subject in ``alpha``.

    ``alpha`` has mode L and the size of the photo or of a preview that is ``scale`` times as
    large. ``shadow`` is the box that a shadow reaches, which must not be trimmed away;
    ``largest`` bounds the sides of the result, for previews.

    The margin is a percentage of the subject's longer side or pixels: of the photo, or of the
    result where a canvas fixes its size. A subject that the photo's edge cuts off gets no margin
    there, since its cut must not float in the middle. Where there is no subject at all, it is the
    whole photo. A ``place`` that a hand has given is taken as it is, in the canvas' form.
    """
    whole = (0, 0, *alpha.size)
    kind = framing["kind"]
    if kind == "original":
        return _limited(Frame(whole, alpha.size), largest)
    if framing["place"]:
        return _limited(_by_hand(framing, alpha.size), largest)
    if kind == "trim":
        return _limited(_cropped(_joined(alpha.getbbox(), shadow) or whole), largest)
    subject = subject_box(alpha) or whole
    touching = tuple(s == w for s, w in zip(subject, whole, strict=True))
    margin, unit = framing["margin"], framing["margin_unit"]
    longer = max(subject[2] - subject[0], subject[3] - subject[1])
    fixed = canvas_size(framing["canvas"]) if kind == "canvas" else None
    if unit == "%":
        space = margin / 100 * longer
    elif fixed is None:
        space = margin * scale
    else:
        space = _space_in_photo(margin, subject, touching, fixed)
    outer = _grown(subject, touching, space)
    if kind == "subject":
        return _limited(_cropped(outer), largest)
    if fixed is None:
        canvas = framing["canvas"]
        ratio = canvas["width"] / canvas["height"]
        return _limited(_with_ratio(outer, touching, ratio), largest)
    dpi = framing["canvas"]["dpi"] if framing["canvas"]["kind"] == "mm" else None
    return _limited(_on_canvas(outer, touching, fixed, dpi), largest)


def _by_hand(framing: dict[str, Any], size: tuple[int, int]) -> Frame:
    """Return the frame at the ``place`` of a framing in a picture of ``size``."""
    left, top, right, bottom = framing["place"]
    box = (left * size[0], top * size[1], right * size[0], bottom * size[1])
    box = (box[0], box[1], max(box[0] + 1, box[2]), max(box[1] + 1, box[3]))
    anywhere, canvas = (False,) * 4, framing["canvas"]
    if framing["kind"] != "canvas":
        return _cropped(box)
    fixed = canvas_size(canvas)
    if fixed is None:
        return _with_ratio(box, anywhere, canvas["width"] / canvas["height"])
    return _on_canvas(box, anywhere, fixed, canvas["dpi"] if canvas["kind"] == "mm" else None)


def subject_box(alpha: Image.Image) -> tuple[int, int, int, int] | None:
    """Return left, top, right, bottom of the subject in ``alpha`` (mode L), if there is one."""
    return alpha.point([0] * SUBJECT_LEVEL + [255] * (256 - SUBJECT_LEVEL)).getbbox()


def _joined(one: Any, other: Any) -> Any:
    """Return the smallest box around two boxes, either of which may be ``None``."""
    if one is None or other is None:
        return one or other
    return (*map(min, one[:2], other[:2]), *map(max, one[2:], other[2:]))


def _grown(box: Any, touching: tuple[bool, ...], space: float) -> Box:
    """Return a box with ``space`` more on every side that does not touch the photo's edge."""
    left, top, right, bottom = (0.0 if cut else space for cut in touching)
    return box[0] - left, box[1] - top, box[2] + right, box[3] + bottom


def _cropped(box: Any) -> Frame:
    """Return the frame that copies a box, with its edges on whole pixels."""
    left, top, right, bottom = (math.floor(edge + 0.5) for edge in box)
    return Frame((left, top, right, bottom), (right - left, bottom - top))


def _space_in_photo(
    margin: float, subject: Any, touching: tuple[bool, ...], size: tuple[int, int]
) -> float:
    """Return a margin in pixels of the result as pixels of the photo; see :func:`frame_for`."""
    scales = []
    for side in (0, 1):
        room = size[side] - margin * (2 - touching[side] - touching[side + 2])
        scales.append(max(room, 1.0) / (subject[side + 2] - subject[side]))
    return float(margin / min(scales))


def _placed(box: Box, touching: tuple[bool, ...], width: float, height: float) -> Box:
    """Return a box of that size around ``box``: centred, or flush where the photo cuts it off."""
    edges = []
    for side, length in ((0, width), (1, height)):
        start, stop = box[side], box[side + 2]
        share = 0.5
        if touching[side] != touching[side + 2]:
            share = 0.0 if touching[side] else 1.0
        edges.append(start - (length - (stop - start)) * share)
    return edges[0], edges[1], edges[0] + width, edges[1] + height


def _with_ratio(box: Box, touching: tuple[bool, ...], ratio: float) -> Frame:
    """Return the smallest frame around a box whose width is ``ratio`` times its height."""
    ratio = min(max(ratio, 1 / MOST_ELONGATED), MOST_ELONGATED)
    width, height = math.ceil(box[2] - box[0]), math.ceil(box[3] - box[1])
    if width >= height * ratio:
        height = max(height, round(width / ratio))
    else:
        width = max(width, round(height * ratio))
    left, top, _, _ = _placed(box, touching, width, height)
    left, top = math.floor(left + 0.5), math.floor(top + 0.5)
    return Frame((left, top, left + width, top + height), (width, height))


def _on_canvas(
    box: Box, touching: tuple[bool, ...], size: tuple[int, int], dpi: int | None
) -> Frame:
    """Return the frame that fits a box into ``size``."""
    fit = min(size[0] / (box[2] - box[0]), size[1] / (box[3] - box[1]))
    return Frame(_placed(box, touching, size[0] / fit, size[1] / fit), size, dpi)


def _limited(frame: Frame, largest: int | None) -> Frame:
    """Return a frame whose result is reduced to what can be worked on.

    That is the limit for photos and, unless ``None``, ``largest`` pixels on the longer side.
    """
    width, height = frame.size
    scale = min(1.0, math.sqrt(MAX_MEGAPIXELS * 1e6 / (width * height)))
    if largest is not None:
        scale = min(scale, largest / max(width, height))
    if scale == 1:
        return frame
    return Frame(frame.box, (max(1, int(width * scale)), max(1, int(height * scale))), frame.dpi)


def frame_with_room(frame: Frame, size: tuple[int, int], largest: int) -> Frame:
    """Return a frame that shows all of another one and of its picture, with room around both.

    ``size`` is the picture's; ``largest`` bounds the sides of the result in pixels.
    """
    outer = _joined(frame.box, (0, 0, *size))
    room = ROOM * max(outer[2] - outer[0], outer[3] - outer[1])
    return _limited(_cropped(_grown(outer, (False,) * 4, room)), largest)


def framed(image: Image.Image, frame: Frame) -> Image.Image:
    """Return the part of an image (mode RGBA or L) that a frame shows, empty beyond its edges.

    Colours are averaged in proportion to their alpha; enlarged with a bicubic filter, reduced
    with one (Hamming) that cannot ring.
    """
    left, top, right, bottom = frame.box
    if frame.is_exact:
        return image.crop((int(left), int(top), int(right), int(bottom)))
    # Only what the photo has is resampled: a frame may reach far beyond it.
    across = frame.size[0] / (right - left)
    down = frame.size[1] / (bottom - top)
    start = math.floor(max(0, -left) * across), math.floor(max(0, -top) * down)
    stop = (
        math.ceil((min(right, image.width) - left) * across),
        math.ceil((min(bottom, image.height) - top) * down),
    )
    if start[0] >= stop[0] or start[1] >= stop[1]:
        return Image.new(image.mode, frame.size)
    source = left + start[0] / across, top + start[1] / down
    end = left + stop[0] / across, top + stop[1] / down
    outer = (math.floor(source[0]), math.floor(source[1]), math.ceil(end[0]), math.ceil(end[1]))
    part = image.crop(outer)
    method = Image.Resampling.BICUBIC if across > 1 else Image.Resampling.HAMMING
    box = (source[0] - outer[0], source[1] - outer[1], end[0] - outer[0], end[1] - outer[1])
    box = (box[0], box[1], min(box[2], part.width), min(box[3], part.height))
    scaled = part.resize((stop[0] - start[0], stop[1] - start[1]), method, box)
    canvas = Image.new(image.mode, frame.size)
    canvas.paste(scaled, start)
    return canvas
