"""One photo's way to its cutout: decode, the network's passes, the file.

Only one photo can be in the network at a time. While it is there, the next one is decoded and the
last one encoded.
"""

import asyncio
import json

from common import limits
from common.errors import Refusal
from common.options import PREVIEW_SIZE
from ui.state import items
from ui.state.mattes import WHOLE
from ui.state.records import THUMBNAIL_SIDE, Result
from ui.work.pictures import is_sharp
from ui.work.powers import PATIENCE
from ui.work.recovery import TRIES


class CutoutRun:
    """Runs photos that lose their background; :class:`ui.work.plain_run.PlainRun` runs the
    others.
    """

    def __init__(
        self, queue, pixels, passes, first_look, recovery, readable, desk, output, pictures, powers
    ):
        self.queue = queue
        self.pixels = pixels
        self.passes = passes
        self.first_look = first_look
        self.engine = passes.engine
        self.recovery = recovery
        self.readable = readable
        self.desk = desk
        self.output = output
        self.pictures = pictures
        self.powers = powers
        self.clock = powers.clock

    async def run(self, item, scope):
        """Lead one photo through the steps; raises :class:`Refusal`, ``cancelled`` among them."""
        started = self.clock.seconds()
        item.timing.inference = item.timing.preview = 0
        item.found = ""
        limits.check_file_size(item.size)
        needs_network = item.matte is None and item.mattes.of(WHOLE) is None
        looking = self.first_look.begin(item, scope, started) if needs_network else None
        await self.pixels.ready()
        scope.check()
        self.queue.move(item, items.DECODING)
        await self._open(item, scope)

        if needs_network and not item.source.known:
            await self.engine.ready()
            scope.check()
            has_look = await looking
            scope.check()
            await self._infer(item, scope, started, has_look)
        if item.places or item.mattes:
            await self._look_at_places(item, scope)
        await self._judge(item, scope)

        self.queue.move(item, items.FINISHING)
        untouched, shown = self.queue.recipe.is_untouched(item), item is self.queue.shown
        if untouched:
            await self._finish(item, scope, shown)
        else:
            await self._finish_edited(item, scope, shown)
        scope.check()
        item.pictures.provisional = False
        item.timing.total = self.clock.seconds() - started
        self.queue.move(item, items.DONE)
        if untouched and shown:
            await self._show_final(item, scope)

    async def _finish(self, item, scope, shown):
        """Make the file of a photo that nobody has edited; nothing else stands between."""
        version = self.queue.recipe.version(item)
        facts, content = await self._pixels("finish", scope.key, shown)
        scope.check()
        file, item.matte = self.powers.blobs.split(facts["types"], facts["sizes"], content)
        item.result = Result(file, version)

    async def _finish_edited(self, item, scope, shown):
        """Keep the matte, show the photo with its edit, make its file."""
        if item.matte is None:
            await self.passes.keep_matte(scope, item.mattes, item.places)
        if shown:
            await self.desk.place(item, scope.key)
        else:
            await self.close(scope)
        await self.output.make(item, scope)

    async def _show_final(self, item, scope):
        """Show what is finished; the file did not have to wait for that."""
        try:
            await self.desk.place(item, scope.key)
        except Refusal as error:
            self.powers.report("no picture of " + item.name + ": " + error.code)
            self.recovery.handle(scope, error.code, TRIES)

    async def _open(self, item, scope):
        """Decode the photo and show what it looks like, unless the network can begin at once."""
        await self.readable.prepare(item, scope)
        soon = item is self.queue.shown and self.passes.can_begin()
        facts, _ = await self._pixels(
            "open_photo", scope.key, item.source.decodable, self.readable.limit_megapixels, soon
        )
        scope.check()
        item.source.width, item.source.height = facts["width"], facts["height"]
        item.source.format, item.source.known = facts["format"], facts["known"]
        item.notices = item.source.notices + facts["notices"]
        self.queue.facts_changed.send(item)
        if not soon or item.source.known:
            await self._show_photo(item, scope)

    async def _show_photo(self, item, scope):
        """Show what the photo looks like, on the stage and in its row.

        A picture that was made from a glimpse is made again.
        """
        source, pictures = item.source, item.pictures
        if item is self.queue.shown and not is_sharp(pictures.before, source.width, source.height):
            pictures.before = await self.pictures.of_open_photo(scope.key, False)
        if pictures.thumbnail is None:
            pictures.thumbnail = await self.pictures.of_open_photo(scope.key, False, THUMBNAIL_SIDE)
        self.queue.pictures_changed.send(item)

    async def _infer(self, item, scope, started, has_look):
        """Run the network's passes, for the photo on the stage with a quick first look before.

        While one pass runs, the pixel worker takes in the mask of the pass before and prepares
        the input of the next.
        """
        sides = self.recovery.passes(item.source, scope)
        small = sides[0] <= PREVIEW_SIZE
        first_look = self.queue.shown is item and not self.passes.turn.locked()
        first_look = first_look and not (small or has_look) and self.first_look.is_slow()
        if self.recovery.is_lowered(scope):
            first_look = False
            item.notices = item.notices + ["lower_tier"]
        mask = None
        tensor = None if first_look else await self.passes.input(scope, sides[0])
        async with self.passes.turn:
            if first_look:
                scope.check()
                await self._look_first(item, scope, started)
                scope.check()
                tensor = await self.passes.input(scope, sides[0])
            for number, side in enumerate(sides):
                scope.check()
                self.queue.move(item, items.INFERRING)
                running = asyncio.create_task(self.passes.run(scope, tensor, side))
                if number == 0:
                    await self._show_photo(item, scope)
                else:
                    await self.passes.accept(scope, mask, sides[number - 1], number > 1)
                if number + 1 < len(sides):
                    tensor = await self.passes.input(scope, sides[number + 1])
                mask = await self._mask_of(item, running)
            scope.check()
            doubt = await self.passes.accept(scope, mask, sides[-1], len(sides) > 1)
            if self.recovery.looks_again(scope, doubt):
                await self._look_again(item, scope)
        scope.check()

    async def _look_first(self, item, scope, started):
        """Show the quick first look.

        From a glimpse of the photo, for on two cores the network's pass would take half as long
        again while all of the pixels are decoded beside it.
        """
        tensor = await self.passes.input(scope, PREVIEW_SIZE, True)
        self.queue.move(item, items.INFERRING)
        running = asyncio.create_task(self.passes.run(scope, tensor, PREVIEW_SIZE))
        await self._show_photo(item, scope)
        mask = await self._mask_of(item, running)
        scope.check()
        await self.passes.accept(scope, mask, PREVIEW_SIZE, False)
        await self._show_preview(item, scope)
        item.timing.preview = self.clock.seconds() - started

    async def _look_again(self, item, scope):
        """Ask another network about a doubtful photo; let both see from near what they find in it.

        Without the other one, this one sees the whole at another size, where that fits into the
        device. The user sees meanwhile what there is so far.
        """
        seconds = await self.passes.ask_second(scope)
        item.timing.inference += seconds
        scope.check()
        if seconds:
            if item is self.queue.shown:
                await self._show_preview(item, scope)
            facts, _ = await self._pixels("where_it_is", scope.key)
            if facts["box"]:
                await self._look_from_near(item, scope, json.dumps(facts["box"]), True)
            return
        side = self.recovery.second_look(item.source)
        if not side:
            return
        tensor = await self.passes.input(scope, side)
        running = asyncio.create_task(self.passes.run(scope, tensor, side))
        if item is self.queue.shown:
            await self._show_preview(item, scope)
        mask = await self._mask_of(item, running)
        await self.passes.accept(scope, mask, side, True)

    async def _look_at_places(self, item, scope):
        """Find the matte of what the user has pointed at; the pixel worker has it in the end.

        What is meant is asked anew each time, as the user may point at more meanwhile.
        """
        places = item.mattes.missing(item.places)
        while places is not None:
            if places:
                await self.passes.give_mattes(scope, item.mattes, places[:-1])
                await self._look_closer(item, scope, json.dumps(places[-1]))
            await self.passes.keep_matte(scope, item.mattes, places)
            places = item.mattes.missing(item.places)
        await self.passes.give_mattes(scope, item.mattes, item.places)
        scope.check()

    async def _judge(self, item, scope):
        """Refuse to make an empty file; tell where nearly all of a photo was taken for the subject.

        What the network said is kept, so that pointing at something costs only that look. Strokes
        may have put something where it found nothing.
        """
        facts, _ = await self._pixels("what_is_found", scope.key)
        scope.check()
        item.found, item.doubt = facts["found"], facts["doubt"]
        if item.found == "everything":
            item.notices = item.notices + ["everything_found"]
        if item.found != "nothing" or (item.settings.edit and item.settings.edit["strokes"]):
            return
        if item.matte is None:
            await self.passes.keep_matte(scope, item.mattes, item.places)
        raise Refusal("nothing_found")

    async def _look_closer(self, item, scope, place):
        """Let the network see the part of the photo that a place (JSON text) means."""
        if item.source.known:
            await self._pixels("look_at_known", scope.key, place)
            return
        await self.engine.ready()
        async with self.passes.turn:
            scope.check()
            self.queue.move(item, items.INFERRING)
            await self._look_from_near(item, scope, place, False)

    async def _look_from_near(self, item, scope, place, of_doubt):
        """Let both networks see a part of the photo; see :meth:`Passes.look_from_near`."""
        side = self.recovery.passes(item.source, scope)[0]
        item.timing.inference += await self.passes.look_from_near(scope, side, place, of_doubt)

    async def _mask_of(self, item, running):
        """Wait for a pass, add up its seconds, return its mask."""
        seconds, mask = await running
        item.timing.inference += seconds
        return mask

    async def _show_preview(self, item, scope):
        """Let the user see the quick first look."""
        item.pictures.after = await self.pictures.of_open_photo(scope.key, True)
        item.pictures.provisional = True
        self.queue.pictures_changed.send(item)

    async def close(self, scope):
        """Let the pixel worker forget the photo of a run; raises :class:`Refusal`."""
        await self._pixels("close_photo", scope.key)

    async def _pixels(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)
