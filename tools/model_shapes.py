"""Writing operators into a graph whose sizes are known only when it runs."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, helper
from onnx.shape_inference import infer_shapes

Constant = npt.NDArray[Any] | Sequence[int]
"""An array, or whole numbers that become int64."""

END = 2**30
"""Past the end of every axis, for ``Slice``."""

SMALLEST_MULTIPLE = 64
"""Height and width of the network's input are multiples of this."""


class Builder:
    """Nodes and constants that are being written; names are short and made by counting.

    ``head`` holds what only depends on the size of the input, ``nodes`` all else in its order.
    """

    def __init__(self, network_input: str) -> None:
        """``network_input`` is the input whose height and width are asked for."""
        self.network_input = network_input
        self.head: list[NodeProto] = []
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, npt.NDArray[Any]] = {}
        self._names: dict[tuple[str, tuple[int, ...], bytes], str] = {}
        self._shared: dict[tuple[object, ...], str] = {}
        self._count = 0

    def node(self, kind: str, *inputs: str | Constant, **attributes: Any) -> str:
        """Append an operator to ``nodes``; return its output's name."""
        return self._append(self.nodes, kind, inputs, attributes)

    def size(self, kind: str, *inputs: str | Constant, **attributes: Any) -> str:
        """Append an operator to ``head``; return its output's name."""
        return self._append(self.head, kind, inputs, attributes)

    def shared(self, key: tuple[object, ...], make: Callable[[], str]) -> str:
        """Return the name that ``make`` gave when it was first called for ``key``."""
        if key not in self._shared:
            self._shared[key] = make()
        return self._shared[key]

    def rename_last(self, name: str) -> None:
        """Call the output of the last operator ``name``."""
        self.nodes[-1].output[0] = name

    def _append(
        self,
        nodes: list[NodeProto],
        kind: str,
        inputs: Sequence[str | Constant],
        attributes: dict[str, Any],
    ) -> str:
        names = [value if isinstance(value, str) else self.constant(value) for value in inputs]
        self._count += 1
        output = f"~{self._count:x}"
        nodes.append(helper.make_node(kind, names, [output], **attributes))
        return output

    def constant(self, value: Constant) -> str:
        """Return the name of a constant; equal ones share it."""
        array = value if isinstance(value, np.ndarray) else np.array(value, np.int64)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self._names:
            self._names[key] = f"={len(self._names):x}"
            self.constants[self._names[key]] = array
        return self._names[key]


class Sizes:
    """Heights, widths and shapes at a resolution, as values of the graph (int64, one element).

    ``level`` says how often the network's input has been halved there, ``tile`` how many rows and
    columns of results belong together.
    """

    def __init__(self, builder: Builder, level: int, tile: int) -> None:
        self.builder = builder
        self.level = level
        self.tile = tile

    @property
    def divisible(self) -> bool:
        """Whether height and width are multiples of the tile for every input."""
        return (SMALLEST_MULTIPLE >> self.level) % self.tile == 0

    def extent(self, axis: int) -> str:
        """Return the height (axis 2) or width (axis 3)."""
        build = self.builder

        def make() -> str:
            whole = build.size("Shape", build.network_input, start=axis, end=axis + 1)
            return build.size("Div", whole, [2**self.level])

        return build.shared(("extent", self.level, axis), make)

    def tiles(self, axis: int) -> str:
        """Return the number of tiles along an axis, the last one perhaps not filled."""
        build = self.builder

        def make() -> str:
            filled = build.size("Add", self.extent(axis), [self.tile - 1])
            return build.size("Div", filled, [self.tile])

        return build.shared(("tiles", self.level, self.tile, axis), make)

    def shape(self, first: int, channels: int) -> str:
        """Return the shape ``[first, channels, rest, width in whole tiles]``."""
        build = self.builder

        def make() -> str:
            width = build.size("Mul", self.tiles(3), [self.tile])
            return build.size("Concat", [first, channels, -1], width, axis=0)

        return build.shared(("shape", self.level, self.tile, first, channels), make)

    def height_and_width(self) -> str:
        """Return height and width as two elements."""
        build = self.builder
        return build.shared(
            ("both", self.level),
            lambda: build.size("Concat", self.extent(2), self.extent(3), axis=0),
        )

    def rows(self, parts: Sequence[str], strip: int, strips: int) -> str:
        """Return the rows that a strip of tiles needs, one more above and below where there are.

        ``parts`` are put together along the channels.
        """
        build = self.builder
        if strips > 1:
            first = build.constant([0]) if strip == 0 else self.border(strip, strips, -1)
            end = build.constant([END])
            if strip < strips - 1:
                end = self.border(strip + 1, strips, 1)
            parts = [build.node("Slice", part, first, end, [2]) for part in parts]
        return parts[0] if len(parts) == 1 else build.node("Concat", *parts, axis=1)

    def border(self, strip: int, strips: int, beyond: int) -> str:
        """Return the first row of a strip of tiles, and some rows on."""
        build = self.builder

        def make() -> str:
            tile = build.size("Div", build.size("Mul", self.tiles(2), [strip]), [strips])
            return build.size("Add", build.size("Mul", tile, [self.tile]), [beyond])

        return build.shared(("border", self.level, self.tile, strip, strips, beyond), make)


def heights(model: ModelProto, side: int) -> dict[str, int]:
    """Return the height of every image in the graph for an input of ``side`` x ``side`` pixels."""
    fixed = ModelProto()
    fixed.CopyFrom(model)
    for value in (*fixed.graph.input, *fixed.graph.output):
        for axis in (2, 3):
            value.type.tensor_type.shape.dim[axis].dim_value = side
    graph = infer_shapes(fixed, data_prop=True).graph
    return {
        value.name: value.type.tensor_type.shape.dim[2].dim_value
        for value in (*graph.value_info, *graph.input, *graph.output)
        if len(value.type.tensor_type.shape.dim) == 4
    }
