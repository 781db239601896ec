"""The rewritten convolutions give what the direct ones give, at every size."""

import math

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import ModelProto, helper, numpy_helper

from tools.model.rewriting import layers
from tools.model.rewriting.graph import assemble, free_size
from tools.model.rewriting.layers import REFERENCE_SIDE, SMALLEST_SIDE, planned
from tools.model.rewriting.transforms import F2, F6, Filtering
from tools.model.rewriting.winograd import names_read, with_winograd

CHANNELS = 32

TOLERANCE = 3e-4
"""Of noise whose results reach 6; rounding grows with the tile. The mask is within 1e-5."""


def network(halvings: int = 1, **settings: object) -> ModelProto:
    """Return a network of one convolution of a ``Concat`` at a resolution that was halved."""
    random = np.random.default_rng(halvings)
    weights = random.standard_normal((CHANNELS, 2 * CHANNELS, 3, 3)).astype(np.float32) / 24
    side = 2**halvings
    constants = {
        "enter/weight": random.standard_normal((CHANNELS, 3, side, side)).astype(np.float32) / side,
        "weight": weights,
        "bias": random.standard_normal(CHANNELS).astype(np.float32),
    }
    nodes = [
        helper.make_node("Conv", ["input", "enter/weight"], ["entered"], strides=[side, side]),
        helper.make_node("Neg", ["entered"], ["other"]),
        helper.make_node("Concat", ["entered", "other"], ["both"], axis=1),
        helper.make_node(
            "Conv", ["both", "weight", "bias"], ["sum"], **{"pads": [1, 1, 1, 1], **settings}
        ),
        helper.make_node("Relu", ["sum"], ["output"]),
    ]
    ends = [
        free_size(helper.make_tensor_value_info(name, 1, [1, channels, 8, 8]))
        for name, channels in (("input", 3), ("output", CHANNELS))
    ]
    # Height and width of the output are other ones than the input's.
    for axis, name in ((2, "oh"), (3, "ow")):
        ends[1].type.tensor_type.shape.dim[axis].dim_param = name
    made = [numpy_helper.from_array(values, name) for name, values in constants.items()]
    return assemble(nodes, ends[:1], ends[1:], made)


def transformed(level: int) -> int:
    """Return the bytes of the layer's transformed input and results at the reference size."""
    return int(F6.points**2 * 4 * 3 * CHANNELS * (REFERENCE_SIDE / F6.tile / 2**level) ** 2)


def run(model: ModelProto, height: int, width: int) -> np.ndarray:
    pixels = np.random.default_rng(1).standard_normal((1, 3, height, width)).astype(np.float32)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(None, {"input": pixels})[0]


@pytest.mark.parametrize(("filtering", "tile"), [(F6, 6), (F2, 2)])
def test_the_transforms_filter_a_tile_of_one_axis(filtering: Filtering, tile: int):
    random = np.random.default_rng(0)
    inputs, weights = random.standard_normal(filtering.points), random.standard_normal(3)
    products = (filtering.input_transform @ inputs) * (filtering.weight_transform @ weights)
    expected = np.correlate(inputs, weights)
    assert filtering.tile == len(expected) == tile
    assert np.abs(filtering.output_transform @ products - expected).max() < 1e-5


@pytest.mark.parametrize("halvings", [1, 3, 5])
@pytest.mark.parametrize("dilation", [1, 2, 4])
@pytest.mark.parametrize("side", [128, 320, 704])
def test_a_network_for_one_side_gives_the_same_from_fewer_operators(halvings, dilation, side):
    direct = network(halvings, dilations=[dilation] * 2, pads=[dilation] * 4)
    free, fixed = with_winograd(direct), with_winograd(direct, side=side)
    assert np.array_equal(run(fixed, side, side), run(free, side, side))
    assert len(fixed.graph.node) < len(free.graph.node)
    assert [node for node in fixed.graph.node if node.op_type == "If"] == []
    assert {tensor.name for tensor in fixed.graph.initializer} <= names_read(fixed.graph.node)


@pytest.mark.parametrize("halvings", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("size", [(128, 128), (192, 320), (448, 256), (768, 384)])
def test_results_are_those_of_the_direct_convolution(halvings, size):
    direct = network(halvings)
    rewritten = with_winograd(direct)
    assert len(planned(direct)) == 3
    difference = np.abs(run(rewritten, *size) - run(direct, *size))
    assert difference.max() < TOLERANCE


@pytest.mark.parametrize("dilation", [2, 4])
@pytest.mark.parametrize("halvings", [3, 5])
@pytest.mark.parametrize("size", [(128, 128), (448, 256), (384, 384), (768, 384)])
def test_results_are_those_of_the_dilated_convolution(dilation, halvings, size):
    direct = network(halvings, dilations=[dilation] * 2, pads=[dilation] * 4)
    assert len(planned(direct)) == 3
    difference = run(with_winograd(direct), *size) - run(direct, *size)
    assert np.abs(difference).max() < TOLERANCE


@pytest.mark.parametrize("strips", [1, 4, 8])
def test_the_number_of_strips_changes_nothing(monkeypatch, strips):
    direct = network()
    (layer,) = set(planned(direct).values())
    monkeypatch.setattr(layers, "TRANSFORMED_BYTES", transformed(1) // strips + 1)
    assert next(iter(planned(direct).values())).strips == strips
    assert layer.parts == ("entered", "other")
    for width in (256, 384):
        size = (SMALLEST_SIDE, width)
        difference = run(with_winograd(direct), *size) - run(direct, *size)
        assert np.abs(difference).max() < TOLERANCE
    difference = run(with_winograd(direct), 384, 192) - run(direct, 384, 192)
    assert np.abs(difference).max() < TOLERANCE


@pytest.mark.parametrize("strips", [1, 4])
@pytest.mark.parametrize("shares", [1, 2, 8])
def test_making_the_results_in_shares_changes_nothing(monkeypatch, shares, strips):
    direct = network()
    monkeypatch.setattr(layers, "WEIGHT_BYTES", F6.points**2 * 4 * 2 * CHANNELS**2 // shares)
    monkeypatch.setattr(layers, "TRANSFORMED_BYTES", transformed(1) // strips + 1)
    layer = next(iter(planned(direct).values()))
    assert (layer.shares, layer.strips) == (shares, strips)
    difference = run(with_winograd(direct), 128, 192) - run(direct, 128, 192)
    assert np.abs(difference).max() < TOLERANCE


@pytest.mark.parametrize(
    "settings",
    [
        {"strides": [2, 2]},
        {"pads": [8, 8, 8, 8], "dilations": [8, 8]},
        {"pads": [2, 1, 2, 1], "dilations": [2, 1]},
        {"pads": [1, 1, 0, 1]},
    ],
)
def test_other_convolutions_stay_as_they_are(settings):
    direct = network(**settings)
    kinds = [node.op_type for node in direct.graph.node]
    assert [node.op_type for node in with_winograd(direct).graph.node] == kinds


def test_no_weights_become_constants_of_the_runtime(tmp_path):
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
    for halvings in (1, 5):
        made = with_winograd(network(halvings))
        onnxruntime.InferenceSession(
            made.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        optimised = onnx.load(options.optimized_model_filepath)
        sizes = [math.prod(tensor.dims) for tensor in optimised.graph.initializer]
        assert sizes.count(9 * 2 * CHANNELS**2) == 1
        assert max(sizes) == max(9 * 2 * CHANNELS**2, 3 * CHANNELS * 4**halvings)


def test_layers_at_the_lowest_resolutions_stay_as_they_are():
    assert planned(network(halvings=6)) == {}


def test_what_something_else_reads_is_kept():
    direct = network()
    graph = direct.graph
    reader = helper.make_node("Add", ["sum", "output"], ["twice"])
    graph.node.append(reader)
    graph.output[0].name = "twice"
    assert set(planned(direct)) == {"sum", "both"}
    difference = run(with_winograd(direct), 128, 128) - run(direct, 128, 128)
    assert np.abs(difference).max() < TOLERANCE


def test_the_model_given_is_not_changed():
    direct = network()
    before = direct.SerializeToString()
    with_winograd(direct)
    assert direct.SerializeToString() == before
