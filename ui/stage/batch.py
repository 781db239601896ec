"""The head of the list: totals, pause, cancel, retry, the way to failures, save all, remove all."""

import asyncio

from common.errors import Refusal
from common.language.words import say, say_count
from ui.browser import dom, downloads
from ui.state import items

FOCUS = "add-more"
"""The button that can always be pressed: the keyboard goes there from one that no longer can."""


class BatchView:
    """Draws :class:`ui.work.batch.Batch`, at most once per frame, however fast it changes."""

    def __init__(self, queue, batch):
        self.queue = queue
        self.batch = batch
        self._drawing = False
        dom.on("batch-pause", "click", lambda event: self._pause())
        dom.on("batch-cancel", "click", lambda event: batch.cancel())
        dom.on("batch-retry", "click", lambda event: batch.retry())
        dom.on("batch-remove", "click", lambda event: self._remove())
        dom.on("removed-undo", "click", lambda event: self._bring_back())
        dom.on("batch-save", "click", lambda event: asyncio.create_task(self._save_zip()))
        dom.on("batch-document", "click", lambda event: asyncio.create_task(self._save_document()))
        dom.on("batch-folder", "click", lambda event: asyncio.create_task(self._save_folder()))

    def changed(self, _item=None):
        """Draw soon."""
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
        queue, batch = self.queue, self.batch
        total, still_open = len(queue.items), batch.open_count
        dom.show("batch", total > 1)
        dom.element("batch-progress").value = (total - still_open) / total if total else 0
        dom.element("batch-totals").textContent = batch.words()
        pause = dom.element("batch-pause")
        pause.textContent = say("Continue") if batch.paused else say("Pause")
        dom.enable(pause, still_open or batch.paused, FOCUS)
        dom.enable(dom.element("batch-cancel"), still_open > 0, FOCUS)
        unfinished = batch.unfinished()
        dom.enable(dom.element("batch-retry"), bool(unfinished), FOCUS)
        can_save = queue.count(items.DONE) and not batch.saving
        dom.enable(dom.element("batch-save"), can_save, FOCUS)
        dom.show("batch-document", queue.recipe.writes_documents())
        dom.enable(dom.element("batch-document"), can_save, FOCUS)
        dom.show("batch-folder", downloads.can_use_folder())
        dom.enable(dom.element("batch-folder"), can_save, FOCUS)
        self._draw_removed()
        failed = len([item for item in unfinished if item.state == items.FAILED])
        dom.show("failures", failed > 0)
        dom.element("failures").textContent = say_count(
            "{count} photo could not be done", "{count} photos could not be done", failed
        )

    def _draw_removed(self):
        """Say how many photos were removed, as long as they can be brought back."""
        count = len(self.queue.aside)
        words = removed_words(count) if count else ""
        line = dom.element("removed-words")
        if words and line.textContent != words:
            dom.announce(words)
        line.textContent = words
        dom.show("removed", count > 0)

    def _remove(self):
        """Take all photos out of the list, and offer the way back to the keyboard, too."""
        self.queue.set_aside(self.queue.items)
        self.draw()
        dom.element("removed-undo").focus()

    def _bring_back(self):
        """Put what was removed into the list again."""
        self.queue.bring_back()
        self.draw()
        dom.element("stage").focus()

    def _pause(self):
        """Pause or go on."""
        self.batch.pause()
        dom.announce(say("Paused") if self.batch.paused else say("Going on"))
        self.draw()

    async def _save_zip(self):
        """Save all finished files as one ZIP."""
        await self._save(downloads.save_zip)

    async def _save_folder(self):
        """Save all finished files into a folder of the user's choice."""
        folder = await downloads.choose_folder()
        if folder is not None:
            await self._save(lambda files: downloads.save_into(folder, files))

    async def _save_document(self):
        """Save all finished photos as the pages of one PDF."""
        await self._attempt(self.batch.save_document(downloads.save_document), pages_words)

    async def _save(self, write):
        """Bring all files up to date and hand them to ``write``."""
        await self._attempt(self.batch.save(write), files_words)

    async def _attempt(self, saving, words):
        """Wait for what saves and counts, and tell how it went."""
        try:
            dom.announce(words(await saving))
        except Refusal as error:
            dom.announce(str(error))
            dom.element("stage-facts").textContent = str(error)


def removed_words(count):
    """Return what is said after so many photos were removed."""
    return say_count("{count} photo removed.", "{count} photos removed.", count)


def files_words(count):
    """Return what is said after so many files were saved."""
    return say_count("{count} file saved.", "{count} files saved.", count)


def pages_words(count):
    """Return what is said after so many pages were saved."""
    return say_count("{count} page saved.", "{count} pages saved.", count)
