"""Rewrite a published network: full precision, one output, any size that is a multiple of 64.

ISNet's published file computes in half precision between casts, returns eleven side outputs of its
training and takes 1024 x 1024 pixels only, because every ``Resize`` reads its target size from
constants of that export. A browser's CPU has no half-precision arithmetic, nobody needs the side
outputs, and smaller inputs are faster. So this room unpicks all three; it changes no weight.
U²-Netp's file has six side outputs and 684 nodes that only work out sizes; they go the same way.
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

MICROSOFT = "com.microsoft"
"""Domain of the operators that onnxruntime has beside the standard's."""

INPUT, OUTPUT = "input", "output"
"""What every prepared network calls its input and its output."""

DOUBLE = "scale/double"
"""Name of the constant that holds the scales of a ``Resize`` that doubles."""

FLOAT_TYPES = (TensorProto.FLOAT, TensorProto.FLOAT16)


def full_precision(published: ModelProto, output: str = OUTPUT) -> ModelProto:
    """Return the network in float32, with one output only, for inputs ``[1, 3, h, w]``.

    ``published`` computes in float16 or float32 and is not changed; ``output`` is its name for the
    mask. Every ``Resize`` on the way to it must enlarge height and width by a power of two, that
    which leads to the size of the value whose shape it reads, else 2; :func:`check_size` proves
    it. Raises :class:`Complaint` when the graph has no output of that name.
    """
    graph = published.graph
    if output not in [value.name for value in graph.output]:
        raise Complaint(
            f"This model has no output named {output!r}, so it cannot be prepared. "
            "Check 'output' in models/models.json."
        )
    nodes, scales = enlarging(without_casts(graph.node, output), graph.input[0].name)
    nodes = leading_to(output, nodes)
    used = {name for node in nodes for name in node.input}
    constants = [to_float32(tensor) for tensor in graph.initializer if tensor.name in used]
    constants += [tensor for tensor in scales if tensor.name in used]
    last = next(value for value in graph.output if value.name == output)
    names = {graph.input[0].name: INPUT, output: OUTPUT}
    return assemble(
        [renamed(node, names) for node in nodes],
        [free_size(graph.input[0], INPUT)],
        [free_size(last, OUTPUT)],
        constants,
    )


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


def enlarging(
    nodes: Sequence[NodeProto], network_input: str
) -> tuple[list[NodeProto], list[TensorProto]]:
    """Return the nodes with every ``Resize`` turned into a fixed enlargement, and its scales.

    The factor is found by counting how often an image was halved on its way from the input.
    """
    makers = {name: node for node in nodes for name in node.output}
    halvings = {network_input: 0}
    scales: dict[str, TensorProto] = {}
    made = []
    for node in nodes:
        halved = halvings.get(node.input[0], 0) if node.input else 0
        if node.op_type == "Resize":
            like = target_of(node, makers)
            result = halvings[like] if like in halvings else halved - 1
            factor = 2 ** max(0, halved - result)
            name = DOUBLE if factor == 2 else f"scale/{factor}"
            values = np.array([1, 1, factor, factor], np.float32)
            scales[name] = numpy_helper.from_array(values, name)
            node, halved = with_names(node, [node.input[0], "", name], node.output), result
        elif node.op_type in ("Conv", "MaxPool"):
            strides = [list(field.ints) for field in node.attribute if field.name == "strides"]
            halved += int(strides == [[2, 2]])
        halvings |= dict.fromkeys(node.output, halved)
        made.append(node)
    return made, list(scales.values())


def target_of(resize: NodeProto, makers: dict[str, NodeProto]) -> str | None:
    """Return the value whose height and width a ``Resize`` gives its result; ``None`` for none."""
    open_names = list(resize.input[1:])
    while open_names:
        node = makers.get(open_names.pop())
        if node is None:
            continue
        if node.op_type != "Shape":
            open_names.extend(node.input)
        elif node.input[0] != resize.input[0]:
            return str(node.input[0])
    return None


def renamed(node: NodeProto, names: dict[str, str]) -> NodeProto:
    """Return a copy of the node in which some values have other names."""
    return with_names(
        node,
        [names.get(name, name) for name in node.input],
        [names.get(name, name) for name in node.output],
    )


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


def free_size(value: ValueInfoProto, name: str | None = None) -> ValueInfoProto:
    """Return the description of an input or output ``[1, c, h, w]`` in float32 with h, w open.

    ``name`` is its new name, ``None`` to keep the old one.
    """
    channels = value.type.tensor_type.shape.dim[1].dim_value
    shape = [1, channels, "h", "w"]
    return helper.make_tensor_value_info(name or value.name, TensorProto.FLOAT, shape)


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
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
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
