"""A network on pixels answers as NumPy says: scaled by the picture, stretched by its own range."""

import numpy as np
import onnxruntime
import pytest

from tests.tools.model.tiny_network import tiny_network
from tools.model.rewriting.graph import full_precision
from tools.model.rewriting.pixels import on_pixels
from tools.model.rewriting.scaling import Scaling

SIDE = 64
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def answer(model, name, values):
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(None, {name: values})[0]


def picture(brightest: int = 201) -> np.ndarray:
    pixels = np.random.default_rng(5).integers(0, brightest, (SIDE, SIDE, 4), np.uint8)
    pixels[3, 5, 1] = brightest
    return pixels


@pytest.mark.parametrize("largest", [True, False])
def test_pixels_are_scaled_and_the_answer_is_stretched(largest):
    full = full_precision(tiny_network())
    scaling = Scaling(MEAN, DEVIATION, largest)
    pixels = picture()
    values = pixels[..., :3].astype(np.float32) / (201 if largest else 1)
    scaled = ((values - np.float32(MEAN)) / np.float32(DEVIATION)).transpose(2, 0, 1)[np.newaxis]
    raw = answer(full, "input", np.ascontiguousarray(scaled, np.float32))
    expected = np.rint((raw - raw.min()) / (raw.max() - raw.min()) * 255)

    found = answer(on_pixels(full, scaling, SIDE), "input", pixels)

    assert found.dtype == np.uint8
    assert found.shape == (1, 1, SIDE, SIDE)
    assert np.abs(found.astype(int) - expected).max() <= 1
    assert (found.min(), found.max()) == (0, 255)


def test_alpha_has_no_say():
    model = on_pixels(full_precision(tiny_network()), Scaling(MEAN, DEVIATION, True), SIDE)
    pixels = picture()
    opaque = pixels.copy()
    opaque[..., 3] = 255
    assert np.array_equal(answer(model, "input", pixels), answer(model, "input", opaque))


def test_a_black_picture_divides_by_nothing():
    model = on_pixels(full_precision(tiny_network()), Scaling(MEAN, DEVIATION, True), SIDE)
    found = answer(model, "input", np.zeros((SIDE, SIDE, 4), np.uint8))
    assert found.dtype == np.uint8
