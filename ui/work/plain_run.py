"""The way of a photo that keeps its background: look into the file, render, encode.

No network and no matte.
"""

from common import limits
from ui.state import items


class PlainRun:
    """Leads photos without a cutout; shares its workers with :class:`CutoutRun`."""

    def __init__(self, queue, pixels, readable, output, pictures, thumbnails, powers):
        self.queue = queue
        self.pixels = pixels
        self.readable = readable
        self.output = output
        self.pictures = pictures
        self.thumbnails = thumbnails
        self.clock = powers.clock

    async def run(self, item, scope):
        """Make the file of one photo; raises :class:`Refusal`, ``cancelled`` among them."""
        started = self.clock.seconds()
        limits.check_file_size(item.size)
        await self.pixels.ready()
        scope.check()
        self.queue.move(item, items.DECODING)
        await self.readable.prepare(item, scope)
        await self.readable.look_into(item)
        scope.check()
        if item is self.queue.shown and item.pictures.before is None:
            item.pictures.before = await self.pictures.whole(item.source.decodable)
            self.queue.pictures_changed.send(item)
        if item.pictures.thumbnail is None:
            item.pictures.thumbnail = await self.thumbnails.small(item.source.decodable)
        scope.check()
        self.queue.move(item, items.FINISHING)
        await self.output.make(item, scope)
        scope.check()
        if item is not self.queue.shown:
            item.source.stand_in = None  # a large file; it is made again when it is needed
        item.timing.total = self.clock.seconds() - started
        self.queue.move(item, items.DONE)
