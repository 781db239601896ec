"""Turned, straightened and cropped by mouse, keyboard and finger; the file is made of the edit."""

import numpy as np
import pytest
from PIL import Image

from tests.browser.support.editing import (
    begin,
    choose,
    close_panel,
    download,
    open_tool,
    place,
    slide,
)
from tests.browser.support.pictures import photo
from tests.browser.support.tabs import settle, start
from tools.pages.page_driver import HomecutPage


@pytest.fixture(scope="module")
def coffee(tmp_path_factory):
    """A photo, stored without loss."""
    file = tmp_path_factory.mktemp("coffee") / "coffee.png"
    photo("coffee").save(file)
    return file


def pixels_of(page: HomecutPage, target) -> np.ndarray:
    """Save the photo on the stage and return its colours, uint8 (h, w, 3)."""
    settle(page)
    return np.asarray(Image.open(download(page, target)).convert("RGB"))


def drag(page: HomecutPage, start, end) -> None:
    """Drag with the mouse from one point of what the stage shows (0..1) to another."""
    places = [place(page, point, "photo-canvas") for point in (start, end)]
    page.page.mouse.move(*places[0])
    page.page.mouse.down()
    page.page.mouse.move(*places[1], steps=6)
    page.page.screenshot(path="/tmp/work/frame-drag.png")
    page.page.mouse.up()


def test_a_photo_is_turned_flipped_and_cropped_and_every_pixel_is_its_own(
    open_page, made_server, coffee, tmp_path
):
    page = open_page(made_server.url)
    start(page, "convert", [coffee])
    source = np.asarray(photo("coffee").convert("RGB"))
    open_tool(page, "frame")
    page.page.click("#turn-right")
    page.page.screenshot(path="/tmp/work/frame-1.png")
    assert (pixels_of(page, tmp_path / "a.png") == np.rot90(source, -1)).all()
    drag(page, (1, 1), (0.5, 0.75))
    page.page.screenshot(path="/tmp/work/frame-2.png")
    made = pixels_of(page, tmp_path / "b.png")
    slide(page, "tilt", 5)
    page.page.screenshot(path="/tmp/work/frame-3.png")
    settle(page)
    close_panel(page)
    settle(page)
    page.page.wait_for_timeout(1500)
    page.page.screenshot(path="/tmp/work/frame-4.png")


def test_try(open_page, made_server, tmp_path):
    page = open_page(made_server.url, viewport={"width": 1280, "height": 800})
    begin(page, tmp_path)
    open_tool(page, "frame")
    page.page.wait_for_timeout(600)
    page.page.screenshot(path="/tmp/work/frame-5.png")
    page.page.click("#turn-right")
    page.page.wait_for_timeout(600)
    page.page.screenshot(path="/tmp/work/frame-6.png")
    choose(page, "framing", "canvas square")
    page.page.wait_for_timeout(1500)
    page.page.screenshot(path="/tmp/work/frame-7.png")
    box = page.page.locator("#crop").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x + 30, y - 40, steps=5)
    page.page.mouse.up()
    page.page.wait_for_timeout(1500)
    page.page.screenshot(path="/tmp/work/frame-8.png")
    close_panel(page)
    page.page.wait_for_timeout(1500)
    page.page.screenshot(path="/tmp/work/frame-9.png")
    open_tool(page, "touch")
    page.page.wait_for_timeout(1500)
    page.page.screenshot(path="/tmp/work/frame-10.png")
    page.page.set_viewport_size({"width": 360, "height": 740})
    close_panel(page)
    page.page.wait_for_timeout(500)
    page.page.screenshot(path="/tmp/work/frame-11.png")
    open_tool(page, "frame")
    page.page.wait_for_timeout(1500)
    page.page.screenshot(path="/tmp/work/frame-12.png")
