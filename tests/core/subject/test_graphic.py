"""Flat graphics and ink are recognised and cut out by colour; photographs never are."""

import gc

import numpy as np
import pytest
from PIL import Image
from skimage import data

from core.subject import graphic, ground
from core.subject.graphic import graphic_alpha, graphic_of
from tests.core.subject.drawings import (
    disc,
    flat_ground,
    jpeg,
    laid,
    line_art,
    paper,
    scanned,
    signature,
)

INK = (32, 40, 110)
SIZE = (640, 480)
RING = disc(SIZE, (0.4, 0.4), 0.25, hole=0.6)
DOT = disc(SIZE, (0.75, 0.45), 0.12)


def alpha_of(image):
    """Return the alpha of a picture that must be recognised, float32 (h, w) in 0..1."""
    graphic = graphic_of(image)
    assert graphic is not None
    return np.asarray(graphic_alpha(image, graphic), np.float32) / np.float32(255)


def logo(ground=(255, 255, 255)):
    """Return a ring and a dot in two colours, uint8 (h, w, 3)."""
    return laid(flat_ground(SIZE, ground), [(RING, (200, 30, 40)), (DOT, (20, 90, 60))])


@pytest.mark.parametrize("ground", [(255, 255, 255), (12, 14, 20), (245, 220, 90), (30, 120, 200)])
def test_a_logo_on_any_ground_comes_out_with_its_half_tones_and_holes(ground):
    alpha = alpha_of(Image.fromarray(logo(ground)))
    truth = np.maximum(RING, DOT)
    assert np.abs(alpha - truth).mean() < 0.004
    assert np.percentile(np.abs(alpha - truth), 99.9) < 0.2
    assert alpha[int(0.4 * 640), int(0.4 * 640)] == 0  # the hole


@pytest.mark.parametrize("quality", [95, 75, 50])
def test_what_jpeg_adds_is_neither_ink_nor_a_reason_to_see_no_graphic(quality):
    alpha = alpha_of(jpeg(logo(), quality))
    truth = np.maximum(RING, DOT)
    assert np.abs(alpha - truth).mean() < 0.012
    assert (alpha[truth == 0] > 0.1).mean() < 0.01


@pytest.mark.parametrize("width", [2, 4, 9])
@pytest.mark.parametrize(("grain", "falloff"), [(0, 0), (3, 45), (5, 70)])
def test_a_signature_on_unevenly_lit_paper_is_ink_with_alpha(width, grain, falloff):
    size = (900, 400)
    cover = signature(size, width)
    pixels = laid(paper(size, grain=grain, falloff=falloff), [(cover, INK)])
    alpha = alpha_of(Image.fromarray(pixels))
    assert np.abs(alpha - cover).mean() < 0.008
    assert alpha[cover == 0].mean() < 0.004
    assert alpha[cover == 1].mean() > 0.93


def test_a_blurred_jpeg_scan_of_a_signature_keeps_thin_strokes():
    cover = signature(width=3)
    pixels = laid(paper((900, 400)), [(cover, INK)])
    alpha = alpha_of(jpeg(np.asarray(scanned(pixels)), 80))
    assert alpha.sum() == pytest.approx(cover.sum(), rel=0.2)
    assert alpha[cover == 0].mean() < 0.01


@pytest.mark.parametrize("width", [2, 3, 6])
def test_line_art_keeps_its_strokes_and_what_they_enclose_is_a_hole(width):
    cover = line_art(SIZE, width)
    pixels = laid(flat_ground(SIZE, (255, 255, 255)), [(cover, (20, 20, 20))])
    for picture in (Image.fromarray(pixels), jpeg(pixels, 85)):
        alpha = alpha_of(picture)
        assert np.abs(alpha - cover).mean() < 0.008
        assert alpha[cover == 1].mean() > 0.9
        assert alpha[cover == 0].mean() < 0.01


def test_the_white_of_an_eye_in_a_drawing_of_three_colours_stays():
    eye = disc(SIZE, (0.4, 0.4), 0.08)
    layers = [
        (disc(SIZE, (0.4, 0.4), 0.28), (240, 150, 30)),
        (disc(SIZE, (0.75, 0.45), 0.12), (20, 90, 160)),
        (disc(SIZE, (0.75, 0.62), 0.06), (30, 30, 30)),
        (eye, (255, 255, 255)),
    ]
    alpha = alpha_of(Image.fromarray(laid(flat_ground(SIZE, (255, 255, 255)), layers)))
    assert alpha[256, 256] == 1
    assert alpha[5, 5] == 0


def test_a_scan_of_many_megapixels_is_cut_in_blocks_without_a_seam():
    size = (2600, 1500)
    cover = signature(size, 9)
    alpha = alpha_of(Image.fromarray(laid(paper(size), [(cover, INK)])))
    assert alpha.shape == (1500, 2600)
    assert np.abs(alpha - cover).mean() < 0.008


PHOTOS = ("astronaut", "chelsea", "coffee", "rocket", "camera", "clock", "coins")


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photograph_is_none(name):
    photo = Image.fromarray(getattr(data, name)()).convert("RGB")
    assert graphic_of(photo) is None


@pytest.mark.parametrize("ground", [(255, 255, 255), (0, 0, 0), (128, 128, 128)])
@pytest.mark.parametrize("name", PHOTOS)
def test_a_product_on_a_plain_ground_is_none(name, ground):
    """A round piece of a photograph, as shops show their goods."""
    photo = Image.fromarray(getattr(data, name)()).convert("RGB").resize(SIZE)
    cover = disc(SIZE, (0.5, 0.38), 0.3)[..., np.newaxis]
    plain = flat_ground(SIZE, ground)
    pixels = plain + cover * (np.asarray(photo, np.float32) - plain)
    assert graphic_of(Image.fromarray(np.rint(pixels).astype(np.uint8))) is None


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((300, 400, 3), 255, np.uint8),
        np.tile(np.linspace(0, 255, 400).astype(np.uint8)[:, None], (300, 1, 3)),
        np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8),
    ],
    ids=["nothing", "a gradient", "noise"],
)
def test_an_empty_sheet_a_gradient_and_noise_are_none(pixels):
    assert graphic_of(Image.fromarray(pixels)) is None


@pytest.mark.parametrize("softness", [30, 90])
def test_a_single_coloured_thing_in_soft_light_is_none(softness):
    """An egg on a sheet: one colour, but shaded."""
    y, x = np.mgrid[0:480, 0:640]
    distance = np.hypot(x - 320, y - 240)
    cover = np.clip((150 - distance) / 2, 0, 1)[..., np.newaxis]
    shade = 150 + softness * (x - 320) / 320 - 0.4 * distance
    egg = np.stack([shade + 40, shade, shade - 30], axis=-1)
    pixels = 240 + cover * (egg - 240)
    assert graphic_of(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))) is None


def test_a_picture_is_looked_at_once(monkeypatch):
    looked = []
    monkeypatch.setattr(graphic, "_recognised", lambda image: looked.append(image.size))
    first, second = Image.new("RGB", (9, 9)), Image.new("RGB", (8, 8))
    for image in (first, second, first, second):
        assert graphic.graphic_of(image) is None
    assert looked == [(9, 9), (8, 8)]
    known = id(first)
    del first, image
    gc.collect()
    assert known not in graphic._judged
    assert id(second) in graphic._judged


def test_a_picture_may_be_judged_by_another_one_of_it(monkeypatch):
    monkeypatch.setattr(graphic, "_recognised", lambda image: pytest.fail("looked at again"))
    image = Image.new("RGB", (9, 9))
    graphic.judge(image, None)
    assert graphic.graphic_of(image) is None


@pytest.mark.parametrize("count", [1, 2, 7, 24, 481])
def test_the_median_of_few_colours_is_numpys(count):
    colours = np.random.default_rng(count).integers(0, 256, (count, 3)).astype(np.float32)
    found = ground._median(colours)
    assert found.dtype == np.float32
    assert np.array_equal(found, np.median(colours, axis=0))
