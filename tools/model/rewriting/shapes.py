"""Heights, widths and shapes that a graph computes from the size of its input when it runs."""

from collections.abc import Callable, Sequence

from onnx import ModelProto
from onnx.shape_inference import infer_shapes

from tools.model.rewriting.builder import Builder

END = 2**30
"""Past the end of every axis, for ``Slice``."""

SMALLEST_MULTIPLE = 64
"""Height and width of the network's input are multiples of this."""


class Sizes:
    """Heights, widths and shapes at a resolution, as values of the graph (int64, one element).

    ``level`` says how often the network's input has been halved there, ``tile`` how many rows and
    columns of results belong together. With a ``dilation`` of d the image counts as d x d images,
    its *phases*: every d-th row and column.
    """

    def __init__(self, builder: Builder, level: int, tile: int, dilation: int = 1) -> None:
        self.builder = builder
        self.level = level
        self.tile = tile
        self.dilation = dilation

    def extent(self, axis: int) -> str:
        """Return the height (axis 2) or width (axis 3)."""
        build = self.builder

        def make() -> str:
            if build.side is not None:
                return build.constant([build.side // 2**self.level])
            whole = build.size("Shape", build.network_input, start=axis, end=axis + 1)
            return build.size("Div", whole, [2**self.level])

        return build.shared(("extent", self.level, axis), make)

    def tiles(self, axis: int) -> str:
        """Return the number of tiles along an axis of a phase, the last one perhaps not filled."""
        block = self.tile * self.dilation

        def make(build: Builder) -> str:
            filled = build.size("Add", self.extent(axis), [block - 1])
            return build.size("Div", filled, [block])

        return self._shared(("tiles", axis), make)

    def whole(self, axis: int, phases: int) -> str:
        """Return the rows or columns that the tiles of a number of phases have."""
        factor = self.tile * phases
        return self._shared(
            ("whole", axis, phases), lambda build: build.size("Mul", self.tiles(axis), [factor])
        )

    def shape(self, first: int, channels: int) -> str:
        """Return the shape ``[first, channels, rest, width in whole tiles]``."""

        def make(build: Builder) -> str:
            width = self.whole(3, self.dilation)
            return build.size("Concat", [first, channels, -1], width, axis=0)

        return self._shared(("shape", first, channels), make)

    def with_tiles(self, *axes: int) -> str:
        """Return the shape of these axes and of one more, the tiles along a line."""
        return self._shared(
            ("with tiles", *axes), lambda build: build.size("Concat", axes, self.tiles(3), axis=0)
        )

    def phase_tiles(self, channels: int) -> str:
        """Return the shape of tiles of results: rows, channels, phases, tiles, columns."""
        axes = [self.tile, channels, self.dilation, self.dilation, -1]
        return self._shared(
            ("phase tiles", channels),
            lambda build: build.size("Concat", axes, self.tiles(3), [self.tile], axis=0),
        )

    def one_image(self) -> str:
        """Return the shape ``[1, 1, rest, width]``, ``width`` that of a phase."""

        def make(build: Builder) -> str:
            width = self.extent(3) if self.dilation == 1 else self.whole(3, 1)
            return build.size("Concat", [1, 1, -1], width, axis=0)

        return self._shared(("one image",), make)

    def height_and_width(self) -> str:
        """Return height and width as two elements."""
        build = self.builder
        return build.shared(
            ("both", self.level),
            lambda: build.size("Concat", self.extent(2), self.extent(3), axis=0),
        )

    def ends(self, strip: int, strips: int) -> str:
        """Return the rows of a strip and the width as two elements, for ``Slice``."""
        if strips == 1:
            return self.height_and_width()

        def make(build: Builder) -> str:
            rows = build.constant([END])
            if strip == strips - 1:
                rows = build.size("Sub", self.extent(2), self.border(strip, strips, 0))
            return build.size("Concat", rows, self.extent(3), axis=0)

        return self._shared(("ends", strip, strips), make)

    def beyond(self) -> str:
        """Return by how many rows and columns the tiles go beyond the image, as two elements."""

        def make(build: Builder) -> str:
            ends = [self.whole(axis, self.dilation) for axis in (2, 3)]
            whole = build.size("Concat", *ends, axis=0)
            return build.size("Sub", whole, self.height_and_width())

        return self._shared(("beyond",), make)

    def filled(self) -> str:
        """Return whether all tiles are filled, one truth value."""

        def make(build: Builder) -> str:
            return build.size("Equal", build.size("ReduceSum", self.beyond()), [0])

        return self._shared(("filled",), make)

    def reaches(self, pixels: int) -> str:
        """Return whether the image has that many pixels, one truth value."""

        def make(build: Builder) -> str:
            area = build.size("Mul", self.extent(2), self.extent(3))
            return build.size("GreaterOrEqual", area, [pixels])

        return self._shared(("reaches", pixels), make)

    def phases(self, image: str, channels: int) -> str:
        """Append operators; return the phases of an image ``[c, d, d, height, width]`` in tiles."""
        build = self.builder

        def make(build: Builder) -> str:
            height, width = self.whole(2, 1), self.whole(3, 1)
            between = [self.dilation]
            return build.size("Concat", [channels], height, between, width, between, axis=0)

        padding = self._shared(
            ("padding",), lambda build: build.size("Concat", [0] * 6, self.beyond(), axis=0)
        )
        shape = self._shared(("phases", channels), make)
        image = build.node("Reshape", build.node("Pad", image, padding), shape)
        return build.node("Transpose", image, perm=[0, 2, 4, 1, 3])

    def _shared(self, key: tuple[object, ...], make: Callable[[Builder], str]) -> str:
        """Return what ``make`` gave when it was first called for these tiles."""
        build = self.builder
        place = (self.level, self.tile, self.dilation)
        return build.shared((*place, *key), lambda: make(build))

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

        def make(build: Builder) -> str:
            tile = build.size("Div", build.size("Mul", self.tiles(2), [strip]), [strips])
            return build.size("Add", build.size("Mul", tile, [self.tile]), [beyond])

        return self._shared(("border", strip, strips, beyond), make)


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
