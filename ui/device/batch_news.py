"""A notification when a long batch has ended, for whoever asks for it while that goes on."""

import asyncio

from common.language.words import say
from ui.browser import dom
from ui.browser.window import news, wake
from ui.state import items
from ui.state.window import BatchNews


class News:
    """Offers the notification beside the batch's other buttons, and shows it at the end."""

    def __init__(self, queue, batch):
        self.queue, self.batch = queue, batch
        self._news = BatchNews()
        self._following = False
        dom.on("batch-tell", "click", lambda event: asyncio.create_task(self._ask()))

    def changed(self, _item=None):
        """Follow, once for a burst of changes."""
        if not self._following:
            self._following = True
            asyncio.create_task(self._follow())

    async def _follow(self):
        """Offer it, or show what has ended."""
        await asyncio.sleep(0)
        self._following = False
        still_open = self.batch.open_count
        left = self.batch.time_left.left(still_open)
        due = self._news.look(still_open, left, wake.page_is_seen())
        dom.show("batch-tell", self._news.is_offered and news.can_ask())
        if due:
            done, total = self.queue.count(items.DONE), len(self.queue.items)
            news.tell(say("{done} of {total} done", done=done, total=total))

    async def _ask(self):
        """Ask the browser, which asks the user."""
        self._news.is_wanted = await news.ask()
        self.changed()
        wanted = self._news.is_wanted
        dom.announce(say("You will be told.") if wanted else say("This browser tells nothing."))
