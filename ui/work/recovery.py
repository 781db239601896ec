"""What becomes of a photo whose worker died, hung or ran out of memory, or that was cancelled.

The broken worker is replaced and the photo runs once more, one tier lower; a second failure
becomes its sentence. The other photos only wait a little.
"""

import js

from common import rungs, tiers
from common.options import DOUBTFUL

TRIES = 2
"""Runs of one photo."""

WORTH_A_RETRY = ("worker_died", "timed_out", "out_of_memory", "gpu_unusable")


class Recovery:
    """Replaces workers for the conductor and remembers which photos run lower."""

    def __init__(self, queue, engine, pixels):
        self.queue = queue
        self.engine = engine
        self.pixels = pixels
        self._lowered = set()
        self._pass = None
        queue.watch(self._changed)

    def is_lowered(self, item):
        """Tell whether this photo broke a worker and is now done with less."""
        return (item.identifier, item.attempt) in self._lowered

    def passes(self, item):
        """Return the sides of the network's passes for an opened photo."""
        passes = self.engine.passes(item.width, item.height)
        return tiers.lowered(passes, self.engine.tier) if self.is_lowered(item) else passes

    def second_look(self, item, doubt):
        """Return the side of one more pass for a doubtful photo, 0 when it needs or bears none."""
        side = self.engine.options.second_look
        if doubt <= DOUBTFUL or not side or self.is_lowered(item):
            return 0
        return side if self.engine.fits((side,), item.width, item.height) else 0

    def handle(self, item, code, trial):
        """Replace what ``code`` broke under ``item``; tell whether the photo is to run again."""
        if code not in WORTH_A_RETRY:
            return False
        segment = self.engine.actor
        if code == "out_of_memory" or segment.dead or segment.hung:
            self._lowered.add((item.identifier, item.attempt))
        if code == "out_of_memory":
            # WebAssembly's memory never shrinks, and which of the two is short is not known.
            self.pixels.replace()
            segment.replace()
        elif self.pixels.dead or self.pixels.hung:
            self.pixels.replace()
        if code == "gpu_unusable":
            self.engine.leave_graphics_card("gpu_failed")
        elif self.engine.rung == rungs.WEBGPU and (segment.dead or segment.hung):
            self.engine.leave_graphics_card("gpu_hung")
        elif segment.dead or segment.hung:
            segment.replace()
        self.engine.renew_if_replaced()
        return trial + 1 < TRIES

    def watch_pass(self, item, side):
        """Note that the network begins with a pass; ``None`` for the item: that it has ended."""
        self._pass = item and (item, item.attempt, side, js.performance.now())

    def _changed(self, item):
        """Stop the network when it works for a photo that was cancelled meanwhile."""
        if self._pass is None or self._pass[0] is not item or self._pass[1] == item.attempt:
            return
        _, _, side, started = self._pass
        self._pass = None
        if self.engine.is_worth_stopping(side, (js.performance.now() - started) / 1000):
            self.engine.stop()
