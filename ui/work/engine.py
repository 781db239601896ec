"""Makes the network ready and tells how far that is.

Fetching the weights and creating the session begin with the page, beside Pyodide's boot, so that
both are usually done when the first photo is decoded.
"""

import asyncio
import json

from common import rungs, tiers
from common.errors import Refusal
from common.options import LIGHT, Options, thread_count
from ui.state.pace import Pace
from ui.state.signals import Signal

LOAD_PATIENCE = 1800
"""Seconds for download and session together; a slow line needs a quarter of an hour."""


class Engine:
    """The network behind its worker: options, loading, progress."""

    def __init__(self, actor, device, open_channel, base_url):
        """``actor`` is the segmentation worker, ``open_channel(heard)`` a channel for its
        reports (:class:`ui.browser.worker_link.Channel`), ``base_url`` the page's folder.
        """
        self.options = Options()
        self.actor = actor
        self.device = device
        self.threads = thread_count(device.cores, device.shares_memory)
        self.tier = tiers.tier_of(device.memory_gib, self.threads, device.mobile)
        self.report = None
        self.scaling = None
        self.pace = Pace()
        self.progressed = Signal()
        """How far loading is: a dict with ``stage``, ``done`` and ``total`` in bytes, and ``words``
        where the stage is ``"failed"``."""
        self.options_changed = Signal()
        """Other options are in use than were chosen; no arguments."""
        self.preference = rungs.AUTOMATIC
        """Where the user wants the network to run."""
        self._progress = None
        """What was told last."""
        self._open_channel = open_channel
        self._base_url = base_url
        self._rung = rungs.AUTOMATIC
        """Where it is asked to: the preference, or lower when that did not work."""
        self._failed = ""
        """Why the graphics card was given up, as a code of :data:`common.rungs.REASONS`."""
        self._on_trial = False
        self._quality_chosen = False
        self._loading = None
        self._generation = 0

    def start(self):
        """Begin to load the model, unless the user saves data; then the first photo begins it.

        The page does so before all else; what has been told until it listens is told again.
        """
        if not self.device.saves_data:
            self.wake()

    def tell_again(self):
        """Tell those who listen now how far loading is."""
        if self._progress is not None:
            self.progressed.send(self._progress)

    def wake(self):
        """Begin to load the model for a photo that has come, unless that has begun."""
        if self._loading is None:
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
        self.wake()
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

    async def stored_bytes(self):
        """Return the bytes of weights that this browser keeps; raises :class:`Refusal`."""
        values, _ = await self.actor.call("stored", self._base_url, patience=LOAD_PATIENCE)
        return values["bytes"]

    def choose(self, variant, quality, preference):
        """Use another model variant, quality or place to run from the next photo on."""
        reload_needed = variant != self.options.variant or preference != self.preference
        self._quality_chosen = self._quality_chosen or quality != self.options.quality
        self.options = Options(variant, quality)
        if reload_needed:
            self.preference = self._rung = preference
            self._failed = ""
            self.actor.replace()
            self._begin()

    @property
    def rung(self):
        """Where the network runs (one of :data:`common.rungs.RUNGS`), ``None`` until it does."""
        return self.report and self.report["rung"]

    @property
    def copies(self):
        """How many decoded photos may lie in memory at once."""
        return tiers.TIERS[self.tier]["copies"]

    @property
    def is_ready(self):
        """Whether the network can run at once."""
        return self.report is not None and self._loading is not None and self._loading.done()

    @property
    def is_under_way(self):
        """Whether the network is being made ready, or was."""
        return self._loading is not None

    def passes(self, width, height):
        """Return the sides of the network's passes for a photo of that many pixels."""
        return self._fitting(self.options.passes, width, height)

    def fits(self, passes, width, height):
        """Tell whether this device can run these passes for a photo of that many pixels."""
        return passes == self._fitting(passes, width, height)

    def _fitting(self, passes, width, height):
        """Return the passes that this device can run instead."""
        return tiers.fitting(passes, self.tier, width, height, self.device.memory_gib)

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
        self._rung = rungs.rung_below(rungs.WEBGPU, self.device.shares_memory)
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
                self._tell(words)
                return failure
            self._generation = self.actor.generation

    def _step_down(self, failure):
        """Prepare a lower rung after a failed load; tell whether there is one to try."""
        is_broken = failure.code in ("worker_died", "timed_out", "internal", "out_of_memory")
        if failure.code == "gpu_unusable" or (self._on_trial and is_broken):
            self._failed = failure.details.get("reason", "gpu_hung")
            self._rung = rungs.rung_below(rungs.WEBGPU, self.device.shares_memory)
        elif is_broken and self.threads > 1 and self._rung != rungs.SINGLE:
            self._failed = "threads_failed"
            self._rung = rungs.SINGLE
        else:
            return False
        self.actor.replace()
        return True

    async def _load_here(self):
        """Load on the present worker and rung; return ``None`` or the failure."""
        channel = self._open_channel(lambda text: self._tell(json.loads(text)))
        self._on_trial = False
        self._tell({"stage": "start", "done": 0, "total": 0})
        try:
            values, _ = await self.actor.call(
                "load",
                self._base_url,
                self.options.variant,
                self.threads,
                channel.name,
                self._rung,
                self._failed,
                self._is_assisted(),
                patience=LOAD_PATIENCE,
            )
            self.scaling = values["scaling"]
            self.report = values
            self._use_speed()
            self._tell({"stage": "ready", "done": 0, "total": 0})
            return None
        except Refusal as error:
            return error
        finally:
            channel.close()

    def _is_assisted(self):
        """Tell whether a second, smaller network is to be loaded beside the chosen one."""
        return self.options.variant != LIGHT

    def may_have_second(self):
        """Tell whether there is another network, or may be: that is known once all is loaded."""
        return self._is_assisted() and (self.report is None or self.has_second())

    def has_second(self):
        """Tell whether another network can be asked."""
        return bool(self.report["second"])

    def _use_speed(self):
        """On a graphics card the best quality costs little, so it is the default there."""
        if self.rung == rungs.WEBGPU and not self._quality_chosen:
            self.options = Options(self.options.variant, "best")
            self.options_changed.send()

    def _tell(self, progress):
        """Pass on how far loading is."""
        self._on_trial = progress["stage"] == "graphics card"
        self._progress = progress
        self.progressed.send(progress)
