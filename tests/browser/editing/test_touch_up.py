"""Touch-up by a real pointer: what was painted is what the saved file shows, and nothing else."""

import numpy as np
import pytest

from tests.browser.support.editing import (
    DISC,
    EMPTY,
    PHONE,
    SMALL,
    alpha_at,
    choose,
    fresh,
    open_tool,
    place,
    saved_pixels,
    scene,
    settle,
    shown,
    slide,
)
from tests.browser.support.hands import Fingers, along, drag, draw_with_pen

ACROSS = along((DISC[0] - 0.1, DISC[1]), (DISC[0] + 0.1, DISC[1]))
"""A stroke through the large disc."""

AROUND_SMALL = [(0.70, 0.15), (0.94, 0.15), (0.94, 0.47), (0.70, 0.47)]
"""A lasso around the small disc."""


@pytest.fixture(scope="module")
def desktop(open_shared_page, made_server):
    """A wide window with a mouse."""
    return open_shared_page(made_server.url, reduced_motion="reduce")


@pytest.fixture(scope="module")
def phone(open_shared_page, made_server):
    """A phone."""
    return open_shared_page(made_server.url, reduced_motion="reduce", **PHONE)


@pytest.fixture
def page(desktop, tmp_path):
    """A wide window with a finished cutout and touch-up open."""
    fresh(desktop, tmp_path)
    open_tool(desktop, "touch")
    settle(desktop)
    return desktop


def test_the_eraser_empties_what_it_passes_and_nothing_else(page, tmp_path):
    before = saved_pixels(page, tmp_path / "before.png")
    choose(page, "touch-up", "brush erase")
    slide(page, "pencil-radius", 0.02)
    drag(page, ACROSS)
    after = saved_pixels(page, tmp_path / "after.png")

    assert alpha_at(before, DISC) == 255
    assert alpha_at(after, DISC) == 0
    changed = before[..., 3] != after[..., 3]
    rows = np.flatnonzero(changed.any(axis=1))
    middle, reach = DISC[1] * 480, 0.02 * 640
    assert middle - reach - 2 <= rows[0] <= middle - reach / 2
    assert middle + reach / 2 <= rows[-1] <= middle + reach + 2
    # The colours of soft edges are estimated together, so they may move by a step or two.
    elsewhere = np.abs(before[~changed].astype(int) - after[~changed])
    assert elsewhere.max() <= 3


@pytest.mark.slow
def test_the_brush_brings_the_photos_own_pixels_back(page, tmp_path):
    choose(page, "touch-up", "brush restore")
    slide(page, "pencil-radius", 0.03)
    drag(page, along((EMPTY[0] - 0.05, EMPTY[1]), (EMPTY[0] + 0.05, EMPTY[1])))
    pixels = saved_pixels(page, tmp_path / "saved.png")

    row, column = int(EMPTY[1] * 480), int(EMPTY[0] * 640)
    part = np.s_[row - 5 : row + 5, column - 20 : column + 20]
    assert (pixels[part][..., 3] == 255).all()
    assert np.array_equal(pixels[part][..., :3], np.asarray(scene())[part])


def test_undo_and_redo_go_through_all_steps_by_button_and_by_key(page, tmp_path):
    first = saved_pixels(page, tmp_path / "first.png")
    choose(page, "touch-up", "brush erase")
    drag(page, ACROSS)
    drag(page, along((DISC[0], DISC[1] - 0.1), (DISC[0], DISC[1] + 0.1)))
    last = saved_pixels(page, tmp_path / "last.png")

    page.page.get_by_role("button", name="Undo").click()
    page.page.keyboard.press("Control+z")
    settle(page)
    assert np.array_equal(saved_pixels(page, tmp_path / "undone.png"), first)

    page.page.get_by_role("button", name="Redo").click()
    page.page.keyboard.press("Control+Shift+z")
    settle(page)
    assert np.array_equal(saved_pixels(page, tmp_path / "redone.png"), last)


def test_a_click_erases_a_whole_region_and_brings_it_back(page, tmp_path):
    choose(page, "touch-up", "region erase")
    slide(page, "pencil-tolerance", 0.4)
    page.page.mouse.click(*place(page, SMALL))
    settle(page)
    without = saved_pixels(page, tmp_path / "without.png")
    assert alpha_at(without, SMALL) == 0
    assert alpha_at(without, DISC) == 255

    choose(page, "touch-up", "region restore")
    page.page.mouse.click(*place(page, SMALL))
    settle(page)
    assert alpha_at(saved_pixels(page, tmp_path / "back.png"), SMALL) == 255


@pytest.mark.slow
def test_the_tolerance_says_how_unlike_a_regions_colours_may_be(page, tmp_path):
    choose(page, "touch-up", "region restore")
    slide(page, "pencil-tolerance", 0.02)
    page.page.mouse.click(*place(page, EMPTY))
    settle(page)
    little = (saved_pixels(page, tmp_path / "little.png")[..., 3] == 255).mean()
    page.page.keyboard.press("Control+z")
    slide(page, "pencil-tolerance", 0.3)
    page.page.mouse.click(*place(page, EMPTY))
    settle(page)
    much = (saved_pixels(page, tmp_path / "much.png")[..., 3] == 255).mean()

    assert little < much - 0.1


@pytest.mark.slow
def test_the_lasso_takes_what_it_surrounds(page, tmp_path):
    choose(page, "touch-up", "lasso erase")
    drag(page, [*AROUND_SMALL, AROUND_SMALL[0]])
    pixels = saved_pixels(page, tmp_path / "saved.png")

    assert alpha_at(pixels, SMALL) == 0
    assert alpha_at(pixels, DISC) == 255


@pytest.mark.slow
def test_a_pen_that_is_pressed_harder_paints_a_broader_line(page, tmp_path):
    choose(page, "touch-up", "brush erase")
    slide(page, "pencil-radius", 0.03)
    slide(page, "pencil-hardness", 1)
    widths = []
    for pressure, across in ((0.3, DISC[1] - 0.12), (1.0, DISC[1] + 0.12)):
        draw_with_pen(page, along((DISC[0] - 0.05, across), (DISC[0] + 0.05, across)), pressure)
        alpha = saved_pixels(page, tmp_path / "saved.png")[:, int(DISC[0] * 640), 3]
        near = alpha[int(across * 480) - 30 : int(across * 480) + 30]
        widths.append(int((near < 128).sum()))

    assert 0 < widths[0] < 0.6 * widths[1]


@pytest.mark.slow
def test_while_a_key_is_held_the_original_is_seen(page):
    assert not page.page.locator("#frame.shows-original").count()
    page.page.keyboard.down("o")
    page.page.locator("#frame.shows-original").wait_for()
    assert page.page.locator("#viewport").is_hidden()
    page.page.keyboard.up("o")
    page.page.locator("#frame:not(.shows-original)").wait_for()
    assert page.page.locator("#viewport").is_visible()


def test_the_brush_shows_its_size_over_the_picture(page):
    choose(page, "touch-up", "brush erase")
    slide(page, "pencil-radius", 0.05)
    x, y = place(page, DISC)
    page.page.mouse.move(x, y)
    outline = page.page.locator("#brush")
    outline.wait_for()
    box = outline.bounding_box()
    left, right = (place(page, (at, 0.5))[0] for at in (0, 1))
    assert box["width"] == pytest.approx(2 * 0.05 * (right - left), abs=2)
    assert box["x"] + box["width"] / 2 == pytest.approx(x, abs=2)
    assert box["y"] + box["height"] / 2 == pytest.approx(y, abs=2)

    page.page.mouse.move(x, 2)
    outline.wait_for(state="hidden")


def zoom(page):
    """Return the zoom of the stage, 1 for the whole picture."""
    return float(
        page.page.evaluate("document.querySelector('#frame').style.getPropertyValue('--zoom')")
    )


def percent(page):
    """Return the percentage that the page shows."""
    return int(page.page.inner_text("#zoom-value").rstrip(" %"))


def test_the_percentage_is_that_of_the_files_own_pixels(page):
    """A photo of 640 pixels is enlarged to fit; its true percentage says so."""
    width = page.page.locator("#cutout-canvas").bounding_box()["height"] * 640 / 480
    assert percent(page) == pytest.approx(100 * width / 640, abs=1)
    page.page.click("#zoom-actual")
    assert percent(page) == 100
    left, right = (place(page, (x, 0.5))[0] for x in (0.2, 0.7))
    assert right - left == pytest.approx(0.5 * 640, abs=1)
    page.page.click("#zoom-fit")
    assert zoom(page) == 1


def test_the_wheel_alone_scrolls_the_page_and_moves_the_picture_once_it_is_enlarged(page):
    page.page.evaluate("window.scrollTo(0, 0); document.body.style.marginBottom = '2000px'")
    page.page.mouse.move(*place(page, DISC))
    page.page.mouse.wheel(0, 120)
    page.page.wait_for_function("window.scrollY > 0")
    assert zoom(page) == 1
    page.page.evaluate("window.scrollTo(0, 0)")

    for _ in range(3):
        page.page.click("#zoom-in")
    before = place(page, DISC)
    page.page.mouse.wheel(0, 40)
    page.page.wait_for_timeout(300)
    assert place(page, DISC)[1] == pytest.approx(before[1] - 40, abs=2)
    assert page.page.evaluate("window.scrollY") == 0
    page.page.evaluate("document.body.style.marginBottom = ''")


def test_the_wheel_with_ctrl_zooms_about_the_pointer_and_the_brush_paints_where_it_is_seen(
    page, tmp_path
):
    spot = place(page, SMALL)
    page.page.mouse.move(*spot)
    page.page.keyboard.down("Control")
    for _ in range(5):
        page.page.mouse.wheel(0, -100)
    page.page.keyboard.up("Control")
    page.page.wait_for_timeout(300)
    assert zoom(page) == pytest.approx(1.25**5, abs=0.01)
    # A mouse knows whole pixels, which the zoom has made three of.
    assert place(page, SMALL) == pytest.approx(spot, abs=3)

    choose(page, "touch-up", "brush erase")
    slide(page, "pencil-radius", 0.02)
    drag(page, along((SMALL[0] - 0.01, SMALL[1]), (SMALL[0] + 0.01, SMALL[1])))
    assert alpha_at(saved_pixels(page, tmp_path / "saved.png"), SMALL) == 0


@pytest.mark.slow
def test_keys_zoom_pan_and_show_the_whole_picture_again(page):
    page.page.locator("#panel-title").focus()
    page.page.keyboard.press("+")
    page.page.keyboard.press("+")
    assert zoom(page) == pytest.approx(1.5625, abs=0.01)
    before = place(page, DISC)
    page.page.keyboard.press("Shift+ArrowRight")
    page.page.keyboard.press("Shift+ArrowDown")
    after = place(page, DISC)
    assert after[0] < before[0] - 20
    assert after[1] < before[1] - 20
    page.page.keyboard.press("0")
    assert zoom(page) == 1


@pytest.mark.slow
def test_a_zoomed_picture_follows_the_hand(page):
    page.page.click("#panel-close")
    page.page.click("#zoom-in")
    page.page.click("#zoom-in")
    page.page.click("#zoom-in")
    before = place(page, DISC)
    x, y = place(page, (0.7, 0.6))
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x - 40, y - 25, steps=4)
    page.page.mouse.up()
    after = place(page, DISC)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((-40, -25), abs=2)


@pytest.fixture
def hand(phone, tmp_path):
    """Fingers on a phone with a finished cutout and touch-up open."""
    fresh(phone, tmp_path)
    open_tool(phone, "touch")
    settle(phone)
    phone.page.evaluate("window.scrollTo(0, 0)")
    return Fingers(phone)


def test_a_finger_erases_and_brings_back_on_a_phone(hand, tmp_path):
    choose(hand.page, "touch-up", "brush erase")
    slide(hand.page, "pencil-radius", 0.03)
    hand.draw(ACROSS)
    assert alpha_at(saved_pixels(hand.page, tmp_path / "erased.png"), DISC) == 0

    choose(hand.page, "touch-up", "brush restore")
    hand.draw(ACROSS)
    back = saved_pixels(hand.page, tmp_path / "back.png")
    row, column = int(DISC[1] * 480), int(DISC[0] * 640)
    assert back[row, column].tolist() == [*np.asarray(scene())[row, column].tolist(), 255]


@pytest.mark.slow
def test_a_finger_taps_regions_and_draws_a_lasso_on_a_phone(hand, tmp_path):
    choose(hand.page, "touch-up", "region erase")
    slide(hand.page, "pencil-tolerance", 0.4)
    hand.tap(DISC)
    assert alpha_at(saved_pixels(hand.page, tmp_path / "tapped.png"), DISC) == 0

    choose(hand.page, "touch-up", "lasso erase")
    hand.draw([*AROUND_SMALL, AROUND_SMALL[0]])
    assert not saved_pixels(hand.page, tmp_path / "empty.png")[..., 3].max() > 40


def test_two_fingers_zoom_and_move_and_leave_no_stroke(hand, tmp_path):
    before = saved_pixels(hand.page, tmp_path / "before.png")
    choose(hand.page, "touch-up", "brush erase")
    hand.pinch(DISC, 60, 180, drift=30)
    assert zoom(hand.page) == pytest.approx(3, abs=0.3)
    settle(hand.page)
    assert np.array_equal(saved_pixels(hand.page, tmp_path / "after.png"), before)

    hand.draw(along((DISC[0] - 0.02, DISC[1]), (DISC[0] + 0.02, DISC[1])))
    assert shown(hand.page, DISC)[3] == 0
