"""The segmentation worker: owns the network and nothing else.

MicroPython drives the JavaScript onnxruntime-web API. It loads the weights through
:mod:`inference.model_store`, creates the session in :mod:`inference.session` and answers each
tensor with a mask. It never sees a photo, only the network's input.
"""

import js
import jsffi

from common import liveness, messages
from inference import model_store, session

_session = None
_progress = None


def answer(values, data=None):
    """Return a successful answer: a dict of JSON values and one buffer or ``None``."""
    return jsffi.to_js({"ok": True, "meta": messages.result(values), "data": data})


def refuse(error):
    """Return the answer that carries ``error`` to the page."""
    return jsffi.to_js({"ok": False, "meta": messages.refusal(error), "data": None})


async def hold_lock(lock_name):
    """Let the page notice the end of this worker."""
    await liveness.hold_for_life(js, lock_name, lambda function: function)


async def load(base_url, variant, threads, channel_name):
    """Fetch or reopen the weights of ``variant`` and create the session.

    ``base_url`` is the page's folder, ``threads`` the number of WebAssembly threads. Progress
    goes to the BroadcastChannel ``channel_name`` as JSON texts with ``stage``, ``done`` and
    ``total`` in bytes. Answers with what the details panel shows.
    """
    global _session, _progress
    _progress = js.BroadcastChannel.new(channel_name)
    try:
        started = js.performance.now()
        weights, report = await model_store.load(base_url, variant, tell)
        tell("session", 0, 0)
        fetched = js.performance.now()
        _session = await session.create(base_url, weights, threads)
        report["fetch_seconds"] = (fetched - started) / 1000
        report["session_seconds"] = (js.performance.now() - fetched) / 1000
        return answer(report)
    except Exception as error:
        return refuse(error)
    finally:
        _progress.close()


def tell(stage, done, total):
    """Send one progress report to the page."""
    values = {"stage": stage, "done": done, "total": total}
    _progress.postMessage(messages.result(values))


async def run(tensor, side):
    """Return the raw mask of one network input.

    ``tensor`` is a Float32Array of shape 1 x 3 x side x side, ``side`` a multiple of 64. The
    answer's data is a Float32Array of side x side values.
    """
    try:
        started = js.performance.now()
        mask = await session.run(_session, tensor, side)
        return answer({"seconds": (js.performance.now() - started) / 1000}, mask)
    except Exception as error:
        return refuse(error)


async def stored(base_url):
    """Answer with the bytes of weights that this browser keeps."""
    try:
        return answer({"bytes": await model_store.stored_bytes(base_url)})
    except Exception as error:
        return refuse(error)


async def forget():
    """Delete all stored weights; the session in memory goes on working."""
    try:
        await model_store.forget()
        return answer({})
    except Exception as error:
        return refuse(error)


__export__ = ["forget", "hold_lock", "load", "run", "stored"]
