"""Leads the queue: which photo is next, what becomes of it, and the second try when a worker broke.

Lanes take photos from the queue side by side. Only one of them can be in the network at a time,
so while one photo is inferred the next is decoded and the last one encoded, and never more than
two photos (on small devices one) on their way to a cutout are in memory. Photos that keep their
background use all lanes, one for each encoder. When nothing waits, files that no longer show their
settings are made again.
"""

import asyncio
import gc

from common.errors import Refusal, sentence
from ui.state import items
from ui.state.recipe import CUTOUT
from ui.work.recovery import TRIES

CALM_SECONDS = 1.2
"""How long the recipe has to stand still before other files than the shown one follow it."""


STUCK_SECONDS = 3
"""How long the pixel worker may go on for a photo that was cancelled; then it is started anew."""


class Conductor:
    """Runs the queue: ``cutouts`` and ``plain`` lead a photo, ``output`` makes a file again."""

    def __init__(self, queue, cutouts, plain, output, recovery, powers):
        self.queue = queue
        self.cutouts = cutouts
        self.plain = plain
        self.output = output
        self.recovery = recovery
        self.clock = powers.clock
        self.report = powers.report
        self.paused = False
        self._cutouts = 0
        self._cutout_lanes = 1
        self._calm_at = 0
        self._is_asked = False
        """Whether files are to follow although the tab would leave that to whoever saves them."""
        self._work = asyncio.Event()

    def start(self, cutout_lanes, lanes):
        """Begin to take photos: at most ``lanes`` at once, ``cutout_lanes`` of them cutouts."""
        self._cutout_lanes = cutout_lanes
        for _ in range(max(cutout_lanes, lanes)):
            asyncio.create_task(self._lane())

    def look(self, _item=None):
        """Let the lanes look for work; something has changed."""
        self._work.set()

    def pause(self, paused):
        """Take no further photos while ``paused``; what has begun goes on."""
        self.paused = paused
        self.look()

    def follow_recipe(self, everywhere=False):
        """Let all finished files follow the recipe soon, unless it changes again meanwhile.

        On the tab of the cutouts only ``everywhere``: all were changed there together.
        """
        self._calm_at = self.clock.seconds() + CALM_SECONDS
        self._is_asked = self._is_asked or everywhere
        asyncio.create_task(self._look_when_calm())

    async def _look_when_calm(self):
        """Look for work once the recipe has stood still."""
        await self.clock.sleep(CALM_SECONDS + 0.02)
        self.look()

    async def _lane(self):
        """Take one photo after the other, for ever."""
        while True:
            item = None if self.paused else self._next()
            if item is None:
                self._work.clear()
                await self._work.wait()
                continue
            takes_network = item.settings.cutout and item.state == items.WAITING
            self._cutouts += takes_network
            try:
                if item.state == items.WAITING:
                    self.queue.move(item, items.STARTING)
                await self._with_retry(item, item.scope)
            finally:
                self._cutouts -= takes_network

    def _next(self):
        """Return the photo that a free lane takes now, or ``None``."""
        item = self.queue.next_waiting(self._cutouts < self._cutout_lanes)
        if item is None and self._follows() and not self.queue.count(*items.WORKING):
            item = self.queue.next_stale()
            self._is_asked = self._is_asked and item is not None
        return item

    def _follows(self):
        """Tell whether finished files are to follow the recipe now."""
        wanted = self._is_asked or self.queue.recipe.tab != CUTOUT
        return wanted and self.clock.seconds() >= self._calm_at

    async def _with_retry(self, item, scope):
        """Run one photo; a worker that died under it is replaced and the run repeated once."""
        task = asyncio.current_task()
        forget = scope.on_cancel(lambda: asyncio.create_task(self._free_pixels(task)))
        try:
            await self._try(item, scope)
        finally:
            forget()

    async def _free_pixels(self, task):
        """End the pixel worker if it stays with one call of a run that nobody waits for.

        A picture that takes long to decode would keep all others waiting. What others had open in
        there, their second try opens again.
        """
        pixels = self.recovery.pixels
        call = pixels.serving(task)
        await self.clock.sleep(STUCK_SECONDS)
        if call and pixels.serving(task) == call:
            pixels.replace()

    async def _try(self, item, scope):
        """Run one photo, once more where a worker broke, and settle how it ended."""
        for trial in range(TRIES):
            try:
                await self._run(item, scope)
                return
            except Refusal as error:
                code, words = error.code, str(error)
            except Exception as error:
                code, words = "internal", sentence("internal", {"reason": str(error)[:120]})
                self.report(error)
            finally:
                await self._close(scope)
                # Python's small heap is rarely swept, and what it refers to stays in JavaScript's.
                gc.collect()
            if scope.cancelled:
                return
            if self.recovery.handle(scope, code, trial):
                continue
            self.queue.fail(item, words, code)
            return

    async def _run(self, item, scope):
        """Lead one photo through the steps; raises :class:`Refusal`."""
        if item.state == items.DONE:
            await self.output.make(item, scope)
        elif item.settings.cutout:
            await self.cutouts.run(item, scope)
        else:
            await self.plain.run(item, scope)

    async def _close(self, scope):
        """Let the pixel worker forget a photo (a dead worker has already)."""
        pixels = self.recovery.pixels
        if pixels.dead or pixels.hung:
            return
        try:
            await self.cutouts.close(scope)
        except Refusal as error:
            if error.code not in ("worker_died", "timed_out", "runtime_failed"):
                raise
