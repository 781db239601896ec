"""The segmentation worker: owns the network and nothing else.

MicroPython drives the JavaScript onnxruntime-web API. It loads the weights through
:mod:`inference.model_store`, creates the session in :mod:`inference.session` and answers each
tensor with a mask. It never sees a photo, only the network's input.
"""

import asyncio

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
_second_is_settled = js.Promise.withResolvers()
"""Kept once it is known whether there is a small network.

A promise of JavaScript's, for MicroPython lets only one of the functions that JavaScript has called
wait in ``asyncio`` at a time; here that is :func:`load`.
"""
_looks = 0
"""First looks that wait for it or are in it."""
_progress = None

GLANCE = 0.01
"""Seconds between two looks whether the last first look is done."""


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
async def load(base_url, variant, threads, channel_name, wish, failed, assisted):
    """Fetch or reopen the weights of ``variant`` and create the session.

    ``base_url`` is the page's folder, ``threads`` the number of WebAssembly threads. ``wish`` is
    where the network is to run, ``"auto"`` or one of :data:`common.rungs.RUNGS`; ``failed`` is
    the reason why the graphics card gave up under an earlier worker, to be remembered, or empty.
    ``assisted`` asks for the small network besides, which comes first: it is there soon, gives
    first looks while the large one is made ready, and is the second opinion afterwards.
    Progress goes to the BroadcastChannel ``channel_name`` as JSON texts with ``stage``, ``done``
    and ``total`` in bytes. Answers with what the details panel shows; refuses with
    ``gpu_unusable`` when another worker had better begin on the processor.
    """
    global _network, _progress
    _progress = js.BroadcastChannel.new(channel_name)
    try:
        if failed in rungs.REMEMBERED:
            await note_store.remember(base_url, failed)
        started = js.performance.now()
        rung, reason = await ladder.chosen(base_url, wish, variant)
        threads = 1 if rung == rungs.SINGLE else threads
        catalogue = await model_store.read_catalogue(base_url)
        # On a graphics card it would need the other runtime, too, another 14 MB.
        second = catalogue["second_opinion"] if assisted and rung != rungs.WEBGPU else ""
        if second:
            second = await _load_second(base_url, catalogue, second, threads)
        _second_is_settled.resolve()
        weights, report = await model_store.load(base_url, catalogue, variant, tell)
        tell("session", 0, 0)
        while _looks:
            await asyncio.sleep(GLANCE)
        fetched = js.performance.now()
        if rung == rungs.WEBGPU:
            tell("graphics card", 0, 0)
            _network = await ladder.on_graphics_card(base_url, weights, variant)
        else:
            _network = await session.create(base_url, weights, threads)
        report["rung"] = rungs.SINGLE if rung == rungs.THREADS and threads == 1 else rung
        report["reason"] = failed or reason
        report["second"] = second
        report["fetch_seconds"] = (fetched - started) / 1000
        report["session_seconds"] = (js.performance.now() - fetched) / 1000
        return answer(report)
    finally:
        _second_is_settled.resolve()
        _progress.close()


async def _load_second(base_url, catalogue, variant, threads):
    """Make the small network ready; return its variant, or nothing where it cannot be had."""
    global _second
    try:
        weights, _ = await model_store.load(base_url, catalogue, variant, lambda *progress: None)
    except Refusal as error:
        # Without storage and without a line there is none; the large one does alone.
        js.console.warn("Homecut: no second network: " + error.code)
        return ""
    _second = await session.create(base_url, weights, threads)
    return variant


@answering
async def look(pixels, side):
    """Return the small network's mask of a photo, as soon as that network is there.

    ``pixels`` is a Uint8Array of shape side x side x 4 (RGBA), empty afterwards; the answer's data
    a Uint8Array of side x side values. A large network that is being made ready waits meanwhile.
    Refuses with ``model_unavailable`` where there is no small one.
    """
    global _looks
    _looks += 1
    try:
        await _second_is_settled.promise
        if _second is None:
            raise Refusal("model_unavailable")
        mask = await _second.run(pixels, side)
    finally:
        _looks -= 1
    give_back(pixels.buffer)
    return answer({}, mask)


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


async def end():
    """End the session; its memory is free for another."""
    global _network
    if _network is not None:
        await _network.session.release()
        _network = None


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


__export__ = ["forget", "hold_lock", "load", "look", "run", "stored"]
