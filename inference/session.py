"""Running the network through the JavaScript onnxruntime-web API.

This is where pixels become a mask: :func:`run` hands the photo's tensor to the network and
returns what it thinks is foreground.
"""

import js
import jsffi
from pyscript.js_modules import ort

from common.errors import Refusal

RUNTIME_FOLDER = "assets/vendor/onnxruntime/"


async def create(base_url, weights, threads):
    """Return an inference session on the WebAssembly execution provider.

    ``weights`` is a Uint8Array with a whole ONNX file. onnxruntime looks for its ``.wasm`` beside
    the worker, which is a ``blob:`` URL, so it is told the page's folder.
    """
    ort.env.wasm.wasmPaths = base_url + RUNTIME_FOLDER
    ort.env.wasm.numThreads = threads
    options = {"executionProviders": ["wasm"], "graphOptimizationLevel": "all"}
    return await ort.InferenceSession.create(weights, jsffi.to_js(options))


async def run(session, tensor, side):
    """Return the network's answer, a Float32Array of side x side values about 0 to 1.

    ``tensor`` is a Float32Array of 1 x 3 x side x side values. Raises :class:`Refusal` when no
    session has been created.
    """
    if session is None:
        raise Refusal("model_unavailable")
    feeds = js.Object.new()
    shape = jsffi.to_js([1, 3, side, side])
    feeds.input = ort.Tensor.new("float32", tensor, shape)
    outputs = await session.run(feeds)
    return outputs.output.data
