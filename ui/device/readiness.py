"""Whether everything that the page can do is on this device, told truthfully, and how to remove it.

"Ready offline" stands there only while the service worker is active, each of the manifest's files
(the codecs', too) is in its cache and each chunk of the chosen model is in the model's cache.
"""

import asyncio

from ui.browser import dom, service_worker
from ui.browser.caches import (
    MODEL_PREFIX,
    chunks_of,
    remove_shell,
    stored_addresses,
    stored_shell,
)
from ui.browser.worker_link import BASE_URL
from ui.device import leftovers

LOOK_SECONDS = 3


class Readiness:
    """The badge at the foot of the page and the paragraph behind it."""

    def __init__(self, queue, journal, engine):
        self.queue, self.journal, self.engine = queue, journal, engine
        self.ready = False
        self._removed = False
        dom.on("remove-all", "click", lambda event: asyncio.create_task(self._remove_all()))
        dom.on("badge", "click", lambda event: dom.element("ledger-open").click())

    def start(self):
        """Look now and until everything is there."""
        asyncio.create_task(self._watch())

    async def _watch(self):
        """Look again and again; what was complete is looked at when the dialog is open."""
        while not self._removed:
            if not self.ready or dom.element("ledger").open:
                self.show(await self.missing())
            await asyncio.sleep(LOOK_SECONDS)

    async def missing(self):
        """Return a list of sentences: what is not on this device; empty when all is there."""
        if not service_worker.is_there():
            return ["This window has no service worker, so the page cannot start offline here."]
        if not service_worker.controls():
            return ["The service worker is not active yet."]
        manifest, stored = await stored_shell()
        if manifest is None:
            return ["The page's files are not stored yet."]
        words = []
        absent = [path for path in manifest["shell"] if BASE_URL + path not in stored]
        if absent:
            words.append(counted(len(absent), len(manifest["shell"])) + " of the page's files")
        absent = [path for path in manifest["later"] if BASE_URL + path not in stored]
        if absent:
            # They come last, when nothing else is under way.
            words.append(counted(len(absent), len(manifest["later"])) + " of the codecs' files")
        chunks = await chunks_of(self.engine.options.variant)
        kept = await stored_addresses(MODEL_PREFIX)
        absent = [path for path in chunks if BASE_URL + path not in kept]
        if absent or not chunks:
            words.append(counted(len(absent), len(chunks)) + " of the network's parts")
        return [text + " are not stored yet." for text in words]

    def show(self, missing):
        """Write the badge and the list of what is missing."""
        self.ready = not missing
        badge = dom.element("badge")
        badge.textContent = "Ready offline" if self.ready else "Not ready offline yet"
        badge.dataset.ready = "yes" if self.ready else "no"
        dom.show(badge)
        words = "Everything needed is on this device; it works without a network."
        dom.element("readiness").textContent = words if self.ready else " ".join(missing)

    async def _remove_all(self):
        """Take photos, model, page and service worker out of this browser."""
        self._removed = True
        # It goes on serving this page until it is closed, and keeps nothing of it.
        service_worker.tell("forget")
        await leftovers.clear_everything(self.queue, self.journal, self.engine)
        await service_worker.unregister()
        await remove_shell()
        self.show(["Homecut is removed from this browser. Opening this address fetches it again."])
        dom.announce(dom.element("readiness").textContent)


def counted(missing, total):
    """Return "3 of 80", or "some" where the total is not known yet."""
    return str(missing) + " of " + str(total) if total else "Some"
