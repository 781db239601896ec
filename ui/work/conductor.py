"""Leads the queue: which photo is next, what becomes of it, and the second try when a worker broke.

Lanes take photos from the queue side by side. Only one of them can be in the network at a time,
so while one photo is inferred the next is decoded and the last one encoded, and never more than
two photos (on small devices one) on their way to a cutout are in memory. Photos that keep their
background use all lanes, one for each encoder. When nothing waits, files that no longer show their
recipe are made again.
"""

import asyncio
import gc

import js

from common import limits, tiers
from common.errors import Refusal, sentence
from ui.browser import dom
from ui.browser.worker_link import Actor
from ui.state import items
from ui.state.recipe import CUTOUT
from ui.work.cutout_run import CutoutRun
from ui.work.output import Output
from ui.work.pictures import Pictures
from ui.work.plain_run import PlainRun
from ui.work.recovery import TRIES, Recovery

CALM_SECONDS = 1.2
"""How long the recipe has to stand still before other files than the shown one follow it."""


class Conductor:
    """Runs the queue on the two workers; ``engine`` makes the network ready."""

    def __init__(self, queue, engine, codecs):
        self.queue = queue
        self.engine = engine
        self.codecs = codecs
        self.pixels = Actor("pixels")
        self.paused = False
        self._cutouts = 0
        self._calm_at = 0
        self._work = asyncio.Event()
        memory = getattr(js.navigator, "deviceMemory", None)
        self.limit_megapixels = limits.allowed_megapixels(memory)
        self.output = Output(queue, self.pixels, codecs, self.limit_megapixels)
        self.pictures = Pictures(queue, self.pixels, self.limit_megapixels)
        self.recovery = Recovery(queue, engine, self.pixels)
        self.plain = PlainRun(queue, self.pixels, codecs, self.output, self.pictures)
        self.output.prepare = self.plain.make_readable
        self.cutouts = CutoutRun(self)
        self._cutout_lanes = tiers.TIERS[engine.tier]["copies"]

    def start(self):
        """Begin to take photos from the queue, now and whenever some are added."""
        for _ in range(max(self._cutout_lanes, self.codecs.size)):
            asyncio.create_task(self._lane())
        self.pictures.start()
        self.queue.watch(self._changed)

    def _changed(self, item):
        """Let the lanes look for work; an encoder that works for nobody stops."""
        if item.state == items.CANCELLED and item.saving:
            self.codecs.cancel(item)
        self._work.set()

    def pause(self, paused):
        """Take no further photos while ``paused``; what has begun goes on."""
        self.paused = paused
        self._work.set()

    def follow_recipe(self):
        """Let all finished files follow the recipe soon, unless it changes again meanwhile."""
        self._calm_at = js.performance.now() + 1000 * CALM_SECONDS
        js.setTimeout(lambda: self._work.set(), int(1000 * CALM_SECONDS) + 20)

    async def _lane(self):
        """Take one photo after the other, for ever."""
        while True:
            item = None if self.paused else self._next()
            if item is None:
                self._work.clear()
                await self._work.wait()
                continue
            takes_network = item.cutout and item.state == items.WAITING
            self._cutouts += takes_network
            try:
                if item.state == items.WAITING:
                    self.queue.move(item, items.STARTING)
                await self._with_retry(item, item.attempt)
            finally:
                self._cutouts -= takes_network

    def _next(self):
        """Return the photo that a free lane takes now, or ``None``."""
        item = self.queue.next_waiting(self._cutouts < self._cutout_lanes)
        if item is None and self._follows() and not self.queue.count(*items.WORKING):
            item = self.queue.next_stale()
        return item

    def _follows(self):
        """Tell whether finished files are to follow the recipe now."""
        return self.queue.recipe.tab != CUTOUT and js.performance.now() >= self._calm_at

    async def _with_retry(self, item, attempt):
        """Run one photo; a worker that died under it is replaced and the run repeated once."""
        for trial in range(TRIES):
            try:
                await self._run(item, attempt)
                return
            except Abandoned:
                return
            except Refusal as error:
                code, words = error.code, str(error)
            except Exception as error:
                code, words = "internal", sentence("internal", {"reason": str(error)[:120]})
                dom.report(error)
            finally:
                await self._close(item, attempt)
                # Python's small heap is rarely swept, and what it refers to stays in JavaScript's.
                gc.collect()
            if item.attempt != attempt:
                return
            if self.recovery.handle(item, code, trial):
                continue
            self.queue.fail(item, words)
            return

    async def _run(self, item, attempt):
        """Lead one photo through the steps; raises :class:`Refusal` or ``Abandoned``."""

        def check():
            """Raise ``Abandoned`` when this run no longer counts."""
            if item.attempt != attempt:
                raise Abandoned()

        if item.state == items.DONE:
            await self.output.make(item)
        elif item.cutout:
            await self.cutouts.run(item, key_of(item, attempt), check)
        else:
            await self.plain.run(item, check)

    async def _close(self, item, attempt):
        """Let the pixel worker forget a photo (a dead worker has already)."""
        if self.pixels.dead or self.pixels.hung:
            return
        try:
            await self.cutouts.close(key_of(item, attempt))
        except Refusal as error:
            if error.code not in ("worker_died", "timed_out", "runtime_failed"):
                raise


class Abandoned(Exception):
    """The user cancelled or removed this run; its results no longer count."""


def key_of(item, attempt):
    """Return the name under which the pixel worker keeps the photo of this run."""
    return str(item.identifier) + "." + str(attempt)
