"""Operators around a network, so that a picture's bytes go in and a mask's bytes come out.

A worker without NumPy can then hand over the pixels as the browser decoded them, and no loop in
Python touches one. The scaling is that of ``models/models.json``; the answer is stretched from its
own least to its own largest value, as U²-Net's authors do (``normPRED`` in ``u2net_test.py``).
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from tools.model.rewriting.graph import INPUT, OUTPUT, assemble, renamed
from tools.model.rewriting.scaling import Scaling

SMALLEST_RANGE = 1e-6
"""Divisors below this would make noise of an all-black picture or of a flat answer."""


def on_pixels(model: ModelProto, scaling: Scaling, side: int) -> ModelProto:
    """Return a network ``[1, 3, h, w]`` -> ``[1, 1, h, w]`` as one on the bytes of pictures.

    Its input is uint8 ``[side, side, 4]`` (RGBA, rows from the top; alpha is ignored), its output
    uint8 ``[1, 1, side, side]``, 255 the subject.
    """
    scaled, raw = "pixels/scaled", "pixels/raw"
    names = {INPUT: scaled, OUTPUT: raw}
    constants: dict[str, npt.NDArray[Any]] = {
        "first": np.array([0], np.int64),
        "colours": np.array([3], np.int64),
        "axis": np.array([2], np.int64),
        "mean": np.array(scaling.mean, np.float32),
        "factor": (1 / np.array(scaling.divisor, np.float64)).astype(np.float32),
        "least": np.array(SMALLEST_RANGE, np.float32),
        "levels": np.array(255, np.float32),
        "batch": np.array([0], np.int64),
    }
    before = [
        node("Slice", INPUT, "first", "colours", "axis", to="rgb"),
        helper.make_node("Cast", [named("rgb")], [named("float")], to=TensorProto.FLOAT),
    ]
    values = "float"
    if scaling.largest:
        before += [
            helper.make_node("ReduceMax", [named("float")], [named("largest")], keepdims=0),
            node("Max", "largest", "least", to="divisor"),
            node("Div", "float", "divisor", to="unit"),
        ]
        values = "unit"
    before += [
        node("Sub", values, "mean", to="centred"),
        node("Mul", "centred", "factor", to="channels last"),
        helper.make_node(
            "Transpose", [named("channels last")], [named("channels first")], perm=[2, 0, 1]
        ),
        helper.make_node("Unsqueeze", [named("channels first"), named("batch")], [scaled]),
    ]
    behind = [
        helper.make_node("ReduceMin", [raw], [named("low")], keepdims=0),
        helper.make_node("ReduceMax", [raw], [named("high")], keepdims=0),
        node("Sub", "high", "low", to="span"),
        node("Max", "span", "least", to="range"),
        node("Sub", raw, "low", to="above"),
        node("Div", "above", "range", to="stretched"),
        node("Mul", "stretched", "levels", to="scaled up"),
        helper.make_node("Round", [named("scaled up")], [named("whole")]),
        helper.make_node("Cast", [named("whole")], [OUTPUT], to=TensorProto.UINT8),
    ]
    return assemble(
        [*before, *(renamed(inner, names) for inner in model.graph.node), *behind],
        [helper.make_tensor_value_info(INPUT, TensorProto.UINT8, [side, side, 4])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.UINT8, [1, 1, side, side])],
        [
            *model.graph.initializer,
            *(numpy_helper.from_array(value, named(name)) for name, value in constants.items()),
        ],
    )


def named(name: str) -> str:
    """Return the full name of a value of this module."""
    return name if name == INPUT or name.startswith("pixels/") else f"pixels/{name}"


def node(kind: str, *inputs: str, to: str) -> NodeProto:
    """Return an operator without attributes."""
    return helper.make_node(kind, [named(name) for name in inputs], [named(to)])
