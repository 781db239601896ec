"""Editing one finished cutout: its edit, its history, and fresh pictures after each change.

The network is never asked again. The pixel worker keeps a small working copy of the photo on its
desk and renders it after each change; the full size is rendered only when the user saves.
"""

import asyncio
import json

import js

from common import edit as edits
from common.errors import Refusal
from ui import dom, items
from ui.history import History
from ui.pictures import PATIENCE, image_data


class Studio:
    """The edits of all items and the render loop for the one on the stage."""

    def __init__(self, queue, pixels, limit_megapixels):
        self.queue = queue
        self.pixels = pixels
        self.limit_megapixels = limit_megapixels
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
        return item if item is not None and item.matte is not None else None

    def edit(self):
        """Return the edit of the item on the stage (the default one if there is none)."""
        item = self.item()
        if item is None:
            return edits.default_edit()
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
            self.history().set_value(self.edit(), section, key, value)
            self._stale()

    def add_stroke(self, stroke):
        """Append a touch-up stroke."""
        if self.item() is not None:
            self.history().add_stroke(self.edit(), stroke)
            self._stale()

    def undo(self):
        """Take the last step back."""
        if self.item() is not None and self.history().undo(self.edit()):
            self._stale()
            dom.announce("Undone")

    def redo(self):
        """Repeat the step taken back last."""
        if self.item() is not None and self.history().redo(self.edit()):
            self._stale()
            dom.announce("Repeated")

    def use_preset(self, preset, targets):
        """Give background, shadow, frame and format of ``preset`` to the items ``targets``."""
        for item in targets:
            item.edit = edits.with_preset(item.edit or edits.default_edit(), preset)
            item.history = None
            item.revision += 1
            self.queue.changed(item)
        self.want()

    def _stale(self):
        """Note that the saved file no longer matches, and ask for a fresh picture."""
        item = self.item()
        item.revision += 1
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
            if item is None:
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
            await self._call("desk_open", item.file, item.matte, self.limit_megapixels)
            self._desk = place
        wish = item.edit or edits.default_edit()
        size, pixels = await self._call(
            "desk_render", json.dumps(wish), self.whole, backdrop_of(item, wish)
        )
        if item is self.queue.shown:
            item.after = image_data(size, pixels)
            item.framed = size["framed"]
            self.queue.changed(item)

    async def save(self, item):
        """Make the full-size file of ``item``'s edit if it is not there yet."""
        if item.saved_revision == item.revision:
            return
        revision = item.revision
        wish = item.edit or edits.default_edit()
        item.saving = True
        self.queue.changed(item)
        try:
            facts, content = await self._call(
                "export",
                item.file,
                item.matte,
                json.dumps(wish),
                backdrop_of(item, wish),
                self.limit_megapixels,
            )
            take_files(item, facts, content)
            item.saved_revision = revision
        finally:
            item.saving = False
            self.queue.changed(item)

    def can_edit(self, item):
        """Tell whether ``item`` is finished and its matte is known."""
        return item.state == items.DONE and item.matte is not None

    async def _call(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)


def backdrop_of(item, wish):
    """Return the user's own background picture if the edit asks for one, else ``None``."""
    return item.backdrop if wish["background"]["kind"] == "image" else None


def take_files(item, facts, content):
    """Give an item its finished file, and its mask if there is a second one."""
    blobs, start = [], 0
    for kind, size in zip(facts["types"], facts["sizes"]):
        part = content.subarray(start, start + size)
        blobs.append(js.Blob.new(js.Array.of(part), blob_type(kind)))
        start += size
    item.result = blobs[0]
    item.mask = blobs[1] if len(blobs) > 1 else None


def blob_type(kind):
    """Return the options of a Blob of a media type."""
    options = js.Object.new()
    options.type = kind
    return options
