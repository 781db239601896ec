"""Writing operators and constants into a graph."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import NodeProto, TensorProto, helper

Constant = npt.NDArray[Any] | Sequence[int]
"""An array, or whole numbers that become int64."""


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

    def choice(self, condition: str, then: Callable[[], str], otherwise: Callable[[], str]) -> str:
        """Append an ``If`` of two branches that each return their result's name; return its own.

        What the branches append to ``head`` is computed in any case.
        """
        outside = self.nodes
        branches = {}
        for name, write in (("then_branch", then), ("else_branch", otherwise)):
            self.nodes = []
            result = helper.make_tensor_value_info(write(), TensorProto.FLOAT, None)
            branches[name] = helper.make_graph(self.nodes, name, [], [result])
        self.nodes = outside
        return self.node("If", condition, **branches)

    def unfolded(self, numbers: Sequence[int]) -> str:
        """Return the name of whole numbers that the runtime does not take for constants.

        What it computes from constants alone it computes at the start and keeps beside them.
        """
        return self.shared(("unfolded", *numbers), lambda: self.size("Mul", numbers, self.one()))

    def one(self) -> str:
        """Return the name of a whole one that is known only when the network runs."""

        def make() -> str:
            height = self.size("Shape", self.network_input, start=2, end=3)
            return self.size("Div", height, height)

        return self.shared(("one",), make)

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
