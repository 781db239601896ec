"""Keeps the file of the photo on the stage up to date while its settings change.

As soon as a slider rests for a moment the file is made anew, its size is known, and the stage
shows what is really in the file beside the original.
"""

import asyncio

from common.errors import Refusal
from ui.state import items
from ui.state.signals import Signal
from ui.work.output import UNSEEN

REST_SECONDS = 0.2
"""How long the settings have to stand still before the encoder is asked."""

LONG_SECONDS = 0.8
"""After this an encoder whose settings have changed meanwhile is stopped."""


class Live:
    """Follows the photo on the stage."""

    def __init__(self, queue, output, pictures, powers):
        self.queue = queue
        self.output = output
        self.pictures = pictures
        self.clock = powers.clock
        self.bitmaps = powers.bitmaps
        self.followed = Signal()
        """The file of the photo on the stage is up to date, or could not be made; no arguments."""
        self.failed = Signal()
        """It could not be made: the sentence."""
        self.failure = ""
        """The sentence of the last failure, for the photo on the stage."""
        self._failed = None
        self._making = None
        self._making_since = 0
        self._scope = None
        self._wanted = asyncio.Event()
        self._changed_at = 0
        self._keeps = False

    def start(self):
        """Begin to follow."""
        asyncio.create_task(self._loop())

    def keep(self, wanted):
        """Keep the file of a cutout up to date, too, while somebody looks at its size."""
        self._keeps = wanted
        self.want()

    def want(self):
        """Look at the photo on the stage now."""
        self._wanted.set()

    def changed(self, item):
        """Note that something has changed on the stage."""
        if item is None or item is not self.queue.shown:
            return
        if self._is_in_vain(item):
            self._making = None
            self._scope.cancel()
        if self._has_work(item):
            self._changed_at = self.clock.seconds()
            self._wanted.set()

    def _is_in_vain(self, item):
        """Tell whether an encoder has been busy for long with what is no longer wanted.

        A short run is left to its end: a new worker would cost more than it saves.
        """
        if self._making is None or self._making == self.queue.recipe.version(item):
            return False
        return self.clock.seconds() - self._making_since > LONG_SECONDS

    def _has_work(self, item):
        """Tell whether the file, its picture or its similarity is missing."""
        compares = self.queue.recipe.compares(item)
        if item.state != items.DONE or item.saving or not (compares or self._keeps):
            return False
        if self._failed == (item.identifier, self.queue.recipe.version(item)):
            return False
        if not self.queue.recipe.is_fresh(item):
            return True
        return compares and self._shows_less(item)

    def _shows_less(self, item):
        """Tell whether the picture or the similarity of a finished file is missing."""
        return item.pictures.compared is not item.result or item.result.similarity is None

    async def _loop(self):
        """Serve the newest settings, one after the other."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            while self.clock.seconds() - self._changed_at < REST_SECONDS:
                await self.clock.sleep(REST_SECONDS / 4)
            item = self.queue.shown
            if item is None or not self._has_work(item):
                continue
            version = self.queue.recipe.version(item)
            try:
                await self._follow(item)
                self.failure, self._failed = "", None
            except Refusal as error:
                if error.code == "cancelled":
                    self._wanted.set()
                    continue
                self.failure, self._failed = str(error), (item.identifier, version)
                self.failed.send(self.failure)
            self.followed.send()

    async def _follow(self, item):
        """Make what is missing, in the order in which the user misses it."""
        self._scope, over = item.scope.child()
        try:
            if not self.queue.recipe.is_fresh(item):
                self._making = self.queue.recipe.version(item)
                self._making_since = self.clock.seconds()
                try:
                    await self.output.make(item, self._scope)
                finally:
                    self._making = None
            result = item.result
            if not self.queue.recipe.compares(item):
                return
            await self.output.readable.prepare(item, self._scope)
            if item.pictures.compared is not result:
                await self._show(item, result)
        finally:
            over()
        if result.similarity is None and self.queue.recipe.is_fresh(item):
            result.similarity = await self.output.similarity(item)
            self.queue.result_changed.send(item)

    async def _seen(self, item, result):
        """Return a result as something that can be drawn; of a PDF file the picture in it."""
        if result.file.type in UNSEEN:
            return await self.output.as_png(item)
        return await self.output.readable.viewable(result.file, self._scope)

    async def _show(self, item, result):
        """Put the original and what is in the result's file on the stage."""
        pictures = item.pictures
        if not self.bitmaps.is_held(pictures.before):
            pictures.before = await self.pictures.whole(item.source.decodable)
        file = await self._seen(item, result)
        after, left = await self.pictures.whole(file), pictures.after
        if item is not self.queue.shown:
            return
        self.pictures.place_file(item, result, after)
        pictures.compared = result
        self.queue.pictures_changed.send(item)
        self.bitmaps.close(left)
