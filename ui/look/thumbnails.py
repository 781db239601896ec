"""The small pictures of the list: the photo while it is on its way, then what has become of it.

They are decoded by the browser, so that they are there before the pixel worker is, as after a
reload; only what the browser cannot read waits for that.
"""

import asyncio

from common.errors import Refusal
from ui.state import items
from ui.state.records import THUMBNAIL_SIDE

MADE_THERE = (items.DECODING, items.INFERRING, items.FINISHING)
"""States in which a photo that is cut out gets its thumbnail from the pixel worker, which has
decoded it; decoding it once more would take memory and processor from the network's pass."""

LOOK_SECONDS = 0.4
"""How often is looked whether there is time for a thumbnail."""

REST_SECONDS = 0.4
"""How long the picture on the stage must stay before its thumbnail is made."""


class Thumbnails:
    """Draws thumbnails, one after the other.

    ``of_file(blob, side)`` is the pixel worker's way to a small picture of a File or Blob.
    """

    def __init__(self, queue, pixels, of_file, powers):
        self.queue = queue
        self.pixels = pixels
        self.of_file = of_file
        self.bitmaps = powers.bitmaps
        self.clock = powers.clock
        self.report = powers.report
        self._changed = []
        """Photos of which something has changed, in turn."""
        self._work = asyncio.Event()

    def start(self):
        """Begin to draw."""
        asyncio.create_task(self._loop())

    def changed(self, item):
        """Look soon whether a photo needs another thumbnail."""
        if item not in self._changed:
            self._changed.append(item)
        self._work.set()

    async def small(self, blob):
        """Return a thumbnail of a file, decoded by the browser or else by the pixel worker."""
        small = await self._decoded(blob)
        return small or await self.of_file(blob, THUMBNAIL_SIDE)

    async def _decoded(self, picture):
        """Return a small ImageBitmap of a file or a picture, ``None`` where that cannot be had."""
        options = {"resizeWidth": THUMBNAIL_SIDE, "resizeQuality": "medium"}
        return await self.bitmaps.decoded(picture, **options)

    async def _loop(self):
        """Draw one thumbnail after the other; those that have to wait are looked at again."""
        while True:
            self._work.clear()
            changed, self._changed = self._changed, []
            # What is on its way has time until the network is at work: it delays no start then.
            has_time = self.queue.count(items.INFERRING) > 0
            for item in changed:
                wanted = self._wanted(item)
                if wanted is None:
                    continue
                if not (has_time or item.ended) or not await self._draw(item, wanted):
                    self.changed(item)
            if self._changed:
                await self.clock.sleep(LOOK_SECONDS)
            else:
                await self._work.wait()

    def _wanted(self, item):
        """Return what an item's thumbnail is to show and does not, ``None`` where it does.

        That is its photo (the record of it), its result or the picture on the stage.
        """
        pictures, result = item.pictures, item.result
        shows = pictures.thumbnail_of
        if shows is None and pictures.thumbnail is not None:
            shows = item.source
        wanted = item.source if shows is None else shows
        if item not in self.queue.items or (item.settings.cutout and item.state in MADE_THERE):
            return None
        if item.state == items.DONE and result is not None:
            if not (item.settings.cutout or item.settings.edit):
                wanted = item.source
            elif self.queue.recipe.is_fresh(item) or shows in (None, item.source):
                wanted = result
            elif item is self.queue.shown and is_the_result(pictures):
                wanted = pictures.after
        return None if wanted is shows else wanted

    async def _draw(self, item, wanted):
        """Give an item another thumbnail; return whether that is settled."""
        pictures, photo = item.pictures, item.source.decodable
        if wanted is item.source:
            small = await self._first_of(item, photo)
        elif wanted is item.result:
            small = await self._of_result(item, wanted, photo)
        else:
            await self.clock.sleep(REST_SECONDS)
            if pictures.after is not wanted:
                return False
            small = await self._decoded(wanted)
        if small is False:
            return False
        pictures.thumbnail = small or pictures.thumbnail
        pictures.thumbnail_of = wanted
        self.queue.pictures_changed.send(item)
        return True

    async def _of_result(self, item, result, photo):
        """Return a thumbnail of an item's finished file, as :meth:`_first_of` does.

        Where the stage is about to show the same, of that: decoding a whole file takes much memory,
        just when the most is in use.
        """
        if item is self.queue.shown and item.settings.cutout:
            await self.clock.sleep(REST_SECONDS)
            same = item.result is result and self.queue.recipe.is_untouched(item)
            if same and item.pictures.placed is not None and is_the_result(item.pictures):
                return await self._decoded(item.pictures.after)
        return await self._first_of(item, result.file, photo)

    async def _first_of(self, item, *files):
        """Return a thumbnail of the first file of which one can be had, ``None`` without any.

        ``False`` while the pixel worker has to be waited for.
        """
        for file in files:
            small = await self._decoded(file)
            if small is None and not self.pixels.is_up:
                return False
            try:
                small = small or await self.of_file(file, THUMBNAIL_SIDE)
            except Refusal as error:
                self.report("no thumbnail of " + item.name + ": " + error.code)
            if small is not None:
                return small
        return None


def is_the_result(pictures):
    """Tell whether what the stage shows will be the file: no first look, nothing around a frame."""
    return pictures.after is not None and not pictures.provisional and pictures.around is None
