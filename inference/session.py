"""Running the network through the JavaScript onnxruntime-web API.

This is where pixels become a mask: :func:`run` hands the photo's tensor to the network and
returns what it thinks is foreground.
"""

import gc

import js
import jsffi
from pyscript.js_modules import ort

from common.errors import Refusal
from inference.unpack import Package, is_package

RUNTIME_FOLDER = "assets/vendor/onnxruntime/"


async def create(base_url, weights, threads):
    """Return an inference session on the WebAssembly execution provider.

    ``weights`` is a Uint8Array with a packed variant (see :mod:`inference.unpack`) or a whole
    ONNX file. onnxruntime looks for its ``.wasm`` beside the worker, which is a ``blob:`` URL, so
    it is told the page's folder.
    """
    ort.env.wasm.wasmPaths = base_url + RUNTIME_FOLDER
    ort.env.wasm.numThreads = threads
    options = jsffi.to_js(
        {
            "executionProviders": ["wasm"],
            "graphOptimizationLevel": "all",
            # Else onnxruntime makes a second copy of the weights for itself while it loads.
            "extra": {"session": {"disable_prepacking": "1"}},
        }
    )
    network = weights
    if is_package(weights):
        package = Package(weights)
        external = await package.weights(ort, options)
        options.externalData = external
        network = package.network()
    session = await ort.InferenceSession.create(network, options)
    # Python still holds on to every array of weights that it has handed on.
    network = package = external = options = None
    gc.collect()
    return session


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
