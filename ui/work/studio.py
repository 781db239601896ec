"""Editing one finished cutout: its edit, its history, and fresh pictures after each change.

The network is never asked again. The pixel worker keeps a small working copy of the photo on its
desk and renders it after each change; the full size is rendered only when the user saves.
"""

import asyncio
import json

import js

from common.edits import edit as edits
from common.errors import Refusal
from ui.browser import dom
from ui.state import items
from ui.state.history import History
from ui.state.recipe import SHARED
from ui.work.output import backdrop_of, blob_type
from ui.work.pictures import PATIENCE, image_data

REST_STEPS = 5
REST_STEP = 0.05
"""Seconds, :data:`REST_STEPS` times, that the hand must rest before the exact picture is made."""


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
        self.rewritten = []
        """Called without arguments when values have changed that no control has set."""
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
        return history_of(self.item())

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
            self._rewrite("Undone")

    def redo(self):
        """Repeat the step taken back last."""
        if self.item() is not None and self.history().redo(self.own_edit()):
            self._rewrite("Repeated")

    def _rewrite(self, words):
        """Show what a step back or forth has changed, in the picture, the controls and in words."""
        self._stale()
        for watcher in self.rewritten:
            watcher()
        dom.announce(words)

    def use_preset(self, preset, targets):
        """Give background, shadow, frame and format of ``preset`` to the items ``targets``."""
        for item in targets:
            if item.edit is None:
                item.edit = edits.default_edit()
            for name in SHARED:
                if name in preset:
                    self.queue.recipe.own(item, name)
            changed = edits.preset_of(edits.with_preset(item.edit, preset))
            history_of(item).replace(item.edit, changed)
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
                if not await self._render(item, draft=True) and await self._rests(item):
                    await self._render(item)
            except Refusal as error:
                dom.announce(str(error))
                dom.report(error)
                self._tell_rendered()

    def _tell_rendered(self):
        """Tell the watchers that the newest picture has come, or that none will."""
        if not self._wanted.is_set():
            for watcher in self.rendered:
                watcher()

    async def _rests(self, item):
        """Wait a moment after a draft; return whether nothing else is wanted meanwhile."""
        for _ in range(REST_STEPS):
            if self._wanted.is_set():
                return False
            await asyncio.sleep(REST_STEP)
        return item is self.item() and not self._wanted.is_set()

    async def take(self, item, key):
        """Put a photo that the pixel worker has open on the desk and show its cutout."""
        # Who asks for a picture meanwhile is served after that and need not open the file again.
        self._desk = (item.identifier, self.pixels.generation)
        try:
            await self._call("desk_take", key)
        except Refusal:
            self._desk = None
            raise
        await self._render(item)

    async def _render(self, item, draft=False):
        """Fetch a picture of ``item`` with its edit, or a draft, and put it on the stage.

        Returns whether it is exact; the draft of a small photo is.
        """
        place = (item.identifier, self.pixels.generation)
        if self._desk != place:
            await self._call("desk_open", item.source, item.matte, self.limit_megapixels)
            self._desk = place
        wish = self.queue.recipe.wish(item)
        size, pixels = await self._call(
            "desk_render", json.dumps(wish), self.whole, backdrop_of(item, wish), draft
        )
        if item is self.queue.shown:
            item.after = image_data(size, pixels)
            item.framed = size["framed"]
            self.queue.changed(item)
        self._tell_rendered()
        return size["exact"]

    async def save(self, item):
        """Make the full-size file of ``item``'s wish if it is not there yet."""
        await self.output.make(item)

    async def as_png(self, item):
        """Return the cutout of ``item``'s edit as a PNG Blob, whatever format was chosen."""
        wish = self.queue.recipe.wish(item)
        if wish["export"]["format"] == "png":
            await self.save(item)
            return item.result
        wish = dict(wish)
        wish["export"] = dict(wish["export"])
        wish["export"]["format"] = "png"
        _, content = await self._call(
            "export",
            item.source,
            item.matte,
            json.dumps(wish),
            backdrop_of(item, wish),
            self.limit_megapixels,
        )
        return js.Blob.new(js.Array.of(content), blob_type("image/png"))

    def can_edit(self, item):
        """Tell whether ``item`` is finished and its matte is known."""
        return item.state == items.DONE and item.matte is not None

    async def _call(self, function, *arguments):
        """Call the pixel worker."""
        return await self.pixels.call(function, *arguments, patience=PATIENCE)


def history_of(item):
    """Return the history of an item, which begins when it is first asked for."""
    if item.history is None:
        item.history = History()
    return item.history
