"""A made-up network in the form of the published one, small enough for a test.

Half precision between casts, ``Resize`` to sizes that are read from another tensor, one side
output, a fixed input size; two convolutions of which one is large enough for 4 bits.
"""

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

SIZE = 64
"""Pixels a side that the network is published for."""

LAYERS = {
    "first": (96, 3, 3, 3),
    "large": (128, 96, 3, 3),
    "last": (1, 128, 3, 3),
    "side": (1, 96, 3, 3),
}


def tiny_network(seed: int = 0, reduction: int = 2) -> ModelProto:
    """Return the network, whose large layer works at a resolution reduced by that factor."""
    random = np.random.default_rng(seed)
    constants = [
        numpy_helper.from_array(
            (random.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float16),
            f"{name}/weight",
        )
        for name, shape in LAYERS.items()
    ]
    constants += [
        numpy_helper.from_array(np.array(values, np.int64), name)
        for name, values in {"zero": [0], "two": [2], "four": [4]}.items()
    ]
    graph = helper.make_graph(
        [
            cast("input", "input/half", TensorProto.FLOAT16),
            convolution("input/half", "first"),
            helper.make_node("Relu", ["first"], ["first/relu"]),
            helper.make_node(
                "MaxPool",
                ["first/relu"],
                ["pooled"],
                kernel_shape=[reduction, reduction],
                strides=[reduction, reduction],
            ),
            convolution("pooled", "large"),
            *resize("large", "enlarged", "first/relu"),
            convolution("enlarged", "last"),
            helper.make_node("Sigmoid", ["last"], ["mask"]),
            cast("mask", "output", TensorProto.FLOAT),
            convolution("first/relu", "side"),
            cast("side", "side/output", TensorProto.FLOAT),
        ],
        "tiny",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, SIZE, SIZE])],
        [
            helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, SIZE, SIZE]),
            helper.make_tensor_value_info("side/output", TensorProto.FLOAT, [1, 1, SIZE, SIZE]),
        ],
        constants,
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8, producer_name="test"
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def cast(source: str, target: str, kind: int) -> NodeProto:
    """Return a cast from one value to another."""
    return helper.make_node("Cast", [source], [target], to=kind)


def convolution(source: str, name: str) -> NodeProto:
    """Return a convolution that keeps height and width and is called like its result."""
    return helper.make_node("Conv", [source, f"{name}/weight"], [name], pads=[1, 1, 1, 1])


def resize(source: str, target: str, like: str) -> list[NodeProto]:
    """Return what exporters write for "as large as that tensor", between casts."""
    return [
        cast(source, f"{source}/float", TensorProto.FLOAT),
        helper.make_node("Shape", [source], [f"{source}/shape"]),
        helper.make_node("Slice", [f"{source}/shape", "zero", "two", "zero"], [f"{source}/nc"]),
        helper.make_node("Shape", [like], [f"{source}/like"]),
        helper.make_node("Slice", [f"{source}/like", "two", "four", "zero"], [f"{source}/hw"]),
        helper.make_node("Concat", [f"{source}/nc", f"{source}/hw"], [f"{source}/size"], axis=0),
        helper.make_node(
            "Resize",
            [f"{source}/float", "", "", f"{source}/size"],
            [f"{target}/float"],
            mode="linear",
            coordinate_transformation_mode="half_pixel",
        ),
        cast(f"{target}/float", target, TensorProto.FLOAT16),
    ]
