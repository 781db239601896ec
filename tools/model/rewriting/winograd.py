"""Rewrite convolutions so that they need 1.78 multiplications for a result instead of 9.

Winograd's minimal filtering, as Lavin and Gray describe it in "Fast Algorithms for Convolutional
Neural Networks" (CVPR 2016, arXiv 1509.09308), with the matrices of
:mod:`tools.model.rewriting.transforms`: tiles of 8 x 8 inputs and the 3 x 3 weights are transformed
to 64 values each, multiplied value by value (over channels a matrix product), and transformed back
to 6 x 6 results. Here it is written in plain ONNX operators, for onnxruntime's WebAssembly build
has no such convolution and its matrix product is as fast as its convolution.

Written plainly that costs several times the memory of a layer. So the rows of tiles are worked
off in strips, and the weights are transformed where they are used, in each run, which spares
seven times the weights. Where the rows of a layer's strips lie is computed in the graph from the
size of its input, so the network keeps taking every multiple of 64 from
:data:`tools.model.rewriting.layers.SMALLEST_SIDE` up, unless it is written for one side alone.

A convolution with dilation d works on d x d interleaved images that know nothing of one another:
the same operators run on all of these as if they were so many more channels.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from onnx import AttributeProto, ModelProto, NodeProto, TensorProto, numpy_helper

from tools.model.rewriting.builder import Builder
from tools.model.rewriting.graph import assemble
from tools.model.rewriting.layers import (
    DEEPEST_LEVEL,
    DILATIONS,
    FEWEST_PIXELS,
    THOROUGH,
    Layer,
    Rule,
    planned,
)
from tools.model.rewriting.shapes import Sizes
from tools.model.rewriting.transforms import F2, Filtering


def with_winograd(model: ModelProto, rule: Rule = THOROUGH, side: int | None = None) -> ModelProto:
    """Return the model with Winograd convolutions where they win; the mask agrees within 1e-5.

    ``rule`` says which layers may be rewritten at all. With a ``side`` the result takes squares of
    that side only, has half of the operators, and its session is made the sooner.
    ``model`` takes ``[1, 3, h, w]`` (see :func:`tools.model.rewriting.graph.full_precision`).
    Weights of rewritten layers keep their name and become ``float32 [3, 3, out * in]``, the taps
    first; :func:`taps_first` does it.
    """
    graph = model.graph
    plan = planned(model, rule)
    constants = {tensor.name: tensor for tensor in graph.initializer}
    builder = Builder(graph.input[0].name, side)
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
    used = names_read(nodes)
    kept = [tensor for name, tensor in (constants | made).items() if name in used]
    return assemble(nodes, graph.input, graph.output, kept)


def names_read(nodes: Iterable[NodeProto]) -> set[str]:
    """Return the names of all that nodes take, and those of their branches."""
    names: set[str] = set()
    for node in nodes:
        names.update(node.input)
        for field in node.attribute:
            if field.type == AttributeProto.GRAPH:
                names |= names_read(field.g.node)
    return names


def taps_first(weights: np.ndarray) -> np.ndarray:
    """Return weights ``[out, in, 3, 3]`` as ``[3, 3, out * in]``."""
    return np.ascontiguousarray(weights.reshape(-1, 9).T).reshape(3, 3, -1)


def write_layer(builder: Builder, layer: Layer) -> None:
    """Append the operators of one convolution, and of the ``Relu`` behind it.

    At the lowest resolutions a small input of the network leaves so few pixels that transforming
    the weights for large tiles takes longer than they save. The graph then chooses small ones when
    it runs, or the direct convolution where interleaved images leave hardly a tile.
    """
    if layer.level < DEEPEST_LEVEL:
        write_winograd(builder, layer)
    else:
        sizes = Sizes(builder, layer.level, layer.filtering.tile)
        image = sizes.rows(layer.parts, 0, 1)
        small = replace(layer, filtering=F2)
        few = write_winograd if layer.dilation < max(DILATIONS) else write_direct
        builder.choice(
            sizes.reaches(FEWEST_PIXELS),
            lambda: write_winograd(builder, layer, image),
            lambda: few(builder, small, image),
        )
    builder.rename_last(layer.output)


def write_direct(builder: Builder, layer: Layer, image: str) -> str:
    """Append the convolution as it was; return the name of its result."""
    node = builder.node
    taps = node("Reshape", layer.weights, builder.unfolded([9, -1]))
    weights = node("Transpose", taps, perm=[1, 0])
    weights = node("Reshape", weights, [layer.channels_out, layer.channels_in, 3, 3])
    bias = node("Reshape", layer.bias, [-1])
    spread = [layer.dilation] * 2
    result = node("Conv", image, weights, bias, pads=2 * spread, dilations=spread)
    return node("Relu", result) if layer.rectified else result


def write_winograd(builder: Builder, layer: Layer, image: str | None = None) -> str:
    """Append the convolution in Winograd's form; return the name of its result.

    ``image`` is its whole input if that is already put together.
    """
    sizes = Sizes(builder, layer.level, layer.filtering.tile, layer.dilation)
    if layer.shares == 1:
        # They outlive the strips. Allocated behind the first strip's tiles they would split the
        # memory that comes free with these, which cost 88 MB (measured at 768).
        transformed_weights(builder, layer, 0)
    if layer.dilation > 1:
        phases = sizes.phases(image or sizes.rows(layer.parts, 0, 1), layer.channels_in)
        return finished(builder, layer, joined_phases(builder, layer, sizes, phases), sizes, 0)
    strips = []
    for strip in range(layer.strips):
        rows = image or sizes.rows(layer.parts, strip, layer.strips)
        padding = pads(layer, strip == 0, strip == layer.strips - 1)
        result = write_strip(builder, layer, sizes, rows, padding)
        strips.append(finished(builder, layer, result, sizes, strip))
    return builder.node("Concat", *strips, axis=2) if len(strips) > 1 else strips[0]


def finished(builder: Builder, layer: Layer, result: str, sizes: Sizes, strip: int) -> str:
    """Append what is left to do for a strip; return the name of the result.

    What the last tiles have beyond the image is cut off, the bias is added, ``Relu`` is applied.
    A ``Slice`` copies even where it cuts nothing off, so the graph goes around it then.
    """

    def biased(values: str) -> str:
        values = builder.node("Add", values, layer.bias)
        return builder.node("Relu", values) if layer.rectified else values

    def cut() -> str:
        ends = sizes.ends(strip, layer.strips)
        return biased(builder.node("Slice", result, [0, 0], ends, [2, 3]))

    return builder.choice(sizes.filled(), lambda: biased(result), cut)


def transformed_weights(builder: Builder, layer: Layer, share: int) -> str:
    """Return the name of transformed weights ``[points**2, out / shares, in]``: a layer's share.

    Those of a whole layer serve all its strips. Shares are made anew for each strip, so that
    never two of them are in memory.
    """
    channels = layer.channels_out // layer.shares

    def make() -> str:
        weights, size = layer.weights, channels * layer.channels_in
        if layer.shares > 1:
            first = builder.unfolded([share * size])
            weights = builder.node("Slice", weights, first, [(share + 1) * size], [2])
        matrix = weight_transform(builder, layer.filtering)
        lines = builder.node("Reshape", builder.node("MatMul", matrix, weights), [3, -1])
        shape = [layer.filtering.points**2, channels, layer.channels_in]
        return builder.node("Reshape", builder.node("MatMul", matrix, lines), shape)

    return (
        make()
        if layer.shares > 1
        else builder.shared(("weights", layer.weights, layer.filtering.tile), make)
    )


def weight_transform(builder: Builder, filtering: Filtering) -> str:
    """Return the name of the matrix ``[points, 3]`` that transforms weights along one axis.

    It is multiplied by a one that depends on the network's input. Else the runtime would take the
    transformed weights for constants, compute them all at the start and keep them.
    """

    def make() -> str:
        one = builder.size("Cast", builder.one(), to=TensorProto.FLOAT)
        return builder.size("Mul", filtering.weight_transform, one)

    return builder.shared(("weight transform", filtering.tile), make)


def pads(layer: Layer, is_first: bool, is_last: bool) -> list[int]:
    """Return the rows of zeros above and below a strip.

    At the end a whole tile's rows are added: what does not fill a tile is dropped again.
    """
    return [int(is_first), layer.filtering.tile if is_last else 0]


def write_strip(builder: Builder, layer: Layer, sizes: Sizes, rows: str, padding: list[int]) -> str:
    """Append the operators of one strip; return the name of its results ``[1, out, rows, w]``.

    The ``Transpose`` moves whole lines; one of all axes would be twice as slow.
    """
    node = builder.node
    lines = tile_results(builder, layer, sizes, rows, padding)
    shape = sizes.shape(layer.filtering.tile, layer.channels_out)
    lines = node("Transpose", node("Reshape", lines, shape), perm=[1, 2, 0, 3])
    return node("Reshape", lines, sizes.shape(1, layer.channels_out))


def joined_phases(builder: Builder, layer: Layer, sizes: Sizes, phases: str) -> str:
    """Append the operators of a dilated layer; return the name of its results ``[1, out, h, w]``.

    Such layers work on few pixels, so that a ``Transpose`` of all axes costs nothing.
    """
    node, channels = builder.node, layer.channels_out
    results = tile_results(builder, layer, sizes, phases, pads(layer, True, True))
    shape = sizes.phase_tiles(channels)
    axes = [1, 4, 0, 2, 5, 6, 3]
    results = node("Transpose", node("Reshape", results, shape), perm=axes)
    return node("Reshape", results, sizes.shape(1, channels))


def tile_results(
    builder: Builder, layer: Layer, sizes: Sizes, rows: str, padding: list[int]
) -> str:
    """Append the work on tiles; return the name of ``[6, out * phases * tiles, 6]``.

    The transforms are done for columns and rows one after the other, which takes a quarter of
    the operations. Each is one convolution of one image, as wide as the input and as high as all
    its channels together: the runtime divides a large image among threads, but not many small
    ones. The second sees the channels as the depth of a 3-dimensional image, so that no tile
    reaches into the next channel. The points come out first, as the matrix product wants them.
    """
    node, filtering = builder.node, layer.filtering
    tile, points = filtering.tile, filtering.points
    images = points * layer.channels_in * layer.dilation**2
    above, below = padding
    tiles = node(
        "Conv", node("Reshape", rows, sizes.one_image()),
        filtering.input_transform.reshape(points, 1, 1, points),
        kernel_shape=[1, points], strides=[1, tile], pads=[0, 1, 0, tile],
    )  # fmt: skip
    tiles = node(
        "Conv", node("Reshape", tiles, sizes.with_tiles(1, 1, images, -1)),
        filtering.input_transform.reshape(points, 1, 1, points, 1),
        kernel_shape=[1, points, 1], strides=[1, tile, 1], pads=[0, above, 0, 0, below, 0],
    )  # fmt: skip
    tiles = node("Reshape", tiles, [points**2, layer.channels_in, -1])
    products = [
        node("MatMul", transformed_weights(builder, layer, share), tiles)
        for share in range(layer.shares)
    ]
    product = node("Concat", *products, axis=1) if len(products) > 1 else products[0]
    lines = node("MatMul", filtering.output_transform, node("Reshape", product, [points, -1]))
    columns = node("Reshape", lines, [tile, points, -1])
    return builder.product_of_transposed(
        columns, np.ascontiguousarray(filtering.output_transform.T)
    )
