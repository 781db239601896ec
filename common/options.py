"""The choices that change how a cutout is computed, with their defaults and allowed values."""

LIGHT = "light"
"""The small network, for phones and data savers."""

MODEL_VARIANTS = ("q4", "q8", LIGHT)
"""The weights that can be chosen; described in ``models/models.json``."""

LIGHT_SIDE = 320
"""The one side, in pixels, of the small network's input, whatever the quality."""

QUALITIES = {
    "fast": (512,),
    "standard": (704,),
    "large": (1024,),
    "best": (704, 1024),
}
"""The passes of each quality: sides, in pixels, of the square that the photo is squashed to.

Of more than one pass the later ones are heard where they plainly differ from the first
(:func:`core.matte.ensemble.passes_together`). What each is worth on photographs with ground truth
stands in ``docs/PERFORMANCE.md``.
"""

SECOND_LOOKS = {"standard": 1024, "best": 832}
"""The side of one more pass for photos that leave the network in doubt, by quality."""

DOUBTFUL = 0.3
"""Doubt (see :func:`core.matte.ensemble.doubt`) from which a photo is looked at once more.

Between 0.2 and 0.3 the result on 39 photographs with ground truth is the same, with a second look
at 11 or 12 of them; above 0.4 it suffers.
"""

PREVIEW_SIZE = 320
"""Side of the square, in pixels, for the first look, which the final matte soon replaces.

Intersection over union on 39 photographs with ground truth: 0.52 at 256, 0.59 at 320, 0.64 at 384;
the work grows with the square.
"""

MAX_THREADS = 8
"""More WebAssembly threads than this gain nothing for this network."""


class Options:
    """One set of choices: the model variant and the quality (a key of :data:`QUALITIES`)."""

    def __init__(self, variant: str = "q4", quality: str = "standard") -> None:
        """Raises ``ValueError`` for a variant or quality that is not offered."""
        if variant not in MODEL_VARIANTS:
            raise ValueError("unknown model variant: " + str(variant))
        if quality not in QUALITIES:
            raise ValueError("unknown quality: " + str(quality))
        self.variant = variant
        self.quality = quality

    @property
    def passes(self) -> tuple[int, ...]:
        """Sides of the network's input, in pixels, one for each pass."""
        return (LIGHT_SIDE,) if self.variant == LIGHT else QUALITIES[self.quality]

    @property
    def second_look(self) -> int:
        """Side of the pass for doubtful photos, in pixels; 0 where there is none."""
        return 0 if self.variant == LIGHT else SECOND_LOOKS.get(self.quality, 0)


def thread_count(cores: int | None, isolated: bool) -> int:
    """Return how many WebAssembly threads to use.

    ``cores`` is ``navigator.hardwareConcurrency``; ``isolated`` is ``crossOriginIsolated``,
    without which the browser gives no shared memory and one thread is all there is.
    """
    if not isolated:
        return 1
    return max(1, min(cores or 1, MAX_THREADS))
