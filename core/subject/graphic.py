"""Flat graphics, line art and ink on paper: cut out by colour, for the networks know only photos.

A logo, a diagram or a scanned signature has a ground of one colour (or paper in uneven light) and
few colours on it. There a pixel's own colour says how much ink is in it: it lies on the line from
the ground's colour to an ink's (T. Porter, T. Duff, "Compositing Digital Images", 1984). So thin
strokes keep their every half tone, and no network is needed.

What is recognised is decided on a small sample of the picture's own pixels; photographs have too
many colours for it, products on white paper included.
"""

import weakref
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte.planes import blocks, resize_plane, resize_planes
from core.matte.regions import find_components, grown
from core.subject.ground import GROUND, border, ground_of

Plane = npt.NDArray[np.float32]
Colours = npt.NDArray[np.float32]

SAMPLE = 512
"""Longest side of the sample in pixels; picked, not averaged, so that colours stay pure."""

UNIFORM = 0.97
"""Share of the border that has to be ground."""

CELL = 12.0
"""Levels within which two pixels have one colour, when colours are counted."""

MOST_INKS = 6
"""Colours beside the ground that a flat graphic has at most."""

OWN_SHARE = 0.04
"""Part of all that is not ground that an ink has at least."""

ON_LINES = 0.94
"""Share of what is not ground that has to lie on a line from the ground to an ink."""

BESIDE = 30.0
"""Levels by which a pixel may lie beside that line."""

EDGE = 3
"""Pixels of the sample that what is drawn is made smaller by, to look at what it is filled with."""

EVEN, EVENLY = 13.0, 0.85
"""Levels within which what is inside has the colour of an ink, and the share of it that has to.

So a thing in grey light, whose shades all lie on one line, too, is no drawing.
"""

LEAST_INK, MOST_INK = 2e-4, 0.9
"""Part of the picture that is not ground, at least and at most."""

CONTRAST = 60.0
"""Levels by which an ink differs from the ground at least."""

FILLED = 3
"""From so many inks on, places in the colour of the ground that inks enclose belong to the
drawing (an eye, a tooth); in lettering of one or two they are holes."""

BLOCK = 1024
"""Side of the blocks in which a large picture is worked on, in pixels."""


@dataclass(frozen=True)
class Graphic:
    """A recognised graphic.

    Attributes:
        ground: float32 (3, h, w) in 0..255, the ground's colour, coarse, over the whole picture.
        inks: float32 (n, 3) in 0..255.
        noise: levels by which the ground differs from itself.
    """

    ground: Plane
    inks: Colours
    noise: float


_judged: dict[int, Graphic | None] = {}
"""What pictures were found to be, by their ``id``, as long as they live."""


def graphic_of(image: Image.Image) -> Graphic | None:
    """Return what a picture (mode RGB) is drawn with, ``None`` where it is no flat graphic.

    Each picture is looked at once; nobody asks again after its pixels have changed.
    """
    if id(image) not in _judged:
        judge(image, _recognised(image))
    return _judged[id(image)]


def judge(image: Image.Image, graphic: Graphic | None) -> None:
    """Let a picture count as this, for example because a smaller copy of it was looked at."""
    if id(image) not in _judged:
        weakref.finalize(image, _judged.pop, id(image), None)
    _judged[id(image)] = graphic


def _recognised(image: Image.Image) -> Graphic | None:
    """Return what :func:`graphic_of` does, from the picture's pixels."""
    sample = _sampled(image)
    pixels = np.asarray(sample, np.float32)
    ground = ground_of(pixels)
    if ground is None:
        return None
    grounds = resize_planes(ground, sample.size).transpose(1, 2, 0)
    away = np.abs(pixels - grounds).max(axis=-1)
    drawn = away > GROUND
    share = float(drawn.mean())
    band = border(drawn.shape)
    if not LEAST_INK < share < MOST_INK or float((~drawn)[band].mean()) < UNIFORM:
        return None
    inks = _inks_of(pixels[drawn], grounds[drawn])
    if inks is None or not _is_even(pixels, drawn, inks):
        return None
    noise = float(np.percentile(away[~drawn], 98))
    return Graphic(ground, inks, noise)


def _sampled(image: Image.Image) -> Image.Image:
    """Return a small copy made of some of a picture's own pixels."""
    scale = min(1.0, SAMPLE / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image if size == image.size else image.resize(size, Image.Resampling.NEAREST)


def _inks_of(drawn: Colours, grounds: Colours) -> Colours | None:
    """Return the few colours that all drawn pixels are mixtures of with the ground, (n, 3).

    ``drawn`` and ``grounds`` are float32 (n, 3). ``None`` where there are too many.
    """
    inks: list[npt.NDArray[np.float32]] = []
    left = np.ones(len(drawn), np.bool_)
    distance = np.abs(drawn - grounds).max(axis=1)
    while len(inks) < MOST_INKS and left.sum() > OWN_SHARE * len(drawn):
        ink = _commonest(drawn[left], distance[left])
        if float(np.abs(ink - grounds.mean(axis=0)).max()) < CONTRAST:
            break
        inks.append(ink)
        mixture, beside = _along(drawn, grounds, ink)
        explained = (beside < BESIDE) & (mixture > -0.1) & (mixture < 1.2)
        if not (explained & left).any():
            break
        left &= ~explained
    if not inks or left.mean() > 1 - ON_LINES:
        return None
    return np.stack(inks)


def _is_even(pixels: Plane, drawn: npt.NDArray[np.bool_], inks: Colours) -> bool:
    """Tell whether what is drawn is filled with nothing but inks, as far as it has an inside."""
    outside = ~drawn
    for _ in range(EDGE):
        outside = grown(outside)
    inside = pixels[~outside]
    if len(inside) < drawn.sum() / 50:
        return True
    nearest = np.min([np.abs(inside - ink).max(axis=1) for ink in inks], axis=0)
    return bool((nearest < EVEN).mean() > EVENLY)


def _commonest(colours: Colours, distance: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the commonest of some colours (n, 3), those far from the ground counting more."""
    cells = (colours / CELL).astype(np.int64)
    codes = (cells[:, 0] * 64 + cells[:, 1]) * 64 + cells[:, 2]
    names, at = np.unique(codes, return_inverse=True)
    weights = np.bincount(at, distance.astype(np.float64) ** 2, len(names))
    best = at == int(np.argmax(weights))
    middle = np.median(colours[best], axis=0)
    near = np.abs(colours - middle).max(axis=1) < CELL
    middle = np.median(colours[near], axis=0)
    return np.asarray(middle, np.float32)


def _along(
    colours: Colours, grounds: Colours, ink: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return how far colours (n, 3) lie from the ground to an ink (0..1), and how far beside."""
    line = ink - grounds
    offset = colours - grounds
    length = np.maximum((line * line).sum(axis=1), 1e-3)
    mixture = (offset * line).sum(axis=1) / length
    beside = np.abs(offset - np.clip(mixture, 0, 1)[:, np.newaxis] * line).max(axis=1)
    return mixture, beside


def graphic_alpha(image: Image.Image, graphic: Graphic) -> Image.Image:
    """Return the alpha of a recognised graphic, mode L, the picture's size (mode RGB)."""
    alpha = Image.new("L", image.size)
    height, width = graphic.ground.shape[1:]
    for place in blocks(image.size, BLOCK):
        size = place[2] - place[0], place[3] - place[1]
        box = (
            place[0] * width / image.width,
            place[1] * height / image.height,
            place[2] * width / image.width,
            place[3] * height / image.height,
        )
        grounds = resize_planes(graphic.ground, size, box=box).reshape(3, -1).T
        colours = np.asarray(image.crop(place), np.float32).reshape(-1, 3)
        levels = np.rint(_mixtures(colours, grounds, graphic) * 255).astype(np.uint8)
        alpha.paste(Image.fromarray(levels.reshape(size[1], size[0])), place[:2])
    return _filled(alpha) if len(graphic.inks) >= FILLED else alpha


def _mixtures(colours: Colours, grounds: Colours, graphic: Graphic) -> npt.NDArray[np.float32]:
    """Return how much ink is in each colour (n, 3), 0..1."""
    best = np.full(len(colours), np.inf, np.float32)
    alpha = np.zeros(len(colours), np.float32)
    for ink in graphic.inks:
        mixture, beside = _along(colours, grounds, ink)
        contrast = np.maximum(np.abs(ink - grounds).max(axis=1), 1.0)
        floor = np.minimum(np.float32(0.5), (graphic.noise + 1) / contrast)
        inked = (mixture - floor) / np.maximum(1 - 1.5 * floor, np.float32(0.2))
        better = beside < best
        best[better] = beside[better]
        alpha[better] = np.clip(inked, 0, 1)[better]
    return alpha


def _filled(alpha: Image.Image) -> Image.Image:
    """Return an alpha in which places that are enclosed by ink are full."""
    scale = min(1.0, BLOCK / max(alpha.size))
    size = max(1, round(alpha.width * scale)), max(1, round(alpha.height * scale))
    small = np.asarray(alpha.resize(size, Image.Resampling.BOX))
    empty = np.pad(small < 128, 1, constant_values=True)
    around = find_components(empty, corners=False)
    outside = np.arange(around.count) == around.labels[0]
    enclosed = (empty & ~around.paint(outside))[1:-1, 1:-1]
    if not enclosed.any():
        return alpha
    plane = resize_plane(enclosed.astype(np.float32), alpha.size)
    levels = np.asarray(alpha)
    full = np.where(plane > 0.25, np.uint8(255), levels)
    return Image.fromarray(full)
