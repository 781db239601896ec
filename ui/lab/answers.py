"""What the network has answered for the photo on the bench: asked for, kept, handed on.

The lab's worker computes the inputs and shows the answers; the network runs in a worker of its own,
so whoever stops need not wait for it. Plain Python, like :mod:`ui.lab.course`.
"""

import asyncio

LIGHT_SIDE = 320
"""Side in pixels of the small network's input."""

PATIENCE = 60
"""Seconds for one call of the lab's worker; nothing that is meant takes so long."""


class Answers:
    """The answers by the side of their input, and the small network's."""

    def __init__(self, worker, network):
        self._worker, self._network = worker, network
        self._by_side = {}
        self._light = None
        self._asked = []
        """An event for each open question to the network, set when it has answered or nobody waits
        for its answer any more."""

    def forget(self):
        """Begin with a photo of which nothing is known."""
        self._by_side = {}
        self._light = None

    def __contains__(self, side):
        """Tell whether the answer to an input of that side is there."""
        return side in self._by_side

    @property
    def is_asking(self):
        """Whether somebody waits for the network."""
        return len(self._asked) > 0

    def give_up(self):
        """Wait no longer for what the network computes; it comes to an end by itself."""
        self._network.stopped()
        for ended in self._asked:
            ended.set()

    async def ask(self, side):
        """Let the network answer the input of one side, and hand the answer to the lab's worker.

        Returns the worker's values: with ``error`` where the input's code has raised something;
        ``None`` when somebody gave up.
        """
        values, tensor = await self._worker.call("lab_input", side, patience=PATIENCE)
        if "error" in values:
            return values
        answer = await self.unless_given_up(self._network.answer(tensor, side))
        if answer is None:
            return None
        self._by_side[side] = answer
        await self._worker.call("lab_accept", side, answer, patience=PATIENCE)
        return values

    async def ask_light(self):
        """Let the small network answer, too, once; only to be looked at."""
        if self._light is not None:
            return
        _, pixels = await self._worker.call("lab_pixels", LIGHT_SIDE, patience=PATIENCE)
        self._light = await self.unless_given_up(self._network.light(pixels, LIGHT_SIDE))
        await self._hand_light_over()

    async def hand_over(self):
        """Give all that is known to a fresh worker."""
        for side, answer in self._by_side.items():
            await self._worker.call("lab_accept", side, answer, patience=PATIENCE)
        await self._hand_light_over()

    async def _hand_light_over(self):
        """Give the small network's answer to the worker, if there is one."""
        if self._light is not None:
            await self._worker.call("lab_accept_light", LIGHT_SIDE, self._light, patience=PATIENCE)

    async def unless_given_up(self, asking):
        """Return what the network answers, or ``None`` at once when somebody gives up."""
        ended, answers = asyncio.Event(), []

        async def ask():
            """Ask, and keep what came of it."""
            try:
                answers.append((await asking, None))
            except Exception as error:
                answers.append((None, error))
            ended.set()

        self._asked.append(ended)
        asyncio.create_task(ask())
        await ended.wait()
        self._asked.remove(ended)
        if not answers:
            return None
        answer, error = answers[0]
        if error is not None:
            raise error
        return answer
