"""The rewritten network computes what the published one does, for any size."""

import numpy as np
import onnxruntime
import pytest
from onnx import ModelProto, TensorProto

from tests.tools.model.tiny_network import SIZE, tiny_network
from tools.model.rewriting.graph import check_size, full_precision, serialise
from tools.setup.complaint import Complaint


def run(model: ModelProto, size: int) -> np.ndarray:
    pixels = np.random.default_rng(1).standard_normal((1, 3, size, size)).astype(np.float32)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(["output"], {"input": pixels})[0]


def test_rewriting_keeps_the_mask_within_the_precision_of_the_published_file():
    published = tiny_network()
    difference = np.abs(run(full_precision(published), SIZE) - run(published, SIZE))
    assert difference.max() < 2e-3


@pytest.mark.parametrize("size", [64, 128, 192])
def test_the_rewritten_network_takes_every_multiple_of_64(size):
    model = full_precision(tiny_network())
    check_size(model, size)
    assert run(model, size).shape == (1, 1, size, size)


def test_nothing_but_what_the_output_needs_is_left():
    model = full_precision(tiny_network())
    kinds = {node.op_type for node in model.graph.node}
    assert kinds == {"Conv", "Relu", "MaxPool", "Resize", "Sigmoid"}
    assert [value.name for value in model.graph.output] == ["output"]
    assert "side/weight" not in [tensor.name for tensor in model.graph.initializer]


def test_all_weights_become_float32_with_the_very_same_values():
    published = tiny_network()
    model = full_precision(published)
    halves = {t.name: np.frombuffer(t.raw_data, np.float16) for t in published.graph.initializer}
    for tensor in model.graph.initializer:
        assert tensor.data_type == TensorProto.FLOAT
        if tensor.name in halves:
            assert np.array_equal(np.frombuffer(tensor.raw_data, np.float32), halves[tensor.name])


def test_the_published_model_is_not_changed():
    published = tiny_network()
    before = serialise(published)
    full_precision(published)
    assert serialise(published) == before


def test_a_resize_that_does_not_double_is_refused():
    model = full_precision(tiny_network(reduction=4))
    with pytest.raises(Complaint, match="does not fit together at 64 x 64"):
        check_size(model, SIZE)


def test_an_unknown_output_is_refused_with_a_remedy():
    with pytest.raises(Complaint, match=r"no output named 'matte'.*models.json"):
        full_precision(tiny_network(), "matte")


def test_the_same_model_gives_the_same_bytes():
    first = serialise(full_precision(tiny_network()))
    assert serialise(full_precision(tiny_network())) == first
