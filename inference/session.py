"""Running the network through the JavaScript onnxruntime-web API.

This is where pixels become a mask: :meth:`Network.run` hands the photo's tensor to the network and
returns what it thinks is foreground.
"""

import gc

import js
import jsffi
from pyscript.js_modules import ort as wasm_runtime
from pyscript.js_modules import webgpu_runtime

from common.buffers import give_back
from inference.unpack import Package, is_package

RUNTIME_FOLDER = "assets/vendor/onnxruntime/"


class Network:
    """The network in the runtime that it was created in."""

    def __init__(self, ort, session, provider):
        self.ort = ort
        self.session = session
        self.is_on_graphics_card = provider == "webgpu"

    async def run(self, tensor, side):
        """Return the network's answer, a Float32Array of side x side values about 0 to 1.

        ``tensor`` is a Float32Array of 1 x 3 x side x side values. For a network that takes pixels
        it is a Uint8Array of side x side x 4 (RGBA), and so is the answer, 0 to 255.
        """
        return (await self.outputs(tensor, side)).output.data

    async def outputs(self, tensor, side):
        """Return onnxruntime's record of all outputs; ``tensor`` as in :meth:`run`."""
        feeds = js.Object.new()
        pixels = tensor.BYTES_PER_ELEMENT == 1
        shape = jsffi.to_js([side, side, 4] if pixels else [1, 3, side, side])
        feeds.input = self.ort.Tensor.new("uint8" if pixels else "float32", tensor, shape)
        outputs = await self.session.run(feeds)
        del feeds, tensor
        # Python's small heap is rarely swept, and what it refers to stays in JavaScript's.
        gc.collect()
        return outputs


async def create(base_url, weights, threads):
    """Return a :class:`Network` on the processor, with ``threads`` WebAssembly threads.

    ``weights`` is a Uint8Array with a packed variant (see :mod:`inference.unpack`) or a whole
    ONNX file; a packed one is empty afterwards. onnxruntime looks for its ``.wasm`` beside the
    worker, which is a ``blob:`` URL, so it is told the page's folder.
    """
    return await _create(on_processor(base_url, threads), weights, "wasm")


def on_processor(base_url, threads):
    """Return the runtime for the processor, made ready for so many threads."""
    wasm_runtime.env.wasm.wasmPaths = base_url + RUNTIME_FOLDER
    wasm_runtime.env.wasm.numThreads = threads
    return wasm_runtime


async def create_webgpu(base_url, weights):
    """Return a :class:`Network` on the graphics card; its runtime is fetched for that."""
    ort = (await webgpu_runtime.load()).default
    ort.env.wasm.wasmPaths = base_url + RUNTIME_FOLDER
    ort.env.wasm.numThreads = 1
    ort.env.webgpu.powerPreference = "high-performance"
    return await _create(ort, weights, "webgpu")


async def _create(ort, weights, provider):
    """Return the network of ``weights`` on one of onnxruntime's execution providers."""
    if not is_package(weights):
        session = await ort.InferenceSession.create(weights, _options(provider))
        return Network(ort, session, provider)
    package = Package(weights)
    # The little graphs that unpack have their work done before a graphics card has begun.
    direct = provider == "webgpu"
    return await of_graph(ort, package, package.network(direct), direct, provider)


async def of_graph(ort, package, graph, direct, provider):
    """Return the network of an ONNX file, ``graph``, with a package's weights; empties these.

    ``direct`` tells in which form it wants them (:meth:`inference.unpack.Package.weights`).
    """
    # Packages are written as onnxruntime would rewrite them for the processor; looking for more
    # takes it as long as all the rest of the start.
    options = _options(provider, "all" if direct else "disabled")
    external = options.externalData = await package.weights(ort, _options("wasm"), direct)
    session = await ort.InferenceSession.create(graph, options)
    _discard(package.content, external)
    return Network(ort, session, provider)


def _options(provider, rewriting="all"):
    """Return onnxruntime's options for a session on an execution provider.

    ``rewriting`` is how far the graph is optimised (its ``graphOptimizationLevel``).
    """
    return jsffi.to_js(
        {
            "executionProviders": [provider],
            "graphOptimizationLevel": rewriting,
            # Else onnxruntime makes a second copy of the weights for itself while it loads.
            "extra": {"session": {"disable_prepacking": "1"}},
        }
    )


def _discard(content, external):
    """Give the memory of the packed and of the restored weights back, now that they are copied.

    The arrays themselves live on until two garbage collectors have found them, a quarter of a
    gigabyte for no use. ``content`` is empty afterwards.
    """
    for buffer in [content.buffer] + [entry.data.buffer for entry in external]:
        give_back(buffer)
