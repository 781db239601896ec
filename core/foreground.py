"""The subject's own colours at soft edges, without the background that shines through.

A half transparent pixel of a photo shows a mixture of two colours. Cut out as it is, it carries
the old background along as a fringe. Here both colours are estimated everywhere along the edge
and the subject's own is kept.

Paper: T. Germer, T. Uelwer, S. Conrad, S. Harmeling, "Fast Multi-Level Foreground Estimation",
ICPR 2020. There each pixel is updated in turn; here all pixels of a level at once (Jacobi), and
at the photo's own size only the blocks that hold soft pixels.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.planes import blocks, enlarged_part, resize_plane, resize_planes, to_planes

Plane = npt.NDArray[np.float32]

Place = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

SMOOTHNESS = 1e-5
"""Weight of the wish that neighbours have the same colours (the paper's epsilon)."""

SMALL = 256
"""Levels up to this many pixels a side are relaxed :data:`OFTEN`, larger ones :data:`RARELY`."""

OFTEN = 10
RARELY = 4
"""More than the paper's, as all pixels at once come nearer to the answer by smaller steps."""

LARGEST = 640
"""Longest side in pixels of the last level that is computed as a whole."""

BLOCK = 128
"""Side in pixels of the parts in which the full-size photo is worked on."""

MARGIN = 3
"""Pixels around a block that take part, so that blocks fit together without a seam."""


def own_colours(
    image: Image.Image, alpha: Image.Image, strength: float = 1.0, largest: int = LARGEST
) -> Image.Image:
    """Return the photo with the subject's own colours where alpha is neither 0 nor 255.

    ``image`` has mode RGB, ``alpha`` mode L and the same size; ``strength`` from 0 (the photo as
    it is) to 1 (no background colour left); ``largest`` is the longest side in pixels of the last
    level that is computed as a whole. The result is a new RGB image; where alpha is 0 or 255 its
    pixels are the photo's, bit for bit.

    Raises ``ValueError`` when the sizes differ or ``strength`` is out of range.
    """
    if alpha.size != image.size:
        raise ValueError(f"alpha of {alpha.size} for a photo of {image.size}")
    if not 0 <= strength <= 1:
        raise ValueError(f"a strength of {strength} is not between 0 and 1")
    source = image if image.mode == "RGB" else image.convert("RGB")
    result = source.copy()
    levels = np.asarray(alpha)
    soft = (levels > 0) & (levels < 255)
    if strength == 0 or not soft.any():
        return result
    coarse = estimate_colours(*_reduced(source, alpha, largest))
    for block in blocks(image.size, BLOCK):
        place = _tightened(block, soft)
        if place:
            # Neighbouring blocks look across their borders at the photo, not at the result.
            result.paste(_clean_block(source, alpha, coarse, place, strength), place[:2])
    return result


def estimate_colours(image: Plane, alpha: Plane) -> Plane:
    """Return the colours of subject and background, float32 (2, 3, h, w) in 0..1.

    ``image`` is float32 (3, h, w), ``alpha`` (h, w), both in 0..1. From a single pixel on, each
    level starts with the result of the one half its size.
    """
    height, width = alpha.shape
    ends = np.stack([_mean_colour(image, alpha), _mean_colour(image, 1 - alpha)])
    side = 1
    while True:
        side = min(2 * side, max(height, width))
        scale = side / max(height, width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        planes = resize_planes(ends.reshape(6, *ends.shape[-2:]), size)
        ends = planes.reshape(2, 3, size[1], size[0])
        level = resize_planes(image, size, Image.Resampling.BOX)
        opacity = resize_plane(alpha, size, Image.Resampling.BOX)
        ends = relax(ends, level, opacity, OFTEN if side <= SMALL else RARELY)
        if side == max(height, width):
            return ends


def relax(ends: Plane, image: Plane, alpha: Plane, iterations: int) -> Plane:
    """Return better colours (2, 3, h, w) of subject and background.

    Every pixel of ``image`` (3, h, w) shall be the mixture by ``alpha`` (h, w) of its two colours,
    and these near their four neighbours', the more so where alpha changes (the paper's equation
    4). The 2x2 system of each pixel is solved from the neighbours' weighted mean: what the mixture
    of the means lacks is shared out in proportion to alpha and 1 - alpha.
    """
    across = SMOOTHNESS + np.abs(np.diff(alpha, axis=1))
    down = SMOOTHNESS + np.abs(np.diff(alpha, axis=0))
    total = np.zeros_like(alpha)
    total[:, :-1] += across
    total[:, 1:] += across
    total[:-1] += down
    total[1:] += down
    if not total.any():
        return ends  # a single pixel has no neighbours
    clear = 1 - alpha
    share = 1 / (alpha * alpha + clear * clear + total)
    for _ in range(iterations):
        means = np.zeros_like(ends)
        means[..., :-1] += across * ends[..., 1:]
        means[..., 1:] += across * ends[..., :-1]
        means[..., :-1, :] += down * ends[..., 1:, :]
        means[..., 1:, :] += down * ends[..., :-1, :]
        means /= total
        lacking = (image - alpha * means[0] - clear * means[1]) * share
        means[0] += alpha * lacking
        means[1] += clear * lacking
        ends = np.clip(means, 0, 1, out=means)
    return ends


def _mean_colour(image: Plane, weight: Plane) -> Plane:
    """Return the mean colour (3, 1, 1) of a picture, weighted; grey where there is no weight."""
    total = float(weight.sum())
    if total < 1e-3:
        return np.full((3, 1, 1), 0.5, np.float32)
    mean: Plane = (image * weight).sum(axis=(1, 2), keepdims=True) / np.float32(total)
    return mean


def _reduced(image: Image.Image, alpha: Image.Image, largest: int) -> tuple[Plane, Plane]:
    """Return colours (3, h, w) and alpha (h, w), the longer side at most ``largest`` pixels."""
    scale = min(1.0, largest / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    colours = to_planes(image.resize(size, Image.Resampling.BOX))
    opacity = np.array(alpha.resize(size, Image.Resampling.BOX), np.float32)
    opacity /= 255
    return colours, opacity


def _tightened(block: Place, soft: npt.NDArray[np.bool_]) -> Place | None:
    """Return the smallest part of a block that holds its soft pixels; ``None`` without any."""
    left, top, right, bottom = block
    part = soft[top:bottom, left:right]
    columns = np.flatnonzero(part.any(axis=0))
    if not len(columns):
        return None
    rows = np.flatnonzero(part.any(axis=1))
    return (
        left + int(columns[0]),
        top + int(rows[0]),
        left + int(columns[-1]) + 1,
        top + int(rows[-1]) + 1,
    )


def _clean_block(
    image: Image.Image, alpha: Image.Image, coarse: Plane, place: Place, strength: float
) -> Image.Image:
    """Return one block of the photo with its soft pixels' colours replaced, mode RGB."""
    around = (
        max(0, place[0] - MARGIN),
        max(0, place[1] - MARGIN),
        min(image.width, place[2] + MARGIN),
        min(image.height, place[3] + MARGIN),
    )
    levels = np.asarray(alpha.crop(around))
    pixels = np.array(image.crop(around))
    colours = pixels.transpose(2, 0, 1).astype(np.float32)
    colours /= 255
    ends = enlarged_part(coarse.reshape(6, *coarse.shape[-2:]), image.size, around)
    ends = ends.reshape(2, 3, *levels.shape)
    opacity = levels.astype(np.float32)
    opacity /= 255
    own = relax(ends, colours, opacity, RARELY)[0]
    own -= colours
    own *= strength
    own += colours
    own *= 255
    soft = (levels > 0) & (levels < 255)
    pixels[soft] = np.rint(own.transpose(1, 2, 0)[soft]).astype(np.uint8)
    top, left = place[1] - around[1], place[0] - around[0]
    inner = pixels[top : top + place[3] - place[1], left : left + place[2] - place[0]]
    return Image.fromarray(np.ascontiguousarray(inner))
