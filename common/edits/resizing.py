"""How large a result becomes: the ``resize`` section of an edit, worked out without pixels.

The page shows the size before anything is computed, and a mistyped one is refused here, before
memory is spent. :mod:`core.picture.resize` does what this says.
"""

from common.checks import Typed
from common.language.words import say
from common.limits import MAX_MEGAPIXELS, MAX_SIDE


def resized_size(
    resize: dict[str, object], width: int, height: int, limit_megapixels: int = MAX_MEGAPIXELS
) -> tuple[int, int]:
    """Return the (width, height) in pixels that a checked ``resize`` makes of a picture.

    ``width`` and ``height`` are the picture's, at least 1. Without ``enlarge`` no side gets longer
    than the picture can fill: the wish is reduced in proportion instead. With ``pixels``, a side
    of 0 follows from the other one; ``fit`` keeps the proportions within the wish, ``fill`` cuts
    the picture to the wish's proportions, ``stretch`` bends it to them.

    Raises ``ValueError`` with one sentence for the user when the result would have more
    than ``limit_megapixels`` million pixels (see :func:`common.limits.allowed_megapixels`), or a
    side is too long.
    """
    kind = resize["kind"]
    if kind == "none":
        return width, height
    across, down = _wished(resize, width, height)
    if not resize["enlarge"]:
        scale = min(1.0, width / across, height / down)
        across, down = across * scale, down * scale
    size = (max(1, int(across + 0.5)), max(1, int(down + 0.5)))
    if max(size) > MAX_SIDE:
        raise ValueError(
            say(
                "The result would have {width} x {height} pixels. Sides end at {limit}.",
                width=size[0],
                height=size[1],
                limit=MAX_SIDE,
            )
        )
    if size[0] * size[1] > limit_megapixels * 1000000:
        raise ValueError(
            say(
                "The result would have {width} x {height} pixels, more than {limit} million.",
                width=size[0],
                height=size[1],
                limit=limit_megapixels,
            )
        )
    return size


def _wished(resize: dict[str, object], width: int, height: int) -> tuple[float, float]:
    """Return the size that was asked for, enlarged or not."""
    if resize["kind"] == "percent":
        scale = _number(resize, "percent") / 100
        return width * scale, height * scale
    if resize["kind"] == "longest":
        scale = _number(resize, "longest") / max(width, height)
        return width * scale, height * scale
    across, down = _number(resize, "width"), _number(resize, "height")
    if across == 0 and down == 0:
        return width, height
    if across == 0:
        return width * down / height, down
    if down == 0:
        return across, height * across / width
    if resize["fit"] == "fit":
        scale = min(across / width, down / height)
        return width * scale, height * scale
    return across, down


def _number(resize: dict[str, object], name: str) -> int:
    """Return one of the section's numbers."""
    return Typed(0, MAX_SIDE).clean(resize[name], "resize > " + name)
