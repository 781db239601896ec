"""Writes down the layers of the networks for the lab: name, shapes, multiplications.

``python -m tools.model.layer_map`` writes ``assets/lab/layers.json``. It is made from the published
files and holds no weights. Layers that can be looked into (:mod:`tools.model.inner_layers`) have an
``activation``, the name of what they answer; ``outputs`` opens these, in hexadecimal.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import onnx
from onnx import ModelProto

from tools.model.description import Network
from tools.model.inner_layers import INNER, activations, description
from tools.model.rewriting.graph import full_precision
from tools.model.store import description_of
from tools.setup.checkout import ROOT
from tools.setup.progress import make_console

TARGET = ROOT / "assets" / "lab" / "layers.json"


def layers(model: ModelProto, size: int) -> Iterator[dict[str, Any]]:
    """Yield the convolutions of a network for inputs of ``size`` x ``size``, in their order.

    Each has its ``name``, the ``kernel`` (output channels, input channels, height, width), the
    ``shape`` of its result (channels, height, width) and its ``multiplications``.
    """
    model = onnx.ModelProto.FromString(model.SerializeToString())
    for axis, length in zip(
        model.graph.input[0].type.tensor_type.shape.dim, (1, 3, size, size), strict=True
    ):
        axis.dim_value = length
    inferred = onnx.shape_inference.infer_shapes(model, data_prop=True)
    shapes = {
        value.name: [axis.dim_value for axis in value.type.tensor_type.shape.dim]
        for value in (*inferred.graph.value_info, *inferred.graph.output)
    }
    weights = {tensor.name: list(tensor.dims) for tensor in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type != "Conv":
            continue
        kernel, shape = weights[node.input[1]], shapes[node.output[0]]
        yield {
            "name": node.name or node.output[0],
            "kernel": kernel,
            "shape": shape[1:],
            "multiplications": int(np.prod(kernel[1:]) * np.prod(shape[1:])),
        }


def published_networks() -> dict[str, tuple[Network, ModelProto]]:
    """Return each network of ``models/models.json`` in full precision, from its published file."""
    from tools.model.source import upstream_bytes

    console, found = make_console(quiet=True), {}
    for key, network in description_of(ROOT).networks.items():
        data = upstream_bytes(network.upstream, ROOT / "models", console)
        found[key] = network, full_precision(onnx.load_from_string(data), network.output)
    return found


def layer_map() -> dict[str, Any]:
    """Return the layers of each network at the size that it is used at."""
    found = {}
    for key, (network, full) in published_networks().items():
        size = 704 if key == "isnet" else network.sizes[0]
        values = activations(full, INNER[key])
        listed = list(layers(full, size))
        for layer in listed:
            if layer["name"] in values:
                layer["activation"] = values[layer["name"]]
        found[key] = {
            "name": network.name,
            "size": size,
            "outputs": description(values).hex(),
            "layers": listed,
        }
    return found


def as_text(found: dict[str, Any]) -> str:
    """Return the file's text, a line for each layer."""
    parts = []
    for key, entry in found.items():
        rows = ",\n   ".join(json.dumps(layer) for layer in entry["layers"])
        head = f'"name": {json.dumps(entry["name"])}, "size": {entry["size"]},\n   '
        head += f'"outputs": "{entry["outputs"]}"'
        parts.append(f' "{key}": {{{head}, "layers": [\n   {rows}]}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(as_text(layer_map()), encoding="utf-8")
