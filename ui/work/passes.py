"""One pass of the network over one photo: its input, the run, what becomes of its mask."""

import asyncio
import json

from common.buffers import give_back
from common.options import LIGHT_SIDE
from ui.state.mattes import WHOLE
from ui.work.powers import PATIENCE


class Passes:
    """Runs passes; ``turn`` is the lock that lets one photo at a time into the network."""

    def __init__(self, engine, pixels, powers):
        self.engine = engine
        self.pixels = pixels
        self.clock = powers.clock
        self.blobs = powers.blobs
        self.turn = asyncio.Lock()

    def can_begin(self):
        """Tell whether the network is ready and no photo is in it."""
        return self.engine.is_ready and not self.turn.locked()

    async def input(self, scope, side, glimpse=False, place=None):
        """Return the network's input for one pass, a Float32Array; see ``network_input``."""
        scaling = json.dumps(self.engine.scaling)
        _, tensor = await self._call("network_input", scope.key, side, scaling, glimpse, place)
        return tensor

    async def run(self, scope, tensor, side):
        """Run the network once; return the seconds that it took and its mask.

        Empties ``tensor``. When the run is cancelled meanwhile, the network is stopped where that
        is sooner than waiting for its end.
        """
        await self.engine.ready()
        started = self.clock.seconds()

        def stop():
            """End the pass unless it ends soon by itself."""
            if self.engine.is_worth_stopping(side, self.clock.seconds() - started):
                self.engine.stop()

        forget = scope.on_cancel(stop)
        patience = self.engine.pace.patience(side)
        try:
            facts, mask = await self.engine.actor.call("run", tensor, side, patience=patience)
        finally:
            forget()
        give_back(tensor.buffer)
        self.engine.pace.learn(side, facts["seconds"])
        return facts["seconds"], mask

    async def ask_second(self, scope, place=None):
        """Ask the second network about an open photo, if there is one; return the seconds.

        ``place`` is the JSON text of a part of it (:mod:`core.subject.closer`).
        """
        if not self.engine.has_second():
            return 0
        _, pixels = await self._call("network_input", scope.key, LIGHT_SIDE, "null", False, place)
        scope.check()
        facts, mask = await self.engine.actor.call("run", pixels, LIGHT_SIDE, patience=PATIENCE)
        give_back(pixels.buffer)
        await self._call("accept_opinion", scope.key, mask, LIGHT_SIDE, place is not None)
        give_back(mask.buffer)
        return facts["seconds"]

    async def accept(self, scope, mask, side, add):
        """Give a pass's mask to the pixel worker; ``add`` keeps those before beside it.

        Returns the network's doubt about the photo. Empties ``mask``.
        """
        facts, _ = await self._call("accept_mask", scope.key, mask, side, add)
        give_back(mask.buffer)
        return facts["doubt"]

    async def look_from_near(self, scope, side, place, of_doubt):
        """Let both networks see a part of the photo; return the seconds that they took.

        ``place`` is the JSON text of the part (:mod:`core.subject.closer`). ``of_doubt`` tells that
        it is where the subject of a doubtful photo is; else it is what the user means, and nothing
        else stays.
        """
        tensor = await self.input(scope, side, False, place)
        seconds, mask = await self.run(scope, tensor, side)
        scope.check()
        seconds += await self.ask_second(scope, place)
        scope.check()
        await self._call("accept_closer_look", scope.key, mask, side, place, of_doubt)
        give_back(mask.buffer)
        return seconds

    async def keep_matte(self, scope, mattes, places):
        """Keep the matte that the pixel worker has found for some places of a photo."""
        _, matte = await self._call("matte", scope.key)
        scope.check()
        mattes.keep(places, self.blobs.make("", matte))

    async def give_mattes(self, scope, mattes, places):
        """Give the pixel worker what is known of a photo and of some places in it."""
        closer = mattes.of(places) if places else None
        await self._call("give_matte", scope.key, mattes.of(WHOLE), closer)

    async def _call(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)
