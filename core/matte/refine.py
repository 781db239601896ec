"""Edges of the photo's own resolution from a matte of the network's.

The network sees a reduced photo and answers with a reduced matte; enlarged, that is blurred, and
around hair too generous. Here the photo itself is asked again, along the edges only:

1. a trimap says how far the matte is to be doubted (:mod:`core.matte.trimap`);
2. colours of subject and background beside the band say what they can
   (:mod:`core.matte.colour_evidence`);
3. the matting Laplacian ties neighbours of like colour together
   (:mod:`core.matte.matting_laplacian`): one step towards its solution, which is the guided filter,
   or for hair detail the solution itself;
4. the result, as a linear model of the colours around each pixel, is applied to the colours of
   the full-size photo (K. He, J. Sun, "Fast Guided Filter", 2015).

Steps 1 to 3 run on a reduced photo of about the network's resolution, so that their cost does not
grow with the photo's; step 4 costs a few operations per pixel of the edge.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.matte.colour_evidence import colour_evidence
from core.matte.conjugate_gradients import solve
from core.matte.matting_laplacian import MattingLaplacian
from core.matte.planes import blocks, enlarged_part, resize_plane, to_planes
from core.matte.trimap import CRISP, Trimap, crisper, decided, make_trimap

Plane = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Place = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

EPSILON = 1e-5
"""Variance of colours (0..1) in a window above which the matte follows them."""

BLOCK = 256
"""Side in pixels of the parts in which the full-size photo is worked on."""


UNRELIABLE = 0.4
"""Mean confidence of the colours up to which nothing of the refinement is believed.

This and the next three were chosen on photographs with true alpha and on others with hard masks,
see :mod:`tools.accuracy.edges`."""

RISE = 0.2
"""By how much more confidence all of it is believed."""

ENLARGED = (2.0, 4.0)
"""Pixels of the photo's side for one of the mask's between which the enlarged matte becomes the
more blurred of the two, so that the refinement is believed earlier."""

LENIENCE = 0.3
"""By how much less confidence suffices then."""


SURE = 8
"""By how many times the matte is believed more where the network is sure, so that the wide band
leaves what is solid beside an edge solid."""


@dataclass(frozen=True)
class Method:
    """How thorough to be.

    Attributes:
        side: longest side in pixels of the reduced photo that is computed on.
        radius: of the windows, in its pixels.
        iterations: of the solver; 0 is the guided filter alone.
        trust: weight of the network's matte against the Laplacian's smoothness.
        evidence: weight of the colours' estimate at full confidence.
    """

    side: int
    radius: int
    iterations: int
    trust: float
    evidence: float


LARGE = 3072
"""Longest side in pixels from which a photo is reduced to :data:`LARGE_SIDE` at most.

The network's mask is then so much enlarged that the wider surroundings help: with true alpha, photo
and mask in the proportions of 7 and 12 megapixels, errors fall by 1 and 5 %. At 3 they rise."""

LARGE_SIDE = 768

FAST = Method(side=1024, radius=5, iterations=0, trust=0.02, evidence=0.16)
"""The default."""

THOROUGH = Method(side=1024, radius=3, iterations=12, trust=0.02, evidence=0.16)
"""Hair detail."""


def refine(image: Image.Image, matte: Plane, method: Method = FAST) -> Image.Image:
    """Return an alpha channel (mode L, the photo's size) whose edges follow the photo's.

    ``image`` is the photo, mode RGB (alpha is ignored); ``matte`` float32 (h, w) in 0..1, the
    network's, of any size and squashed to any proportions.
    """
    side = method.side if max(image.size) < LARGE else min(method.side, LARGE_SIDE)
    size = _reduced(image.size, side)
    unit = max(0.5, max(size) / max(matte.shape))
    small = image if size == image.size else image.resize(size, Image.Resampling.BOX)
    mask = decided(matte)
    large = resize_plane(mask, size, Image.Resampling.BICUBIC)
    trimap = make_trimap(np.clip(large, 0, 1), unit)
    share = 0.0
    if trimap.unknown.any():
        told, confidence = colour_evidence(small, trimap.subject, trimap.background)
        share = reliance(
            float(confidence[trimap.unknown].mean()), max(image.size) / max(matte.shape)
        )
    plain = trimap.matte if share == 1 else crisper(trimap.matte, mask, 1 - share)
    levels = Image.fromarray(np.rint(plain * 255).astype(np.uint8))
    alpha = levels.resize(image.size, Image.Resampling.BICUBIC)
    if share:
        del mask, large, plain, levels
        unknown = trimap.unknown
        laplacian = MattingLaplacian(
            to_planes(small), unknown, method.radius, EPSILON, bool(method.iterations)
        )
        solved = _solve(laplacian, trimap, told, confidence, method)
        del trimap, told, confidence  # nearly half of the memory that this takes
        models = [laplacian.tiles.crop(model) for model in laplacian.mean_models(solved)]
        del laplacian, solved
        _apply(image, alpha, models, unknown, share)
    return alpha


def reliance(confidence: float, enlargement: float) -> float:
    """Return how much of the refinement is to be believed, 0..1.

    ``confidence`` is the colours' (0..1), averaged over the band: whether along this edge they
    tell subject from background. Where they do not, the colours' edges are mostly others than the
    subject's, and the matte is nearer to the truth as the network gave it. ``enlargement`` is how
    many pixels of the photo's longer side there are for one of the network's mask.
    """
    first, last = ENLARGED
    blurred = min(1.0, max(0.0, (enlargement - first) / (last - first)))
    least = UNRELIABLE - LENIENCE * blurred
    return min(1.0, max(0.0, (confidence - least) / RISE))


def _reduced(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return (width, height) with the longer one at most ``side``, proportions kept."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _solve(
    laplacian: MattingLaplacian, trimap: Trimap, told: Plane, confidence: Plane, method: Method
) -> Plane:
    """Return the matte in the band as far as the method solves for it, on a padded plane.

    Minimises ``x L x + sum(trust (x - matte)^2 + evidence (x - told)^2)`` in the band, ``L`` being
    the matting Laplacian and ``told`` what the colours say; outside, the matte is kept.
    """
    tiles = laplacian.tiles
    blend, weight = _beliefs(trimap, told, confidence, method)
    matte = tiles.pad(np.where(trimap.unknown, blend, trimap.matte))
    if not method.iterations:
        return matte
    free = tiles.pad(trimap.unknown.astype(np.float32))
    weight = tiles.pad(weight)
    kept = matte * (1 - free)
    inside = solve(
        lambda plane: free * (laplacian.multiply(plane) + weight * plane),
        free * (weight * matte - laplacian.multiply(kept)),
        matte * free,
        1 + weight,
        method.iterations,
    )
    result: Plane = inside + kept
    return result


def _beliefs(trimap: Trimap, told: Plane, confidence: Plane, method: Method) -> tuple[Plane, Plane]:
    """Return the mean of the matte and of what colours told, and its weight, both (h, w).

    A blurred edge of the matte is believed less than a crisp one, and the colours the more; the
    deeper inside subject or background, and the surer of itself, the more the matte is believed.
    The figures were chosen on photographs with true alpha (``tools/accuracy/edges.py``), so that
    ordinary ones with binary masks are not made worse.
    """
    crispness = np.float32(CRISP) / trimap.width
    trust = method.trust * crispness
    certainty = np.square(np.square(2 * trimap.matte - 1))
    trust *= 1 + 4 * np.minimum(trimap.depth, 1) ** 2
    trust *= 1 + SURE * certainty
    del certainty
    evidence = method.evidence * confidence
    evidence /= crispness
    weight = trust + evidence
    blend = trust
    blend *= trimap.matte
    evidence *= told
    blend += evidence
    blend /= weight
    return blend, weight


def _apply(
    image: Image.Image, alpha: Image.Image, models: list[Plane], unknown: Mask, share: float
) -> None:
    """Mix the models' answer to the photo's own colours into ``alpha``, block by block.

    ``models`` are four planes, float32 (h, w), and ``unknown`` is bool (h, w), all of the reduced
    photo; ``share`` of the answer is taken where it is wholly unknown.
    """
    planes = [*models, unknown * np.float32(share)]
    for block in blocks(image.size, BLOCK):
        place = _asked(block, image.size, unknown)
        if place is None:
            continue
        red, green, blue, answer, mixing = enlarged_part(planes, image.size, place)
        colours = to_planes(image.crop(place))
        for slope, channel in zip((red, green, blue), colours, strict=True):
            answer += slope * channel
        np.clip(answer * 255, 0, 255, out=answer)
        before = np.array(alpha.crop(place), dtype=np.float32)
        before += (answer - before) * mixing
        alpha.paste(Image.fromarray(np.rint(before).astype(np.uint8)), place[:2])


def _asked(place: Place, size: tuple[int, int], unknown: Mask) -> Place | None:
    """Return the smallest part of a block of a photo of ``size`` that the band reaches, if any.

    ``unknown`` is bool (h, w) of the reduced photo; enlarged, it reaches one of its pixels farther.
    """
    height, width = unknown.shape
    left, top = place[0] * width // size[0], place[1] * height // size[1]
    right, bottom = place[2] * width // size[0], place[3] * height // size[1]
    left, top = max(0, left - 1), max(0, top - 1)
    part = unknown[top : bottom + 2, left : right + 2]
    columns = np.flatnonzero(part.any(axis=0))
    if not len(columns):
        return None
    rows = np.flatnonzero(part.any(axis=1))
    tight = (
        max(place[0], (left + int(columns[0]) - 1) * size[0] // width),
        max(place[1], (top + int(rows[0]) - 1) * size[1] // height),
        min(place[2], -(-(left + int(columns[-1]) + 2) * size[0] // width)),
        min(place[3], -(-(top + int(rows[-1]) + 2) * size[1] // height)),
    )
    return tight if tight[0] < tight[2] and tight[1] < tight[3] else None
