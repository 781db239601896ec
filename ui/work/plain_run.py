"""The way of a photo that keeps its background: look into the file, render, encode.

No network and no matte. What Pillow cannot read (AVIF, HEIC) is decoded by a codec or by the
browser first and then kept in a form that it can read.
"""

import js

from common import limits
from ui.state import items
from ui.work import readable
from ui.work.output import blob_type


class PlainRun:
    """Leads photos without a cutout; shares its workers with the conductor."""

    PATIENCE = 180

    def __init__(self, queue, pixels, codecs, output, pictures):
        self.queue = queue
        self.pixels = pixels
        self.codecs = codecs
        self.output = output
        self.pictures = pictures

    async def run(self, item, check):
        """Make the file of one photo; ``check()`` raises when the run no longer counts."""
        started = js.performance.now()
        limits.check_file_size(item.size)
        await self.pixels.ready()
        check()
        self.queue.move(item, items.DECODING)
        await self.make_readable(item)
        await self.look_into(item)
        check()
        if item is self.queue.shown and item.before is None:
            item.before = await self.pictures.whole(item.source)
            self.queue.changed(item)
        if item.thumbnail is None:
            item.thumbnail = await self.pictures.small(item.source)
        check()
        self.queue.move(item, items.FINISHING)
        await self.output.make(item)
        check()
        if item is not self.queue.shown:
            item.readable = None  # a large file; it is made again when it is needed
        item.seconds = (js.performance.now() - started) / 1000
        self.queue.move(item, items.DONE)

    async def look_into(self, item):
        """Read what the file holds beside its pixels, for the receipt and the format."""
        if item.receipt is not None:
            return
        facts, _ = await self.pixels.call("receipt", item.file, patience=self.PATIENCE)
        item.receipt = facts
        item.width, item.height = facts["width"], facts["height"]
        item.format = facts["format"]

    async def make_readable(self, item):
        """Decode a photo that Pillow cannot read, once; others are left as they are."""
        if item.readable is not None:
            return
        head = await item.file.slice(4, 64).text()
        if not head.startswith("ftyp"):
            return
        kind = "avif" if "avif" in head or "avis" in head else "heic"
        width, height, pixels, finished = await readable.read(
            item.file, kind, self.codecs, self.output.limit_megapixels, item
        )
        # The browser applies a colour profile itself, the codec leaves that to open_pixels.
        raw = None if finished else item.file
        key = str(item.identifier) + ".decoded"
        _, content = await self.pixels.call(
            "open_pixels", key, pixels, width, height, "[]", raw, patience=self.PATIENCE
        )
        await self.pixels.call("close_photo", key, patience=self.PATIENCE)
        item.readable = js.Blob.new(js.Array.of(content), blob_type("image/png"))
