"""The same weights and the same input numbers, run by onnxruntime on this machine's CPU.

What the browser's mask is held against. Needs onnxruntime, which only the test environment has.
"""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from PIL import Image

from core.matte.tensor import to_pixels, to_tensor
from tools.model.chunks import FOLDER, join
from tools.model.description import read_description
from tools.model.package import whole_network
from tools.model.rewriting.graph import INPUT, OUTPUT, serialise
from tools.model.safetensors import is_safetensors
from tools.setup.checkout import ROOT


def variant_bytes(name: str | None = None, root: Path = ROOT) -> bytes:
    """Return a variant (the default one if ``None``) as an ``.onnx`` file, from its chunks.

    Its weights are restored to float32. The chunks must lie in ``models/chunks``
    (:func:`tools.model.store.ensure_models`).
    """
    description = read_description(root / "models" / "models.json")
    data = join(description.variants[name or description.default], root / FOLDER)
    return serialise(whole_network(data)) if is_safetensors(data) else data


def open_session(model: bytes | Path) -> onnxruntime.InferenceSession:
    """Return a CPU session for a model's bytes or file."""
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, providers=["CPUExecutionProvider"])


def native_mask(
    model: bytes | Path | onnxruntime.InferenceSession,
    image: Image.Image,
    size: int,
    root: Path = ROOT,
) -> npt.NDArray[np.float32]:
    """Return the network's mask of a photo, ``float32 [size, size]`` in 0..1.

    ``model`` is one of our variants: its bytes, its file, or a session that is used again.
    ``image`` is RGB of any proportions; it is squashed to ``size`` x ``size`` pixels, a multiple
    of the network's ``size_multiple`` (the one size of a network that takes pixels).
    """
    session = model if isinstance(model, onnxruntime.InferenceSession) else open_session(model)
    if takes_pixels(session):
        return native_answer(session, to_pixels(image, size))
    network = read_description(root / "models" / "models.json").main
    if size % network.size_multiple:
        raise ValueError(f"{size} is no multiple of {network.size_multiple}")
    scaling = network.scaling
    return native_answer(session, to_tensor(image, size, scaling.mean, scaling.divisor))


def takes_pixels(session: onnxruntime.InferenceSession) -> bool:
    """Tell whether a network scales by itself (:mod:`tools.model.rewriting.pixels`)."""
    return bool(session.get_inputs()[0].type == "tensor(uint8)")


def native_answer(
    session: onnxruntime.InferenceSession, tensor: npt.NDArray[Any]
) -> npt.NDArray[np.float32]:
    """Return the network's mask, float32 (side, side) in 0..1.

    ``tensor`` is float32 (1, 3, side, side), or for a network that takes pixels uint8
    (side, side, 4).
    """
    (mask,) = session.run([OUTPUT], {INPUT: tensor})
    levels: npt.NDArray[np.float32] = np.asarray(mask, np.float32).reshape(mask.shape[-2:])
    if mask.dtype == np.uint8:
        levels /= np.float32(255)
    return levels
