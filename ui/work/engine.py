"""Makes the network ready and tells the user how far that is.

Fetching the weights and creating the session begin with the page, beside Pyodide's boot, so that
both are usually done when the first photo is decoded.
"""

import asyncio
import json

import js

from common import naming, rungs, tiers
from common.errors import Refusal
from common.options import Options, thread_count
from ui.browser import dom
from ui.browser.worker_link import BASE_URL, Actor
from ui.state.pace import Pace

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
        memory = getattr(js.navigator, "deviceMemory", None)
        self.memory_gib = memory
        self.tier = tiers.tier_of(memory, self.threads, is_mobile())
        self.wish = rungs.AUTOMATIC
        """Where the user wants the network to run."""
        self._rung = rungs.AUTOMATIC
        """Where it is asked to: the wish, or lower when that did not work."""
        self._failed = ""
        """Why the graphics card was given up, as a code of :data:`common.rungs.REASONS`."""
        self._on_trial = False
        self._quality_chosen = False
        self.pace = Pace()
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
        failure = waited_for = None
        if self.actor.dead or self.actor.hung:
            self.actor.replace()
        self.renew_if_replaced()
        if self._loading is None:
            self._begin()
        while self._loading not in (None, waited_for):
            # While it was waited for, another choice may have begun to load anew.
            waited_for = self._loading
            failure = await waited_for
        if failure is not None:
            self._loading = None
            raise failure

    async def forget_stored(self):
        """Delete the stored weights, after a load that would store them again has ended."""
        if self._loading is not None:
            await self._loading
        await self.actor.call("forget", patience=LOAD_PATIENCE)

    def choose(self, variant, quality, wish):
        """Use another model variant, quality or place to run from the next photo on."""
        reload_needed = variant != self.options.variant or wish != self.wish
        self._quality_chosen = self._quality_chosen or quality != self.options.quality
        self.options = Options(variant, quality)
        if reload_needed:
            self.wish = self._rung = wish
            self._failed = ""
            self.actor.replace()
            self._begin()

    @property
    def rung(self):
        """Where the network runs (one of :data:`common.rungs.RUNGS`), ``None`` until it does."""
        return self.report and self.report["rung"]

    @property
    def is_ready(self):
        """Whether the network can run at once."""
        return self.report is not None and self._loading is not None and self._loading.done()

    def passes(self, width, height):
        """Return the sides of the network's passes for a photo of that many pixels."""
        return tiers.fitting(self.options.passes, self.tier, width, height, self.memory_gib)

    def fits(self, passes, width, height):
        """Tell whether this device can run these passes for a photo of that many pixels."""
        return passes == tiers.fitting(passes, self.tier, width, height, self.memory_gib)

    def is_worth_stopping(self, side, seconds):
        """Tell whether a pass that began ``seconds`` ago outlasts a fresh start of the network."""
        fresh = self.report["fetch_seconds"] + self.report["session_seconds"]
        return self.pace.expected(side) - seconds > fresh

    def renew_if_replaced(self):
        """Load the model again when its worker has been replaced."""
        if self._generation != self.actor.generation:
            self._begin()

    def stop(self):
        """End a run that nobody waits for any more; the network is made ready again at once."""
        self.actor.replace()
        self._begin()

    def leave_graphics_card(self, reason):
        """Go on with the processor; ``reason`` (see :mod:`common.rungs`) is shown and kept."""
        self._failed = reason
        self._rung = rungs.rung_below(rungs.WEBGPU, self.shares_memory)
        self.actor.replace()
        self._begin()

    async def _load(self):
        """Load catalogue, weights and session, as low on the ladder as is needed.

        Returns ``None`` or the failure.
        """
        while True:
            generation = self.actor.generation
            failure = await self._load_here()
            if failure is None or generation != self.actor.generation:
                return failure
            if not self._step_down(failure):
                words = {"stage": "failed", "done": 0, "total": 0, "words": str(failure)}
                self._show(words)
                return failure
            self._generation = self.actor.generation

    def _step_down(self, failure):
        """Prepare a lower rung after a failed load; tell whether there is one to try."""
        is_broken = failure.code in ("worker_died", "timed_out", "internal", "out_of_memory")
        if failure.code == "gpu_unusable" or (self._on_trial and is_broken):
            self._failed = failure.details.get("reason", "gpu_hung")
            self._rung = rungs.rung_below(rungs.WEBGPU, self.shares_memory)
        elif is_broken and self.threads > 1 and self._rung != rungs.SINGLE:
            self._failed = "threads_failed"
            self._rung = rungs.SINGLE
        else:
            return False
        self.actor.replace()
        return True

    async def _load_here(self):
        """Load on the present worker and rung; return ``None`` or the failure."""
        channel_name = "homecut-" + js.crypto.randomUUID()
        channel = js.BroadcastChannel.new(channel_name)
        channel.onmessage = lambda event: self._show(json.loads(event.data))
        self._on_trial = False
        self._show({"stage": "start", "done": 0, "total": 0})
        try:
            values, _ = await self.actor.call(
                "load",
                BASE_URL,
                self.options.variant,
                self.threads,
                channel_name,
                self._rung,
                self._failed,
                patience=LOAD_PATIENCE,
            )
            self.scaling = values["scaling"]
            self.report = values
            self._use_speed()
            self._show({"stage": "ready", "done": 0, "total": 0})
            return None
        except Refusal as error:
            return error
        finally:
            channel.close()

    def _use_speed(self):
        """On a graphics card the best quality costs little, so it is the default there."""
        if self.rung == rungs.WEBGPU and not self._quality_chosen:
            self.options = Options(self.options.variant, "best")
            dom.element("quality").value = "best"

    def _show(self, progress):
        """Draw the progress line at the foot of the page."""
        stage, done, total = progress["stage"], progress["done"], progress["total"]
        self._on_trial = stage == "graphics card"
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
                "graphics card": "Testing the graphics card",
                "ready": "Ready",
            }.get(stage) or progress["words"]
            bar.removeAttribute("value")
            dom.show(bar, stage != "failed")
        dom.element("engine-label").textContent = text
        if stage in ("ready", "failed"):
            dom.announce(text)
        if self.watcher:
            self.watcher()


def is_mobile():
    """Tell whether the browser says that it runs on a phone, or can only be on one."""
    hints = getattr(js.navigator, "userAgentData", None)
    if hints:
        return bool(hints.mobile)
    return "Mobi" in js.navigator.userAgent


async def stored_bytes(actor):
    """Return the bytes of weights that this browser keeps."""
    values, _ = await actor.call("stored", BASE_URL, patience=LOAD_PATIENCE)
    return values["bytes"]
