"""The choices that change how a cutout is computed, with their defaults and allowed values."""

MODEL_VARIANTS = ("q4", "q8")
"""Weight formats, smallest download first; described in ``models/models.json``."""

INPUT_SIZES = (768, 1024)
"""Side of the square, in pixels, that the photo is squashed to for the network."""

MAX_THREADS = 8
"""More WebAssembly threads than this gain nothing for this network."""


class Options:
    """One set of choices: the model variant and the network's input size."""

    def __init__(self, variant: str = "q4", input_size: int = 768) -> None:
        """Raises ``ValueError`` for a variant or size that is not offered."""
        if variant not in MODEL_VARIANTS:
            raise ValueError("unknown model variant: " + str(variant))
        if input_size not in INPUT_SIZES:
            raise ValueError("unknown input size: " + str(input_size))
        self.variant = variant
        self.input_size = input_size


def thread_count(cores: int | None, isolated: bool) -> int:
    """Return how many WebAssembly threads to use.

    ``cores`` is ``navigator.hardwareConcurrency``; ``isolated`` is ``crossOriginIsolated``,
    without which the browser gives no shared memory and one thread is all there is.
    """
    if not isolated:
        return 1
    return max(1, min(cores or 1, MAX_THREADS))
