"""The network for the lab: a segmentation worker of its own, asked for single answers."""

import asyncio
import json

from common.options import Options, thread_count
from ui.browser import machine
from ui.browser.worker_link import BASE_URL, Channel
from ui.lab import progress

LIGHT = "light"
"""The small network's variant."""

PATIENCE = 1800


class Network:
    """Loads the default weights when they are first needed; ``tell(text)`` shows how far it is.

    One question at a time: whoever asks while another is open waits for its turn.
    """

    def __init__(self, actor, tell):
        self.actor = actor
        self.seconds = {}
        """Seconds by the side of an input."""
        self.first = set()
        """Sides that were the first ones after a start, and so took longer."""
        self._tell = tell
        self._ready = False
        self._turn = asyncio.Lock()
        self._is_wanted = True

    def stopped(self):
        """Say nothing more of the present question: nobody waits for its answer any more."""
        self._is_wanted = False

    def _say(self, text):
        """Tell how far the present question is."""
        if self._is_wanted:
            self._tell(text)

    async def answer(self, tensor, side):
        """Return the network's raw answer, a Float32Array of side x side; empties ``tensor``."""
        async with self._turn:
            self._is_wanted = True
            self.first.discard(side)
            if not self._ready:
                await self._load(Options().variant)
                self.first.add(side)
            self._say("The network computes an input of " + str(side) + " x " + str(side) + ".")
            facts, mask = await self.actor.call("run", tensor, side, patience=PATIENCE)
            self.seconds[side] = facts["seconds"]
            self._say("")
            return mask

    def readings(self):
        """Return how long the answers took: (label, text), the smaller inputs first."""
        sides = [side for side in self.seconds if isinstance(side, int)]
        others = [side for side in self.seconds if not isinstance(side, int)]
        told = []
        for side in sorted(sides) + others:
            words = "%.1f s" % self.seconds[side]
            if side in self.first:
                words += ", the first one after the start, which takes longer"
            told.append(["input of " + str(side), words])
        return told

    async def light(self, pixels, side):
        """Return the small network's answer to RGBA pixels; it takes the other one's place."""
        async with self._turn:
            self._is_wanted = True
            self._ready = False
            await self._load(LIGHT)
            facts, mask = await self.actor.call("run", pixels, side, patience=PATIENCE)
            self.seconds["U²-Netp, " + str(side)] = facts["seconds"]
            self._ready = False
            self._say("")
            return mask

    async def look_inside(self, key, description, tensor, side):
        """Let the network called ``key`` answer with its inner layers; return the seconds.

        ``description`` is the text that opens them (``outputs`` in ``assets/lab/layers.json``). It
        takes the other one's place.
        """
        async with self._turn:
            self._is_wanted = True
            self._ready = False
            variant = LIGHT if key == "u2netp" else Options().variant
            channel = Channel(lambda text: self._progress(text, progress.LOOKING))
            try:
                facts, _ = await self.actor.call(
                    "look_inside",
                    BASE_URL,
                    variant,
                    description,
                    tensor,
                    side,
                    threads(),
                    channel.name,
                    patience=PATIENCE,
                )
            finally:
                channel.close()
            self._say("")
            return facts["seconds"]

    async def layer(self, name):
        """Return the shape of what an inner layer answered last, and its Float32Array."""
        facts, values = await self.actor.call("layer", name, patience=PATIENCE)
        return facts["shape"], values

    async def _load(self, variant):
        """Fetch or reopen the weights and create the session."""
        channel = Channel(self._progress)
        try:
            await self.actor.call(
                "load",
                BASE_URL,
                variant,
                threads(),
                channel.name,
                "auto",
                "",
                False,
                patience=PATIENCE,
            )
            self._ready = True
        finally:
            channel.close()

    def _progress(self, text, then=progress.PREPARING):
        """Show one report of the loading; ``then`` when it has come to an end."""
        self._say(progress.network_words(json.loads(text), then))


def threads():
    """Return with how many threads the network runs here."""
    return thread_count(machine.cores(), machine.shares_memory())
