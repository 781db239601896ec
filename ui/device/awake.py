"""Leaves the screen on while a batch is worked on, since a device that sleeps stops the work.

Browsers take the lock back when the page is hidden; it is asked for again when it is seen.
"""

import asyncio

from ui.browser import clock, dom
from ui.browser.window import wake
from ui.state.window import LONG_SECONDS, Wakefulness


class Awake:
    """Holds the lock while :class:`ui.state.window.Wakefulness` wants it."""

    def __init__(self, queue, batch):
        self.queue, self.batch = queue, batch
        self._wakefulness = Wakefulness()
        self._lock = None
        self._refused = False
        self._turn = asyncio.Lock()
        self._following = False
        if wake.is_there():
            dom.on_page("visibilitychange", lambda event: self._seen())

    def changed(self, _item=None):
        """Follow, once for a burst of changes."""
        if wake.is_there() and not self._following:
            self._following = True
            asyncio.create_task(self._follow())

    def _seen(self):
        """Ask anew, whatever the browser has said before."""
        self._refused = False
        self.changed()

    async def _follow(self):
        """Take or give back the lock."""
        await asyncio.sleep(0)
        self._following = False
        async with self._turn:
            states = [item.state for item in self.queue.items]
            wakefulness = self._wakefulness
            began = wakefulness.since
            wanted = wakefulness.look(states, self.batch.paused, clock.seconds())
            if wakefulness.since not in (None, began):
                clock.later(LONG_SECONDS, self.changed)
            if not wanted:
                self._refused = False
                lock, self._lock = self._lock, None
                if wake.is_held(lock):
                    await wake.let_go(lock)
            elif wake.page_is_seen() and not (self._refused or wake.is_held(self._lock)):
                self._lock = await wake.hold()
                self._refused = self._lock is None
