"""Looks into single layers of a network: what each of its channels answers to the photo.

Plain Python: worker, network and course are handed in. A network runs once for a photo; after that
its layers are there to be looked at one after the other.
"""

import asyncio
import time

from ui.lab.answers import LIGHT_SIDE, PATIENCE
from ui.lab.progress import looking_words

STOPPED = "Stopped. Nothing was looked into."

NO_PHOTO = "Choose a photo first: what a layer answers depends on it."


class InnerLayers:
    """Keeps in mind which network's layers are there."""

    def __init__(self, worker, network, course):
        self._worker, self._network, self._course = worker, network, course
        self._key = ""
        """The network whose layers are there, for the photo that is on the bench."""
        self._inputs = 0
        """How many inputs there were before this one."""

    def forget(self):
        """The network's input is another one now."""
        self._key = ""
        self._inputs += 1

    async def look(self, key, outputs, layer, waiting):
        """Return what the lab's worker makes of a layer: values and the buffer of its pictures.

        ``key`` names a network of ``assets/lab/layers.json``, ``outputs`` is what opens its layers,
        ``layer`` one of them that has an ``activation``. Instead of pictures the values hold an
        ``error`` where there is no photo yet, where a pupil's code, which makes the network's
        input, cannot be used, or where somebody has stopped it. ``waiting(words)`` is called every
        second while the network runs.
        """
        if self._course.blob is None:
            return {"error": NO_PHOTO}, None
        if self._key != key:
            side = LIGHT_SIDE if key == "u2netp" else self._course.side
            asked = "lab_pixels" if key == "u2netp" else "lab_input"
            values, tensor = await self._worker.call(asked, side, patience=PATIENCE)
            if "error" in values:
                return values, None
            self._key, inputs = "", self._inputs
            if not await self._run(key, outputs, tensor, side, waiting):
                return {"error": STOPPED}, None
            if inputs == self._inputs:
                self._key = key
        shape, content = await self._network.layer(layer["activation"])
        channels, height, width = shape[-3:]
        return await self._worker.call(
            "lab_layer", layer["name"], content, channels, height, width, patience=PATIENCE
        )

    async def _run(self, key, outputs, tensor, side, waiting):
        """Let the network run and tell whether it came to an end before somebody gave up."""
        is_over = []
        asyncio.create_task(count(waiting, is_over))
        try:
            asking = self._network.look_inside(key, outputs, tensor, side)
            return await self._course.answers.unless_given_up(asking) is not None
        finally:
            is_over.append(True)


async def count(waiting, is_over):
    """Say every second how long it has taken, until there is something in ``is_over``."""
    started = time.time()
    while not is_over:
        waiting(looking_words(time.time() - started))
        await asyncio.sleep(1)
