"""Writing operators and constants into a graph."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import NodeProto, TensorProto, helper
from onnx.reference import ReferenceEvaluator

from tools.model.rewriting.graph import MICROSOFT, OPSET

Constant = npt.NDArray[Any] | Sequence[int]
"""An array, or whole numbers that become int64."""


class Builder:
    """Nodes and constants that are being written; names are short and made by counting.

    ``head`` holds what only depends on the size of the input, ``nodes`` all else in its order.
    """

    def __init__(self, network_input: str, side: int | None = None) -> None:
        """``network_input`` is the input whose height and width are asked for.

        With a ``side`` it is always that high and wide: what depends on it is computed here and
        not when the network runs, and of two forms of a layer only the one in use is written.
        """
        self.network_input = network_input
        self.side = side
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
        """Append an operator to ``head``; return its output's name.

        Where all that it takes is known, its result becomes a constant instead.
        """
        values = [known for known in map(self._known, inputs) if known is not None]
        if len(values) == len(inputs):
            return self.constant(computed(kind, values, attributes))
        return self._append(self.head, kind, inputs, attributes)

    def product_of_transposed(self, left: str, right: Constant) -> str:
        """Append the matrix product of ``left``, its last two axes exchanged, and ``right``.

        In one operator of onnxruntime's own. A ``Transpose`` by itself would be slower with two
        threads than with one, for they write into the same cache lines.
        """
        return self.node("FusedMatMul", left, right, domain=MICROSOFT, transA=1)

    def shared(self, key: tuple[object, ...], make: Callable[[], str]) -> str:
        """Return the name that ``make`` gave when it was first called for ``key``."""
        if key not in self._shared:
            self._shared[key] = make()
        return self._shared[key]

    def choice(self, condition: str, then: Callable[[], str], otherwise: Callable[[], str]) -> str:
        """Append an ``If`` of two branches that each return their result's name; return its own.

        What the branches append to ``head`` is computed in any case. A condition that is known
        here leaves its branch alone.
        """
        known = self._known(condition)
        if known is not None:
            return then() if known.all() else otherwise()
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

    def _known(self, value: str | Constant) -> npt.NDArray[Any] | None:
        """Return what a value is if that does not depend on the network's input."""
        if isinstance(value, str):
            return self.constants.get(value)
        return value if isinstance(value, np.ndarray) else np.array(value, np.int64)

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


def computed(
    kind: str, values: Sequence[npt.NDArray[Any]], attributes: dict[str, Any]
) -> npt.NDArray[Any]:
    """Return the one result of an operator, by ONNX's reference implementation."""
    given = {f"in{number}": value for number, value in enumerate(values)}
    graph = helper.make_graph(
        [helper.make_node(kind, list(given), ["out"], **attributes)],
        kind,
        [helper.make_empty_tensor_value_info(name) for name in given],
        [helper.make_empty_tensor_value_info("out")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    (result,) = ReferenceEvaluator(model).run(None, given)
    return np.asarray(result)
