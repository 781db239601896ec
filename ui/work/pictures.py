"""The large pictures on the stage: the photo and what has become of it.

They come from the pixel worker as RGBA bytes, or, where two files are compared pixel by pixel, as
the browser itself decodes them. Only the photo on the stage keeps its large pictures, so that a
queue of hundreds stays small.
"""

import asyncio

from common.edits.geometry import Geometry
from common.errors import Refusal
from ui.state import items
from ui.state.records import STAGE_SIDE
from ui.work.powers import PATIENCE

MOST_PIXELS = 16000000
"""Pixels of a picture that is compared; some browsers have no larger canvas."""


class Pictures:
    """Gets pictures of photos from the pixel worker and lets go of those not on the stage."""

    def __init__(self, queue, pixels, powers, limit_megapixels):
        self.queue = queue
        self.pixels = pixels
        self.bitmaps = powers.bitmaps
        self.clock = powers.clock
        self.report = powers.report
        self.limit_megapixels = limit_megapixels
        self._on_stage = None
        self._blurred = None
        """The result of which no larger picture can be had."""

    async def of_open_photo(self, key, with_matte, side=STAGE_SIDE):
        """Return an ImageData of a photo that the pixel worker has open."""
        size, pixels = await self.pixels.call("picture", key, side, with_matte, patience=PATIENCE)
        return self.bitmaps.image_data(size["width"], size["height"], pixels)

    async def of_file(self, blob, side):
        """Return an ImageData of a File or Blob, which is decoded for it."""
        size, pixels = await self.pixels.call(
            "thumbnail", blob, side, self.limit_megapixels, patience=PATIENCE
        )
        return self.bitmaps.image_data(size["width"], size["height"], pixels)

    async def whole(self, blob, most_pixels=MOST_PIXELS):
        """Return a file as the eye is to judge it, at full size up to so many pixels.

        An ImageBitmap; where the browser cannot read the format, an ImageData of the pixel worker.
        Raises :class:`Refusal` when neither can.
        """
        bitmap = await self.bitmaps.decoded(blob)
        if bitmap is None:  # TIFF, PSD and others, which browsers cannot decode
            return await self.of_file(blob, STAGE_SIDE)
        scale = (most_pixels / (bitmap.width * bitmap.height)) ** 0.5
        if scale >= 1:
            return bitmap
        width, height = int(bitmap.width * scale), int(bitmap.height * scale)
        smaller = await self.bitmaps.decoded(bitmap, resizeWidth=width, resizeHeight=height)
        self.bitmaps.close(bitmap)
        return smaller

    def changed(self, item):
        """Keep large pictures for the shown photo only, and fetch them again when it returns."""
        if item.state != items.DONE:
            return
        if item is not self.queue.shown:
            self.release(item.pictures)
        elif self.queue.recipe.compares(item):
            return  # ui.work.live shows it
        elif item.pictures.before is None and not item.pictures.fetching:
            item.pictures.fetching = True
            asyncio.create_task(self._fetch(item))

    def shown_changed(self, item):
        """Follow the stage: the photo that left it gives its pictures back."""
        left, self._on_stage = self._on_stage, item
        for one in (left, item):
            if one is not None:
                self.changed(one)

    def release(self, pictures):
        """Give back an item's large pictures."""
        for image in (pictures.before, pictures.after):
            self.bitmaps.let_go(image)
        pictures.before = pictures.after = pictures.compared = None

    def look_closer(self):
        """Show what is on the stage with all its pixels, as soon as they are there."""
        if self.queue.shown is not None:
            asyncio.create_task(self.sharpen(self.queue.shown))

    async def sharpen(self, item):
        """Show a finished photo as its files are, at full size, to who looks at its pixels.

        With the next change the desk's copy takes its place again.
        """
        pictures, result = item.pictures, item.result
        if not self._can_be_sharper(item) or pictures.fetching:
            return
        pictures.fetching = True
        try:
            after = await self.whole(result.file)
            before = await self.whole(item.source.decodable)
            wanted = self._can_be_sharper(item) and item.result is result
            if wanted and longer(after) > longer(pictures.after):
                self.release(pictures)
                pictures.before = before
                pictures.place(after, self.queue.recipe.settings(item)["geometry"])
            else:
                if wanted:
                    self._blurred = result
                self.bitmaps.close(before)
                self.bitmaps.close(after)
        except Refusal as error:
            self._blurred = result
            self.report("no large picture of " + item.name + ": " + error.code)
        pictures.fetching = False
        self.queue.pictures_changed.send(item)
        self.changed(item)  # it may have left the stage meanwhile, and come back

    def _can_be_sharper(self, item):
        """Tell whether the stage shows a reduced copy of what lies finished in the item's file."""
        recipe = self.queue.recipe
        if item is not self.queue.shown or item.state != items.DONE or recipe.compares(item):
            return False
        if item.result is None or item.result is self._blurred or not recipe.is_fresh(item):
            return False
        width, height = item.result.size or (item.source.width, item.source.height)
        most = MOST_PIXELS / max(1, width * height)
        reachable = max(width, height) * min(1, most**0.5)
        return item.pictures.after is not None and longer(item.pictures.after) < int(reachable)

    def compare_anew(self, item):
        """Let go of the picture of the result's file; the stage shows something else now."""
        item.pictures.compared = None

    def place_file(self, item, result, after):
        """Let ``after`` be what the stage shows of a result's file, beside the photo itself."""
        pictures = item.pictures
        geometry = result.geometry or self.queue.recipe.settings(item)["geometry"]
        pictures.place(after, geometry)
        seen = Geometry(geometry).size(pictures.before.width, pictures.before.height)
        pictures.framed = not same_shape(seen, (after.width, after.height))

    async def _staged(self, blob):
        """Return a file as a picture for the stage, by the browser while the worker starts."""
        if not self.pixels.is_up:
            return await self.whole(blob, STAGE_SIDE * STAGE_SIDE)
        return await self.of_file(blob, STAGE_SIDE)

    async def _fetch(self, item):
        """Make the pictures of a finished photo again, from its file and its result."""
        pictures = item.pictures
        try:
            before = await self._staged(item.source.decodable)
            # What was edited is drawn by the desk, which knows edits newer than the file; until
            # that is there after a reload, the file is seen.
            edited, after = bool(item.settings.edit), None
            if not edited or not self.pixels.is_up:
                after = await self._staged(item.result.file)
            if item is self.queue.shown:
                pictures.before = before
                if after is not None and not (edited and pictures.after):
                    self.place_file(item, item.result, after)
        except Refusal as error:
            self.report("no picture of " + item.name + ": " + error.code)
        pictures.fetching = False
        self.queue.pictures_changed.send(item)


def same_shape(first, second):
    """Tell whether pictures of two sizes lie on each other when both are scaled to one frame."""
    return abs(first[0] * second[1] - second[0] * first[1]) <= max(first + second)


def longer(image):
    """Return the longer side of a picture in pixels."""
    return max(image.width, image.height)


def is_sharp(image, width, height):
    """Tell whether a picture has all that the stage shows of a photo of ``width`` x ``height``."""
    return image is not None and max(image.width, image.height) >= min(
        STAGE_SIDE, max(width, height)
    )
