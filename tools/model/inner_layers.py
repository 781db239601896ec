"""Which layers of the networks the lab looks into, and the small descriptions that open them.

A stored network names one output, the mask. An ONNX file is a protobuf, and repeated fields of a
message that stands twice in a row are joined (Protocol Buffers, "Encoding", "Last One Wins"). So
the lab appends a second, small ``ModelProto`` to the network's bytes, which holds nothing but
further outputs, and the same stored weights answer for inner layers, too.

``python -m tools.model.layer_map`` writes it into ``assets/lab/layers.json``, in hexadecimal.
"""

from onnx import ModelProto, TensorProto, helper

from tools.model.package import DIRECT_NETWORK, NETWORK
from tools.model.rewriting.graph import serialise

INNER = {
    "isnet": (
        "/conv_in/Conv",
        "/stage2/rebnconv1d/conv_s1/Conv",
        "/stage3/rebnconv1d/conv_s1/Conv",
        "/stage4/rebnconv1d/conv_s1/Conv",
        "/stage5/rebnconv1d/conv_s1/Conv",
        "/stage6/rebnconv1d/conv_s1/Conv",
        "/stage5d/rebnconv1d/conv_s1/Conv",
        "/stage4d/rebnconv1d/conv_s1/Conv",
        "/stage3d/rebnconv1d/conv_s1/Conv",
        "/stage2d/rebnconv1d/conv_s1/Conv",
        "/stage1d/rebnconv1d/conv_s1/Conv",
        "/side1/Conv",
    ),
    "u2netp": (
        "Conv_0",
        "Conv_247",
        "Conv_329",
        "Conv_390",
        "Conv_411",
        "Conv_432",
        "Conv_472",
        "Conv_552",
        "Conv_657",
        "Conv_1047",
    ),
}
"""The layers of each network: the first one, the last one of each stage, the one before the mask.

Of U²-Netp only such as keep their plain form, since Winograd's has other names inside. All of
ISNet's together hold 27 million values at 704 x 704.
"""

FORMS = {"isnet": DIRECT_NETWORK, "u2netp": NETWORK}
"""In which of a package's networks these names stand."""


def activations(model: ModelProto, names: tuple[str, ...]) -> dict[str, str]:
    """Return, for layers by their names, the value that goes on: after its ReLU, if it has one."""
    relu = {node.input[0]: node.output[0] for node in model.graph.node if node.op_type == "Relu"}
    results = {node.name: node.output[0] for node in model.graph.node}
    return {name: relu.get(results[name], results[name]) for name in names}


def description(values: dict[str, str]) -> bytes:
    """Return the bytes that make outputs of these values (by layer) when appended to a network."""
    model = ModelProto()
    for value in values.values():
        model.graph.output.append(helper.make_tensor_value_info(value, TensorProto.FLOAT, None))
    return serialise(model)
