"""The small pictures on the screen: thumbnails of the queue, large ones for the stage.

They come from the pixel worker as RGBA bytes, or, where two files are compared pixel by pixel, as
the browser itself decodes them. They go onto canvases untouched; a canvas is never read back,
because privacy-hardened browsers put noise on what is read. Only the photo on the stage keeps its
large pictures, so that a queue of hundreds stays small.
"""

import asyncio

import js
import jsffi

from common.errors import Refusal
from ui.browser import dom
from ui.state import items

STAGE_SIDE = 1600
THUMBNAIL_SIDE = 112
MOST_PIXELS = 16000000
"""Pixels of a picture that is compared; some browsers have no larger canvas."""

PATIENCE = 180
"""Seconds for one call; a 50-megapixel picture on a slow phone needs a good part of it."""


class Pictures:
    """Gets pictures of photos from the pixel worker and lets go of those not on the stage."""

    def __init__(self, queue, pixels, limit_megapixels):
        self.queue = queue
        self.pixels = pixels
        self.limit_megapixels = limit_megapixels
        self._work = asyncio.Event()
        queue.watch(self._changed)

    def start(self):
        """Begin to draw thumbnails of waiting photos."""
        asyncio.create_task(self._thumbnails())

    async def of_open_photo(self, key, with_matte, side=STAGE_SIDE):
        """Return an ImageData of a photo that the pixel worker has open."""
        size, pixels = await self.pixels.call("picture", key, side, with_matte, patience=PATIENCE)
        return image_data(size, pixels)

    async def of_file(self, blob, side):
        """Return an ImageData of a File or Blob, which is decoded for it."""
        size, pixels = await self.pixels.call(
            "thumbnail", blob, side, self.limit_megapixels, patience=PATIENCE
        )
        return image_data(size, pixels)

    async def whole(self, blob):
        """Return a file as the eye is to judge it, at full size where that is possible.

        An ImageBitmap of at most :data:`MOST_PIXELS`; where the browser cannot read the format, an
        ImageData of the pixel worker. Raises :class:`Refusal` when neither can.
        """
        try:
            bitmap = await js.createImageBitmap(blob)
        except jsffi.JsException:  # TIFF, PSD and others, which browsers cannot decode
            return await self.of_file(blob, STAGE_SIDE)
        scale = (MOST_PIXELS / (bitmap.width * bitmap.height)) ** 0.5
        if scale >= 1:
            return bitmap
        options = jsffi.to_js(
            {"resizeWidth": int(bitmap.width * scale), "resizeHeight": int(bitmap.height * scale)}
        )
        smaller = await js.createImageBitmap(bitmap, options)
        bitmap.close()
        return smaller

    async def small(self, blob):
        """Return a thumbnail of a file, decoded by the browser or else by the pixel worker."""
        options = jsffi.to_js({"resizeWidth": THUMBNAIL_SIDE, "resizeQuality": "medium"})
        try:
            return await js.createImageBitmap(blob, options)
        except jsffi.JsException:
            return await self.of_file(blob, THUMBNAIL_SIDE)

    def _changed(self, item):
        """Keep large pictures for the shown photo only, and fetch them again when it returns."""
        self._work.set()
        if item.state != items.DONE:
            return
        if item is not self.queue.shown:
            release(item)
        elif self.queue.recipe.compares(item):
            return  # ui.work.live shows it
        elif item.before is None and not item.fetching:
            item.fetching = True
            asyncio.create_task(self._fetch(item))

    async def _fetch(self, item):
        """Make the pictures of a finished photo again, from its file and its result."""
        try:
            before = await self.of_file(item.source, STAGE_SIDE)
            # What was edited is drawn by the studio, which knows edits newer than the file.
            after = None if item.edit else await self.of_file(item.result, STAGE_SIDE)
            if item is self.queue.shown:
                item.before, item.after = before, after or item.after
        except Refusal as error:
            dom.report("no picture of " + item.name + ": " + error.code)
        item.fetching = False
        self.queue.changed(item)

    async def _thumbnails(self):
        """Draw thumbnails while the pixel worker has nothing better to do."""
        while True:
            item = self._without_thumbnail()
            if item is None:
                self._work.clear()
                await self._work.wait()
                continue
            if self.queue.count(items.INFERRING) == 0:
                await asyncio.sleep(0.2)
                continue
            item.thumbnail = False
            try:
                item.thumbnail = await self.of_file(item.source, THUMBNAIL_SIDE)
                self.queue.changed(item)
            except Refusal as error:
                dom.report("no thumbnail of " + item.name + ": " + error.code)

    def _without_thumbnail(self):
        """Return the first waiting photo that has no thumbnail yet, or ``None``."""
        for item in self.queue.items:
            if item.state == items.WAITING and item.cutout and item.thumbnail is None:
                return item
        return None


def release(item):
    """Give back an item's large pictures."""
    for image in (item.before, item.after):
        if image is not None and hasattr(image, "close"):
            image.close()
    item.before = item.after = item.pictured = None


def is_sharp(image, width, height):
    """Tell whether a picture has all that the stage shows of a photo of ``width`` x ``height``."""
    return image is not None and max(image.width, image.height) >= min(
        STAGE_SIDE, max(width, height)
    )


def image_data(size, pixels):
    """Return RGBA bytes (a Uint8Array) as an ImageData of ``size["width"]`` x ``["height"]``."""
    clamped = js.Uint8ClampedArray.new(pixels.buffer)
    return js.ImageData.new(clamped, size["width"], size["height"])
