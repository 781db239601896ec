"""The lab's segmentation worker: the page's own, ``worker.py``, which can look inside as well."""

import js

import worker
from common import messages
from inference import inner_layers, model_store
from worker import answer, answering, hold_lock, load, run

_layers = {}
"""What the layers answered last: name, and onnxruntime's tensor."""


@answering
async def look_inside(base_url, variant, description, tensor, side, threads, channel_name):
    """Run a network once, with more outputs than its own, and keep what they answer.

    ``description`` is the text that makes these outputs (:mod:`inference.inner_layers`), ``tensor``
    as in :func:`worker.run`; progress goes to a channel as in :func:`worker.load`. The
    network that was loaded is ended before, since the memory of a tablet does not hold two.
    Answers with the ``seconds`` that it took.
    """
    channel = js.BroadcastChannel.new(channel_name)

    def tell(stage, done, total):
        channel.postMessage(messages.result({"stage": stage, "done": done, "total": total}))

    try:
        _layers.clear()
        await worker.end()
        catalogue = await model_store.read_catalogue(base_url)
        weights, _ = await model_store.load(base_url, catalogue, variant, tell)
        tell("session", 0, 0)
        started = js.performance.now()
        outputs = await inner_layers.look(base_url, weights, description, tensor, side, threads)
        for name, value in js.Object.entries(outputs):
            _layers[name] = value
        return answer({"seconds": (js.performance.now() - started) / 1000})
    finally:
        channel.close()


@answering
async def layer(name):
    """Answer with what a layer has answered: a Float32Array and its ``shape``."""
    value = _layers[name]
    return answer({"shape": list(value.dims)}, js.Float32Array.new(value.data))


__export__ = ["hold_lock", "layer", "load", "look_inside", "run"]
