"""Copies of the site with a made-up network in place of the real weights.

Most tests ask how the page behaves, not what it cuts out. A network of a few hundred kilobytes
that calls bright pixels foreground lets them ask quickly, and with as many chunks as they like.
A slow one keeps a photo in the network long enough to interfere.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper, numpy_helper

from tools.model.canary import canary
from tools.setup.checkout import ROOT
from tools.site.site import CANARY, PYTHON_FOLDERS, TOP_LEVEL

CHUNKS = 6
"""Pieces of each made variant: more than are fetched at once."""

BALLAST = 90_000
"""Random float32 weights that decide nothing and fill the chunks."""

STEEPNESS = 60.0
"""Slope of the made mask around mid-grey; the mask is 0 in shadows and 1 in lights."""

SLOW_CONVOLUTIONS = 6
"""Each is 43 GFLOP at 768 x 768, about a second on two quiet cores."""


def made_network(slow: int = 0, seed: int = 5) -> ModelProto:
    """Return a network of the real one's form: foreground is what is brighter than mid-grey.

    ``slow`` is how many convolutions it does for nothing.
    """
    random = np.random.default_rng(seed)
    weights = {
        "grey/weight": np.full((1, 3, 1, 1), STEEPNESS / 3, np.float32),
        "ballast": random.standard_normal(BALLAST).astype(np.float32),
        "nothing": np.float32(0),
    }
    nodes = [
        helper.make_node("Conv", ["input", "grey/weight"], ["grey"]),
        helper.make_node("ReduceSum", ["ballast"], ["ballast/sum"], keepdims=0),
        helper.make_node("Mul", ["ballast/sum", "nothing"], ["ballast/zero"]),
        helper.make_node("Add", ["grey", "ballast/zero"], ["steep"]),
    ]
    last = "steep"
    if slow:
        nodes += slow_nodes(weights, random, slow)
        last = "delayed"
    nodes.append(helper.make_node("Sigmoid", [last], ["output"]))
    graph = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, "height", "width"])],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "height", "width"])],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    opset = [helper.make_opsetid("", 15)]
    model = helper.make_model(graph, opset_imports=opset, ir_version=8, producer_name="test")
    onnx.checker.check_model(model, full_check=True)
    return model


def slow_nodes(weights, random, convolutions):
    """Add a chain of wide convolutions whose result counts for nothing; return its nodes."""
    nodes, value = [], "input"
    for number in range(convolutions):
        shape = (64, 64 if number else 3, 3, 3)
        weights[f"slow{number}"] = (random.standard_normal(shape) / 100).astype(np.float32)
        conv = helper.make_node(
            "Conv", [value, f"slow{number}"], [f"slow{number}/out"], pads=[1, 1, 1, 1]
        )
        nodes.append(conv)
        value = f"slow{number}/out"
    nodes += [
        helper.make_node("ReduceMean", [value], ["slow/mean"], axes=[1], keepdims=1),
        helper.make_node("Mul", ["slow/mean", "nothing"], ["slow/zero"]),
        helper.make_node("Add", ["steep", "slow/zero"], ["delayed"]),
    ]
    return nodes


def make_site(root: Path, slow: int = 0) -> Path:
    """Fill the empty folder ``root`` with a copy of the site around a made network.

    ``slow`` is how many convolutions the network does for nothing.
    Files are copies, so that a test may change them; only the big installed parts are linked.
    """
    for name in (*TOP_LEVEL, "_headers"):
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, root / name)
    for folder in (*PYTHON_FOLDERS, "assets"):
        ignored = shutil.ignore_patterns("__pycache__", "vendor")
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    shutil.copytree(ROOT / "assets/vendor", root / "assets/vendor", copy_function=link_or_copy)
    write_models(root, {"q4": made_network(slow), "q8": made_network(seed=8)})
    return root


def link_or_copy(source, target):
    """Give a file a second name where the disk allows it."""
    try:
        os.link(source, target)
    except OSError:
        # Another disk, or one without links.
        shutil.copy2(source, target)


def write_models(root: Path, networks: dict[str, ModelProto]) -> None:
    """Write ``models/models.json`` and the chunks of made variants."""
    description = json.loads((ROOT / "models/models.json").read_text(encoding="utf-8"))
    (root / "models/chunks").mkdir(parents=True)
    description["second_opinion"] = ""
    for name in [name for name in description["variants"] if name not in networks]:
        del description["variants"][name]
    for name, network in networks.items():
        content = network.SerializeToString()
        length = -(-len(content) // CHUNKS)
        pieces = [content[start : start + length] for start in range(0, len(content), length)]
        chunks = []
        for piece in pieces:
            sha256 = hashlib.sha256(piece).hexdigest()
            path = f"models/chunks/{sha256}.bin"
            (root / path).write_bytes(piece)
            chunks.append({"path": path, "bytes": len(piece), "sha256": sha256})
        description["variants"][name] |= {
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "chunks": chunks,
        }
    (root / "models/models.json").write_text(json.dumps(description), encoding="utf-8")
    models = {name: network.SerializeToString() for name, network in networks.items()}
    (root / CANARY).write_bytes(canary(models))


def chunks_of(root: Path, variant: str = "q4") -> list[dict[str, object]]:
    """Return the chunks that ``models/models.json`` names for a variant."""
    description = json.loads((root / "models/models.json").read_text(encoding="utf-8"))
    return description["variants"][variant]["chunks"]
