"""What the page unpacks is what the tools unpack, and the network runs with it."""

import numpy as np
import onnxruntime
import pytest
from onnx import ModelProto, TensorProto, helper, numpy_helper

from tests.tools.model.tiny_network import tiny_network
from tools.model.package import (
    DIRECT_NETWORK,
    NETWORK,
    TAPS_FIRST,
    package,
    unpacking,
    whole_network,
)
from tools.model.rewriting.graph import full_precision
from tools.model.rewriting.quantise import EIGHT_BITS, FOUR_BITS, restored, small_weights
from tools.model.rewriting.winograd import taps_first
from tools.model.safetensors import decode


def network() -> ModelProto:
    """Return the tiny network, whose large layer has a bias and so becomes a Winograd one."""
    model = full_precision(tiny_network())
    model.graph.initializer.append(
        numpy_helper.from_array(np.linspace(-1, 1, 128, dtype=np.float32), "large/bias")
    )
    large = next(node for node in model.graph.node if node.output[0] == "large")
    large.input.append("large/bias")
    return model


def run(model: ModelProto, feeds: dict[str, np.ndarray]) -> np.ndarray:
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(None, feeds)[0]


@pytest.mark.parametrize("four_bits", [True, False])
@pytest.mark.parametrize("ending", ["", f"/{TAPS_FIRST}"])
def test_the_graphs_restore_what_numpy_restores(four_bits, ending):
    weights = np.random.default_rng(4).standard_normal((128, 96, 3, 3)).astype(np.float32)
    small = small_weights(weights, four_bits)
    assert small.form == (FOUR_BITS if four_bits else EIGHT_BITS)
    graph = unpacking(small.form + ending)
    feeds = {"small": small.values, "scale": small.scale}
    if four_bits:
        # onnxruntime's Python interface takes 4-bit numbers as a constant only.
        constant = TensorProto(name="small", dims=[128, 864], data_type=TensorProto.INT4)
        constant.raw_data = feeds.pop("small").tobytes()
        graph.graph.initializer.append(constant)
        del graph.graph.input[0]
    expected = restored(small)
    if ending:
        expected = taps_first(expected)
    assert np.array_equal(run(graph, feeds).ravel(), expected.ravel())


def test_the_network_carries_no_weights_and_names_them_all():
    contents = decode(package(network(), four_bits=True))
    model = ModelProto.FromString(contents.tensors[NETWORK].tobytes())
    outside = {
        tensor.external_data[0].value
        for tensor in model.graph.initializer
        if tensor.data_location == TensorProto.EXTERNAL
    }
    assert outside == set(contents.words) == {"first/weight", "large/weight", "last/weight"}
    assert not any(len(tensor.raw_data) > 5000 for tensor in model.graph.initializer)
    assert contents.words["large/weight"] == f"{FOUR_BITS}/{TAPS_FIRST}"
    assert {f"unpack/{how}" for how in contents.words.values()} <= set(contents.tensors)


def test_the_whole_network_computes_what_went_in():
    full = network()
    pixels = np.random.default_rng(3).standard_normal((1, 3, 128, 128)).astype(np.float32)
    expected = run(full, {"input": pixels})
    found = run(whole_network(package(full, four_bits=False)), {"input": pixels})
    assert 0 < np.abs(found - expected).mean() < 0.01


def test_graphics_cards_find_the_same_network_with_plain_convolutions():
    packed = package(network(), four_bits=True)
    direct = whole_network(packed, DIRECT_NETWORK)
    pixels = np.random.default_rng(3).standard_normal((1, 3, 128, 128)).astype(np.float32)

    expected = run(whole_network(packed), {"input": pixels})

    np.testing.assert_allclose(run(direct, {"input": pixels}), expected, atol=1e-4)
    assert {node.op_type for node in direct.graph.node} == {
        node.op_type for node in network().graph.node
    }
    forms = {how.split("/")[0] for how in decode(packed).words.values()}
    assert {f"unpack/{form}" for form in forms} <= set(decode(packed).tensors)


def test_packing_does_not_change_the_model():
    full = network()
    before = full.SerializeToString(deterministic=True)
    package(full, four_bits=True)
    assert full.SerializeToString(deterministic=True) == before


def test_helper_and_page_agree_on_the_order_of_halves():
    """The low half of a byte comes first, and 15 stands for -1."""
    weights = np.zeros((128, 96, 3, 3), np.float32)
    weights[0, 0, 0] = [0.5, 3.5, -0.5]
    small = small_weights(weights, four_bits=True)
    assert helper.tensor_dtype_to_np_dtype(TensorProto.UINT8) == small.values.dtype
    assert np.allclose(restored(small)[0, :3], [0.5, 3.5, -0.5])
