"""One photo's way to its cutout: decode, the network's passes, the file.

Only one photo can be in the network at a time. While it is there, the next one is decoded and the
last one encoded.
"""

import asyncio
import json

import js

from common import limits
from common.buffers import give_back
from common.errors import Refusal
from common.options import PREVIEW_SIZE
from ui.browser import dom
from ui.state import items
from ui.work.output import split
from ui.work.pictures import PATIENCE, THUMBNAIL_SIDE, is_sharp
from ui.work.recovery import TRIES


class CutoutRun:
    """Runs photos that lose their background; :class:`ui.work.plain_run.PlainRun` runs the
    others.
    """

    def __init__(self, conductor):
        self.queue = conductor.queue
        self.engine = conductor.engine
        self.pixels = conductor.pixels
        self.limit_megapixels = conductor.limit_megapixels
        self.output = conductor.output
        self.pictures = conductor.pictures
        self.recovery = conductor.recovery
        self.plain = conductor.plain
        self.studio = None
        """Puts the photo on the stage onto the desk."""
        self._network = asyncio.Lock()

    async def run(self, item, key, check):
        """Lead one photo through the steps; ``key`` is its name in the pixel worker.

        ``check()`` raises when the run no longer counts. Raises :class:`Refusal`.
        """
        started = js.performance.now()
        item.inference_seconds = item.preview_seconds = 0
        limits.check_file_size(item.size)
        await self.pixels.ready()
        check()
        self.queue.move(item, items.DECODING)
        await self._open(item, key, check)

        await self.engine.ready()
        check()
        await self._infer(item, key, check, started)

        self.queue.move(item, items.FINISHING)
        untouched, shown = self.queue.recipe.is_untouched(item), item is self.queue.shown
        if untouched:
            mark = self.queue.recipe.mark(item)
            facts, content = await self._pixels("finish", key, shown)
            check()
            item.result, item.matte = split(facts, content)
            item.mask, item.saved_mark = None, mark
        else:
            _, matte = await self._pixels("matte", key)
            item.matte = js.Blob.new(js.Array.of(matte))
            if shown:
                await self.studio.take(item, key)
            else:
                await self.close(key)
            await self.output.make(item)
            check()
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

    async def _open(self, item, key, check):
        """Decode the photo and show what it looks like, unless the network can begin at once."""
        await self.plain.make_readable(item)
        soon = self._can_infer(item)
        facts, _ = await self._pixels("open_photo", key, item.source, self.limit_megapixels, soon)
        check()
        item.width, item.height = facts["width"], facts["height"]
        item.notices, item.format = facts["notices"], facts["format"]
        self.queue.changed(item)
        if not soon:
            await self._show_photo(item, key)

    def _can_infer(self, item):
        """Tell whether the network can begin with the photo on the stage at once."""
        return self.engine.is_ready and item is self.queue.shown and not self._network.locked()

    async def _show_photo(self, item, key):
        """Show what the photo looks like, on the stage and in its row.

        A picture that was made from a glimpse is made again.
        """
        if item is self.queue.shown and not is_sharp(item.before, item.width, item.height):
            item.before = await self.pictures.of_open_photo(key, False)
        if item.thumbnail is None:
            item.thumbnail = await self.pictures.of_open_photo(key, False, THUMBNAIL_SIDE)
        self.queue.changed(item)

    async def _infer(self, item, key, check, started):
        """Run the network's passes, for the photo on the stage with a quick first look before.

        While one pass runs, the pixel worker takes in the mask of the pass before and prepares
        the input of the next.
        """
        sides = self.recovery.passes(item)
        first_look = self.queue.shown is item and not self._network.locked()
        if self.recovery.is_lowered(item):
            first_look = False
            item.notices = item.notices + ["lower_tier"]
        mask = None
        tensor = None if first_look else await self._input(key, sides[0])
        async with self._network:
            if first_look:
                check()
                await self._look_first(item, key, check, started)
                check()
                tensor = await self._input(key, sides[0])
            for number, side in enumerate(sides):
                check()
                self.queue.move(item, items.INFERRING)
                running = asyncio.create_task(self._pass(item, tensor, side))
                if number == 0:
                    await self._show_photo(item, key)
                else:
                    await self._accept(key, mask, sides[number - 1], number > 1)
                if number + 1 < len(sides):
                    tensor = await self._input(key, sides[number + 1])
                seconds, mask = await running
                item.inference_seconds += seconds
            check()
            doubt = await self._accept(key, mask, sides[-1], len(sides) > 1)
            side = self.recovery.second_look(item, doubt)
            if side:
                await self._look_again(item, key, side)
        check()

    async def _look_first(self, item, key, check, started):
        """Show the quick first look.

        From a glimpse of the photo, for on two cores the network's pass would take half as long
        again while all of the pixels are decoded beside it.
        """
        tensor = await self._input(key, PREVIEW_SIZE, True)
        self.queue.move(item, items.INFERRING)
        running = asyncio.create_task(self._pass(item, tensor, PREVIEW_SIZE))
        await self._show_photo(item, key)
        seconds, mask = await running
        item.inference_seconds += seconds
        check()
        await self._accept(key, mask, PREVIEW_SIZE, False)
        await self._show_preview(item, key)
        item.preview_seconds = (js.performance.now() - started) / 1000

    async def _look_again(self, item, key, side):
        """Let the network see a doubtful photo at another size, and the user what it has so far."""
        running = asyncio.create_task(self._pass(item, await self._input(key, side), side))
        if item is self.queue.shown:
            await self._show_preview(item, key)
        seconds, mask = await running
        item.inference_seconds += seconds
        await self._accept(key, mask, side, True)

    async def _pass(self, item, tensor, side):
        """Run the network once; return the seconds that it took and its mask.

        Empties ``tensor``.
        """
        await self.engine.ready()
        self.recovery.watch_pass(item, side)
        patience = self.engine.pace.patience(side)
        try:
            facts, mask = await self.engine.actor.call("run", tensor, side, patience=patience)
        finally:
            self.recovery.watch_pass(None, 0)
        give_back(tensor.buffer)
        self.engine.pace.took(side, facts["seconds"])
        return facts["seconds"], mask

    async def _input(self, key, side, glimpse=False):
        """Return the network's input for one pass, a Float32Array; see ``network_input``."""
        scaling = json.dumps(self.engine.scaling)
        _, tensor = await self._pixels("network_input", key, side, scaling, glimpse)
        return tensor

    async def _accept(self, key, mask, side, add):
        """Give a pass's mask to the pixel worker; ``add`` averages it with those before.

        Returns the network's doubt about the photo. Empties ``mask``.
        """
        facts, _ = await self._pixels("accept_mask", key, mask, side, add)
        give_back(mask.buffer)
        return facts["doubt"]

    async def _show_preview(self, item, key):
        """Let the user see the quick first look."""
        item.after = await self.pictures.of_open_photo(key, True)
        item.provisional = True
        self.queue.changed(item)

    async def close(self, key):
        """Let the pixel worker forget a photo; raises :class:`Refusal`."""
        await self._pixels("close_photo", key)

    async def _pixels(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)
