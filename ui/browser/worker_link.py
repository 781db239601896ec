"""The line between the page and the two workers; nothing else calls ``workers[...]``.

Each worker stands in ``index.html`` as a ``<script worker name="...">`` tag. A call is a race
between the worker's answer, the news of its death (see :mod:`common.liveness`) and patience. A
worker that died, hung or broke is replaced by a clone of its tag under a new name.
"""

import asyncio

import js
from pyscript import workers

from common import messages
from common.errors import Refusal
from ui.browser import clock, console, locks, values

BASE_URL = js.document.baseURI.split("#")[0].split("?")[0].rsplit("/", 1)[0] + "/"
"""The folder of the page. A PyScript worker is a ``blob:`` URL and cannot find it by itself."""

BOOT_PATIENCE = 180
"""Seconds until a worker that has not started counts as failed (a slow first download)."""


class Actor:
    """One worker: its calls, its death and its replacement."""

    def __init__(self, name, head_start=None):
        """``head_start`` (:class:`ui.look.head_start.HeadStart`) says when its interpreter may
        start, if that is not at once.
        """
        self.name = name
        self.head_start = head_start
        self.generation = 1
        self.begun = 0
        """How many calls there have been."""
        self._calls = []
        """Those that wait for their answer, in their order: the task that made it, its number."""
        self.dead = False
        self.hung = False
        self._script = js.document.querySelector("script[name='" + name + "']")
        js.addEventListener("unhandledrejection", self._rejected)
        self._start()

    def _start(self):
        """Begin to wait for the worker of the present generation."""
        self._sync = None
        self._lost = values.promise()
        self.dead = self.hung = False
        self._death = values.promise()
        self._starting = asyncio.create_task(self._connect(self.generation, self._death))

    def _rejected(self, event):
        """Give the start up when PyScript could not fetch the worker's script.

        It tells nobody but the window, and not which script it was: the promise of the worker
        stays open for ever. What ``fetch`` rejects with is a ``TypeError`` (Fetch, 5.6).
        """
        if not self.is_up and getattr(event.reason, "name", "") == "TypeError":
            console.warn(self.name + " cannot be fetched: " + str(event.reason.message))
            event.preventDefault()
            self._lost.resolve("runtime_failed")

    async def _connect(self, generation, death):
        """Wait for the worker, let it take its life's lock and listen for its end."""
        registered = self.name if generation == 1 else self._script.getAttribute("name")
        sync = await race(workers[registered], self._lost, BOOT_PATIENCE)
        if locks.are_there():
            lock_name = "homecut-" + registered + "-" + values.identifier()
            await sync.hold_lock(lock_name)
            asyncio.create_task(_tell_death(lock_name, death))
        return sync

    @property
    def is_up(self):
        """Whether the worker has started (or failed to)."""
        return self._starting.done()

    @property
    def under_way(self):
        """How many calls wait for their answer."""
        return len(self._calls)

    def serving(self, task):
        """Return the number of the call that the worker is at, 0 if it is not one of ``task``'s."""
        if not self.is_up or not self._calls or self._calls[0][0] is not task:
            return 0
        return self._calls[0][1]

    @property
    def is_busy(self):
        """Whether a call waits for the worker's answer."""
        return self.under_way > 0

    async def ready(self):
        """Wait until the worker answers; raises :class:`Refusal` when it cannot start.

        After a start that failed the next call tries a fresh one: the network may be back.
        """
        if self._sync is None:
            if self.head_start:
                self.head_start.wanted()
            if self.hung:
                self.replace()
            starting = self._starting
            try:
                sync = await starting
            except Refusal:
                self._give_up(starting)
                raise
            except Exception as error:
                console.report(self.name + " cannot start: " + str(error.args[0]))
                self._give_up(starting)
                raise Refusal("runtime_failed")
            if starting is self._starting:
                self._sync = sync
            return sync
        return self._sync

    def _give_up(self, starting):
        """Note that this start has failed, unless there has been another since."""
        self.hung = self.hung or starting is self._starting

    async def call(self, function, *arguments, patience=120):
        """Call an exported function of the worker.

        ``arguments`` are text, numbers, Blobs or typed arrays; ``patience`` is in seconds.
        Returns ``(values, data)``: the answer's dict and its ArrayBuffer, typed array or ``None``.
        Raises the :class:`Refusal` that the worker answered, ``worker_died`` or ``timed_out``.
        """
        self.begun += 1
        call = (asyncio.current_task(), self.begun)
        self._calls.append(call)
        try:
            return await self._call(function, arguments, patience)
        finally:
            self._calls.remove(call)

    async def _call(self, function, arguments, patience):
        """Return what :meth:`call` does."""
        sync, death, generation = await self.ready(), self._death, self.generation
        try:
            answer = await race(getattr(sync, function)(*arguments), death, patience)
        except Refusal as error:
            if generation == self.generation:
                self.dead = error.code == "worker_died"
                self.hung = error.code == "timed_out"
            raise
        return messages.open_answer(answer.ok, answer.meta), answer.data

    def replace(self):
        """End the worker, busy or not, and start a new one in its place."""
        self._script.xworker.terminate()
        self._death.resolve("worker_died")
        self.generation += 1
        fresh = self._script.cloneNode(True)
        fresh.setAttribute("name", self.name + "-" + str(self.generation))
        self._script.remove()
        js.document.body.append(fresh)
        self._script = fresh
        self._start()


async def _tell_death(lock_name, death):
    """Settle ``death`` when the holder of the lock is gone."""
    await locks.wait_until_free(lock_name)
    console.warn("a worker has ended: " + lock_name)
    death.resolve("worker_died")


async def race(answer, death, patience):
    """Return the first to come of two promises; raises :class:`Refusal` for the code of a failure.

    ``death`` may be ``None``; ``patience`` is in seconds, after which it is ``timed_out``.
    """
    late = values.promise()
    timer = clock.later(patience, lambda: late.resolve("timed_out"))
    runners = [answer, late.promise] + ([death.promise] if death else [])
    try:
        winner = await js.Promise.race(runners)
    finally:
        clock.never(timer)
    if winner in ("timed_out", "worker_died", "cancelled", "runtime_failed"):
        raise Refusal(winner)
    return winner


class Channel:
    """A channel of texts that a worker sends while it is at work; its :attr:`name` opens it."""

    def __init__(self, heard):
        """``heard(text)`` is called for each."""
        self.name = "homecut-" + values.identifier()
        self._channel = js.BroadcastChannel.new(self.name)
        self._channel.onmessage = lambda event: heard(event.data)

    def close(self):
        """Hear no more."""
        self._channel.close()
