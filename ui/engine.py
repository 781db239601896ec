"""Makes the network ready and tells the user how far that is.

Fetching the weights and creating the session begin with the page, beside Pyodide's boot, so that
both are usually done when the first photo is decoded.
"""

import asyncio
import json

import js

from common import naming
from common.errors import Refusal
from common.options import Options, thread_count
from ui import dom
from ui.worker_link import BASE_URL, Actor

LOAD_PATIENCE = 1800
"""Seconds for download and session together; a slow line needs a quarter of an hour."""


class Engine:
    """The network behind its worker: options, loading, progress."""

    def __init__(self):
        self.options = Options()
        self.actor = Actor("segment")
        self.report = None
        self.scaling = None
        self.isolated = bool(getattr(js, "crossOriginIsolated", False))
        # WebKitGTK isolates the page and yet gives no shared memory, without which no threads.
        self.shares_memory = self.isolated and hasattr(js, "SharedArrayBuffer")
        cores = getattr(js.navigator, "hardwareConcurrency", 1)
        self.threads = thread_count(cores, self.shares_memory)
        self._loading = None
        self._generation = 0
        self.watcher = None
        """Called without arguments when there is something new to show."""

    def start(self):
        """Begin to load the model, unless the user saves data; then the first photo begins it."""
        connection = getattr(js.navigator, "connection", None)
        if not (connection and connection.saveData):
            self._begin()

    def _begin(self):
        """Start loading on the present worker."""
        self._generation = self.actor.generation
        self._loading = asyncio.create_task(self._load())

    async def ready(self):
        """Wait until the session can run; raises the :class:`Refusal` that stopped it.

        After a failure the next call tries again.
        """
        if self._loading is None:
            self._begin()
        loading = self._loading
        failure = await loading
        if failure is not None:
            if loading is self._loading:
                self._loading = None
            raise failure

    async def forget_stored(self):
        """Delete the stored weights, after a load that would store them again has ended."""
        if self._loading is not None:
            await self._loading
        await self.actor.call("forget", patience=LOAD_PATIENCE)

    def choose(self, variant, quality):
        """Use another model variant or quality from the next photo on."""
        reload_needed = variant != self.options.variant
        self.options = Options(variant, quality)
        if reload_needed:
            self.actor.replace()
            self._begin()

    def renew_if_replaced(self):
        """Load the model again when its worker has been replaced."""
        if self._generation != self.actor.generation:
            self._begin()

    async def _load(self):
        """Load catalogue, weights and session; return ``None`` or the failure."""
        channel_name = "homecut-" + js.crypto.randomUUID()
        channel = js.BroadcastChannel.new(channel_name)
        channel.onmessage = lambda event: self._show(json.loads(event.data))
        self._show({"stage": "start", "done": 0, "total": 0})
        try:
            values, _ = await self.actor.call(
                "load",
                BASE_URL,
                self.options.variant,
                self.threads,
                channel_name,
                patience=LOAD_PATIENCE,
            )
            self.scaling = values["scaling"]
            self.report = values
            self._show({"stage": "ready", "done": 0, "total": 0})
            return None
        except Refusal as error:
            self._show({"stage": "failed", "done": 0, "total": 0, "words": str(error)})
            return error
        finally:
            channel.close()

    def _show(self, progress):
        """Draw the progress line at the foot of the page."""
        stage, done, total = progress["stage"], progress["done"], progress["total"]
        dom.show("engine", stage != "ready")
        bar = dom.element("engine-progress")
        if stage in ("download", "reopen") and total:
            percent = int(100 * done / total)
            verb = "Downloading the model" if stage == "download" else "Opening the stored model"
            amount = naming.byte_size(done) + " of " + naming.byte_size(total)
            text = verb + ": " + amount + ", " + str(percent) + " %"
            bar.value = done / total
        else:
            text = {
                "start": "Getting ready",
                "session": "Preparing the network",
                "ready": "Ready",
            }.get(stage) or progress["words"]
            bar.removeAttribute("value")
            dom.show(bar, stage != "failed")
        dom.element("engine-label").textContent = text
        if stage in ("ready", "failed"):
            dom.announce(text)
        if self.watcher:
            self.watcher()


async def stored_bytes(actor):
    """Return the bytes of weights that this browser keeps."""
    values, _ = await actor.call("stored", BASE_URL, patience=LOAD_PATIENCE)
    return values["bytes"]
