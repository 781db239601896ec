"""The subject's own colours at soft edges, without the background that shines through.

A half transparent pixel of a photo shows a mixture of two colours. Cut out as it is, it carries
the old background along as a fringe. Here both colours are estimated everywhere along the edge
and the subject's own is kept.

Both colours change slowly, so a small copy of the photo suffices to estimate them. At the photo's
own size each soft pixel starts from them, and what their mixture lacks of its colour is shared out
between both once.

Papers: T. Germer, T. Uelwer, S. Conrad, S. Harmeling, "Fast Multi-Level Foreground Estimation",
ICPR 2020, for the small copy. There each pixel is updated in turn; here all pixels of a level at
once (Jacobi). M. Forte, "Approximate Fast Foreground Colour Estimation", ICIP 2021, equation 7,
for the last step.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte.planes import (
    PACKED,
    chosen_colours,
    packed_pixels,
    resize_plane,
    resize_planes,
    to_planes,
)

Plane = npt.NDArray[np.float32]

SMOOTHNESS = 1e-5
"""Weight of the wish that neighbours have the same colours (the paper's epsilon)."""

ROUNDS = 9
"""How often a level is relaxed: more than in the paper, as all pixels at once come nearer to the
answer by smaller steps."""

LARGEST = 384
"""Longest side in pixels of the last level."""

REDUCING_GAP = 2.0
"""Up to so many times the copy's size a photo is reduced by whole numbers, which is quicker."""

BLOCK = 128
"""Side in pixels of the parts in which the full-size photo is worked on."""

OPACITY: Plane = np.arange(256, dtype=np.float32) / np.float32(255)
"""Alpha of each of its 256 steps."""

SHARE: Plane = OPACITY / (OPACITY**2 + (1 - OPACITY) ** 2)
"""How much of what a pixel's mixture lacks goes to the subject's colour, by alpha."""


def own_colours(
    image: Image.Image, alpha: Image.Image, strength: float = 1.0, largest: int = LARGEST
) -> Image.Image:
    """Return the photo with the subject's own colours where alpha is neither 0 nor 255.

    ``image`` has mode RGB, ``alpha`` mode L and the same size; ``strength`` from 0 (the photo as
    it is) to 1 (no background colour left); ``largest`` is the longest side in pixels of the copy
    that colours are estimated on. The result is a new RGB image; where alpha is 0 or 255 its
    pixels are the photo's, bit for bit.

    Raises ``ValueError`` when the sizes differ or ``strength`` is out of range.
    """
    if alpha.size != image.size:
        raise ValueError(f"alpha of {alpha.size} for a photo of {image.size}")
    if not 0 <= strength <= 1:
        raise ValueError(f"a strength of {strength} is not between 0 and 1")
    result = image.copy() if image.mode == "RGB" else image.convert("RGB")
    clean(result, alpha, strength, largest)
    return result


def clean(
    image: Image.Image, alpha: Image.Image, strength: float = 1.0, largest: int = LARGEST
) -> None:
    """Do what :func:`own_colours` does, in ``image`` itself (mode RGB), without a copy of it."""
    ends: list[Image.Image] = []
    for top in range(0, image.height if strength else 0, BLOCK):
        strip = np.asarray(alpha.crop((0, top, image.width, min(top + BLOCK, image.height))))
        soft = strip - np.uint8(1) < 254  # 0 - 1 is 255
        if not soft.any():
            continue
        # Before the first pixel changes; afterwards blocks only change what is theirs alone.
        ends = ends or _pictures(estimate_colours(*_reduced(image, alpha, largest)))
        for left in range(0, image.width, BLOCK):
            columns = np.s_[:, left : left + BLOCK]
            _clean_block(image, ends, strip[columns], soft[columns], (left, top), strength)


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
        ends = relax(ends, level, opacity, ROUNDS)
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
    right, left = across / total[:, :-1], across / total[:, 1:]
    lower, upper = down / total[:-1], down / total[1:]
    clear = 1 - alpha
    share = 1 / (alpha * alpha + clear * clear + total)
    shares = np.stack([alpha * share, clear * share])[:, np.newaxis]
    means, ends, part = np.empty_like(ends), ends.copy(), np.empty_like(ends)
    for _ in range(iterations):
        np.multiply(ends[..., 1:], right, out=means[..., :-1])
        means[..., -1] = 0
        means[..., 1:] += np.multiply(ends[..., :-1], left, out=part[..., 1:])
        means[..., :-1, :] += np.multiply(ends[..., 1:, :], lower, out=part[..., 1:, :])
        means[..., 1:, :] += np.multiply(ends[..., :-1, :], upper, out=part[..., 1:, :])
        lacking = means[0] - means[1]
        lacking *= alpha
        lacking += means[1]
        np.subtract(image, lacking, out=lacking)
        means += np.multiply(lacking, shares, out=part)
        means, ends = ends, means
    return np.clip(ends, 0, 1, out=ends)


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
    colours = to_planes(image.resize(size, Image.Resampling.BOX, reducing_gap=REDUCING_GAP))
    opacity = np.array(
        alpha.resize(size, Image.Resampling.BOX, reducing_gap=REDUCING_GAP), np.float32
    )
    opacity /= 255
    return colours, opacity


def _pictures(ends: Plane) -> list[Image.Image]:
    """Return colours (2, 3, h, w) in 0..1 as two pictures, mode RGB."""
    codes = np.rint(ends * 255).astype(np.uint8).transpose(0, 2, 3, 1)
    return [Image.fromarray(np.ascontiguousarray(one)) for one in codes]


def _clean_block(
    result: Image.Image,
    ends: list[Image.Image],
    levels: npt.NDArray[np.uint8],
    soft: npt.NDArray[np.bool_],
    corner: tuple[int, int],
    strength: float,
) -> None:
    """Replace the colours of one block's soft pixels, in place.

    ``levels`` is the block's alpha and ``soft`` says where it is neither 0 nor 255, both (h, w);
    ``corner`` is its left and top in ``result``. ``ends`` are the two colours, reduced.
    """
    columns = np.flatnonzero(soft.any(axis=0))
    if not len(columns):
        return
    rows = np.flatnonzero(soft.any(axis=1))
    first, last, upper, lower = int(columns[0]), int(columns[-1]), int(rows[0]), int(rows[-1])
    inner = np.s_[upper : lower + 1, first : last + 1]
    which = np.flatnonzero(soft[inner])
    steps = levels[inner].ravel()[which]
    left, top, right, bottom = (
        corner[0] + first,
        corner[1] + upper,
        corner[0] + last + 1,
        corner[1] + lower + 1,
    )
    small = ends[0]
    across, down = small.width / result.width, small.height / result.height
    box = (
        left * across,
        top * down,
        min(small.width, right * across),
        min(small.height, bottom * down),
    )
    size = (right - left, bottom - top)
    own, behind = (
        chosen_colours(packed_pixels(end.resize(size, Image.Resampling.BILINEAR, box))[which])
        for end in ends
    )
    pixels = packed_pixels(result.crop((left, top, right, bottom))).copy()
    seen = chosen_colours(pixels[which])
    lacking = own - behind
    lacking *= OPACITY[steps]
    lacking += behind
    np.subtract(seen, lacking, out=lacking)
    lacking *= SHARE[steps]
    own += lacking
    if strength != 1:
        own -= seen
        own *= np.float32(strength)
        own += seen
    np.clip(own, 0, 255, out=own)
    codes = np.zeros((len(which), 4), np.uint8)
    codes[:, :3] = np.rint(own, out=own).astype(np.uint8).T
    pixels[which] = codes.view(np.uint32)[:, 0]
    cleaned = Image.frombuffer("RGB", size, pixels.tobytes(), "raw", PACKED, 0, 1)
    result.paste(cleaned, (left, top))
