"""Where the network's matte is to be believed, and where the photo has to be asked.

A trimap divides a picture into subject, background and the unknown band between them (the word
is Y.-Y. Chuang's and others', "A Bayesian Approach to Digital Matting", CVPR 2001). Here the
band follows the matte: narrow where its edge is crisp, wide where it is blurred, as it is around
hair and fur.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte.box import box_sum
from core.matte.planes import resize_plane

Plane = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]
"""A mask, packed."""

WORD = 64
"""Pixels of a row in one number of a packed mask."""

SUBJECT = 0.9
"""Values of the matte above this are subject outside the band: the network is rarely surer."""

BACKGROUND = 0.1
"""Values below this are background outside the band."""

INWARD = 4.5
"""Reach of the band into the subject, in widths of the edge.

More than :data:`OUTWARD`, as the network tends to take the gaps between hairs for subject.
"""

OUTWARD = 2.0
"""Reach of the band into the background, in widths of the edge."""

NARROWEST = 2
"""Least reach of the band on either side, in mask pixels."""

WIDEST = 30
"""Largest reach of the band on either side, in mask pixels."""

WINDOW = 7
"""Radius in mask pixels of the surroundings in which the width of an edge is measured."""

SOFTEST = 14
"""Width in mask pixels of the softest edges, long fur out of focus."""

UNDECIDED = 24
"""Width in mask pixels from which a transition is no edge: the network could not tell subject
from background, and colours, being as alike, must not be asked in its place."""

CRISP = 1.5
"""Width in mask pixels of the edge of a hard object, enlarged with a smooth filter."""


VAGUE = (14, 20)
"""Width in mask pixels between which a transition becomes vague: hardly half transparent, it is an
area over which the network wavers."""

DECISION = 2.0
"""Contrast that vague areas get, so that fewer of them stay as ghosts in the finished picture."""


CRISPER = 1.25
"""Contrast of edges whose softness only says how coarse the mask is."""

NEAR = 6
"""Mask pixels within which such an edge has both what is surely subject and what is surely not."""

PLAIN = (0.8, 0.95)
"""Difference of the matte within that reach between which an edge becomes such a one."""


@dataclass
class Trimap:
    """A matte, divided. All planes are (h, w) of the picture that it was made for.

    Attributes:
        unknown: the band.
        subject, background: bool, known beyond doubt. Neither is a place where the network was
            undecided far from any edge, such as glass.
        matte: float32 in 0..1, 1 in the subject and 0 in the background.
        width: float32, how many mask pixels the edge is wide around here, 1 to SOFTEST.
        depth: float32, 0 at the edge and 1 where the band ends.
    """

    unknown: Mask
    subject: Mask
    background: Mask
    matte: Plane
    width: Plane
    depth: Plane


def make_trimap(matte: Plane, unit: float = 1.0) -> Trimap:
    """Return the trimap of a matte, float32 (h, w) in 0..1.

    ``unit`` is how many of its pixels make up one pixel of the network's mask.
    """
    solid = matte > 0.5
    width = edge_width(matte, max(1, round(WINDOW * unit))) / np.float32(unit)
    excess = np.clip((width - SOFTEST) / (UNDECIDED - SOFTEST), 0, 1)
    width = np.minimum(width, np.float32(SOFTEST) + np.float32(CRISP - SOFTEST) * excess)
    reach = np.where(solid, np.float32(INWARD), np.float32(OUTWARD)) * width
    reach = np.clip(reach, NARROWEST, WIDEST) * np.float32(unit)
    depth = distance_to_edge(solid, int(np.ceil(reach.max()))) / reach
    unknown = depth <= 1
    subject = ~unknown & (matte > SUBJECT)
    background = ~unknown & (matte < BACKGROUND)
    known = np.where(subject, np.float32(1), np.where(background, np.float32(0), matte))
    return Trimap(unknown, subject, background, known, np.maximum(width, 1), depth)


def decided(matte: Plane) -> Plane:
    """Return the network's mask, float32 (h, w) in 0..1, with more contrast where it is vague.

    No edge moves, as one half stays one half.
    """
    height, width = matte.shape
    small = resize_plane(matte, ((width + 1) // 2, (height + 1) // 2), Image.Resampling.BOX)
    widths = 2 * edge_width(
        small, (WINDOW + 1) // 2
    )  # half the pixels will do, in a quarter of time
    first, last = VAGUE
    if not (widths > first).any():
        return matte
    share = np.clip((widths - np.float32(first)) / np.float32(last - first), 0, 1)
    share = resize_plane(share, (width, height))
    clear = np.clip((matte - np.float32(0.5)) * np.float32(DECISION) + np.float32(0.5), 0, 1)
    result: Plane = matte + share * (clear - matte)
    return result


def crisper(matte: Plane, mask: Plane, share: float) -> Plane:
    """Return a matte with crisper edges where the mask goes from one sure thing to the other.

    ``matte`` is float32 (h, w) in 0..1, ``mask`` the network's answer that it was enlarged from,
    ``share`` (0..1) how much of it is done: all where the photo itself says nothing of the edge.
    """
    height, width = mask.shape
    small = resize_plane(mask, ((width + 1) // 2, (height + 1) // 2), Image.Resampling.BOX)
    first, last = PLAIN
    apart = _extreme(small, NEAR // 2, np.maximum) - _extreme(small, NEAR // 2, np.minimum)
    plain = np.clip((apart - np.float32(first)) / np.float32(last - first), 0, 1)
    weight = np.float32(share) * resize_plane(plain, (matte.shape[1], matte.shape[0]))
    clear = np.clip((matte - np.float32(0.5)) * np.float32(CRISPER) + np.float32(0.5), 0, 1)
    result: Plane = matte + weight * (clear - matte)
    return result


def _extreme(plane: Plane, reach: int, pick: np.ufunc) -> Plane:
    """Return the largest (or least) values in windows of ``reach`` to each side, (h, w)."""
    side = 2 * reach + 1
    result = np.pad(plane, reach, mode="edge")
    for _ in range(2):
        size = 1
        while size * 2 <= side:
            result = pick(result[:-size], result[size:])
            size *= 2
        if size < side:
            result = pick(result[: size - side], result[side - size :])
        result = result.T
    return result


def edge_width(matte: Plane, radius: int) -> Plane:
    """Return how many pixels the matte's edge is wide around each pixel; 0 where there is none.

    ``4 m (1 - m)`` is 1 in the middle of a transition; summed over a window of ``radius`` and
    divided by the sum of slopes, the length of the edge cancels out. float32 (h, w).
    """
    if min(matte.shape) < 2:
        return np.zeros_like(matte)  # a line of pixels has no slope to compare with
    down, right = np.gradient(matte)
    down *= down
    right *= right
    down += right
    del right
    slopes = box_sum(np.pad(np.sqrt(down), radius), radius)
    del down
    slopes += np.float32(1e-3 * (2 * radius + 1) ** 2)
    width = box_sum(np.pad(4 * matte * (1 - matte), radius), radius)
    width /= slopes
    return width


def distance_to_edge(solid: Mask, limit: int) -> Plane:
    """Return each pixel's distance to the nearest pixel of the other kind, up to ``limit + 1``.

    ``solid`` is bool (h, w); the result float32, 1 next to the border between the kinds. Steps to
    four and to eight neighbours take turns, so that circles come out as octagons (A. Rosenfeld,
    J. L. Pfaltz, "Distance functions on digital pictures", 1968).
    """
    width = solid.shape[1]
    words = _packed(solid)
    farther = _shrink(words, False) | _shrink(~words, False)
    # Of pixels at the border none is left, so the two kinds touch no more and shrink as one mask.
    # The steps that a pixel survives are counted in binary, one mask for each digit.
    digits = [np.zeros_like(words) for _ in range(limit.bit_length())]
    for step in range(1, limit + 1):
        if not farther.any():
            break
        carry = farther
        for digit in digits:
            lower = digit ^ carry
            carry = carry & digit
            digit[...] = lower
        if step < limit:
            farther = _shrink(farther, step % 2 == 1)
    distance = np.ones(solid.shape, np.uint8 if limit < 255 else np.uint16)
    for place, digit in enumerate(digits):
        distance += _unpacked(digit, width).astype(distance.dtype, copy=False) << place
    return distance.astype(np.float32)


def _packed(mask: Mask) -> Words:
    """Return a mask with 64 pixels of a row in one number; its last column is repeated."""
    padded = np.pad(mask, ((0, 0), (0, -mask.shape[1] % WORD)), "edge")
    return np.packbits(padded, axis=1, bitorder="little").view("<u8")


def _unpacked(words: Words, width: int) -> npt.NDArray[np.uint8]:
    """Return the first ``width`` columns of a packed mask, 0 or 1 each."""
    return np.unpackbits(words.view(np.uint8), axis=1, count=width, bitorder="little")


def _shrink(mask: Words, corners: bool) -> Words:
    """Return a packed mask without its outermost pixels; what touches the border stays."""
    result = mask.copy()
    result[1:] &= mask[:-1]
    result[:-1] &= mask[1:]
    across = result if corners else mask
    one, last = np.uint64(1), np.uint64(WORD - 1)
    before, after = across << one, across >> one
    before[:, 1:] |= across[:, :-1] >> last
    before[:, 0] |= across[:, 0] & one
    after[:, :-1] |= across[:, 1:] << last
    after[:, -1] |= across[:, -1] & (one << last)
    result &= before
    result &= after
    return result
