"""The desk: the one photo that the pixel worker keeps a small working copy of, to be rendered anew
after each change.

Both the cutout, which has just opened its photo, and the studio, which changes it, use it.
"""

import json

from common.edits.placing import AROUND, PHOTO, RESULT, SHEET
from common.errors import Refusal
from ui.state.file_settings import backdrop_of
from ui.state.signals import Signal
from ui.work.powers import PATIENCE


class Desk:
    """Knows what lies on the pixel worker's desk and puts its pictures on the stage."""

    def __init__(self, queue, pixels, powers, limit_megapixels):
        self.queue = queue
        self.pixels = pixels
        self.bitmaps = powers.bitmaps
        self.limit_megapixels = limit_megapixels
        self.look = RESULT
        """What of the photo is shown; see :mod:`common.edits.placing`."""
        self.rendered = Signal()
        """A fresh picture has come; no arguments."""
        self._holds = None

    async def place(self, item, key):
        """Put a photo that the pixel worker has open under ``key`` on the desk; show its cutout."""
        # Who asks for a picture meanwhile is served after that and need not open the file again.
        self._holds = self._place_of(item)
        try:
            await self._call("desk_take", key)
        except Refusal:
            self._holds = None
            raise
        await self.render(item)

    async def render(self, item, draft=False):
        """Fetch a picture of ``item`` with its settings, or a draft, and put it on the stage.

        Returns whether it is exact; the draft of a small photo is. Raises :class:`Refusal`.
        """
        place = self._place_of(item)
        if self._holds != place:
            await self._call("desk_open", item.source.decodable, item.matte, self.limit_megapixels)
            self._holds = place
        settings, look = self.queue.recipe.settings(item), self.look
        size, pixels = await self._call(
            "desk_render", json.dumps(settings), look, backdrop_of(item, settings), draft
        )
        if item is self.queue.shown:
            picture = self.bitmaps.image_data(size["width"], size["height"], pixels)
            around = (size["frame"], size["ground"]) if look == AROUND else None
            done = None if look in (PHOTO, SHEET) else settings["geometry"]
            left = item.pictures.after
            item.pictures.place(picture, done, around)
            item.pictures.framed = size["framed"]
            self.queue.pictures_changed.send(item)
            self.bitmaps.let_go(left)
        self.rendered.send()
        return size["exact"]

    def _place_of(self, item):
        """Return what tells this photo and what is meant of it from others, in this worker."""
        return item.identifier, json.dumps(item.places), self.pixels.generation

    async def _call(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)
