"""The tab's title tells how far the work is, for those who look at another tab meanwhile."""

import asyncio

from ui.browser.window import title
from ui.state import window


class TabTitle:
    """Writes :func:`ui.state.window.title`, once for a burst of changes.

    It waits for no time, since browsers hold timers back in a tab that is not on top.
    """

    def __init__(self, queue, batch):
        self.queue, self.batch = queue, batch
        self._drawing = False

    def changed(self, _item=None):
        """Draw as soon as the others have had their turn."""
        if not self._drawing:
            self._drawing = True
            asyncio.create_task(self._draw())

    async def _draw(self):
        """Write the title."""
        await asyncio.sleep(0)
        self._drawing = False
        states = [item.state for item in self.queue.items]
        title.write(window.title(states, self.batch.paused))
