"""A small description, appended to a stored network, opens its inner layers; natively, too."""

import json

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import ModelProto, TensorProto, helper
from PIL import Image

from core.matte.tensor import to_pixels
from tools.model.chunks import FOLDER, join
from tools.model.description import read_description
from tools.model.inner_layers import FORMS, INNER, activations, description
from tools.model.layer_map import TARGET, published_networks
from tools.model.native_reference import open_session
from tools.model.package import whole_network
from tools.model.rewriting.graph import serialise
from tools.setup.checkout import ROOT

VARIANTS = {"isnet": "q4", "u2netp": "light"}
SAMPLE = ROOT / "assets/sample/sample.jpg"


def stored(key: str) -> ModelProto:
    """Return a network as the lab opens it, its weights inside."""
    variants = read_description(ROOT / "models" / "models.json").variants
    return whole_network(join(variants[VARIANTS[key]], ROOT / FOLDER), FORMS[key])


def opened(key: str) -> bytes:
    """Return what the lab appends to a network."""
    return bytes.fromhex(json.loads(TARGET.read_text("utf-8"))[key]["outputs"])


def feed(key: str) -> np.ndarray:
    """Return the sample photo as a network's input, a small one for ISNet."""
    image = Image.open(SAMPLE).convert("RGB")
    if key == "u2netp":
        return to_pixels(image, 320)
    small = np.asarray(image.resize((128, 128)), np.float32).transpose(2, 0, 1)
    return (small[np.newaxis] - 128) / 256


@pytest.mark.parametrize("key", INNER)
def test_the_appended_bytes_make_inner_layers_answer_as_outputs_named_one_by_one_do(key):
    network = stored(key)
    appended = serialise(network) + opened(key)
    session = open_session(appended)
    names = [output.name for output in session.get_outputs()]
    values = activations(network, INNER[key])
    assert names == ["output", *values.values()]

    for name in values.values():
        network.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    plain = onnxruntime.SessionOptions()
    plain.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    reference = onnxruntime.InferenceSession(serialise(network), plain)
    numbers = {"input": feed(key)}
    expected, found = reference.run(names, numbers), session.run(names, numbers)
    for name, one, other in zip(names, expected, found, strict=True):
        assert one.shape == other.shape
        difference = np.abs(one.astype(np.float64) - other).max()
        rounding = 1 if one.dtype == np.uint8 else 2e-4 * max(float(np.abs(one).max()), 1.0)
        assert difference <= rounding, name


def test_the_inner_layers_of_the_small_network_are_about_those_of_the_published_file():
    network, _ = published_networks()["u2netp"]
    variant = open_session(serialise(stored("u2netp")) + opened("u2netp"))
    from tools.model.source import upstream_bytes
    from tools.setup.progress import make_console

    file = upstream_bytes(network.upstream, ROOT / "models", make_console(quiet=True))
    names = list(activations(onnx.load_from_string(file), INNER["u2netp"]).values())
    published = open_session(file + description(dict(zip(names, names, strict=True))))
    pixels = feed("u2netp")
    scaled = pixels[..., :3].astype(np.float32)
    scaled = (scaled / scaled.max() - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    tensor = scaled.transpose(2, 0, 1)[np.newaxis].astype(np.float32)
    expected = published.run(names[:4], {published.get_inputs()[0].name: tensor})
    for one, other in zip(expected, variant.run(names[:4], {"input": pixels}), strict=True):
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.99


@pytest.mark.parametrize("key", INNER)
def test_the_map_names_what_the_description_opens(key):
    """After a change: 'python -m tools.model.layer_map'."""
    listed = json.loads(TARGET.read_text("utf-8"))[key]["layers"]
    values = {layer["name"]: layer["activation"] for layer in listed if "activation" in layer}
    assert tuple(values) == INNER[key]
    assert opened(key) == description(values)
