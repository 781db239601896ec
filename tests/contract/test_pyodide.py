"""core/ does in the page's Pyodide what it does here: same tests, same pixels."""

import ast
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.contract.cut_out_samples import cut_out_all
from tests.contract.in_pyodide import run_in_pyodide
from tests.core.pictures import ADOBE_RGB, DISPLAY_P3, gradient, png_of_16_bit_rgb, save, texture
from tools.setup.checkout import ROOT

HERE = Path(__file__).parent

CPYTHON_ONLY = {
    "test_memory": "starts processes, which wasm has not",
    "test_leaks_whole": "has pytest's marks; its smaller twin runs there",
    "test_blocks_elsewhere": "reads with bcdec, which Pyodide has not",
    "test_boxes": "reads with libavif, libjxl and LittleCMS, which Pyodide has not",
    "test_tables_littlecms": "compares with LittleCMS, which Pyodide's Pillow has not",
    "test_colour_littlecms": "compares with LittleCMS, which Pyodide's Pillow has not",
    **dict.fromkeys(
        (
            "test_bitmaps",
            "test_closer",
            "test_document",
            "test_drawing",
            "test_graphic",
            "test_known",
            "test_netpbm",
            "test_raw_photo",
            "test_small_kinds",
        ),
        "has pytest's marks",
    ),
}


def files_of_tests():
    """Return every file of tests below tests/core."""
    return sorted((ROOT / "tests/core").rglob("test_*.py"))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """The outcome of the tests of core/ inside Pyodide."""
    folder = tmp_path_factory.mktemp("tests")
    files = [file for file in files_of_tests() if file.stem not in CPYTHON_ONLY]
    chosen = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]
    (folder / "modules.json").write_text(json.dumps(chosen), "utf-8")
    run_in_pyodide(folder, "pyodide_run_tests.py")
    return json.loads((folder / "outcome.json").read_text("utf-8"))


def names_in_the_sources():
    """Return module.function of every test in tests/core that Pyodide has to pass."""
    names = set()
    for file in files_of_tests():
        if file.stem in CPYTHON_ONLY:
            continue
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                names.add(f"{file.stem}.{node.name}")
    return names


def test_the_tests_of_core_pass_in_the_pages_own_pyodide(outcome):
    assert outcome["failed"] == {}


def test_none_of_the_tests_of_core_was_left_out(outcome):
    assert set(outcome["passed"]) == names_in_the_sources()


def test_it_was_the_pinned_pyodide_that_ran_them(outcome):
    assert outcome["platform"] == "emscripten"
    lock = json.loads((ROOT / "assets/vendor/pyodide/pyodide-lock.json").read_text("utf-8"))
    assert outcome["numpy"] == lock["packages"]["numpy"]["version"]
    assert outcome["pillow"] == lock["packages"]["pillow"]["version"]


def test_the_codecs_that_the_code_works_around_are_still_missing(outcome):
    """When this fails, Pyodide's Pillow has learnt something: simplify core/ accordingly."""
    assert not outcome["littlecms"]
    assert not outcome["jpeg2000"]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The folder with the numbers that CPython and Pyodide computed from the same files."""
    folder = tmp_path_factory.mktemp("pixels")
    for name in ("samples", "cpython", "pyodide"):
        (folder / name).mkdir()
    for name, data in samples().items():
        (folder / "samples" / name).write_bytes(data)
    cut_out_all(folder / "samples", folder / "cpython")
    run_in_pyodide(folder, "cut_out_samples.py")
    return folder


def samples():
    """Return small files of many formats by name."""
    photo = texture(360, 240)
    turned = Image.Exif()
    turned[0x0112] = 6
    translucent = photo.copy()
    translucent.putalpha(Image.radial_gradient("L").resize(photo.size))
    grey = np.linspace(0, 65535, 360 * 240).reshape(240, 360).astype(np.uint16)
    return {
        "plain.png": save(photo, "PNG"),
        "turned.png": save(photo, "PNG", exif=turned.tobytes()),
        "display-p3.png": save(photo, "PNG", icc_profile=DISPLAY_P3),
        "adobe-rgb.png": save(translucent, "PNG", icc_profile=ADOBE_RGB),
        "translucent.png": save(translucent, "PNG"),
        "translucent.webp": save(translucent, "WEBP", lossless=True, exact=True),
        "grey16.png": save(Image.fromarray(grey), "PNG"),
        "colour16.png": png_of_16_bit_rgb(np.asarray(gradient()).astype(np.uint16) * 257),
        "palette.png": save(photo.quantize(64), "PNG", transparency=3),
        "animation.gif": save(
            photo.quantize(64), "GIF", save_all=True, append_images=[gradient(360, 240)]
        ),
        "turned.tiff": save(photo, "TIFF", tiffinfo={0x0112: 8}, compression="tiff_lzw"),
        "cmyk.tiff": save(photo.convert("CMYK"), "TIFF"),
        "bitmap.bmp": save(photo, "BMP"),
        "full-chroma.jpg": save(photo, "JPEG", quality=95, subsampling=0),
        "photo.jpg": save(photo, "JPEG", quality=90),
        "lossy.webp": save(photo, "WEBP", quality=90),
    }


def differences(folder, name, kind):
    """Return absolute differences between CPython's and Pyodide's numbers for a file."""
    here, there = (
        np.load(folder / place / f"{name}.{kind}.npy").astype(float)
        for place in ("cpython", "pyodide")
    )
    assert here.shape == there.shape, name
    return np.abs(here - there)


def seen_on_black(folder, name):
    """Return a file's cutout as colours in proportion to alpha, and alpha, float64 (h, w, 4).

    An estimate of the colours of a pixel that hardly shows is as uncertain as it is invisible.
    """
    cutout = np.load(folder / f"{name}.cutout.npy").astype(float)
    cutout[..., :3] *= cutout[..., 3:] / 255
    return cutout


def test_lossless_files_give_the_same_cutout_to_the_bit(both):
    lossless = [name for name in samples() if not name.endswith(".jpg")]
    lossless.remove("lossy.webp")
    assert len(lossless) >= 12
    for name in lossless:
        assert differences(both, name, "cutout").max() == 0, name
        assert differences(both, name, "tensor").max() <= 1e-6, name


def test_lossy_files_differ_by_rounding_only(both):
    """The two JPEG libraries (libjpeg-turbo here, IJG there) round and enlarge chroma apart.

    Soft edges and their own colours follow these differences, a few pixels of them far.
    """
    for name, largest in (("full-chroma.jpg", 2), ("photo.jpg", 32), ("lossy.webp", 1)):
        here, there = (seen_on_black(both / place, name) for place in ("cpython", "pyodide"))
        cutout = np.abs(here - there)
        nearly_all = np.quantile(cutout, 0.9999)
        assert nearly_all <= largest, (name, nearly_all)
        assert cutout.mean() <= 1, (name, cutout.mean())
        tensor = differences(both, name, "tensor")
        assert tensor.max() <= 16 / 256, (name, tensor.max())
        assert tensor.mean() <= 1 / 256, (name, tensor.mean())
