"""The method that is taught and measured is the one that runs in the page."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from common.options import QUALITIES
from core import pipeline
from tests.contract.in_pyodide import run_in_pyodide
from tests.core.mattes import (
    as_alpha,
    as_the_network_sees_it,
    colours_of_a_background,
    colours_of_a_subject,
    composite,
    hair,
)
from tests.core.pictures import DISPLAY_P3, pixels, save

(SIDE,) = QUALITIES["fast"]

LOSSLESS = ("turned-display-p3.png", "translucent.webp")
"""Photos that every library decodes alike."""


def photos():
    """Return photos of hair by file name."""
    photo = composite(hair(), colours_of_a_subject(), colours_of_a_background())
    turned = Image.Exif()
    turned[0x0112] = 6
    translucent = photo.copy()
    translucent.putalpha(Image.linear_gradient("L").resize(photo.size))
    large = photo.resize((2400, 1800), Image.Resampling.BICUBIC)
    return {
        "turned-display-p3.png": save(photo, "PNG", exif=turned.tobytes(), icc_profile=DISPLAY_P3),
        "translucent.webp": save(translucent, "WEBP", lossless=True, exact=True),
        "large.jpg": save(large, "JPEG", quality=92),
    }


def prediction():
    """Return what a network would answer, float32 (1, 1, side, side) in 0..1."""
    seen = as_alpha(as_the_network_sees_it(hair())).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    return (np.asarray(seen).astype(np.float32) / np.float32(255))[np.newaxis, np.newaxis]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("method")
    (folder / "photos").mkdir()
    for name, data in photos().items():
        (folder / "photos" / name).write_bytes(data)
    np.save(folder / "prediction.npy", prediction())
    run_in_pyodide(folder, "pyodide_method.py")
    return folder


@pytest.fixture(scope="module")
def outcome(folder):
    return json.loads((folder / "outcome.json").read_text("utf-8"))


@pytest.mark.parametrize("name", photos())
def test_the_page_s_file_is_the_taught_one_byte_for_byte(outcome, name):
    assert outcome[name] == {"input": True, "finished": True, "later": True, "doubtful": True}


@pytest.mark.parametrize("name", LOSSLESS)
def test_what_this_machine_makes_has_the_pixels_of_the_page_s_file(folder, name):
    """Sums of single precision may round apart by a step of 255."""
    data, answer = photos()[name], prediction()
    taught = Image.open(io.BytesIO(pipeline.cut_out_file(data, lambda _: answer, "fast")))
    with Image.open(folder / f"{name}.png") as page:
        assert (page.mode, page.size) == (taught.mode, taught.size)
        difference = np.abs(pixels(page).astype(int) - pixels(taught).astype(int))
    assert difference.max() <= 1
    assert (difference > 0).mean() < 0.001
