"""Which convolutions are rewritten into Winograd's form, and in how many strips."""

from dataclasses import dataclass

from onnx import ModelProto, NodeProto

from tools.model.rewriting.shapes import heights
from tools.model.rewriting.transforms import F6, Filtering

DEEPEST_LEVEL = 5
"""Halvings of the input after which a layer has too few tiles to gain."""


@dataclass(frozen=True)
class Rule:
    """Which layers gain: ``channels`` is the fewest, ``level`` the most halvings of the input."""

    channels: int = 16
    level: int = DEEPEST_LEVEL


THOROUGH = Rule()
"""For a network that takes seconds. With fewer channels the transforms cost more than the product
wins (measured)."""

SPARING = Rule(channels=32, level=1)
"""For a small network that is to be ready soon: each rewritten layer makes its session slower."""

FEWEST_PIXELS = 144
"""With fewer, small tiles are quicker at the deepest level (measured at 320 and 768)."""

DILATIONS = (1, 2, 4)
"""Of layers that are rewritten. With 8 the images would be smaller than a tile: no gain."""

SMALLEST_SIDE = 128
"""Least side of the network's input in pixels: with less some strips would be empty."""

TRANSFORMED_BYTES = 32 * 2**20
"""What a strip's transformed input and product may take at :data:`REFERENCE_SIDE`, in bytes.

Twice or half of it takes more memory for the whole network (measured at 768 and 1024).
"""

WEIGHT_BYTES = 20_000_000
"""What the transformed weights of a layer, or of a share of its results, may take, in bytes."""

REFERENCE_SIDE = 1024


@dataclass(frozen=True)
class Layer:
    """A convolution that is rewritten.

    ``parts`` are its inputs, several where a ``Concat`` is taken in; ``level`` says how often the
    network's input has been halved where it works; ``filtering`` is the size of its tiles.
    """

    weights: str
    bias: str
    parts: tuple[str, ...]
    output: str
    channels_out: int
    channels_in: int
    level: int
    dilation: int
    rectified: bool
    filtering: Filtering = F6

    @property
    def strips(self) -> int:
        """How many strips keep the transformed tiles small enough."""
        tile, points = self.filtering.tile, self.filtering.points
        tiles = (REFERENCE_SIDE / tile / 2**self.level) ** 2
        size = points**2 * 4 * (self.channels_out + self.channels_in) * tiles
        most = (SMALLEST_SIDE >> self.level) // tile
        strips = 1
        while size > strips * TRANSFORMED_BYTES and 2 * strips <= most:
            strips *= 2
        return strips

    @property
    def shares(self) -> int:
        """In how many shares the channels of the results are made, to spare memory."""
        size = self.filtering.points**2 * 4 * self.channels_out * self.channels_in
        shares = 1
        while size > shares * WEIGHT_BYTES and self.channels_out % (2 * shares) == 0:
            shares *= 2
        return shares


def planned(model: ModelProto, rule: Rule = THOROUGH) -> dict[str, Layer]:
    """Return the layers to rewrite by the name of every value that they no longer need.

    A layer stands under its convolution's output, and under those of the ``Concat`` before and
    the ``Relu`` behind it where nothing else reads between.
    """
    graph = model.graph
    readers: dict[str, list[NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    makers = {node.output[0]: node for node in graph.node}
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    plan: dict[str, Layer] = {}
    height_of = heights(model, REFERENCE_SIDE)
    for node in graph.node:
        if not gains(node, shapes, height_of, rule):
            continue
        layer_names = [node.output[0]]
        parts, output = (node.input[0],), node.output[0]
        before, behind = makers.get(node.input[0]), readers.get(output, [])
        if before and before.op_type == "Concat" and len(readers[node.input[0]]) == 1:
            parts = tuple(before.input)
            layer_names.append(before.output[0])
        rectified = len(behind) == 1 and behind[0].op_type == "Relu"
        if rectified:
            output = behind[0].output[0]
            layer_names.append(output)
        channels_out, channels_in = shapes[node.input[1]][:2]
        level = level_of(height_of[node.output[0]])
        layer = Layer(
            weights=node.input[1],
            bias=node.input[2],
            parts=parts,
            output=output,
            channels_out=channels_out,
            channels_in=channels_in,
            level=level,
            dilation=settings_of(node).get("dilations", [1])[0],
            rectified=rectified,
        )
        plan |= dict.fromkeys(layer_names, layer)
    return plan


def gains(
    node: NodeProto, shapes: dict[str, tuple[int, ...]], height_of: dict[str, int], rule: Rule
) -> bool:
    """Tell whether a node is a convolution of the kind that gets faster."""
    if node.op_type != "Conv" or len(node.input) < 3:
        return False
    channels_out, channels_in, *kernel = shapes[node.input[1]]
    settings = settings_of(node)
    dilation = settings.get("dilations", [1, 1])
    plain = (
        kernel == [3, 3]
        and dilation in [[d, d] for d in DILATIONS]
        and settings.get("pads") == 2 * dilation
        and settings.get("strides", [1, 1]) == [1, 1]
        and settings.get("group", [1]) == [1]
    )
    return (
        plain
        and min(channels_out, channels_in) >= rule.channels
        and level_of(height_of[node.output[0]]) <= rule.level
    )


def settings_of(node: NodeProto) -> dict[str, list[int]]:
    """Return the whole numbers among a node's attributes."""
    return {field.name: list(field.ints) or [field.i] for field in node.attribute}


def level_of(height: int) -> int:
    """Return how often :data:`REFERENCE_SIDE` was halved to give a height."""
    return (REFERENCE_SIDE // height).bit_length() - 1
