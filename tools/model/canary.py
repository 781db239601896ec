"""The canary of the graphics card: ``python -m tools.model.canary`` writes
``models/canary.safetensors``.

A small photograph as the network's input, and what each variant of the weights makes of it on the
processor (see ``inference/canary.py``). Run it with the Python of the test environment after a
change to the weights; a test compares the file with what onnxruntime computes now.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image
from skimage import data

from core.matte.tensor import to_tensor
from tools.model.description import read_description
from tools.model.native_reference import open_session, variant_bytes
from tools.model.safetensors import Contents, encode
from tools.model.store import ensure_models
from tools.setup.checkout import CANARY, ROOT
from tools.setup.progress import make_console

SIDE = 128
"""The least that the network takes (``tools/model/rewriting/layers.py``), so that the test is
quick."""

PHOTO = "astronaut"
"""A photograph of NASA's (public domain) in the scikit-image package, in which much is decided."""


def canary_input() -> npt.NDArray[np.float32]:
    """Return the input, float32 ``[1, 3, SIDE, SIDE]``."""
    scaling = read_description(ROOT / "models" / "models.json").main.scaling
    photo = Image.fromarray(getattr(data, PHOTO)())
    return to_tensor(photo, SIDE, scaling.mean, scaling.divisor)


def canary_variants() -> list[str]:
    """Return the names of the variants that may run on a graphics card."""
    description = read_description(ROOT / "models" / "models.json")
    return [n for n in description.variants if not description.network_of(n).takes_pixels]


def levels(model: bytes, values: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Return what a model makes of an input, as uint8 ``[SIDE, SIDE]`` (255 is foreground)."""
    (mask,) = open_session(model).run(["output"], {"input": values})
    flat = np.asarray(mask, np.float32).reshape(values.shape[-2:])
    return np.rint(np.clip(flat, 0, 1) * 255).astype(np.uint8)


def canary(models: dict[str, bytes]) -> bytes:
    """Return the canary's file for variants of the weights, each an ONNX file, by name."""
    values = canary_input()
    answers = {name: levels(model, values) for name, model in models.items()}
    return encode(Contents({"input": values, **answers}, {}))


def write() -> None:
    """Write the file into the checkout."""
    ensure_models(make_console())
    models = {name: variant_bytes(name) for name in canary_variants()}
    (ROOT / CANARY).write_bytes(canary(models))


if __name__ == "__main__":
    write()
