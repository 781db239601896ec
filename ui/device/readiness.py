"""Whether everything that the page can do is on this device, told truthfully, and how to remove it.

"Ready offline" stands there only while the service worker is active, each of the manifest's files
(the codecs', too) is in its cache and each chunk of the chosen model is in the model's cache.
"""

import asyncio

from common.language.words import say
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

    def __init__(self, queue, journal, engine, quick_start):
        self.queue, self.journal, self.engine = queue, journal, engine
        self.quick_start = quick_start
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
            return [
                say("This window has no service worker, so the page cannot start offline here.")
            ]
        if not service_worker.controls():
            return [say("The service worker is not active yet.")]
        manifest, stored = await stored_shell()
        if manifest is None:
            return [say("The page's files are not stored yet.")]
        words = []
        absent = [path for path in manifest["shell"] if BASE_URL + path not in stored]
        if absent:
            words.append(
                say(
                    "{missing} of {total} of the page's files are not stored yet.",
                    missing=len(absent),
                    total=len(manifest["shell"]),
                )
            )
        absent = [path for path in manifest["later"] if BASE_URL + path not in stored]
        if absent:
            # They come last, when nothing else is under way.
            words.append(
                say(
                    "{missing} of {total} of the codecs' files are not stored yet.",
                    missing=len(absent),
                    total=len(manifest["later"]),
                )
            )
        chunks = await chunks_of(self.engine.options.variant)
        kept = await stored_addresses(MODEL_PREFIX)
        absent = [path for path in chunks if BASE_URL + path not in kept]
        if absent or not chunks:
            words.append(parts_words(len(absent), len(chunks)))
        return words

    def show(self, missing):
        """Write the badge and the list of what is missing."""
        self.ready = not missing
        badge = dom.element("badge")
        badge.textContent = say("Ready offline") if self.ready else say("Not ready offline yet")
        badge.dataset.ready = "yes" if self.ready else "no"
        dom.show(badge)
        words = say("Everything needed is on this device; it works without a network.")
        dom.element("readiness").textContent = words if self.ready else " ".join(missing)

    async def _remove_all(self):
        """Take photos, model, page and service worker out of this browser."""
        self._removed = True
        # It goes on serving this page until it is closed, and keeps nothing of it.
        service_worker.tell("forget")
        await leftovers.clear_everything(self.queue, self.journal, self.engine, self.quick_start)
        await service_worker.unregister()
        await remove_shell()
        self.show(
            [say("Homecut is removed from this browser. Opening this address fetches it again.")]
        )
        dom.announce(dom.element("readiness").textContent)


def parts_words(missing, total):
    """Return how many of the network's parts are missing; ``total`` is 0 while it is not known."""
    if not total:
        return say("Some of the network's parts are not stored yet.")
    return say(
        "{missing} of {total} of the network's parts are not stored yet.",
        missing=missing,
        total=total,
    )
