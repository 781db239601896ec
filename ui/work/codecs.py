"""The pool of workers that write JPEG, WebP, AVIF and the like, and read AVIF, HEIC and the like.

Workers begin with the first job and fetch a codec when it is first used. Jobs wait in one line;
how many run side by side depends on the device's cores and memory. WebAssembly never gives memory
back, so a worker that has nothing to do is ended after a while.
"""

import asyncio
import json

from common.edits import codec_options
from common.errors import Refusal
from ui.state.cancel_scope import CancelScope

IDLE_SECONDS = 20
"""How long a worker without a job keeps its loaded codecs."""

DECODED_MEGAPIXELS = 12
"""What an encoded file counts for in the line; its size is not known before."""


class Job:
    """One picture in the line, and what it needs."""

    def __init__(self, codec, megapixels):
        self.codec, self.megapixels = codec, megapixels
        self.worker = None
        self.turn = asyncio.Event()

    def cancel(self):
        """Leave the line at once, or end the worker that is busy with it."""
        self.turn.set()
        if self.worker is not None:
            self.worker.end("cancelled")


class Codecs:
    """Encodes and decodes; at most :attr:`size` pictures at once."""

    def __init__(self, device, make_worker, powers):
        """``make_worker()`` starts a :class:`ui.browser.codec_worker.CodecWorker`."""
        self.size = codec_options.pool_size(device.cores, device.memory_gib)
        self._most_megapixels = codec_options.megapixels_at_once(device.memory_gib)
        self._make_worker = make_worker
        self._clock = powers.clock
        self._blobs = powers.blobs
        self._workers = []
        self._waiting = []
        self._running = []

    async def encode(
        self, codec, width, height, pixels, options, scope=None, keep=False, urgent=False
    ):
        """Return the encoded file as a ``Uint8Array``.

        ``codec`` is a key of :data:`common.formats.CODECS`, ``pixels`` a ``Uint8Array`` of RGBA
        (for OxiPNG: of a PNG file) whose buffer moves to the worker unless ``keep``. ``options``
        are :func:`common.edits.codec_options.codec_options`. ``scope`` is the run that the job
        belongs to. An ``urgent`` job goes to the head of the line. Raises :class:`Refusal`
        (``codec_unavailable``, ``codec_failed``, ``out_of_memory``, ``timed_out``, ``worker_died``,
        ``cancelled``).
        """
        job = Job(codec, width * height / 1e6)
        content = self._blobs.buffer_of(pixels, keep)
        size = (width, height)
        answer = await self._work(job, "encode", size, options, content, scope, urgent)
        return self._blobs.view(answer.buffer)

    async def decode(self, codec, content, scope=None, options=None):
        """Return (width, height, ``Uint8Array`` of RGBA, pictures) of an encoded file's bytes.

        They stay with the caller. ``options`` are what the codec has to know of the file;
        ``pictures`` counts those in the file, as far as its codec tells.
        Raises :class:`Refusal`, also ``damaged``.
        """
        job = Job(codec, DECODED_MEGAPIXELS)
        content = self._blobs.buffer_of(content, True)
        answer = await self._work(job, "decode", (0, 0), options or {}, content, scope, True)
        pictures = getattr(answer, "pictures", None) or 1
        return answer.width, answer.height, self._blobs.view(answer.buffer), pictures

    async def _work(self, job, verb, size, options, content, scope, urgent):
        """Wait for a turn, do the job and let the next one begin."""
        scope = scope or CancelScope()
        self._waiting.insert(0 if urgent else len(self._waiting), job)
        self._admit()
        forget = scope.on_cancel(job.cancel)
        try:
            await job.turn.wait()
            scope.check()
            job.worker = self._worker_for(job.codec)
            alone = len(self._running) == 1 and not self._waiting
            patience = codec_options.patience(job.codec, job.megapixels, options)
            return await job.worker.run(
                job.codec, verb, size, json.dumps(options), content, alone, patience
            )
        except Refusal:
            scope.check()
            raise
        finally:
            forget()
            self._leave(job)

    def _admit(self):
        """Let the head of the line begin as long as there is room."""
        while self._waiting and len(self._running) < self.size:
            job = self._waiting[0]
            held = sum([other.megapixels for other in self._running])
            if self._running and held + job.megapixels > self._most_megapixels:
                return
            self._running.append(self._waiting.pop(0))
            job.turn.set()

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
            worker = self._make_worker()
            self._workers.append(worker)
        worker.busy = True
        return worker

    async def _end_if_idle(self, worker, uses):
        """End a worker that has had nothing to do for a while."""
        await self._clock.sleep(IDLE_SECONDS)
        if worker.uses == uses and not worker.busy and worker in self._workers:
            self._end(worker)

    def _end(self, worker):
        """End a worker and forget it."""
        worker.end()
        if worker in self._workers:
            self._workers.remove(worker)
