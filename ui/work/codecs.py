"""The pool of workers that write JPEG, WebP, AVIF and small PNG files, and read AVIF.

Workers begin with the first job and fetch a codec when it is first used. Jobs wait in one line;
how many run side by side depends on the device's cores and memory. WebAssembly never gives memory
back, so a worker that has nothing to do is ended after a while.
"""

import asyncio
import json

import js

from common.edits import codec_options
from common.errors import Refusal
from ui.browser.codec_worker import CodecWorker
from ui.work import codec_files

IDLE_SECONDS = 20
"""How long a worker without a job keeps its loaded codecs."""

DECODED_MEGAPIXELS = 12
"""What an encoded file counts for in the line; its size is not known before."""


class Job:
    """One picture in the line: what it needs, and who wants it."""

    def __init__(self, codec, megapixels, owner):
        self.codec, self.megapixels, self.owner = codec, megapixels, owner
        self.worker = None
        self.cancelled = False
        self.turn = js.Promise.withResolvers()


class Codecs:
    """Encodes and decodes; at most :attr:`size` pictures at once."""

    def __init__(self):
        cores = getattr(js.navigator, "hardwareConcurrency", 1)
        memory = getattr(js.navigator, "deviceMemory", None)
        self.size = codec_options.pool_size(cores, memory)
        self._most_megapixels = codec_options.megapixels_at_once(memory)
        self._workers = []
        self._waiting = []
        self._running = []

    def start(self, is_quiet):
        """Fetch all codecs for later, in the background, once ``is_quiet()`` says yes."""
        asyncio.create_task(codec_files.fetch_in_background(is_quiet))

    async def available(self):
        """Return codec: whether it is on this device and so works without a network."""
        return await codec_files.available()

    async def encode(
        self, codec, width, height, pixels, options, owner=None, keep=False, urgent=False
    ):
        """Return the encoded file as a ``Uint8Array``.

        ``codec`` is a key of :data:`common.formats.CODECS`, ``pixels`` a ``Uint8Array`` of RGBA
        (for OxiPNG: of a PNG file) whose buffer moves to the worker unless ``keep``. ``options``
        are :func:`common.edits.codec_options.codec_options`. ``owner`` is what :meth:`cancel` knows
        the job by. An ``urgent`` job goes to the head of the line. Raises :class:`Refusal`
        (``codec_unavailable``, ``codec_failed``, ``out_of_memory``, ``timed_out``, ``worker_died``,
        ``cancelled``).
        """
        job = Job(codec, width * height / 1e6, owner)
        size = (width, height)
        answer = await self._work(job, "encode", size, options, buffer_of(pixels, keep), urgent)
        return js.Uint8Array.new(answer.buffer)

    async def decode(self, codec, content, owner=None):
        """Return (width, height, ``Uint8Array`` of RGBA) of an encoded file (a ``Uint8Array``).

        The file's own bytes stay with the caller. Raises :class:`Refusal`, also ``damaged``.
        """
        job = Job(codec, DECODED_MEGAPIXELS, owner)
        answer = await self._work(job, "decode", (0, 0), {}, buffer_of(content, True), True)
        return answer.width, answer.height, js.Uint8Array.new(answer.buffer)

    def cancel(self, owner):
        """End every job of ``owner``; each raises ``Refusal("cancelled")`` where it is awaited."""
        for job in self._waiting + self._running:
            if job.owner is owner and owner is not None:
                job.cancelled = True
                job.turn.resolve(None)
                if job.worker is not None:
                    job.worker.end("cancelled")

    async def _work(self, job, verb, size, options, content, urgent):
        """Wait for a turn, do the job and let the next one begin."""
        self._waiting.insert(0 if urgent else len(self._waiting), job)
        self._admit()
        try:
            await job.turn.promise
            if job.cancelled:
                raise Refusal("cancelled")
            job.worker = self._worker_for(job.codec)
            alone = len(self._running) == 1 and not self._waiting
            patience = codec_options.patience(job.codec, job.megapixels, options)
            return await job.worker.run(
                job.codec, verb, size, json.dumps(options), content, alone, patience
            )
        except Refusal:
            if job.cancelled:
                raise Refusal("cancelled")
            raise
        finally:
            self._leave(job)

    def _admit(self):
        """Let the head of the line begin as long as there is room."""
        while self._waiting and len(self._running) < self.size:
            job = self._waiting[0]
            held = sum([other.megapixels for other in self._running])
            if self._running and held + job.megapixels > self._most_megapixels:
                return
            self._running.append(self._waiting.pop(0))
            job.turn.resolve(None)

    def _leave(self, job):
        """Take a job out of the line and its worker back into the pool."""
        for line in (self._waiting, self._running):
            if job in line:
                line.remove(job)
        if job.worker is not None:
            worker, job.worker = job.worker, None
            worker.busy = False
            if worker.broken:
                self._end(worker)
            else:
                worker.uses += 1
                asyncio.create_task(self._end_if_idle(worker, worker.uses))
        self._admit()

    def _worker_for(self, codec):
        """Return a free worker, best one that has loaded the codec, and mark it as busy."""
        for worker in self._workers[:]:
            if worker.broken and not worker.busy:
                self._end(worker)
        free = [worker for worker in self._workers if not worker.busy]
        knowing = [worker for worker in free if codec in worker.knows]
        if knowing or free:
            worker = (knowing or free)[0]
        else:
            worker = CodecWorker()
            self._workers.append(worker)
        worker.busy = True
        return worker

    async def _end_if_idle(self, worker, uses):
        """End a worker that has had nothing to do for a while."""
        await asyncio.sleep(IDLE_SECONDS)
        if worker.uses == uses and not worker.busy and worker in self._workers:
            self._end(worker)

    def _end(self, worker):
        """End a worker and forget it."""
        worker.end()
        if worker in self._workers:
            self._workers.remove(worker)


def buffer_of(content, keep):
    """Return the ArrayBuffer of exactly a ``Uint8Array``'s bytes, a copy of it when ``keep``."""
    whole = content.byteLength == content.buffer.byteLength
    return content.buffer if whole and not keep else content.slice().buffer
