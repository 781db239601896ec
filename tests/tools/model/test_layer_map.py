"""The lab's list of layers is that of the networks, and counts right."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from tools.model.layer_map import TARGET, as_text, layer_map, layers


def test_multiplications_are_those_of_every_place_channel_and_kernel_value():
    weights = numpy_helper.from_array(np.zeros((8, 3, 3, 3), np.float32), "w")
    node = helper.make_node("Conv", ["x", "w"], ["y"], pads=[1, 1, 1, 1], strides=[2, 2], name="c")
    shape = [1, 3, "h", "w"]
    graph = helper.make_graph(
        [node],
        "one",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 8, "a", "b"])],
        [weights],
    )
    (layer,) = layers(helper.make_model(graph), 64)
    assert layer == {
        "name": "c",
        "kernel": [8, 3, 3, 3],
        "shape": [8, 32, 32],
        "multiplications": 8 * 32 * 32 * 3 * 3 * 3,
    }


def test_the_list_in_the_checkout_is_that_of_the_published_networks():
    """After a change: 'python -m tools.model.layer_map'."""
    assert TARGET.read_text("utf-8") == as_text(layer_map())
