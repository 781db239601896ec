"""Keeps the file of the photo on the stage up to date while its settings change.

As soon as a slider rests for a moment the file is made anew, its size is known, and the stage
shows what is really in the file beside the original.
"""

import asyncio

import js

from common.errors import Refusal
from ui.browser import dom
from ui.state import items

REST_SECONDS = 0.2
"""How long the settings have to stand still before the encoder is asked."""

LONG_SECONDS = 0.8
"""After this an encoder whose settings have changed meanwhile is stopped."""


class Live:
    """Follows the photo on the stage; ``watchers`` are told when its file or its state changed."""

    def __init__(self, queue, output, pictures):
        self.queue = queue
        self.output = output
        self.pictures = pictures
        self.watchers = []
        self.failure = ""
        """The sentence of the last failure, for the photo on the stage."""
        self._failed = None
        self._making = None
        self._making_since = 0
        self._wanted = asyncio.Event()
        self._changed_at = 0

    def start(self):
        """Begin to follow."""
        self.queue.watch(self._changed)
        asyncio.create_task(self._loop())

    def want(self):
        """Look at the photo on the stage now."""
        self._wanted.set()

    def _changed(self, item):
        """Note that something has changed on the stage."""
        if item is not self.queue.shown:
            return
        if self._is_in_vain(item):
            self._making = None
            self.output.codecs.cancel(item)
        if self._has_work(item):
            self._changed_at = js.performance.now()
            self._wanted.set()

    def _is_in_vain(self, item):
        """Tell whether an encoder has been busy for long with what is no longer wanted.

        A short run is left to its end: a new worker would cost more than it saves.
        """
        if self._making is None or self._making == self.queue.recipe.mark(item):
            return False
        return js.performance.now() - self._making_since > 1000 * LONG_SECONDS

    def _has_work(self, item):
        """Tell whether the file, its picture or its similarity is missing."""
        if item.state != items.DONE or item.saving or not self.queue.recipe.compares(item):
            return False
        if self._failed == (item.identifier, self.queue.recipe.mark(item)):
            return False
        stale = not self.queue.recipe.is_fresh(item)
        return stale or item.pictured is not item.result or item.similarity is None

    async def _loop(self):
        """Serve the newest wish, one after the other."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            while js.performance.now() - self._changed_at < 1000 * REST_SECONDS:
                await asyncio.sleep(REST_SECONDS / 4)
            item = self.queue.shown
            if item is None or not self._has_work(item):
                continue
            mark = self.queue.recipe.mark(item)
            try:
                await self._follow(item)
                self.failure, self._failed = "", None
            except Refusal as error:
                if error.code == "cancelled":
                    self._wanted.set()
                    continue
                self.failure, self._failed = str(error), (item.identifier, mark)
                dom.announce(self.failure)
            for watcher in self.watchers:
                watcher()

    async def _follow(self, item):
        """Make what is missing, in the order in which the user misses it."""
        if not self.queue.recipe.is_fresh(item):
            self._making = self.queue.recipe.mark(item)
            self._making_since = js.performance.now()
            try:
                await self.output.make(item)
            finally:
                self._making = None
        result = item.result
        await self.output.prepare(item)
        if item.pictured is not result:
            await self._show(item, result)
        if item.similarity is None and self.queue.recipe.is_fresh(item):
            item.similarity = await self.output.similarity(item)
            self.queue.changed(item)

    async def _show(self, item, result):
        """Put the original and what is in the result's file on the stage."""
        if not is_whole(item.before):
            item.before = await self.pictures.whole(item.source)
        after, left = await self.pictures.whole(result), item.after
        if item is not self.queue.shown:
            return
        item.after, item.pictured = after, result
        item.framed = not same_shape(item.before, after)
        self.queue.changed(item)
        if is_whole(left):
            left.close()


def is_whole(image):
    """Tell whether a picture came from the browser and not, reduced, from the pixel worker."""
    return image is not None and hasattr(image, "close")


def same_shape(first, second):
    """Tell whether two pictures lie on each other when both are scaled to one frame."""
    across, down = first.width * second.height, second.width * first.height
    return abs(across - down) <= max(first.width, first.height, second.width, second.height)
