"""A variant as one file: the network without its weights, the small weights, and their unpacking.

The runtime could restore small weights inside the network's own graph, but it then keeps every
intermediate value of that alive together, and holds the file's bytes besides: half a gigabyte for
25 MB. So the network names its weights as external data, and what restores them is a graph of two
or three operators that the page runs for one layer after the other (``inference/unpack.py``).

The file is of the safetensors form. Its tensors:

=================== ==============================================================================
``network``         the ONNX file whose weights are external data, named like the entries below
``network/direct``  the same with plain convolutions, for graphics cards, which have fast ones
``unpack/<how>``    an ONNX file with inputs ``small`` and ``scale`` and the output ``weights``
``<weights>/small`` 8-bit weights (I8), or two 4-bit ones a byte (U8, low half first)
``<weights>/scale`` what they are multiplied by: per output channel (F32), per 32 weights (F16)
=================== ==============================================================================

Its words say for each of the weights which ``<how>`` restores it for ``network``. What stands
before the slash in it, the weights' form, restores it for ``network/direct``.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, ValueInfoProto, helper, numpy_helper

from tools.model.rewriting.graph import serialise
from tools.model.rewriting.layers import THOROUGH, Rule
from tools.model.rewriting.quantise import (
    FOUR_BITS,
    GROUP,
    Small,
    restored,
    small_weights,
)
from tools.model.rewriting.winograd import taps_first, with_winograd
from tools.model.safetensors import Contents, decode, encode

NETWORK = "network"
DIRECT_NETWORK = "network/direct"

TAPS_FIRST = "taps"
"""Added to the name of an unpacking whose result is ordered for a Winograd convolution."""

OPSET = 21
"""ONNX operator set of the unpacking graphs; the first with 4-bit integers."""

IR_VERSION = 10
"""ONNX file format version, the one that goes with opset 21."""


def package(
    full: ModelProto,
    four_bits: bool,
    rule: Rule = THOROUGH,
    worst: float | None = None,
    around: Callable[[ModelProto], ModelProto] | None = None,
    side: int | None = None,
) -> bytes:
    """Return a variant of the full-precision model as one file.

    ``rule`` says which layers get Winograd's form. Layers whose weights would be off by more than
    ``worst`` of their mean magnitude, on average, keep float32 and stay in the network: those in
    which single weights are far larger than the others. ``around`` adds operators around the
    finished network. Such a network is for the processor alone, without :data:`DIRECT_NETWORK`.
    ``side`` is that of the only input it takes, ``None`` for any multiple of 64.
    """
    network = with_winograd(full, rule, side)
    wanted = {tensor.name: tuple(tensor.dims) for tensor in network.graph.initializer}
    tensors: dict[str, npt.NDArray[np.generic]] = {}
    words: dict[str, str] = {}
    for tensor in full.graph.initializer:
        if len(tensor.dims) != 4:
            continue
        weights = numpy_helper.to_array(tensor).astype(np.float32)
        small = small_weights(weights, four_bits)
        if worst is not None and coarseness(weights, small) > worst:
            continue
        how = small.form
        if wanted[tensor.name] != weights.shape:
            how += f"/{TAPS_FIRST}"
        words[tensor.name] = how
        tensors[f"{tensor.name}/small"] = small.values
        tensors[f"{tensor.name}/scale"] = small.scale
    for how in {*words.values(), *map(form_of, words.values())}:
        tensors[f"unpack/{how}"] = as_bytes(unpacking(how))
    if around is None:
        tensors[NETWORK] = as_bytes(without_weights(network, set(words)))
        tensors[DIRECT_NETWORK] = as_bytes(without_weights(full, set(words)))
    else:
        tensors[NETWORK] = as_bytes(without_weights(around(network), set(words)))
    return encode(Contents(tensors, words))


def coarseness(weights: npt.NDArray[np.float32], small: Small) -> float:
    """Return the mean error of small weights, as a share of the weights' mean magnitude."""
    error = np.abs(restored(small) - weights.reshape(len(weights), -1))
    return float(np.mean(error, dtype=np.float64) / np.mean(np.abs(weights), dtype=np.float64))


def form_of(how: str) -> str:
    """Return the weights' form in the name of an unpacking."""
    return how.removesuffix(f"/{TAPS_FIRST}")


def without_weights(network: ModelProto, names: set[str]) -> ModelProto:
    """Return the network with the named constants as external data under their own names."""
    model = ModelProto()
    model.CopyFrom(network)
    for tensor in model.graph.initializer:
        if tensor.name in names:
            tensor.ClearField("raw_data")
            tensor.data_location = TensorProto.EXTERNAL
            tensor.external_data.add(key="location", value=tensor.name)
    return model


def unpacking(how: str) -> ModelProto:
    """Return the graph that restores weights ``[out, rest]`` from their small form.

    Inputs: ``small`` (int8 or int4 ``[out, rest]``) and ``scale`` (float32 ``[out]``, or float16
    ``[out, rest / 32]``); output: ``weights``, float32 in the same order, or ``[9, out, in]``.
    """
    four_bits = how.startswith(FOUR_BITS)
    blocks: dict[str, Any] = {"axis": 1, "block_size": GROUP} if four_bits else {"axis": 0}
    scale_type = TensorProto.FLOAT16 if four_bits else TensorProto.FLOAT
    nodes = [
        helper.make_node("Cast", ["scale"], ["scale/float"], to=TensorProto.FLOAT),
        helper.make_node("DequantizeLinear", ["small", "scale/float"], ["restored"], **blocks),
    ]
    constants = []
    if how.endswith(TAPS_FIRST):
        nodes += [
            helper.make_node("Reshape", ["restored", "by_tap"], ["taps"]),
            helper.make_node("Transpose", ["taps"], ["weights"], perm=[2, 0, 1]),
        ]
        constants.append(numpy_helper.from_array(np.array([0, -1, 9], np.int64), "by_tap"))
    else:
        nodes[-1].output[0] = "weights"
    graph = helper.make_graph(
        nodes,
        how,
        [
            value("small", TensorProto.INT4 if four_bits else TensorProto.INT8, 2),
            value("scale", scale_type, 2 if four_bits else 1),
        ],
        [value("weights", TensorProto.FLOAT, 3 if constants else 2)],
        constants,
    )
    opset = [helper.make_opsetid("", OPSET)]
    model: ModelProto = helper.make_model(
        graph,
        opset_imports=opset,
        ir_version=IR_VERSION,
        producer_name="homecut",
        producer_version="",
    )
    return model


def value(name: str, kind: int, axes: int) -> ValueInfoProto:
    """Return the description of an input or output of any size."""
    return helper.make_tensor_value_info(name, kind, [None] * axes)


def as_bytes(model: ModelProto) -> npt.NDArray[np.uint8]:
    """Return a model's file as a tensor of bytes."""
    return np.frombuffer(serialise(model), np.uint8)


def whole_network(data: bytes, name: str = NETWORK) -> ModelProto:
    """Return a network of a variant's file with its weights inside.

    Restores them with NumPy, so that a run of it checks the graphs that the page restores with.
    ``name`` is :data:`NETWORK` or :data:`DIRECT_NETWORK`.
    """
    contents = decode(data)
    model: ModelProto = ModelProto.FromString(contents.tensors[name].tobytes())
    for tensor in model.graph.initializer:
        how = contents.words.get(tensor.name)
        if how is None:
            continue
        form = form_of(how)
        values, scale = (contents.tensors[f"{tensor.name}/{part}"] for part in ("small", "scale"))
        weights = restored(Small(form, values, scale))
        if form != how and name == NETWORK:
            weights = taps_first(weights)
        shape = tuple(tensor.dims)
        tensor.CopyFrom(numpy_helper.from_array(weights.reshape(shape), tensor.name))
    return model
