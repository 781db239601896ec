"""One worker of the codec pool: given a job, it answers, dies or is ended."""

import asyncio

import js

from common.errors import Refusal
from common.formats import CODECS
from ui.browser import dom, locks
from ui.browser.console import report
from ui.browser.values import array, identifier, promise, record
from ui.browser.worker_link import BASE_URL, race

START_PATIENCE = 60
"""Seconds until a worker that does not start counts as failed; its own script is small."""


class CodecWorker:
    """A module worker with ``assets/js/codecs.js`` in it, started at once.

    A failure leaves a codec's memory in an unknown state, so after one :attr:`broken` is true and
    the worker must be ended.
    """

    def __init__(self):
        self.broken = self.busy = False
        self.uses = 0
        self.knows = {}
        """Codec: true for those that it has loaded."""
        self._count = 0
        self._death = promise()
        self._answers = {}
        # The lock that tells of its end has the worker's name.
        self._lock = "homecut-codecs-" + identifier()
        options = record(type="module", name=self._lock)
        self._worker = js.Worker.new(BASE_URL + "assets/js/codecs.js", options)
        self._started = self._expect(0)
        dom.on(self._worker, "message", self._heard)
        dom.on(self._worker, "error", self._failed)

    def _expect(self, number):
        """Return the promise of the answer with that number."""
        self._answers[number] = promise()
        return self._answers[number].promise

    def _heard(self, event):
        """Settle the answer that came."""
        waiting = self._answers.pop(event.data.id, None)
        if waiting is not None:
            waiting.resolve(event.data)

    def _failed(self, event):
        """Take an error outside of any job, such as a script that cannot be fetched, as the end."""
        report("a codec worker failed: " + str(getattr(event, "message", "")))
        self._death.resolve("worker_died")

    async def run(self, codec, verb, size, options, content, threads, patience):
        """Do one job and return the answer (``buffer``, ``width``, ``height``).

        ``size`` is (width, height) in pixels, ``options`` a JSON text, ``content`` an ArrayBuffer,
        which moves to the worker, ``patience`` seconds. Raises :class:`Refusal`.
        """
        await self._begin(codec)
        self._count += 1
        message = record(
            id=self._count,
            codec=codec,
            verb=verb,
            width=size[0],
            height=size[1],
            options=options,
            threads=threads,
            buffer=content,
        )
        expected = self._expect(self._count)
        self._worker.postMessage(message, array(content))
        try:
            answer = await race(expected, self._death, patience)
        except Refusal:
            self.broken = True
            raise
        if not answer.ok:
            self.broken = True
            raise refusal(answer.code, codec, answer.words)
        self.knows[codec] = True
        return answer

    async def _begin(self, codec):
        """Wait until the worker runs, then listen for its end."""
        if self._started is None:
            return
        started, self._started = self._started, None
        try:
            await race(started, self._death, START_PATIENCE)
        except Refusal:
            self.broken = True
            raise refusal("codec_unavailable", codec, "its worker did not start")
        if locks.are_there():
            asyncio.create_task(self._watch())

    async def _watch(self):
        """Settle the promise of the worker's death when its lock is free."""
        await locks.wait_until_free(self._lock)
        self.broken = True
        self._death.resolve("worker_died")

    def end(self, reason="worker_died"):
        """End the worker, busy or not, which frees its memory; a job under way gets ``reason``."""
        self.broken = True
        self._worker.terminate()
        self._death.resolve(reason)


def refusal(code, codec, words):
    """Return the :class:`Refusal` for a code that ``codecs.js`` answered."""
    report(codec + ": " + code + ": " + words)
    name = CODECS[codec]["name"]
    details = {"codec_unavailable": {"codec": name}, "codec_failed": {"codec": name}}
    return Refusal(code, **details.get(code, {}))
