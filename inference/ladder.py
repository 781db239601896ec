"""Where the network runs: on a graphics card that can be trusted, else on the processor.

The page climbs down a ladder: WebGPU, WebAssembly with threads, WebAssembly with one thread.
WebGPU is tried only where a real adapter is found, and used only after the canary
(:mod:`inference.canary`) has been computed rightly and in time. What went wrong is remembered
for this version of the page, so that it is not tried anew on every visit.
"""

import asyncio

import js
import jsffi

from common import rungs
from common.errors import Refusal
from common.options import LIGHT
from inference import canary, note_store, session

START_PATIENCE = 60
"""Seconds for fetching the runtime and creating the session on the graphics card."""

CANARY_PATIENCE = 60
"""Seconds for the test picture; nearly all of them for compiling the card's programs, once."""

GLANCE = 0.02
"""Seconds between two looks whether something is done."""


async def chosen(base_url, wish, variant):
    """Return ``(rung, reason)``: where to begin, and why not on the graphics card (or ``""``).

    ``wish`` is ``"auto"`` or one of :data:`common.rungs.RUNGS`, which is followed as far as the
    browser is able; a software adapter is used only by hand, since it is slower than threads.
    The small network has no form for a graphics card.
    """
    if wish in (rungs.THREADS, rungs.SINGLE):
        return wish, "by_hand"
    if variant == LIGHT:
        return rungs.THREADS, "small_network"
    reason = await _obstacle(base_url, wish == rungs.WEBGPU)
    return (rungs.THREADS, reason) if reason else (rungs.WEBGPU, "")


async def _obstacle(base_url, by_hand):
    """Return the code of what speaks against the graphics card, or ``None``."""
    gpu = getattr(js.navigator, "gpu", None)
    if not gpu:
        return "no_webgpu"
    if not hasattr(js.WebAssembly, "Suspending"):
        return "no_suspending"
    adapter = await gpu.requestAdapter()
    if not adapter:
        return "no_adapter"
    if by_hand:
        await note_store.forget()
        return None
    if is_imitated(adapter):
        return "software_adapter"
    return await note_store.remembered(base_url)


def is_imitated(adapter):
    """Tell whether a WebGPU adapter is software that runs on the processor.

    The specification's word for it (GPUAdapterInfo, ``isFallbackAdapter``) is younger than some
    browsers; Chromium's software adapter also says so by its architecture.
    """
    info = adapter.info
    return bool(getattr(info, "isFallbackAdapter", False)) or info.architecture == "swiftshader"


async def on_graphics_card(base_url, weights, variant):
    """Return a network that runs by WebGPU and has passed the canary.

    Raises :class:`Refusal` ``gpu_unusable`` with a ``reason`` from :data:`common.rungs.REASONS`,
    which has been remembered.
    """
    test = await canary.fetched(base_url, variant)
    reason = "gpu_failed"
    try:
        network = await _in_time(session.create_webgpu(base_url, weights), START_PATIENCE)
        if network is None:
            reason = "canary_slow"
        else:
            mask = await _in_time(network.run(test.input, test.side), CANARY_PATIENCE)
            if mask is None:
                reason = "canary_slow"
            elif test.agrees(mask):
                return network
            else:
                reason = "canary_disagreed"
    except jsffi.JsException as error:
        js.console.warn("Homecut: WebGPU: " + str(error.args[-1]))
    await note_store.remember(base_url, reason)
    raise Refusal("gpu_unusable", reason=reason)


async def _in_time(coroutine, seconds):
    """Return what a coroutine returns, or ``None`` when it takes longer."""
    task = asyncio.create_task(coroutine)
    for _ in range(int(seconds / GLANCE)):
        if task.done():
            return await task
        await asyncio.sleep(GLANCE)
    return None
