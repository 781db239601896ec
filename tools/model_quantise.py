"""Shrink the weights to 8 or 4 bits; the arithmetic of the network stays float32.

Only what is downloaded gets smaller: a few operators in front of each convolution turn the small
weights back into float32, and the runtime folds them away when it creates the session. Weights of
a convolution are ``float32 [out, in, height, width]``.

The bytes must be the same on every machine, for ``models/models.json`` records their hashes. So
there is elementwise IEEE arithmetic only, and sums are added row by row: NumPy's own ``sum`` and
``dot`` group their terms by the machine's vector width, which changes the last digit.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from tools.model_graph import assemble

Floats = npt.NDArray[np.float32]

GROUP = 32
"""Consecutive weights that share a scale in the 4-bit form."""

SMALL_LAYER = 100_000
"""Layers with fewer weights keep 8 bits in the 4-bit variant.

They are the ones at high resolution, next to the photo and to the mask: 4 % of the weights and
much of the error.
"""

CLIPS = tuple(np.float32(step / 20) for step in range(20, 11, -1))
"""Parts of a group's largest weight that are tried as its full scale: 1, 0.95 ... 0.6."""

FIFTEEN, FOUR, EIGHT, PAIRS = "four_bit/mask", "four_bit/shift", "four_bit/zero", "four_bit/axis"
"""Names of the constants that every unpacking shares."""


@dataclass
class Packed:
    """Small weights: the constants that are stored and the operators that restore float32."""

    constants: list[TensorProto]
    nodes: list[NodeProto]


def eight_bit_variant(model: ModelProto) -> ModelProto:
    """Return the model with the weights of all convolutions in 8 bits."""
    return with_small_weights(model, four_bits=False)


def four_bit_variant(model: ModelProto) -> ModelProto:
    """Return the model with the weights of large convolutions in 4 bits, of others in 8."""
    return with_small_weights(model, four_bits=True)


def with_small_weights(model: ModelProto, four_bits: bool) -> ModelProto:
    """Return the model with each ``[out, in, height, width]`` constant in its small form."""
    constants: list[TensorProto] = shared_constants() if four_bits else []
    nodes: list[NodeProto] = []
    for tensor in model.graph.initializer:
        if len(tensor.dims) != 4:
            constants.append(tensor)
            continue
        weights = numpy_helper.to_array(tensor).astype(np.float32)
        large = weights.size >= SMALL_LAYER and weights[0].size % GROUP == 0
        pack = pack_four_bits if four_bits and large else pack_eight_bits
        packed = pack(tensor.name, weights)
        constants += packed.constants
        nodes += packed.nodes
    graph = model.graph
    return assemble([*nodes, *graph.node], graph.input, graph.output, constants)


def quantise_eight_bits(weights: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return ``int8`` weights in -127..127 and one scale per output channel ``[out, 1, 1, 1]``.

    ``weights`` is about the product of the two; the error is at most half a scale.
    """
    peak = np.abs(weights).reshape(len(weights), -1).max(axis=1).reshape(-1, 1, 1, 1)
    scale = np.where(peak > 0, peak / np.float32(127), np.float32(1)).astype(np.float32)
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale


def pack_eight_bits(name: str, weights: Floats) -> Packed:
    """Return the 8-bit form of the constant called ``name``."""
    values, scale = quantise_eight_bits(weights)
    return Packed(
        [
            numpy_helper.from_array(values, f"{name}/int8"),
            numpy_helper.from_array(scale, f"{name}/scale"),
        ],
        [
            helper.make_node("Cast", [f"{name}/int8"], [f"{name}/float"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}/float", f"{name}/scale"], [name]),
        ],
    )


def quantise_four_bits(groups: Floats) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
    """Return whole numbers in -8..7 and a ``float16`` scale for each column of ``groups``.

    ``groups`` is ``[GROUP, n]``, one group of weights per column. Tried per group: several full
    scales of either sign (so that the largest weight may use the eighth negative step), each then
    refined by least squares; the one with the smallest squared error wins.
    """
    highest, lowest = groups.max(axis=0), groups.min(axis=0)
    signed_peak = np.where(highest >= -lowest, highest, lowest)
    peak = np.abs(signed_peak)
    best = np.zeros(groups.shape[1], np.float16)
    smallest = np.full(groups.shape[1], np.inf)
    for clip in CLIPS:
        for full_scale in (peak * clip / np.float32(7), signed_peak * clip / np.float32(-8)):
            scale = full_scale.astype(np.float16)
            for candidate in (scale, least_squares_scale(groups, steps(groups, scale))):
                error = squared_error(groups, candidate)
                best = np.where(error < smallest, candidate, best)
                smallest = np.minimum(error, smallest)
    return steps(groups, best).astype(np.int8), best


def steps(groups: Floats, scale: npt.NDArray[np.float16]) -> Floats:
    """Return the whole numbers in -8..7 that come nearest; 0 where the scale is 0."""
    divisor = np.where(scale == 0, np.float32(np.inf), scale.astype(np.float32))
    return np.clip(np.round(groups / divisor), -8, 7)


def least_squares_scale(groups: Floats, whole: Floats) -> npt.NDArray[np.float16]:
    """Return the scale per group that fits these whole numbers best; 0 where all are 0."""
    square = add_rows(whole * whole)
    scale = add_rows(whole * groups) / np.where(square == 0, 1.0, square)
    return scale.astype(np.float16)


def squared_error(groups: Floats, scale: npt.NDArray[np.float16]) -> npt.NDArray[np.float64]:
    """Return the summed squared error per group ``[n]`` of quantising with that scale."""
    difference = steps(groups, scale) * scale.astype(np.float32) - groups
    return add_rows(difference * difference)


def add_rows(values: Floats) -> npt.NDArray[np.float64]:
    """Return the sum over the first axis, added in its order whatever the machine."""
    total = np.zeros(values.shape[1:], np.float64)
    for row in values:
        total += row
    return total


def shared_constants() -> list[TensorProto]:
    """Return the constants that all unpacking operators use."""
    return [
        numpy_helper.from_array(np.array(15, np.uint8), FIFTEEN),
        numpy_helper.from_array(np.array(4, np.uint8), FOUR),
        numpy_helper.from_array(np.array(8, np.float32), EIGHT),
        numpy_helper.from_array(np.array([2], np.int64), PAIRS),
    ]


def pack_four_bits(name: str, weights: Floats) -> Packed:
    """Return the 4-bit form of the constant called ``name``: two weights a byte, low half first."""
    whole, scale = quantise_four_bits(np.ascontiguousarray(weights.reshape(-1, GROUP).T))
    digits = (whole.T + 8).astype(np.uint8)

    def at(step: str) -> str:
        return f"{name}/{step}"

    def node(kind: str, inputs: list[str], step: str, **attributes: Any) -> NodeProto:
        return helper.make_node(kind, inputs, [at(step)], **attributes)

    return Packed(
        [
            numpy_helper.from_array(digits[:, 0::2] | (digits[:, 1::2] << 4), at("packed")),
            numpy_helper.from_array(scale.reshape(-1, 1), at("scale")),
            numpy_helper.from_array(np.array([-1, GROUP], np.int64), at("groups_shape")),
            numpy_helper.from_array(np.array(weights.shape, np.int64), at("shape")),
        ],
        [
            node("BitwiseAnd", [at("packed"), FIFTEEN], "low"),
            node("BitShift", [at("packed"), FOUR], "high", direction="RIGHT"),
            node("Unsqueeze", [at("low"), PAIRS], "low_column"),
            node("Unsqueeze", [at("high"), PAIRS], "high_column"),
            node("Concat", [at("low_column"), at("high_column")], "pairs", axis=2),
            node("Reshape", [at("pairs"), at("groups_shape")], "digits"),
            node("Cast", [at("digits")], "float", to=TensorProto.FLOAT),
            node("Sub", [at("float"), EIGHT], "centred"),
            node("Cast", [at("scale")], "scale_float", to=TensorProto.FLOAT),
            node("Mul", [at("centred"), at("scale_float")], "scaled"),
            helper.make_node("Reshape", [at("scaled"), at("shape")], [name]),
        ],
    )
