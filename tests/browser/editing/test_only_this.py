"""A box, a click or the keyboard tells what is meant; where nothing is found the page asks."""

import numpy as np
import pytest
from PIL import Image
from skimage import data

from common.notices import notice
from tests.browser.support.editing import (
    DISC,
    EMPTY,
    SMALL,
    alpha_at,
    close_panel,
    emptied,
    fresh,
    fresh_files,
    open_tool,
    place,
    saved_pixels,
    settle,
    slide,
    wait_until_revealed,
)
from tests.browser.support.hands import drag
from tools.pages.page_driver import HomecutPage
from tools.site.server import running_server

AROUND_SMALL = [(0.70, 0.13), (0.8, 0.3), (0.94, 0.47)]
"""A box around the small disc, drawn from one corner to the other."""

PERCENT = (70, 13, 94, 47)
"""The same box for the sliders."""


@pytest.fixture(scope="module")
def desktop(open_shared_page, made_server):
    """A wide window with a mouse."""
    return open_shared_page(made_server.url, reduced_motion="reduce")


@pytest.fixture
def page(desktop, tmp_path):
    """A finished cutout of two discs, and the tool open."""
    fresh(desktop, tmp_path)
    open_tool(desktop, "subject")
    settle(desktop)
    return desktop


def done(page: HomecutPage) -> None:
    """Wait until the photo has run again."""
    page.page.wait_for_selector(".row[data-state=done]", state="attached")
    settle(page)


def discs(page: HomecutPage, target) -> tuple[int, int]:
    """Return the alpha of the large and of the small disc in the saved file."""
    pixels = saved_pixels(page, target)
    return alpha_at(pixels, DISC), alpha_at(pixels, SMALL)


def test_a_box_a_click_undo_and_the_whole_photo_again(page, tmp_path):
    file = tmp_path / "saved.png"
    drag(page, AROUND_SMALL)
    done(page)
    assert page.page.locator("#overlay-canvas").is_visible(), "the box is still to be seen"
    assert discs(page, file) == (0, 255)
    assert page.page.locator("#panel", has_text="1 place is meant.").is_visible()

    page.page.mouse.click(*place(page, DISC))
    done(page)
    assert discs(page, file) == (255, 255)
    assert page.page.locator("#panel", has_text="2 places are meant.").is_visible()

    page.page.keyboard.press("Control+z")
    done(page)
    assert discs(page, file) == (0, 255)

    page.page.get_by_role("button", name="The whole photo again").click()
    done(page)
    assert discs(page, file) == (255, 255)


def test_the_keyboard_alone_draws_a_box(page, tmp_path):
    close_panel(page)
    page.page.keyboard.press("m")
    page.page.locator("#panel").wait_for()
    box_by_keys(page, PERCENT)
    done(page)
    assert discs(page, tmp_path / "saved.png") == (0, 255)


def box_by_keys(page: HomecutPage, percent: tuple[int, int, int, int]) -> None:
    """Set the open panel's four sliders by keys alone, and use the box."""
    for at, value in enumerate(percent):
        slider = page.page.locator(f"#control-subject-{at}")
        slider.focus()
        page.page.keyboard.press("Home")
        for _ in range(value // 10):
            page.page.keyboard.press("PageUp")
        for _ in range(value % 10):
            page.page.keyboard.press("ArrowRight")
        assert slider.input_value() == str(value)
    page.page.get_by_role("button", name="Use this box").focus()
    page.page.keyboard.press("Enter")


@pytest.mark.slow
def test_a_box_drawn_before_the_first_result_counts(open_page, slow_server, tmp_path):
    page = open_page(slow_server.url, reduced_motion="reduce")
    page.add_files([save(tmp_path, "scene.png")])
    page.page.wait_for_selector(".row[data-state=inferring]")
    page.page.locator("#tool-subject").click()
    corners = [place(page, point, "photo-canvas") for point in AROUND_SMALL]
    page.page.mouse.move(*corners[0])
    page.page.mouse.down()
    for corner in corners[1:]:
        page.page.mouse.move(*corner)
    page.page.mouse.up()
    page.wait_until_ended()
    settle(page)
    assert discs(page, tmp_path / "saved.png") == (0, 255)


def save(folder, name):
    """Write the scene of two discs."""
    from tests.browser.support.editing import save_scene

    return save_scene(folder / name)


def test_where_nothing_was_found_the_page_says_so_and_offers_the_box(desktop, tmp_path):
    """A photo in the dark; the made network sees only what is bright."""
    page = fresh(desktop, tmp_path)
    y, x = np.mgrid[0:480, 0:640]
    dark = np.full((480, 640, 3), 20, np.uint8)
    dark[np.hypot(x - EMPTY[0] * 640, y - EMPTY[1] * 480) < 3] = 240
    Image.fromarray(dark).save(tmp_path / "dark.png")
    page.add_files([tmp_path / "dark.png"])
    page.wait_until_ended()
    page.page.locator(".row").last.locator(".row-select").click()
    message = page.page.locator("#stage-message")
    assert message.inner_text().startswith("No subject was found in this photo.")
    assert not page.page.locator("#download").is_visible()

    page.page.locator("#point").click()
    for at, percent in enumerate((55, 75, 70, 95)):
        slide(page, f"subject-{at}", percent)
    page.page.get_by_role("button", name="Use this box").click()
    page.page.wait_for_selector(".row:last-child[data-state=done]", state="attached")
    settle(page)
    pixels = saved_pixels(page, tmp_path / "saved.png")
    assert alpha_at(pixels, EMPTY) == 255
    assert 0 < (pixels[..., 3] > 128).mean() < 0.001
    close_panel(page)


def test_where_nearly_all_was_taken_the_page_says_so_and_offers_the_box(desktop, tmp_path):
    """A photo that is bright everywhere; its file is there all the same."""
    page = fresh(desktop, tmp_path)
    grain = np.random.default_rng(3).integers(200, 250, (480, 640, 3), np.uint8)
    Image.fromarray(grain).save(tmp_path / "bright.png")
    page.add_files([tmp_path / "bright.png"])
    page.wait_until_ended()
    page.page.locator(".row").last.locator(".row-select").click()
    settle(page)
    assert notice("everything_found") in page.page.locator("#stage-facts").text_content()
    assert page.page.locator("#download").is_visible()

    page.page.locator("#point").click()
    wait_until_revealed(page)
    page.page.get_by_role("button", name="Use this box").click()
    page.page.wait_for_selector(".row:last-child[data-state=done]", state="attached")
    close_panel(page)


@pytest.fixture(scope="module")
def real(open_shared_page):
    """The page with the weights that ship."""
    with running_server() as server:
        yield open_shared_page(server.url, reduced_motion="reduce")


def cat_and_cup(page: HomecutPage, folder) -> None:
    """Let the page cut out two photographs beside each other, and open the tool."""
    both = np.hstack([data.chelsea()[:300, :400], data.coffee()[50:350, 100:500]])
    Image.fromarray(both).save(folder / "both.png")
    fresh_files(page, [folder / "both.png"])
    open_tool(page, "subject")
    settle(page)


@pytest.mark.slow
def test_of_two_real_subjects_only_the_one_pointed_at_stays(real, tmp_path):
    """A cat and a cup, two photographs beside each other, through the weights that ship."""
    page = real
    cat_and_cup(page, tmp_path)
    drag(page, [(0.51, 0.02), (0.7, 0.5), (0.99, 0.98)])
    done(page)
    only_the_cup(saved_pixels(page, tmp_path / "cup.png"))
    page.page.keyboard.press("Control+z")
    page.page.mouse.click(*place(page, (0.25, 0.5)))
    done(page)
    alpha = saved_pixels(page, tmp_path / "cat.png")[..., 3]
    assert (alpha[:, :390] > 128).mean() > 0.3
    assert (alpha[:, 420:] > 128).mean() < 0.05


def only_the_cup(pixels: np.ndarray) -> None:
    """Check that of cat and cup only the cup is left."""
    alpha = pixels[..., 3]
    assert (alpha[:, :390] == 0).all()
    assert 0.1 < (alpha[:, 400:] > 128).mean() < 0.9


@pytest.mark.slow
def test_the_keyboard_alone_points_at_one_of_two_real_subjects(real, tmp_path):
    page = real
    cat_and_cup(page, tmp_path)
    close_panel(page)
    page.page.keyboard.press("m")
    box_by_keys(page, (51, 2, 99, 98))
    done(page)
    only_the_cup(saved_pixels(page, tmp_path / "cup.png"))


@pytest.mark.slow
def test_of_gravel_the_page_says_that_nothing_was_found_and_no_box_makes_an_empty_file(
    real, tmp_path
):
    """A photograph of a ground: there is no subject, nor is there one within a box."""
    page = real
    emptied(page)
    Image.fromarray(data.gravel()).save(tmp_path / "gravel.png")
    page.add_files([tmp_path / "gravel.png"])
    page.wait_until_ended()
    says_that_nothing_was_found(page)
    page.page.locator("#point").focus()
    page.page.keyboard.press("Enter")
    page.page.locator("#panel").wait_for()
    box_by_keys(page, (10, 10, 30, 30))
    page.page.wait_for_selector(".row[data-state=inferring]", state="attached")
    page.wait_until_ended()
    says_that_nothing_was_found(page)


def says_that_nothing_was_found(page: HomecutPage) -> None:
    """Check that the page says it and offers the box, and nothing to save."""
    message = page.page.locator("#stage-message")
    assert message.inner_text().startswith("No subject was found in this photo.")
    assert page.page.locator("#point").is_visible()
    assert not page.page.locator("#download").is_visible()
