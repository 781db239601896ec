"""The whole queue at once: pause, cancel, repeat, totals, and all files in their order."""

import asyncio

from common.errors import Refusal
from common.language.words import beside, say, say_count
from ui.state import items
from ui.state.file_settings import names_of
from ui.state.signals import Signal
from ui.state.totals import TimeLeft, remarks, saved_words, time_words, totals


class Batch:
    """Decides for all photos together; ``makers`` files are made at once before they are saved."""

    def __init__(self, queue, conductor, output, makers, powers):
        self.queue = queue
        self.conductor = conductor
        self.output = output
        self.makers = makers
        self.clock = powers.clock
        self.changed = Signal()
        """There is something else to show; no arguments."""
        self.time_left = TimeLeft()
        self.saving = ""
        """What saving is doing, in words; empty when nothing is saved."""
        self._ended = {}

    @property
    def paused(self):
        """Whether no further photo is begun."""
        return self.conductor.paused

    @property
    def open_count(self):
        """How many photos have not ended."""
        return len(self.queue.items) - self.queue.count(*items.ENDED)

    def note(self, item):
        """Learn from an item's change of state how long photos take."""
        ended = item.ended and item in self.queue.items
        if ended and not self._ended.get(item.identifier) and item.state == items.DONE:
            self.time_left.ended(self.clock.seconds())
        self._ended[item.identifier] = ended
        if not self.open_count:
            self.time_left.rest()

    def words(self):
        """Return totals and time left, or what saving is doing."""
        if self.saving:
            return self.saving
        files, before, after = totals(self.queue)
        words = []
        if files and any(not item.settings.cutout for item in self.queue.items):
            words.append(saved_words(before, after))
        words += remarks(self.queue)
        if self.paused:
            words.append(say("paused"))
        elif self.open_count:
            left = self.time_left.left(self.open_count)
            to_go = say("{count} to go", count=self.open_count)
            words.append(time_words(left) if left is not None else to_go)
        return beside(words)

    def pause(self):
        """Pause, or go on."""
        self.conductor.pause(not self.paused)
        self.time_left.rest()
        self.changed.send()

    def cancel(self):
        """Cancel every photo that has not ended."""
        for item in list(self.queue.items):
            if not item.ended:
                self.queue.cancel(item)

    def unfinished(self):
        """Return the photos that failed or were cancelled."""
        return [i for i in self.queue.items if i.state in (items.FAILED, items.CANCELLED)]

    def retry(self):
        """Let every failed or cancelled photo run again."""
        for item in self.unfinished():
            self.queue.retry(item)

    async def save(self, write):
        """Bring all files up to date and ``await write(files)``; return how many there are.

        ``files`` are (name, Blob) in the order of the list. Raises :class:`Refusal`.
        """
        self._say(say("Saving"))
        try:
            done, files = await self._files()
            results = [item.result for item in done]
            await write(files)
            for item, result in zip(done, results):
                if item.result is result and item in self.queue.items:
                    self.queue.hand_out(item)
            return len(files)
        finally:
            self._say("")

    async def save_document(self, write):
        """Make one PDF of all finished photos, a page each, and ``write`` it (a Blob).

        Returns how many pages it has. Raises :class:`Refusal`.
        """
        self._say(say("Making the pages"))
        try:
            done = [item for item in self.queue.items if item.state == items.DONE]
            pages = []
            for item in done:
                pages.append(await self.output.as_page(item))
                self._say(say("Page {page} of {pages}", page=len(pages), pages=len(done)))
            write(await self.output.document(pages))
            for item in done:
                if self.queue.recipe.is_fresh(item):
                    self.queue.hand_out(item)
            return len(pages)
        finally:
            self._say("")

    async def _files(self):
        """Return the finished items, and their files as (name, Blob), made anew if need be."""
        done = [item for item in self.queue.items if item.state == items.DONE]
        stale = [item for item in done if not self.queue.recipe.is_fresh(item)]
        makers = [asyncio.create_task(self._make(stale)) for _ in range(self.makers)]
        for maker in makers:
            await maker
        files = []
        done = [item for item in done if item.state == items.DONE]
        for item in done:
            names = names_of(self.queue, item)
            files.append((names[0], item.result.file))
            if item.result.mask is not None and len(names) > 1:
                files.append((names[1], item.result.mask))
        return done, files

    async def _make(self, stale):
        """Make the files of a list of items that others take from, too, until it is empty."""
        while stale:
            self._say(say_count("{count} file to make", "{count} files to make", len(stale)))
            item = stale.pop()
            try:
                await self.output.make(item, item.scope)
            except Refusal as error:
                if not item.scope.cancelled:
                    self.queue.fail(item, str(error), error.code)

    def _say(self, words):
        """Show what saving is doing."""
        self.saving = words
        self.changed.send()
