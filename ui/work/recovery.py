"""What becomes of a photo whose worker died, hung or ran out of memory.

The broken worker is replaced and the photo runs once more, one tier lower; a second failure
becomes its sentence. The other photos only wait a little.
"""

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
