"""The canary is a picture that decoders read, and is found however it is written."""

import base64
import io
import urllib.parse

import numpy as np
import pytest
from PIL import Image

from core.pipeline import cut_out_file
from tools.model.native_reference import open_session, variant_bytes
from ui.privacy.probe import LIGHT, RADIUS, SIDE, WINDOW, bitmap, dots, found_in, token, traces

NAME = token(bytes(range(40, 56)))
HOST = "https://host.example/homecut/collect/"


def random_bytes(seed):
    return np.random.default_rng(seed).integers(0, 256, SIDE * SIDE * 3, np.uint8).tobytes()


@pytest.fixture
def pixels():
    return dots(random_bytes(11))


@pytest.fixture
def searched(pixels):
    return traces(pixels, NAME)


def decoded(pixels, mode="RGB"):
    return Image.open(io.BytesIO(bitmap(pixels))).convert(mode).tobytes()


def test_decoders_read_the_picture(pixels):
    image = Image.open(io.BytesIO(bitmap(pixels)))
    assert (image.format, image.size, image.mode) == ("BMP", (SIDE, SIDE), "RGB")


def test_the_picture_has_a_light_subject_and_keeps_six_random_bits_of_each_byte():
    random = random_bytes(12)
    made = np.frombuffer(dots(random), np.uint8)
    is_light = (made & LIGHT == LIGHT).reshape(SIDE, SIDE, 3)
    assert is_light.any(axis=2).tolist() == is_light.all(axis=2).tolist()
    assert is_light[SIDE // 2, SIDE // 2].all()
    assert is_light[..., 0].sum() == pytest.approx(np.pi * RADIUS**2, rel=0.03)
    assert ((made & LIGHT)[~is_light.ravel()] == 0).all()
    assert (made & ~np.uint8(LIGHT)).tolist() == [value >> 2 for value in random]


def test_the_network_that_ships_finds_its_subject():
    """Else the self-audit fails for everybody: noise without a disc has no subject."""
    session = open_session(variant_bytes())
    for seed in range(3):
        file = bitmap(dots(random_bytes(seed)))
        png = cut_out_file(file, lambda tensor: session.run(None, {"input": tensor})[0])
        alpha = np.asarray(Image.open(io.BytesIO(png)).getchannel("A"))
        assert 0.25 < (alpha > 128).mean() < 0.4


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
        "assets/vendor/pyodide/packages.tar.gz",
        "models/chunks/" + "0123456789abcdef" * 4 + ".bin", "%", "%zz%4", "1,2,3,4,5,6,7,8",
    ],
)  # fmt: skip
def test_the_addresses_of_the_page_are_not_taken_for_it(searched, path):
    assert found_in("https://host.example/homecut/" + path, searched) == ""
