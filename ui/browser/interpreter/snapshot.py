"""The snapshot of the pixel worker's interpreter: made in a worker, measured, deleted.

What it is and why it can be believed stands in ``assets/js/snapshot.js``.
"""

import js

from ui.browser import caches, dom
from ui.browser.values import record
from ui.browser.worker_link import BASE_URL

CACHE = "homecut-interpreter"


class Maker:
    """A worker that makes the snapshot and keeps it, started at once."""

    def __init__(self):
        self.is_working = True
        self.failure = ""
        """Why it could not, empty when it could or was ended."""
        address = BASE_URL + "assets/js/snapshot_maker.js"
        self._worker = js.Worker.new(address, record(type="module"))
        dom.on(self._worker, "message", self._answered)
        dom.on(self._worker, "error", self._failed)

    def _answered(self, event):
        """Take the worker's answer."""
        self.is_working = False
        if not event.data.ok:
            self.failure = event.data.words

    def _failed(self, event):
        """Take an error outside of the maker's own work as its answer."""
        self.is_working = False
        self.failure = str(getattr(event, "message", "")) or "its worker did not start"

    def end(self):
        """End the worker, done or not, which frees its memory."""
        self._worker.terminate()


def can_be_kept():
    """Tell whether this window has what it takes: workers, a store, hashes."""
    return hasattr(js, "caches") and hasattr(js.crypto, "subtle")


async def kept_bytes():
    """Return how many bytes the kept snapshot has, 0 for none."""
    if not await caches.own_caches(CACHE):
        return 0
    found = await (await js.caches.open(CACHE)).match(BASE_URL + "interpreter/snapshot")
    return int(found.headers.get("Content-Length")) if found else 0


async def forget():
    """Delete it, and the note that this browser's snapshot is none that is known."""
    if await caches.own_caches(CACHE):
        await js.caches.delete(CACHE)
