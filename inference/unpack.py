"""From the bytes of a variant to the network and its weights in float32.

A variant is a file of the safetensors form, described in ``tools/model/package.py``: the network
without weights, the weights in 4 or 8 bits, and one small ONNX graph for each way of restoring
them. The graphs run one after the other in the onnxruntime that the network will run in, layer by
layer, so that never more than one layer exists twice in its memory.
"""

import json

import js
import jsffi

LENGTH_BYTES = 8
"""The file begins with the length of its index, a little-endian number of eight bytes."""

BRACE = 0x7B
"""Begins the index; no ONNX file has it there."""

NETWORK = "network"
DIRECT_NETWORK = "network/direct"
WORDS = "__metadata__"


def is_package(content):
    """Tell whether a Uint8Array holds a packed variant; else it is a plain ONNX file."""
    return content[LENGTH_BYTES] == BRACE and content[LENGTH_BYTES - 1] == 0


class Package:
    """A variant's file; ``content`` is a Uint8Array with all of it."""

    def __init__(self, content):
        self.content = content
        length = 0
        for position in range(4):
            length += content[position] << (8 * position)
        self.start = LENGTH_BYTES + length
        text = js.TextDecoder.new().decode(content.subarray(LENGTH_BYTES, self.start))
        self.index = json.loads(text)
        self.words = self.index[WORDS]

    def view(self, name, kind):
        """Return a tensor's values as typed array of class ``kind``, without a copy."""
        first, end = self.index[name]["data_offsets"]
        offset = self.content.byteOffset + self.start + first
        return kind.new(self.content.buffer, offset, (end - first) // kind.BYTES_PER_ELEMENT)

    def network(self, direct):
        """Return the network's ONNX file, whose weights are external data.

        ``direct`` asks for plain convolutions, as graphics cards want them, instead of Winograd's.
        """
        return self.view(DIRECT_NETWORK if direct else NETWORK, js.Uint8Array)

    def feeds(self, name, ort):
        """Return what an unpacking graph takes to restore the weights ``name``."""
        feeds = js.Object.new()
        small, scale = name + "/small", name + "/scale"
        rows, columns = self.index[small]["shape"]
        if self.index[small]["dtype"] == "U8":
            shape = jsffi.to_js([rows, 2 * columns])
            feeds.small = ort.Tensor.new("int4", self.view(small, js.Uint8Array), shape)
        else:
            shape = jsffi.to_js([rows, columns])
            feeds.small = ort.Tensor.new("int8", self.view(small, js.Int8Array), shape)
        shape = jsffi.to_js(self.index[scale]["shape"])
        if self.index[scale]["dtype"] == "F16":
            feeds.scale = ort.Tensor.new("float16", self.view(scale, js.Uint16Array), shape)
        else:
            feeds.scale = ort.Tensor.new("float32", self.view(scale, js.Float32Array), shape)
        return feeds

    async def weights(self, ort, options, direct):
        """Return all weights, restored, in the form of onnxruntime's option ``externalData``.

        ``direct`` as in :meth:`network`; their order differs.
        """
        ways = {name: how.split("/")[0] if direct else how for name, how in self.words.items()}
        sessions = {}
        for how in set(ways.values()):
            graph = self.view("unpack/" + how, js.Uint8Array)
            sessions[how] = await ort.InferenceSession.create(graph, options)
        restored = js.Array.new()
        for name, how in ways.items():
            outputs = await sessions[how].run(self.feeds(name, ort))
            values = outputs.weights.data
            entry = js.Object.new()
            entry.path = name
            entry.data = js.Uint8Array.new(values.buffer, values.byteOffset, values.byteLength)
            restored.push(entry)
        for session in sessions.values():
            await session.release()
        return restored
