"""Background, shadow, frame and edges, chosen with a real pointer and judged in the saved file."""

import numpy as np
import pytest
from PIL import Image

from tests.browser.support.editing import (
    DISC,
    EMPTY,
    HEIGHT,
    PHONE,
    SMALL,
    WIDTH,
    choose,
    download,
    fresh,
    open_tool,
    saved_pixels,
    scene,
    settle,
    shown,
    slide,
    type_colour,
)

SIZES = {"desktop": {"viewport": {"width": 1280, "height": 800}}, "phone": PHONE}


@pytest.fixture(scope="module", params=["desktop", pytest.param("phone", marks=pytest.mark.slow)])
def window(request, open_shared_page, made_server):
    """A desktop's window, and a phone."""
    return open_shared_page(made_server.url, reduced_motion="reduce", **SIZES[request.param])


@pytest.fixture
def page(window, tmp_path):
    """A finished cutout that nobody has edited."""
    return fresh(window, tmp_path)


def at(pixels, point):
    """Return a saved picture's pixel at a point (0..1 each)."""
    return pixels[int(point[1] * pixels.shape[0]), int(point[0] * pixels.shape[1])].tolist()


def test_a_typed_colour_stands_behind_the_subject_and_is_offered_again(page, tmp_path):
    open_tool(page, "background")
    choose(page, "background", "colour")
    type_colour(page, "Colour", "#3a6")
    settle(page)
    pixels = saved_pixels(page, tmp_path / "saved.png")

    assert at(pixels, EMPTY)[:3] == [0x33, 0xAA, 0x66]
    assert at(pixels, DISC)[:3] == at(np.asarray(scene()), DISC)
    assert shown(page, EMPTY) == [0x33, 0xAA, 0x66, 255]
    type_colour(page, "Colour", "#000000")
    page.page.get_by_role("button", name="Use #33aa66").first.click()
    settle(page)
    assert shown(page, EMPTY)[:3] == [0x33, 0xAA, 0x66]


@pytest.mark.slow
def test_what_is_no_colour_is_not_taken(page):
    open_tool(page, "background")
    choose(page, "background", "colour")
    type_colour(page, "Colour", "#12345")
    field = page.page.get_by_label("Colour as hexadecimal code", exact=True)
    assert field.input_value() == "#ffffff"
    hint = page.page.locator(".control-hint:visible", has_text="No colour code. One looks like")
    assert hint.count() == 1
    type_colour(page, "Colour", "#fff0f0")
    assert hint.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["linear", "radial"])
def test_a_gradient_goes_from_the_first_colour_to_the_second(page, tmp_path, kind):
    open_tool(page, "background")
    choose(page, "background", kind)
    type_colour(page, "First colour", "#ff0000")
    type_colour(page, "Second colour", "#0000ff")
    settle(page)
    pixels = saved_pixels(page, tmp_path / "saved.png").astype(int)

    start, end = ((0.95, 0.02), (0.95, 0.98)) if kind == "linear" else ((0.62, 0.55), (0.99, 0.99))
    assert at(pixels, start)[0] > at(pixels, end)[0] + 60
    assert at(pixels, end)[2] > at(pixels, start)[2] + 60


def test_an_own_picture_fills_the_background(page, tmp_path):
    halves = np.zeros((60, 120, 3), np.uint8)
    halves[:, :60], halves[:, 60:] = (200, 30, 40), (30, 60, 200)
    Image.fromarray(halves).save(tmp_path / "behind.png")
    open_tool(page, "background")
    with page.page.expect_file_chooser() as waiting:
        choose(page, "background", "image")
    waiting.value.set_files(tmp_path / "behind.png")
    settle(page)
    pixels = saved_pixels(page, tmp_path / "saved.png")

    assert at(pixels, (0.02, 0.02))[:3] == [200, 30, 40]
    assert at(pixels, (0.98, 0.98))[:3] == [30, 60, 200]
    assert at(pixels, DISC)[:3] == at(np.asarray(scene()), DISC)


@pytest.mark.slow
def test_blurred_surroundings_hold_nothing_of_the_subject(page, tmp_path):
    open_tool(page, "background")
    choose(page, "background", "blur")
    slide(page, "blur", 1)
    settle(page)
    pixels = saved_pixels(page, tmp_path / "saved.png").astype(int)
    beside = at(pixels, (DISC[0], DISC[1] + 145 / HEIGHT))

    assert max(beside[:3]) < 110, "the bright disc glows into its surroundings"
    assert at(pixels, DISC)[:3] == at(np.asarray(scene()), DISC)


@pytest.mark.parametrize("kind", ["drop", pytest.param("contact", marks=pytest.mark.slow)])
def test_a_shadow_falls_beside_the_subject_and_stays_half_transparent(page, tmp_path, kind):
    plain = saved_pixels(page, tmp_path / "plain.png")
    open_tool(page, "background")
    choose(page, "shadow", kind)
    slide(page, "shadow-opacity", 0.8)
    slide(page, "shadow-offset-1", 0.05)
    settle(page)
    pixels = saved_pixels(page, tmp_path / "saved.png")

    added = (pixels[..., 3] > 20) & (plain[..., 3] == 0)
    assert added.sum() > 200
    assert pixels[added][:, 3].max() < 230
    assert np.nonzero(added)[0].mean() > HEIGHT * 0.5, "it falls downwards"
    assert at(pixels, DISC) == at(plain, DISC)


def test_the_crop_follows_the_subject_with_its_margin_and_can_be_undone(page, tmp_path):
    open_tool(page, "frame")
    choose(page, "framing", "subject")
    slide(page, "margin", 0)
    settle(page)
    tight = saved_pixels(page, tmp_path / "tight.png")
    assert tight.shape[1] == pytest.approx((SMALL[0] - DISC[0]) * WIDTH + 180, abs=8)
    assert tight.shape[0] == pytest.approx(276, abs=8)

    choose(page, "margin-unit", "px")
    slide(page, "margin", 40)
    settle(page)
    wide = saved_pixels(page, tmp_path / "wide.png")
    assert wide.shape[1] == tight.shape[1] + 80
    assert wide.shape[0] == tight.shape[0] + 80

    choose(page, "framing", "original")
    settle(page)
    assert saved_pixels(page, tmp_path / "whole.png").shape[:2] == (HEIGHT, WIDTH)


@pytest.mark.slow
def test_trimming_leaves_no_empty_border(page, tmp_path):
    open_tool(page, "frame")
    choose(page, "framing", "trim")
    settle(page)
    alpha = saved_pixels(page, tmp_path / "trimmed.png")[..., 3]
    assert all(side.any() for side in (alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]))
    assert alpha.shape[0] < HEIGHT


@pytest.mark.parametrize(
    ("preset", "size", "dpi"),
    [
        pytest.param("square", None, None, marks=pytest.mark.slow),
        pytest.param("portrait", None, None, marks=pytest.mark.slow),
        pytest.param("wide", None, None, marks=pytest.mark.slow),
        ("passport", (413, 531), 300),
        pytest.param("us-passport", (600, 600), 300, marks=pytest.mark.slow),
        pytest.param("marketplace", (2000, 2000), None, marks=pytest.mark.slow),
    ],
)
def test_canvas_presets_have_their_size_and_background(page, tmp_path, preset, size, dpi):
    open_tool(page, "frame")
    choose(page, "framing", f"canvas {preset}")
    settle(page)
    with Image.open(download(page, tmp_path / "saved.png")) as image:
        found, resolution, mode = image.size, image.info.get("dpi"), image.mode
        corner = image.convert("RGBA").getpixel((2, 2))
    ratios = {"square": 1, "portrait": 4 / 5, "wide": 16 / 9}
    if size is None:
        assert found[0] / found[1] == pytest.approx(ratios[preset], abs=0.01)
        assert corner[3] == 0
    else:
        assert found == size
        assert (mode, corner) == ("RGB", (255, 255, 255, 255))
    if dpi is not None:
        assert resolution[0] == pytest.approx(dpi, abs=0.5)

    page.page.click("#undo")
    settle(page)
    assert saved_pixels(page, tmp_path / "undone.png").shape == (HEIGHT, WIDTH, 4)
    assert page.page.input_value("#control-framing") == "original"


def test_edge_sliders_move_and_soften_the_edge_without_the_network(page, tmp_path):
    plain = saved_pixels(page, tmp_path / "plain.png")[..., 3].astype(int)
    open_tool(page, "edges")
    slide(page, "shift", 6)
    settle(page)
    grown = saved_pixels(page, tmp_path / "grown.png")[..., 3].astype(int)
    assert grown.sum() > plain.sum() * 1.03
    assert (grown >= plain - 1).all()

    slide(page, "shift", 0)
    slide(page, "feather", 8)
    settle(page)
    soft = saved_pixels(page, tmp_path / "soft.png")[..., 3]
    half = (soft > 20) & (soft < 235)
    assert half.sum() > 3 * ((plain > 20) & (plain < 235)).sum()
    assert page.page.locator(".row[data-state=inferring]").count() == 0

    slide(page, "feather", 0)
    page.page.click("label:has(#control-largest-only)")
    settle(page)
    assert at(saved_pixels(page, tmp_path / "largest.png"), SMALL)[3] == 0


@pytest.mark.slow
def test_a_slider_goes_by_arrow_keys_and_says_its_value(page):
    open_tool(page, "edges")
    slider = page.page.locator("#control-feather")
    slider.focus()
    for _ in range(3):
        page.page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "1.5\u00a0px"
    page.page.keyboard.press("Control+z")
    assert slider.get_attribute("aria-valuetext") != "1.5\u00a0px"
