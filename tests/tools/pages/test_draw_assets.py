"""The committed icons, sample photo and pictures for installing are what the scripts make."""

import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tools.pages import draw_icons, draw_sample, screenshots
from tools.setup.checkout import ROOT


@pytest.fixture(scope="module")
def drawn():
    return draw_icons.files()


def pixels(source) -> np.ndarray:
    with Image.open(source) as image:
        return np.asarray(image.convert("RGBA"), np.float32)


def test_the_committed_icons_are_the_drawn_ones(drawn):
    folder = ROOT / "assets" / "icons"
    assert sorted(path.name for path in folder.iterdir()) == sorted(drawn)
    for name, content in drawn.items():
        if name.endswith(".png"):
            # Pixels, not bytes: another zlib may compress them differently.
            assert np.array_equal(pixels(folder / name), pixels(io.BytesIO(content))), name
        else:
            assert (folder / name).read_bytes() == content


def test_the_web_app_manifest_names_icons_of_the_sizes_that_it_promises(drawn):
    manifest = json.loads((ROOT / "app.webmanifest").read_text(encoding="utf-8"))
    for icon in manifest["icons"]:
        content = drawn[Path(icon["src"]).name]
        if icon["type"] == "image/png":
            width, height = Image.open(io.BytesIO(content)).size
            assert icon["sizes"] == f"{width}x{height}"
        else:
            assert ElementTree.fromstring(content).tag.endswith("svg")


def test_what_is_shown_before_installing_are_the_documents_pictures_in_the_promised_sizes():
    manifest = json.loads((ROOT / "app.webmanifest").read_text(encoding="utf-8"))
    shown = manifest["screenshots"]
    assert [Path(shot["src"]).stem for shot in shown] == list(screenshots.INSTALLED)
    assert {shot["form_factor"] for shot in shown} == {"wide", "narrow"}
    for shot in shown:
        file = ROOT / shot["src"]
        with Image.open(file) as picture:
            width, height = picture.size
            assert (shot["type"], picture.format) == ("image/webp", "WEBP")
        assert shot["sizes"] == f"{width}x{height}"
        assert (shot["form_factor"] == "wide") == (width > height)
        # Chromium's limits.
        assert min(width, height) >= 320
        assert max(width, height) <= min(3840, 2.3 * min(width, height))
        document = pixels(screenshots.FOLDER / f"{file.stem}.png")
        assert np.abs(pixels(file) - document).mean() < 4, "made of an older picture"


@pytest.mark.parametrize("size", [192, 512])
def test_a_maskable_icon_keeps_its_mark_in_the_safe_circle(drawn, size):
    colours = pixels(io.BytesIO(drawn[f"maskable-{size}.png"]))
    tile = colours[0, 0]
    y, x = np.mgrid[:size, :size] + 0.5 - size / 2
    outside = np.hypot(x, y) > 0.4 * size
    assert np.all(colours[outside] == tile)
    assert np.any(colours[~outside] != tile)


def test_the_sample_is_the_photograph_from_scikit_image():
    committed = pixels(ROOT / "assets" / "sample" / "sample.jpg")
    original = np.asarray(draw_sample.photo().convert("RGBA"), np.float32)
    assert committed.shape == original.shape
    assert np.abs(committed - original).mean() < 3


def test_the_sample_carries_no_metadata():
    with Image.open(ROOT / "assets" / "sample" / "sample.jpg") as image:
        assert not image.getexif()
        assert "icc_profile" not in image.info
