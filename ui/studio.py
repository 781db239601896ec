"""Editing one finished cutout: its edit, its history, and fresh pictures after each change.

The network is never asked again. The pixel worker keeps a small working copy of the photo on its
desk and renders it after each change; the full size is rendered only when the user saves.
"""

import asyncio
import json

from common import edit as edits
from common.errors import Refusal
from ui import dom, items
from ui.history import History
from ui.output import backdrop_of
from ui.pictures import PATIENCE, image_data
from ui.recipe import SHARED


class Studio:
    """The edits of all items and the render loop for the one on the stage."""

    def __init__(self, queue, pixels, output):
        self.queue = queue
        self.pixels = pixels
        self.output = output
        self.limit_megapixels = output.limit_megapixels
        self.whole = False
        """Whether the whole photo is shown although the frame cuts it (while touching up)."""
        self.rendered = []
        """Called without arguments after each fresh picture."""
        self._desk = None
        self._wanted = asyncio.Event()

    def start(self):
        """Begin to render what is wanted."""
        asyncio.create_task(self._loop())

    def item(self):
        """Return the item on the stage if it can be edited, else ``None``."""
        item = self.queue.shown
        if item is None or (item.cutout and item.matte is None):
            return None
        return item

    def edit(self):
        """Return the wish for the item on the stage, to look at (the default if there is none)."""
        item = self.item()
        return edits.default_edit() if item is None else self.queue.recipe.wish(item)

    def own_edit(self):
        """Return the edit of the item on the stage, to be changed."""
        item = self.item()
        if item.edit is None:
            item.edit = edits.default_edit()
        return item.edit

    def history(self):
        """Return the history of the item on the stage."""
        item = self.item()
        if item.history is None:
            item.history = History()
        return item.history

    def set_value(self, section, key, value):
        """Change one value of the edit on the stage."""
        if self.item() is not None:
            self.queue.recipe.own(self.item(), section)
            self.history().set_value(self.own_edit(), section, key, value)
            self._stale()

    def add_stroke(self, stroke):
        """Append a touch-up stroke."""
        if self.item() is not None:
            self.history().add_stroke(self.own_edit(), stroke)
            self._stale()

    def undo(self):
        """Take the last step back."""
        if self.item() is not None and self.history().undo(self.own_edit()):
            self._stale()
            dom.announce("Undone")

    def redo(self):
        """Repeat the step taken back last."""
        if self.item() is not None and self.history().redo(self.own_edit()):
            self._stale()
            dom.announce("Repeated")

    def use_preset(self, preset, targets):
        """Give background, shadow, frame and format of ``preset`` to the items ``targets``."""
        for item in targets:
            item.edit = edits.with_preset(self.queue.recipe.wish(item), preset)
            item.own = [name for name in SHARED if name in preset]
            item.history = None
            item.revision += 1
            item.original_kept = False
            if preset.get("steps", {}).get("cutout", item.cutout) != item.cutout:
                self.queue.set_cutout(item, not item.cutout)
            self.queue.changed(item)
        self.want()

    def _stale(self):
        """Note that the saved file no longer matches, and ask for a fresh picture."""
        item = self.item()
        item.revision += 1
        item.original_kept = False
        self.queue.changed(item)
        self.want()

    def want(self):
        """Ask for a fresh picture of the item on the stage."""
        self._wanted.set()

    async def _loop(self):
        """Render the newest wish, one after the other; wishes in between are skipped."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            item = self.item()
            if item is None or not item.cutout:
                continue
            try:
                await self._render(item)
            except Refusal as error:
                dom.announce(str(error))
                dom.report(error)
            for watcher in self.rendered:
                watcher()

    async def take(self, item, key):
        """Put a photo that the pixel worker has open on the desk and show its cutout."""
        await self._call("desk_take", key)
        self._desk = (item.identifier, self.pixels.generation)
        await self._render(item)

    async def _render(self, item):
        """Fetch a picture of ``item`` with its edit and put it on the stage."""
        place = (item.identifier, self.pixels.generation)
        if self._desk != place:
            await self._call("desk_open", item.source, item.matte, self.limit_megapixels)
            self._desk = place
        wish = self.queue.recipe.wish(item)
        size, pixels = await self._call(
            "desk_render", json.dumps(wish), self.whole, backdrop_of(item, wish)
        )
        if item is self.queue.shown:
            item.after = image_data(size, pixels)
            item.framed = size["framed"]
            self.queue.changed(item)

    async def save(self, item):
        """Make the full-size file of ``item``'s wish if it is not there yet."""
        await self.output.make(item)

    def can_edit(self, item):
        """Tell whether ``item`` is finished and its matte is known."""
        return item.state == items.DONE and item.matte is not None

    async def _call(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)
