"""Turned, straightened and cropped by mouse, keyboard and finger; the file is made of the edit."""

import numpy as np
import pytest
from PIL import Image

from common.edits.edit import checked
from core.files.decode import decode
from core.picture.geometry import placed
from tests.browser.support import tabs
from tests.browser.support.axe import violations
from tests.browser.support.editing import (
    DISC,
    HEIGHT,
    PHONE,
    SMALL,
    WIDTH,
    alpha_at,
    choose,
    close_panel,
    download,
    fresh,
    open_tool,
    place,
    saved_pixels,
    settle,
    slide,
    wait_until_shown,
)
from tests.browser.support.hands import Fingers, along
from tests.browser.support.hands import drag as paint
from tests.browser.support.journal import wait_until_written
from tests.browser.support.pictures import photo
from tools.pages.page_driver import HomecutPage


@pytest.fixture(scope="module")
def coffee(tmp_path_factory):
    """A photo of 600 x 400 pixels, stored without loss."""
    file = tmp_path_factory.mktemp("coffee") / "coffee.png"
    photo("coffee").save(file)
    return file


@pytest.fixture(scope="module")
def desktop(open_shared_page, made_server):
    """A wide window with a mouse."""
    return open_shared_page(made_server.url, reduced_motion="reduce")


@pytest.fixture
def page(desktop, tmp_path):
    """A finished cutout of two discs, and the tool open."""
    fresh(desktop, tmp_path)
    open_tool(desktop, "frame")
    settle(desktop)
    return desktop


def saved(page: HomecutPage, target) -> np.ndarray:
    """Save the photo on the stage once its file is fresh; return its colours, uint8 (h, w, 3)."""
    tabs.settle(page)
    return np.asarray(Image.open(download(page, target)).convert("RGB"))


def as_decided(file, **geometry) -> np.ndarray:
    """Return the pixels that an edit makes of a photo's file, computed here."""
    image = placed(decode(file.read_bytes()).image, checked({"geometry": geometry})["geometry"])
    return np.asarray(image)


def drag(page: HomecutPage, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag with the mouse from one point of the frame (0..1) by parts of its sides to another."""
    box = page.page.locator("#crop").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.page.mouse.move(*places[0])
    page.page.mouse.down()
    page.page.mouse.move(*places[1], steps=6)
    assert page.page.locator("#crop.is-held").count() == 1, "thirds are seen"
    page.page.mouse.up()


def size_words(page: HomecutPage) -> str:
    """Return the size that the panel names."""
    return page.page.inner_text("#panel .size-words")


def test_a_photo_is_turned_flipped_cropped_and_straightened_from_its_own_pixels(
    open_page, made_server, coffee, tmp_path
):
    page = open_page(made_server.url)
    tabs.start(page, "convert", [coffee])
    open_tool(page, "frame")
    assert not page.page.locator("#task").is_visible()
    page.page.click("#turn-right")
    page.page.click("#flip")
    turned = saved(page, tmp_path / "turned.png")
    assert (turned == as_decided(coffee, turns=3, mirrored=True)).all()
    assert size_words(page) == "400 x 600\u00a0px"

    drag(page, (1, 1), (0.5, 0.75))
    cropped = saved(page, tmp_path / "cropped.png")
    assert cropped.shape == pytest.approx((450, 200, 3), abs=4)
    assert (cropped == turned[: cropped.shape[0], : cropped.shape[1]]).all()

    page.page.click("#undo")
    slide(page, "tilt", 5)
    straight = saved(page, tmp_path / "straight.png")
    assert (straight == as_decided(coffee, turns=3, mirrored=True, tilt=-5)).all()

    page.page.get_by_role("button", name="Reset").click()
    whole = saved(page, tmp_path / "whole.png")
    assert (whole == as_decided(coffee)).all()
    page.page.click("#undo")
    assert (saved(page, tmp_path / "again.png") == straight).all()

    close_panel(page)
    assert page.page.locator("#task").is_visible()
    page.page.locator("#handle").wait_for()


def test_the_form_is_kept_and_arrow_keys_lead_the_frame(open_page, made_server, coffee, tmp_path):
    page = open_page(made_server.url)
    tabs.start(page, "compress", [coffee])
    page.page.keyboard.press("f")
    page.page.locator("#panel").wait_for()
    choose(page, "crop-ratio", "1:1")
    assert size_words(page) == "400 x 400\u00a0px"
    page.page.focus("#crop")
    for _ in range(5):
        page.page.keyboard.press("ArrowRight")
    assert size_words(page) == "400 x 400\u00a0px"
    square = saved(page, tmp_path / "square.png")
    source = as_decided(coffee)
    assert (square == source[:, 130:530]).all()
    page.page.focus("#crop")
    for _ in range(10):
        page.page.keyboard.press("Shift+ArrowDown")
    assert size_words(page) == "400 x 400\u00a0px", "there is no room below"
    for _ in range(10):
        page.page.keyboard.press("Shift+ArrowUp")
    assert size_words(page) == "340 x 340\u00a0px"
    page.page.keyboard.press("Escape")
    assert not page.page.locator("#panel").is_visible()


def test_a_cutout_is_turned_without_the_network_and_strokes_stay_on_the_subject(page, tmp_path):
    page.page.click("#turn-right")
    settle(page)
    turned = saved_pixels(page, tmp_path / "turned.png")
    assert turned.shape == (WIDTH, HEIGHT, 4)
    disc = (1 - DISC[1], DISC[0])
    assert alpha_at(turned, disc) == 255

    open_tool(page, "touch")
    choose(page, "touch-up", "brush erase")
    slide(page, "pencil-radius", 0.03)
    wait_until_shown(page, (0.01, 0.01), [0, 0, 0, 0])
    paint(page, along(disc, (disc[0] + 0.05, disc[1])))
    erased = saved_pixels(page, tmp_path / "erased.png")
    assert alpha_at(erased, disc) == 0
    assert alpha_at(erased, (disc[0], disc[1] + 0.1)) == 255

    open_tool(page, "frame")
    page.page.click("#turn-left")
    settle(page)
    back = saved_pixels(page, tmp_path / "back.png")
    assert back.shape == (HEIGHT, WIDTH, 4)
    assert alpha_at(back, DISC) == 0
    assert alpha_at(back, SMALL) == 255


def test_the_frame_of_a_cutout_is_moved_by_hand_and_given_back_to_the_page(page, tmp_path):
    choose(page, "framing", "canvas square")
    settle(page)
    alone = saved_pixels(page, tmp_path / "alone.png")
    assert alone.shape[0] == alone.shape[1]

    before = page.page.locator("#crop").bounding_box()
    drag(page, (1, 1), (0.5, 0.5))
    settle(page)
    after = page.page.locator("#crop").bounding_box()
    assert after["width"] == pytest.approx(after["height"], abs=1)
    assert after["width"] < 0.6 * before["width"]
    near = saved_pixels(page, tmp_path / "near.png")
    assert near.shape[0] == near.shape[1] == pytest.approx(alone.shape[0] / 2, abs=8)
    assert alpha_at(near, (0.9, 0.9)) == 255, "the disc reaches into the corner"

    page.page.get_by_role("button", name="Let the page place the frame").click()
    settle(page)
    assert saved_pixels(page, tmp_path / "again.png").shape == alone.shape


def test_a_crop_outlives_the_page(open_page, made_server, coffee, tmp_path):
    page = open_page(made_server.url)
    tabs.start(page, "convert", [coffee])
    open_tool(page, "frame")
    page.page.click("#flip-down")
    choose(page, "crop-ratio", "16:9")
    wait_until_written(page, '"16:9"')
    page.page.reload()
    page.page.wait_for_selector(".row[data-state=done]")
    made = saved(page, tmp_path / "made.png")
    assert (made == as_decided(coffee, turns=2, mirrored=True, ratio="16:9")).all()


def test_on_a_phone_a_finger_drags_a_corner_and_all_photos_follow(
    open_page, made_server, coffee, tmp_path
):
    page = open_page(made_server.url, **PHONE)
    other = tmp_path / "other.png"
    photo("astronaut").save(other)
    tabs.start(page, "compress", [coffee, other])
    open_tool(page, "frame")
    assert violations(page) == []
    box = page.page.locator("#crop").bounding_box()
    assert box["width"] > 150
    corner = (box["x"] + box["width"], box["y"] + box["height"])
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    Fingers(page).swipe(along(corner, middle))
    made = saved(page, tmp_path / "made.png")
    assert made.shape == pytest.approx((200, 300, 3), abs=8)
    page.page.locator("#panel").get_by_role("button", name="All 2", exact=True).click()
    close_panel(page)
    page.page.locator(".row-select").nth(1).click()
    assert saved(page, tmp_path / "second.png").shape == pytest.approx((256, 256, 3), abs=8)


def test_what_is_cropped_away_in_one_tab_is_cropped_in_all(page, tmp_path):
    drag(page, (1, 0.5), (0.6, 0.5))
    settle(page)
    shape = saved_pixels(page, tmp_path / "cropped.png").shape
    assert shape[:2] == pytest.approx((HEIGHT, 0.6 * WIDTH), abs=6)
    page.page.click("#tab-resize")
    assert not page.page.locator("#crop").is_visible(), "another tab has another panel"
    words = f"{shape[1]} x {shape[0]}\u00a0px"
    page.page.locator("#task .size-words", has_text=words).wait_for()
    page.page.click("#tab-cutout")
    assert place(page, (0.5, 0.5))[0] > 0
