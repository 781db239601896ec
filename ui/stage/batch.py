"""The whole queue at once: totals, pause, cancel, retry, reasons of failures, save all."""

import asyncio

from common.errors import Refusal
from ui.browser import clock, dom, downloads
from ui.state import items
from ui.state.totals import Pace, saved_words, time_words, totals


class Batch:
    """The head of the list; drawn at most once per frame, however fast the queue changes."""

    def __init__(self, queue, conductor, saver):
        self.queue = queue
        self.conductor = conductor
        self.saver = saver
        self.pace = Pace()
        self._ended = {}
        self._drawing = False
        self._saving = ""
        queue.watch(self._changed)
        dom.on("batch-pause", "click", lambda event: self._pause())
        dom.on("batch-cancel", "click", lambda event: self._cancel())
        dom.on("batch-retry", "click", lambda event: self._retry())
        dom.on("batch-save", "click", lambda event: asyncio.create_task(self._save_zip()))
        dom.on("batch-folder", "click", lambda event: asyncio.create_task(self._save_folder()))

    def _changed(self, item):
        """Note an item's end and draw soon."""
        ended = item.ended and item in self.queue.items
        if ended and not self._ended.get(item.identifier) and item.state == items.DONE:
            self.pace.ended(clock.seconds())
        self._ended[item.identifier] = ended
        if not self._drawing:
            self._drawing = True
            asyncio.create_task(self._draw_soon())

    async def _draw_soon(self):
        """Draw when the present burst of changes is over."""
        await asyncio.sleep(0.1)
        self._drawing = False
        self.draw()

    def draw(self):
        """Write the totals and show what can be done."""
        queue = self.queue
        total = len(queue.items)
        ended = queue.count(*items.ENDED)
        dom.show("batch", total > 1)
        bar = dom.element("batch-progress")
        bar.value = ended / total if total else 0
        open_count = total - ended
        if not open_count:
            self.pace.rest()
        dom.element("batch-totals").textContent = self._words(open_count)
        pause = dom.element("batch-pause")
        pause.textContent = "Continue" if self.conductor.paused else "Pause"
        pause.disabled = not open_count and not self.conductor.paused
        dom.element("batch-cancel").disabled = not open_count
        failed = [item for item in queue.items if item.state in (items.FAILED, items.CANCELLED)]
        dom.element("batch-retry").disabled = not failed
        done = queue.count(items.DONE)
        dom.element("batch-save").disabled = not done or bool(self._saving)
        dom.show("batch-folder", downloads.can_use_folder())
        dom.element("batch-folder").disabled = not done or bool(self._saving)
        self._draw_failures([item for item in failed if item.state == items.FAILED])

    def _words(self, open_count):
        """Return totals and time left."""
        if self._saving:
            return self._saving
        files, before, after = totals(self.queue)
        words = []
        if files and any(not item.cutout for item in self.queue.items):
            words.append(saved_words(before, after))
        if self.conductor.paused:
            words.append("paused")
        elif open_count:
            left = self.pace.left(open_count)
            words.append(time_words(left) if left is not None else str(open_count) + " to go")
        return ", ".join(words)

    def _draw_failures(self, failed):
        """List what could not be done, with the reasons."""
        dom.show("failures", bool(failed))
        count = str(len(failed)) + (" photo" if len(failed) == 1 else " photos")
        dom.element("failures-title").textContent = count + " could not be done"
        listing = dom.element("failures-list")
        if listing.childElementCount == len(failed):
            return
        listing.replaceChildren()
        for item in failed:
            entry = dom.create("li")
            entry.append(dom.create("strong", "", item.name), ": " + item.error)
            listing.append(entry)

    def _pause(self):
        """Pause or go on."""
        self.conductor.pause(not self.conductor.paused)
        self.pace.rest()
        dom.announce("Paused" if self.conductor.paused else "Going on")
        self.draw()

    def _cancel(self):
        """Cancel every photo that has not ended."""
        for item in list(self.queue.items):
            if not item.ended:
                self.queue.cancel(item)

    def _retry(self):
        """Let every failed or cancelled photo run again."""
        for item in list(self.queue.items):
            if item.state in (items.FAILED, items.CANCELLED):
                self.queue.retry(item)

    async def _files(self):
        """Return the finished files as (name, Blob), made anew where their settings changed."""
        files = []
        done = [item for item in self.queue.items if item.state == items.DONE]
        stale = [item for item in done if not self.queue.recipe.is_fresh(item)]
        makers = [asyncio.create_task(self._make(stale)) for _ in range(self.conductor.codecs.size)]
        for maker in makers:
            await maker
        for item in [item for item in done if item.state == items.DONE]:
            names = self.saver.names(item)
            files.append((names[0], item.result))
            if item.mask is not None and len(names) > 1:
                files.append((names[1], item.mask))
        return files

    async def _make(self, stale):
        """Make the files of a list of items that others take from, too, until it is empty."""
        while stale:
            self._say(str(len(stale)) + " files to make")
            item = stale.pop()
            try:
                await self.conductor.output.make(item)
            except Refusal as error:
                self.queue.fail(item, str(error))

    def _say(self, words):
        """Show what saving is doing."""
        self._saving = words
        self.draw()

    async def _save_zip(self):
        """Save all finished files as one ZIP."""
        await self._save(downloads.save_zip)

    async def _save_folder(self):
        """Save all finished files into a folder of the user's choice."""
        folder = await downloads.choose_folder()
        if folder is not None:
            await self._save(lambda files: downloads.save_into(folder, files))

    async def _save(self, write):
        """Bring all files up to date and hand them to ``write``."""
        self._say("Saving")
        try:
            files = await self._files()
            await write(files)
            dom.announce(str(len(files)) + " files saved.")
        except Refusal as error:
            dom.announce(str(error))
            dom.element("stage-facts").textContent = str(error)
        self._say("")
