"""The segmentation worker: owns the network and nothing else.

MicroPython drives the JavaScript onnxruntime-web API. It loads the weights through
:mod:`inference.model_store`, creates the session in :mod:`inference.session` and answers each
tensor with a mask. It never sees a photo, only the network's input.
"""

import js
import jsffi

from common import liveness, messages, rungs
from common.answering import answer_or_refuse
from common.buffers import give_back
from common.errors import Refusal
from inference import ladder, model_store, note_store, session

_network = None
_second = None
"""The small network, whose opinion is asked where the first one is in doubt."""
_threads = 1
_progress = None


def answer(values, data=None):
    """Return a successful answer: a dict of JSON values and one buffer or ``None``."""
    return jsffi.to_js({"ok": True, "meta": messages.result(values), "data": data})


def refuse(error):
    """Return the answer that carries ``error`` to the page."""
    return jsffi.to_js({"ok": False, "meta": messages.refusal(error), "data": None})


answering = answer_or_refuse(refuse)
"""The decorator of every function of this worker that answers the page."""


async def hold_lock(lock_name):
    """Let the page notice the end of this worker."""
    await liveness.hold_for_life(js, lock_name, lambda function: function)


@answering
async def load(base_url, variant, threads, channel_name, wish, failed):
    """Fetch or reopen the weights of ``variant`` and create the session.

    ``base_url`` is the page's folder, ``threads`` the number of WebAssembly threads. ``wish`` is
    where the network is to run, ``"auto"`` or one of :data:`common.rungs.RUNGS`; ``failed`` is
    the reason why the graphics card gave up under an earlier worker, to be remembered, or empty.
    Progress goes to the BroadcastChannel ``channel_name`` as JSON texts with ``stage``, ``done``
    and ``total`` in bytes. Answers with what the details panel shows; refuses with
    ``gpu_unusable`` when another worker had better begin on the processor.
    """
    global _network, _threads, _progress
    _progress = js.BroadcastChannel.new(channel_name)
    try:
        if failed in rungs.REMEMBERED:
            await note_store.remember(base_url, failed)
        started = js.performance.now()
        rung, reason = await ladder.chosen(base_url, wish, variant)
        weights, report = await model_store.load(base_url, variant, tell)
        tell("session", 0, 0)
        fetched = js.performance.now()
        if rung == rungs.WEBGPU:
            tell("graphics card", 0, 0)
            _network = await ladder.on_graphics_card(base_url, weights, variant)
        else:
            threads = _threads = 1 if rung == rungs.SINGLE else threads
            _network = await session.create(base_url, weights, threads)
        report["rung"] = rungs.SINGLE if rung == rungs.THREADS and threads == 1 else rung
        report["reason"] = failed or reason
        if rung == rungs.WEBGPU:
            # It would need the other runtime, too, another 14 MB.
            report["second"] = ""
        report["fetch_seconds"] = (fetched - started) / 1000
        report["session_seconds"] = (js.performance.now() - fetched) / 1000
        return answer(report)
    finally:
        _progress.close()


@answering
async def load_second(base_url, variant):
    """Fetch or reopen the small network and create its session, beside the first one's."""
    global _second
    weights, report = await model_store.load(base_url, variant, lambda *progress: None)
    _second = await session.create(base_url, weights, _threads)
    return answer(report)


def tell(stage, done, total):
    """Send one progress report to the page."""
    values = {"stage": stage, "done": done, "total": total}
    _progress.postMessage(messages.result(values))


@answering
async def run(tensor, side):
    """Return the raw mask of one network input.

    ``tensor`` is a Float32Array of shape 1 x 3 x side x side, ``side`` a multiple of 64, or for a
    network that takes pixels a Uint8Array of shape side x side x 4 (RGBA); empty afterwards. The
    answer's data is a Float32Array, or a Uint8Array, of side x side values. Pixels go to the
    second network where there is one.
    """
    started = js.performance.now()
    network = _second if _second and tensor.BYTES_PER_ELEMENT == 1 else _network
    if network is None:
        raise Refusal("model_unavailable")
    try:
        mask = await network.run(tensor, side)
    except jsffi.JsException as error:
        if not network.is_on_graphics_card:
            raise
        # A lost device and a driver's error look alike, and the page does the same about them.
        js.console.warn("Homecut: WebGPU: " + str(error.args[-1]))
        raise Refusal("gpu_unusable", reason="gpu_failed") from error
    give_back(tensor.buffer)
    return answer({"seconds": (js.performance.now() - started) / 1000}, mask)


@answering
async def stored(base_url):
    """Answer with the bytes of weights that this browser keeps."""
    return answer({"bytes": await model_store.stored_bytes(base_url)})


@answering
async def forget():
    """Delete stored weights and the ladder's note; the session in memory goes on working."""
    await model_store.forget()
    await note_store.forget()
    return answer({})


__export__ = ["forget", "hold_lock", "load", "load_second", "run", "stored"]
