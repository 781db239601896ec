"""What becomes of a photo whose worker died, hung or ran out of memory.

The broken worker is replaced and the photo runs once more, one tier lower; a second failure
becomes its sentence. The other photos only wait a little.

A pixel worker that large pictures have made large is replaced as well, once nobody needs it.
"""

import asyncio

from common import rungs, tiers
from common.options import DOUBTFUL

TRIES = 2
"""Runs of one photo."""

WORTH_A_RETRY = ("worker_died", "timed_out", "out_of_memory", "gpu_unusable")


class Recovery:
    """Replaces workers and remembers which photos run lower."""

    def __init__(self, engine, pixels):
        self.engine = engine
        self.pixels = pixels
        self._lowered = set()

    def is_lowered(self, scope):
        """Tell whether the photo of this run broke a worker and is now done with less."""
        return scope.key in self._lowered

    def passes(self, source, scope):
        """Return the sides of the network's passes for an opened photo."""
        passes = self.engine.passes(source.width, source.height)
        return tiers.lowered(passes, self.engine.tier) if self.is_lowered(scope) else passes

    def looks_again(self, scope, doubt):
        """Tell whether a photo is so doubtful that it is looked at again, and bears it."""
        wanted = doubt > DOUBTFUL and self.engine.options.second_look
        return bool(wanted) and not self.is_lowered(scope)

    def second_look(self, source):
        """Return the side of one more pass over a doubtful photo, 0 where it does not fit."""
        side = self.engine.options.second_look
        return side if self.engine.fits((side,), source.width, source.height) else 0

    def handle(self, scope, code, trial):
        """Replace what ``code`` broke in a run; tell whether the photo is to run again."""
        if code not in WORTH_A_RETRY:
            return False
        network = self.engine.actor
        network_broke = network.dead or network.hung
        if code == "out_of_memory" or network_broke:
            self._lowered.add(scope.key)
        if code == "out_of_memory":
            # WebAssembly's memory never shrinks, and which of the two is short is not known.
            self.pixels.replace()
            network.replace()
            network_broke = False
        elif self.pixels.dead or self.pixels.hung:
            self.pixels.replace()
        if code == "gpu_unusable":
            self.engine.leave_graphics_card("gpu_failed")
        elif network_broke and self.engine.rung == rungs.WEBGPU:
            self.engine.leave_graphics_card("gpu_hung")
        elif network_broke:
            network.replace()
        self.engine.renew_if_replaced()
        return trial + 1 < TRIES


IDLE_SECONDS = 30
"""How long nothing must happen before a large worker is ended."""


class Relief:
    """Gives back the memory that large pictures took in the pixel worker."""

    def __init__(self, queue, pixels, device, powers):
        self.queue = queue
        self.pixels = pixels
        self.memory_gib = device.memory_gib
        self.clock = powers.clock
        self._largest = 0
        self._generation = pixels.generation
        self._waiting = False

    def note(self, item):
        """Take notice of a photo, or of its result, and begin to wait if it was a large one."""
        if self._generation != self.pixels.generation:
            self._generation, self._largest = self.pixels.generation, 0
        sizes = [(item.source.width, item.source.height)]
        if item.result is not None and item.result.size:
            sizes.append(item.result.size)
        self._largest = max([self._largest] + [width * height for width, height in sizes])
        if tiers.has_grown_large(self._largest, self.memory_gib) and not self._waiting:
            self._waiting = True
            asyncio.create_task(self._end_when_idle(self._generation))

    async def _end_when_idle(self, generation):
        """Replace the worker once it has had nothing to do for a while."""
        seen = None
        while seen != self.pixels.begun or self.pixels.under_way or self.queue.under_way():
            seen = self.pixels.begun
            await self.clock.sleep(IDLE_SECONDS)
        self._waiting = False
        if generation == self.pixels.generation:
            self.pixels.replace()
