"""Running the network through the JavaScript onnxruntime-web API.

This is where pixels become a mask: :func:`run` hands the photo's tensor to the network and
returns what it thinks is foreground.
"""

import js
import jsffi
from pyscript.js_modules import ort

from common.errors import Refusal
from inference.unpack import Package, is_package

RUNTIME_FOLDER = "assets/vendor/onnxruntime/"


async def create(base_url, weights, threads):
    """Return an inference session on the WebAssembly execution provider.

    ``weights`` is a Uint8Array with a packed variant (see :mod:`inference.unpack`) or a whole
    ONNX file; a packed one is empty afterwards. onnxruntime looks for its ``.wasm`` beside the
    worker, which is a ``blob:`` URL, so it is told the page's folder.
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
    if not is_package(weights):
        return await ort.InferenceSession.create(weights, options)
    package = Package(weights)
    options.externalData = await package.weights(ort, options)
    session = await ort.InferenceSession.create(package.network(), options)
    _discard(weights, options.externalData)
    return session


def _discard(content, external):
    """Give the memory of the packed and of the restored weights back, now that they are copied.

    The arrays themselves live on until two garbage collectors have found them, a quarter of a
    gigabyte for no use. So their buffers are cut down to nothing, where the browser knows how
    (since 2024). ``content`` is empty afterwards.
    """
    buffers = [content.buffer] + [entry.data.buffer for entry in external]
    for buffer in buffers:
        if hasattr(buffer, "transfer"):
            buffer.transfer(0)


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
