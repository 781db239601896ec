"""The first look: the photo and a quick cutout of it, before Pyodide has started.

The browser decodes the photo, the small network finds the subject in it, and both become a picture
that is shown as a preview until there is something better. It is never saved: every file is made
by the pixel worker from pixels that Pillow has decoded.
"""

import asyncio

from common import limits
from common.errors import Refusal
from common.options import LIGHT_SIDE
from ui.look.picture_size import size_of
from ui.state.records import STAGE_SIDE, THUMBNAIL_SIDE

WORTH = 4
"""Seconds of computing from which a preview is worth the second that it takes itself."""

BACKDROP = "#808080"
"""What the network sees behind transparent pixels, as in :mod:`core.matte.tensor`."""

PATIENCE = 600
"""Seconds for the small network to arrive and answer."""


class FirstLook:
    """Shows first looks, where they are worth their time."""

    def __init__(self, queue, passes, pixels, powers, limit_megapixels):
        self.queue = queue
        self.passes = passes
        self.engine = passes.engine
        self.pixels = pixels
        self.clock = powers.clock
        self.blobs = powers.blobs
        self.bitmaps = powers.bitmaps
        self.report = powers.report
        self.limit_megapixels = limit_megapixels

    def begin(self, item, scope, started):
        """Begin to show what a run that began at ``started`` is about.

        Returns a task that ends with whether the stage has a first look.
        """
        is_worth_it = self._is_worth_it(item)
        if is_worth_it:
            self.pixels.head_start.hold()
        return asyncio.create_task(self._run(item, scope, started, is_worth_it))

    async def _run(self, item, scope, started, is_worth_it):
        """Show a first look where it is worth it, and note when it was there."""
        if not is_worth_it:
            return False
        try:
            has_look = await self.show(item, scope)
        finally:
            self.pixels.head_start.let_go()
        if has_look:
            item.timing.preview = self.clock.seconds() - started
        return has_look

    def _is_worth_it(self, item):
        """Tell whether ``item`` is to get a first look from the browser.

        Only the photo on the stage does, unless there is a picture already, and not where the
        cutout itself will be there soon.
        """
        if self.passes.turn.locked():
            return False
        pictures = item.pictures
        if not self._may_show(item, item.scope) or pictures.before or pictures.after:
            return False
        if not self.engine.may_have_second():
            return False
        return not (self.pixels.is_up and self.engine.is_ready) or self.is_slow()

    def is_slow(self):
        """Tell whether the network's passes take so long that a preview is worth its time."""
        seconds = sum([self.engine.pace.expected(side) for side in self.engine.options.passes])
        return seconds == 0 or seconds >= WORTH

    async def show(self, item, scope):
        """Show the photo and then its first look; return whether the stage has one.

        Where the browser cannot decode the file, gives canvases a noise of its own, or there is no
        small network, the photo goes the other way, through the pixel worker. Raises nothing.
        """
        self.engine.wake()
        try:
            photo = await self._photo(item.source)
            return photo is not None and await self._cut_out(item, scope, photo)
        except Refusal:
            # There is no small network, or the pixel worker will refuse the photo, with a sentence.
            return False
        except Exception as error:
            # Nothing depends on it, and whatever ails the browser here, Pillow may do without.
            self.report(error)
            return False

    async def _photo(self, source):
        """Return the photo as an ImageBitmap of at most :data:`STAGE_SIDE`, or ``None``."""
        if source.stand_in is not None or not self.bitmaps.reads_back():
            return None

        async def read(start, end):
            return await self.blobs.part(source.file, start, end)

        size = await size_of(read)
        if size is None:
            return None
        limits.check_dimensions(size[0], size[1], self.limit_megapixels)
        limits.check_cutout(size[0], size[1])
        whole = await self.bitmaps.decoded(source.file)
        longest = 0 if whole is None else max(whole.width, whole.height)
        if longest <= STAGE_SIDE:
            return whole
        # Only now, since a camera's turn has changed which side is the longer one.
        width = max(1, round(whole.width * STAGE_SIDE / longest))
        height = max(1, round(whole.height * STAGE_SIDE / longest))
        smaller = await self.bitmaps.decoded(
            whole, resizeWidth=width, resizeHeight=height, resizeQuality="medium"
        )
        self.bitmaps.close(whole)
        return smaller

    async def _cut_out(self, item, scope, photo):
        """Show a photo, ask the small network, show what it has found."""
        pictures = item.pictures
        if not self._may_show(item, scope) or pictures.before is not None:
            self.bitmaps.close(photo)
            return False
        pictures.before = photo
        if pictures.thumbnail is None:
            small = {"resizeWidth": THUMBNAIL_SIDE, "resizeQuality": "medium"}
            pictures.thumbnail = await self.bitmaps.decoded(photo, **small)
        self.queue.pictures_changed.send(item)
        square = {"resizeWidth": LIGHT_SIDE, "resizeHeight": LIGHT_SIDE, "resizeQuality": "medium"}
        small = await self.bitmaps.decoded(photo, **square)
        if small is None:
            return False
        pixels = self.bitmaps.pixels_of(small, BACKDROP)
        self.bitmaps.close(small)
        _, mask = await self.engine.actor.call("look", pixels, LIGHT_SIDE, patience=PATIENCE)
        is_there = pictures.before is photo and pictures.after is None
        if not is_there or not self._may_show(item, scope):
            return False
        pictures.after = self.bitmaps.cut_out(photo, mask, LIGHT_SIDE)
        pictures.provisional = True
        self.queue.pictures_changed.send(item)
        return True

    def _may_show(self, item, scope):
        """Tell whether a photo is still on the stage and on its way."""
        return item is self.queue.shown and not (item.ended or scope.cancelled)
