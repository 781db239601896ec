"""The canary is a picture that decoders read, and is found however it is written."""

import base64
import io
import urllib.parse

import numpy as np
import pytest
from PIL import Image

from ui.privacy.probe import SIDE, WINDOW, bitmap, found_in, token, traces

NAME = token(bytes(range(40, 56)))
HOST = "https://host.example/homecut/collect/"


@pytest.fixture
def pixels():
    return np.random.default_rng(11).integers(0, 256, SIDE * SIDE * 3, np.uint8).tobytes()


@pytest.fixture
def searched(pixels):
    return traces(pixels, NAME)


def decoded(pixels, mode="RGB"):
    return Image.open(io.BytesIO(bitmap(pixels))).convert(mode).tobytes()


def test_decoders_read_the_picture(pixels):
    image = Image.open(io.BytesIO(bitmap(pixels)))
    assert (image.format, image.size, image.mode) == ("BMP", (SIDE, SIDE), "RGB")


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_traces_hold_the_pixels_as_decoders_have_them(pixels, searched, mode):
    assert decoded(pixels, mode) in searched


WRITTEN = {
    "base64": lambda data: base64.b64encode(data).decode(),
    "base64 for addresses": lambda data: base64.urlsafe_b64encode(data).decode(),
    "hexadecimal": lambda data: data.hex(),
    "capital hexadecimal": lambda data: data.hex().upper(),
    "percent": lambda data: urllib.parse.quote(data, safe=""),
    "decimal": lambda data: ",".join(map(str, data)),
    "percent inside of base64": lambda data: urllib.parse.quote(base64.b64encode(data), safe=""),
}


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize("offset", [0, 1, 2, 3])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "file"])
def test_a_few_of_its_bytes_are_found_in_every_writing(pixels, searched, form, offset, mode):
    data = bitmap(pixels)[54:] if mode == "file" else decoded(pixels, mode)
    piece = data[400 + offset : 400 + offset + 3 * WINDOW]
    assert found_in(HOST + "a" * offset + WRITTEN[form](piece), searched)


def test_its_name_is_found(searched):
    assert found_in(HOST + f"canary-{NAME}.bmp", searched)


@pytest.mark.parametrize(
    "path",
    [
        "", "ui/privacy/probe.py",
        "assets/vendor/pyodide/numpy-2.4.3-cp314-cp314-pyemscripten_2026_0_wasm32.whl",
        "models/chunks/" + "0123456789abcdef" * 4 + ".bin", "%", "%zz%4", "1,2,3,4,5,6,7,8",
    ],
)  # fmt: skip
def test_the_addresses_of_the_page_are_not_taken_for_it(searched, path):
    assert found_in("https://host.example/homecut/" + path, searched) == ""
