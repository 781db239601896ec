"""Rewrite convolutions so that they need 2.25 multiplications for a result instead of 9.

Winograd's minimal filtering F(4x4, 3x3), as Lavin and Gray describe it in "Fast Algorithms for
Convolutional Neural Networks" (CVPR 2016, arXiv 1509.09308): tiles of 6 x 6 inputs and the 3 x 3
weights are transformed to 36 values each, multiplied value by value (over channels a matrix
product), and transformed back to 4 x 4 results. Here it is written in plain ONNX operators, for
onnxruntime's WebAssembly build has no such convolution and its matrix product is as fast as its
convolution.

Written plainly that costs several times the memory of a layer. So the rows of tiles are worked
off in strips, and the weights are transformed where they are used, in each run: that takes 2 % of
the time and spares four times the weights. Where the rows of a layer's strips lie is computed in
the graph from the size of its input, so the network keeps taking every multiple of 64 from
:data:`tools.model_layers.SMALLEST_SIDE` up.
"""

import numpy as np
from onnx import ModelProto, TensorProto, numpy_helper

from tools.model_graph import assemble
from tools.model_layers import TILE, Layer, planned
from tools.model_shapes import Builder, Sizes

INPUT_TRANSFORM = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ],
    np.float32,
)
"""``B^T`` of Lavin and Gray."""

WEIGHT_TRANSFORM = np.array(
    [
        [1 / 4, 0, 0],
        [-1 / 6, -1 / 6, -1 / 6],
        [-1 / 6, 1 / 6, -1 / 6],
        [1 / 24, 1 / 12, 1 / 6],
        [1 / 24, -1 / 12, 1 / 6],
        [0, 0, 1],
    ]
)
"""``G`` of Lavin and Gray."""

OUTPUT_TRANSFORM = np.array(
    [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]],
    np.float32,
)
"""``A^T`` of Lavin and Gray."""


def with_winograd(model: ModelProto) -> ModelProto:
    """Return the model with Winograd convolutions where they win; results agree within 1e-5.

    ``model`` takes ``[1, 3, h, w]`` (see :func:`tools.model_graph.full_precision`). Weights of
    rewritten layers keep their name and become ``float32 [9, out * in]``, one row per tap;
    :func:`taps_first` does it.
    """
    graph = model.graph
    plan = planned(model)
    constants = {tensor.name: tensor for tensor in graph.initializer}
    builder = Builder(graph.input[0].name)
    for node in graph.node:
        layer = plan.get(node.output[0])
        if layer is None:
            builder.nodes.append(node)
        elif node.op_type == "Conv":
            weights = numpy_helper.to_array(constants[layer.weights])
            bias = numpy_helper.to_array(constants[layer.bias])
            builder.constants[layer.weights] = taps_first(weights)
            builder.constants[layer.bias] = bias.reshape(1, -1, 1, 1)
            write_layer(builder, layer)
    made = {name: numpy_helper.from_array(v, name) for name, v in builder.constants.items()}
    nodes = [*builder.head, *builder.nodes]
    return assemble(nodes, graph.input, graph.output, list((constants | made).values()))


def taps_first(weights: np.ndarray) -> np.ndarray:
    """Return weights ``[out, in, 3, 3]`` as ``[9, out * in]``."""
    return np.ascontiguousarray(weights.reshape(-1, 9).T)


def write_layer(builder: Builder, layer: Layer) -> None:
    """Append the operators of one convolution, and of the ``Relu`` behind it."""
    sizes = Sizes(builder, layer.level, TILE)
    if layer.shares == 1:
        # They outlive the strips. Allocated behind the first strip's tiles they would split the
        # memory that comes free with these, which cost 88 MB (measured at 768).
        transformed_weights(builder, layer, 0)
    results = []
    for strip in range(layer.strips):
        rows = sizes.rows(layer.parts, strip, layer.strips)
        is_last = strip == layer.strips - 1
        result = write_strip(builder, layer, sizes, rows, pads(strip == 0, is_last))
        results.append(result)
    whole = builder.node("Concat", *results, axis=2) if len(results) > 1 else results[0]
    if not sizes.divisible:
        whole = builder.node("Slice", whole, [0, 0], sizes.height_and_width(), [2, 3])
    builder.rename_last(layer.output)


def transformed_weights(builder: Builder, layer: Layer, share: int) -> str:
    """Return the name of the transformed weights ``[36, out / shares, in]`` of a share of a layer.

    Those of a whole layer serve all its strips. Shares are made anew for each strip, so that
    never two of them are in memory.
    """
    channels = layer.channels_out // layer.shares

    def make() -> str:
        weights, size = layer.weights, channels * layer.channels_in
        if layer.shares > 1:
            columns = [share * size], [(share + 1) * size], [1]
            weights = builder.node("Slice", weights, *columns)
        transformed = builder.node("MatMul", weight_transform(builder), weights)
        return builder.node("Reshape", transformed, [36, channels, layer.channels_in])

    return make() if layer.shares > 1 else builder.shared(("weights", layer.weights), make)


def weight_transform(builder: Builder) -> str:
    """Return the name of the matrix ``[36, 9]`` that transforms weights for rows and columns.

    It is multiplied by a one that depends on the network's input. Else the runtime would take the
    transformed weights for constants, compute them all at the start and keep them.
    """

    def make() -> str:
        height = builder.size("Shape", builder.network_input, start=2, end=3)
        one = builder.size("Cast", builder.size("Div", height, height), to=TensorProto.FLOAT)
        matrix = np.kron(WEIGHT_TRANSFORM, WEIGHT_TRANSFORM).astype(np.float32)
        return builder.size("Mul", matrix, one)

    return builder.shared(("weight transform",), make)


def pads(is_first: bool, is_last: bool) -> list[int]:
    """Return the rows of zeros above and below a strip.

    At the end a whole tile's rows are added: what does not fill a tile is dropped again.
    """
    return [int(is_first), TILE if is_last else 0]


def write_strip(builder: Builder, layer: Layer, sizes: Sizes, rows: str, padding: list[int]) -> str:
    """Append the operators of one strip; return the name of its results ``[1, out, rows, w]``.

    The transforms are done for rows and columns one after the other, which takes a quarter of
    the operations. The last ``Transpose`` moves whole lines; one of all axes is twice as slow.
    """
    node = builder.node
    channels = layer.channels_in
    above, below = padding
    tiles = node(
        "Conv", node("Reshape", rows, [channels, 1, 0, 0]),
        INPUT_TRANSFORM.reshape(6, 1, 6, 1),
        kernel_shape=[6, 1], strides=[TILE, 1], pads=[above, 0, below, 0],
    )  # fmt: skip
    tiles = node(
        "Conv", node("Reshape", tiles, [6 * channels, 1, 0, 0]),
        INPUT_TRANSFORM.reshape(6, 1, 1, 6),
        kernel_shape=[1, 6], strides=[1, TILE], pads=[0, 1, 0, TILE],
    )  # fmt: skip
    tiles = node("Transpose", node("Reshape", tiles, [channels, 36, -1]), perm=[1, 0, 2])
    products = [
        node("MatMul", transformed_weights(builder, layer, share), tiles)
        for share in range(layer.shares)
    ]
    product = node("Concat", *products, axis=1) if len(products) > 1 else products[0]
    lines = node("MatMul", OUTPUT_TRANSFORM, node("Reshape", product, [6, -1]))
    values = node("MatMul", OUTPUT_TRANSFORM, node("Reshape", lines, [TILE, 6, -1]))
    lines = node("Transpose", values, perm=[0, 2, 1])
    shape = sizes.shape(TILE, layer.channels_out)
    lines = node("Transpose", node("Reshape", lines, shape), perm=[1, 2, 0, 3])
    result = node("Reshape", lines, sizes.shape(1, layer.channels_out))
    result = node("Add", result, layer.bias)
    return node("Relu", result) if layer.rectified else result
