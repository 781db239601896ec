"""A small stored input whose answer is known: what a graphics card must compute before it is used.

Drivers compute wrongly more often than one would think, and nothing in the answer tells. The file
``models/canary.safetensors`` (made by ``tools/model/canary.py``) holds the input ``float32 [1, 3,
side, side]`` and for each variant of the weights the mask that the processor computed, in 0..255.
"""

import js

from common.errors import Refusal
from inference import model_store
from inference.unpack import Package

PATH = "models/canary.safetensors"

WORST = 0.06
"""Largest difference of one pixel of the mask, 0..1, that still counts as agreement.

Chromium's software adapter differs from the processor by what ``docs/PERFORMANCE.md`` says; the
stored answer itself is rounded to 0.002.
"""

MEAN = 0.004
"""Largest mean difference."""


class Canary:
    """The stored input, and the judgement of an answer to it."""

    def __init__(self, package, variant):
        self.side = package.index["input"]["shape"][-1]
        self.input = package.view("input", js.Float32Array)
        self.expected = package.view(variant, js.Uint8Array)

    def agrees(self, mask):
        """Tell whether ``mask``, a Float32Array of side x side, is the stored answer."""
        worst = total = 0
        count = self.side * self.side
        for position in range(count):
            difference = abs(mask[position] - self.expected[position] / 255)
            if not difference <= WORST:  # a comparison with "not a number" is false, too
                js.console.warn("Homecut: the canary differs by " + str(difference))
                return False
            total += difference
            worst = max(worst, difference)
        js.console.info("Homecut: canary, worst and mean difference", worst, total / count)
        return total / count <= MEAN


async def fetched(base_url, variant):
    """Return the canary of a variant; raises :class:`Refusal` when it cannot be had."""
    response = await model_store.ask_host(base_url + PATH, "default")
    if not response.ok:
        raise Refusal("model_unavailable")
    content = js.Uint8Array.new(await response.arrayBuffer())
    return Canary(Package(content), variant)
