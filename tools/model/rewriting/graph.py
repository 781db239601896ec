"""Rewrite the published network: full precision, one output, any size that is a multiple of 64.

The file that is published computes in half precision between casts, returns eleven side outputs
of its training and takes 1024 x 1024 pixels only, because every ``Resize`` reads its target size
from constants of that export. A browser's CPU has no half-precision arithmetic, nobody needs the
side outputs, and smaller inputs are faster. So this room unpicks all three; it changes no weight.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper
from onnx.shape_inference import infer_shapes

from tools.setup.complaint import Complaint

OPSET = 18
"""ONNX operator set of every prepared model; the first with ``BitwiseAnd``."""

IR_VERSION = 8
"""ONNX file format version, the one that goes with opset 18."""

DOUBLE = "scale/double"
"""Name of the constant that holds the scales of every ``Resize``."""

FLOAT_TYPES = (TensorProto.FLOAT, TensorProto.FLOAT16)


def full_precision(published: ModelProto, output: str = "output") -> ModelProto:
    """Return the network in float32, with ``output`` only, for inputs ``[1, 3, h, w]``.

    ``published`` computes in float16 or float32 and is not changed. Every ``Resize`` on the way
    to ``output`` must double its input's height and width; :func:`check_size` proves it.
    Raises :class:`Complaint` when the graph has no output of that name.
    """
    graph = published.graph
    if output not in [value.name for value in graph.output]:
        raise Complaint(
            f"This model has no output named {output!r}, so it cannot be prepared. "
            "Check 'output' in models/models.json."
        )
    nodes = leading_to(output, doubling(without_casts(graph.node, output)))
    used = {name for node in nodes for name in node.input}
    constants = [to_float32(tensor) for tensor in graph.initializer if tensor.name in used]
    if DOUBLE in used:
        constants.append(numpy_helper.from_array(np.array([1, 1, 2, 2], np.float32), DOUBLE))
    last = next(value for value in graph.output if value.name == output)
    return assemble(nodes, [free_size(graph.input[0])], [free_size(last)], constants)


def to_float32(tensor: TensorProto) -> TensorProto:
    """Return the constant as float32 if it is float16, else as it is. Exact: no value changes."""
    if tensor.data_type != TensorProto.FLOAT16:
        return tensor
    return numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float32), tensor.name)


def without_casts(nodes: Iterable[NodeProto], output: str) -> list[NodeProto]:
    """Return copies of the nodes without the casts between float16 and float32.

    What a cast produced is renamed to what it consumed; ``output`` keeps its name.
    """
    source_of: dict[str, str] = {}
    kept = []
    for node in nodes:
        if node.op_type == "Cast" and node.attribute[0].i in FLOAT_TYPES:
            source_of[node.output[0]] = node.input[0]
        else:
            kept.append(node)

    def origin(name: str) -> str:
        while name in source_of:
            name = source_of[name]
        return name

    final = origin(output)

    def rename(name: str) -> str:
        name = origin(name)
        return output if name == final else name

    return [with_names(node, map(rename, node.input), map(rename, node.output)) for node in kept]


def doubling(nodes: Iterable[NodeProto]) -> list[NodeProto]:
    """Return the nodes with every ``Resize`` turned into a fixed doubling of height and width."""
    return [
        with_names(node, [node.input[0], "", DOUBLE], node.output)
        if node.op_type == "Resize"
        else node
        for node in nodes
    ]


def with_names(node: NodeProto, inputs: Iterable[str], outputs: Iterable[str]) -> NodeProto:
    """Return a copy of the node that reads and writes values of other names."""
    copy = NodeProto()
    copy.CopyFrom(node)
    del copy.input[:], copy.output[:]
    copy.input.extend(inputs)
    copy.output.extend(outputs)
    return copy


def leading_to(output: str, nodes: Sequence[NodeProto]) -> list[NodeProto]:
    """Return those nodes, in their order, that the value named ``output`` depends on."""
    makers = {name: index for index, node in enumerate(nodes) for name in node.output}
    needed: set[int] = set()
    open_names = [output]
    while open_names:
        index = makers.get(open_names.pop())
        if index is not None and index not in needed:
            needed.add(index)
            open_names.extend(nodes[index].input)
    return [nodes[index] for index in sorted(needed)]


def free_size(value: ValueInfoProto) -> ValueInfoProto:
    """Return the description of an input or output ``[1, c, h, w]`` in float32 with h, w open."""
    channels = value.type.tensor_type.shape.dim[1].dim_value
    return helper.make_tensor_value_info(value.name, TensorProto.FLOAT, [1, channels, "h", "w"])


def assemble(
    nodes: Sequence[NodeProto],
    inputs: Sequence[ValueInfoProto],
    outputs: Sequence[ValueInfoProto],
    constants: Sequence[TensorProto],
) -> ModelProto:
    """Return a checked model of these parts whose header says nothing about who made it when."""
    graph = helper.make_graph(nodes, "network", inputs, outputs, constants)
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="homecut",
        producer_version="",
    )
    onnx.checker.check_model(model)
    return model


def check_size(model: ModelProto, size: int) -> None:
    """Raise :class:`Complaint` unless ``size`` x ``size`` pixels come out as they went in.

    Infers every shape and type on the way, so a ``Resize`` that should not double, or float16
    left somewhere, shows as a contradiction.
    """
    fixed = ModelProto()
    fixed.CopyFrom(model)
    for value in (*fixed.graph.input, *fixed.graph.output):
        for axis in (2, 3):
            value.type.tensor_type.shape.dim[axis].dim_value = size
    try:
        infer_shapes(fixed, check_type=True, strict_mode=True, data_prop=True)
    except onnx.shape_inference.InferenceError as error:
        raise Complaint(
            f"The rewritten network does not fit together at {size} x {size} pixels, so this "
            f"upstream file is not of the architecture in models/models.json ({error})."
        ) from error


def serialise(model: ModelProto) -> bytes:
    """Return the model's bytes, the same ones for the same model on every machine."""
    data: bytes = model.SerializeToString(deterministic=True)
    return data
