"""Leads each photo through the actors: decode, infer, finish; or, without a cutout, only encode.

Lanes take photos from the queue side by side. Only one of them can be in the network at a time,
so while one photo is inferred the next is decoded and the last one encoded, and never more than
two photos (on small devices one) on their way to a cutout are in memory. Photos that keep their
background use all lanes, one for each encoder. When nothing waits, files that no longer show their
recipe are made again.
"""

import asyncio
import gc
import json

import js

from common import limits, tiers
from common.errors import Refusal, sentence
from common.options import PREVIEW_SIZE
from ui import dom, items
from ui.output import Output, split
from ui.pictures import THUMBNAIL_SIDE, Pictures
from ui.plain import PlainRun
from ui.recipe import CUTOUT
from ui.recovery import TRIES, Recovery
from ui.worker_link import Actor

CALM_SECONDS = 1.2
"""How long the recipe has to stand still before other files than the shown one follow it."""

PIXEL_PATIENCE = 180


class Conductor:
    """Runs the queue on the two workers; ``engine`` makes the network ready."""

    def __init__(self, queue, engine, codecs):
        self.queue = queue
        self.engine = engine
        self.codecs = codecs
        self.pixels = Actor("pixels")
        self.studio = None
        """Puts the photo on the stage onto the desk."""
        self.paused = False
        self._cutouts = 0
        self._calm_at = 0
        self._network = asyncio.Lock()
        self._work = asyncio.Event()
        memory = getattr(js.navigator, "deviceMemory", None)
        self.limit_megapixels = limits.allowed_megapixels(memory)
        self.output = Output(queue, self.pixels, codecs, self.limit_megapixels)
        self.pictures = Pictures(queue, self.pixels, self.limit_megapixels)
        self.recovery = Recovery(queue, engine, self.pixels)
        self.plain = PlainRun(queue, self.pixels, codecs, self.output, self.pictures)
        self.output.prepare = self.plain.make_readable
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
        if item.state == items.DONE:
            await self.output.make(item)
            return
        if not item.cutout:
            await self.plain.run(item, lambda: stop_if_abandoned(item, attempt))
            return
        started = js.performance.now()
        item.inference_seconds = item.preview_seconds = 0
        key = str(item.identifier) + "." + str(attempt)
        limits.check_file_size(item.size)
        await self.pixels.ready()
        stop_if_abandoned(item, attempt)
        self.queue.move(item, items.DECODING)
        await self._open(item, attempt, key)

        await self.engine.ready()
        stop_if_abandoned(item, attempt)
        await self._infer(item, attempt, key, started)

        self.queue.move(item, items.FINISHING)
        untouched, shown = self.queue.recipe.is_untouched(item), item is self.queue.shown
        if untouched:
            mark = self.queue.recipe.mark(item)
            facts, content = await self._pixels("finish", key, shown)
            stop_if_abandoned(item, attempt)
            item.result, item.matte = split(facts, content)
            item.mask, item.saved_mark = None, mark
        else:
            _, matte = await self._pixels("matte", key)
            item.matte = js.Blob.new(js.Array.of(matte))
            if shown:
                await self.studio.take(item, key)
            await self._close(item, attempt)
            await self.output.make(item)
            stop_if_abandoned(item, attempt)
        item.provisional = False
        item.seconds = (js.performance.now() - started) / 1000
        self.queue.move(item, items.DONE)
        if untouched and shown:
            await self._show_final(item, key)

    async def _show_final(self, item, key):
        """Show what is finished; the file did not have to wait for that."""
        try:
            await self.studio.take(item, key)
        except Refusal as error:
            dom.report("no picture of " + item.name + ": " + error.code)
            self.recovery.handle(item, error.code, TRIES)

    async def _open(self, item, attempt, key):
        """Decode the photo and show what it looks like, unless the network can begin at once."""
        await self.plain.make_readable(item)
        soon = self._can_infer(item)
        facts, _ = await self._pixels("open_photo", key, item.source, self.limit_megapixels, soon)
        stop_if_abandoned(item, attempt)
        item.width, item.height = facts["width"], facts["height"]
        item.notices, item.format = facts["notices"], facts["format"]
        self.queue.changed(item)
        if not soon:
            await self._show_photo(item, key)

    def _can_infer(self, item):
        """Tell whether the network can begin with the photo on the stage at once."""
        return self.engine.is_ready and item is self.queue.shown and not self._network.locked()

    async def _show_photo(self, item, key):
        """Show what the photo looks like, on the stage and in its row."""
        if item is self.queue.shown and item.before is None:
            item.before = await self.pictures.of_open_photo(key, False)
        if item.thumbnail is None:
            item.thumbnail = await self.pictures.of_open_photo(key, False, THUMBNAIL_SIDE)
        self.queue.changed(item)

    async def _infer(self, item, attempt, key, started):
        """Run the network's passes, for the photo on the stage with a quick first look before.

        While one pass runs, the pixel worker takes in the mask of the pass before and prepares
        the input of the next.
        """
        sides = list(self.recovery.passes(item))
        first_look = self.queue.shown is item and not self._network.locked()
        if self.recovery.is_lowered(item):
            first_look = False
            item.notices = item.notices + ["lower_tier"]
        if first_look:
            sides.insert(0, PREVIEW_SIZE)
        mask, tensor = None, await self._input(key, sides[0], first_look)
        async with self._network:
            for number, side in enumerate(sides):
                stop_if_abandoned(item, attempt)
                self.queue.move(item, items.INFERRING)
                running = asyncio.create_task(self._pass(item, tensor, side))
                if number == 0:
                    await self._show_photo(item, key)
                else:
                    await self._accept(key, mask, sides[number - 1], number - 1, first_look)
                if number == 1 and first_look:
                    await self._show_preview(item, key)
                    item.preview_seconds = (js.performance.now() - started) / 1000
                if number + 1 < len(sides):
                    tensor = await self._input(key, sides[number + 1])
                seconds, mask = await running
                item.inference_seconds += seconds
            stop_if_abandoned(item, attempt)
            doubt = await self._accept(key, mask, sides[-1], len(sides) - 1, first_look)
            side = self.recovery.second_look(item, doubt)
            if side:
                await self._look_again(item, key, side)
        stop_if_abandoned(item, attempt)

    async def _look_again(self, item, key, side):
        """Let the network see a doubtful photo at another size, and the user what it has so far."""
        running = asyncio.create_task(self._pass(item, await self._input(key, side), side))
        if item is self.queue.shown:
            await self._show_preview(item, key)
        seconds, mask = await running
        item.inference_seconds += seconds
        await self._pixels("accept_mask", key, mask, side, True)

    async def _pass(self, item, tensor, side):
        """Run the network once; return the seconds that it took and its mask."""
        await self.engine.ready()
        self.recovery.watch_pass(item, side)
        patience = self.engine.pace.patience(side)
        try:
            facts, mask = await self.engine.actor.call("run", tensor, side, patience=patience)
        finally:
            self.recovery.watch_pass(None, 0)
        self.engine.pace.took(side, facts["seconds"])
        return facts["seconds"], mask

    async def _input(self, key, side, glimpse=False):
        """Return the network's input for one pass, a Float32Array; see ``network_input``."""
        scaling = json.dumps(self.engine.scaling)
        _, tensor = await self._pixels("network_input", key, side, scaling, glimpse)
        return tensor

    async def _accept(self, key, mask, side, number, first_look):
        """Give a pass's mask to the pixel worker, which averages those of the final passes.

        Returns the network's doubt about the photo.
        """
        is_later_final = number > (1 if first_look else 0)
        facts, _ = await self._pixels("accept_mask", key, mask, side, is_later_final)
        return facts["doubt"]

    async def _show_preview(self, item, key):
        """Let the user see the quick first look."""
        item.after = await self.pictures.of_open_photo(key, True)
        item.provisional = True
        self.queue.changed(item)

    async def _close(self, item, attempt):
        """Let the pixel worker forget a photo (a dead worker has already)."""
        if self.pixels.dead or self.pixels.hung:
            return
        try:
            key = str(item.identifier) + "." + str(attempt)
            await self._pixels("close_photo", key)
        except Refusal as error:
            if error.code not in ("worker_died", "timed_out", "runtime_failed"):
                raise

    async def _pixels(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PIXEL_PATIENCE)


class Abandoned(Exception):
    """The user cancelled or removed this run; its results no longer count."""


def stop_if_abandoned(item, attempt):
    """Raise :class:`Abandoned` when ``attempt`` is no longer the item's present run."""
    if item.attempt != attempt:
        raise Abandoned()
