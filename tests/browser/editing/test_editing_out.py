"""How edits leave the page and how they stay: formats, copy, settings, all photos, reload."""

import json
from io import BytesIO

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
    begin,
    choose,
    close_panel,
    fresh,
    open_tool,
    place,
    saved_pixels,
    scene,
    settle,
    shown,
    slide,
    type_colour,
    wait_until_shown,
)
from tests.browser.support.hands import along, drag
from tests.browser.support.journal import wait_until_written


@pytest.fixture(scope="module")
def window(open_shared_page, made_server):
    """A desktop's window."""
    return open_shared_page(made_server.url, reduced_motion="reduce")


@pytest.fixture
def page(window, tmp_path):
    """A finished cutout that nobody has edited."""
    return fresh(window, tmp_path)


def files_of(page, count=1):
    """Press Download; return names and contents of the ``count`` files that come."""
    came = []

    def take(download):
        """Note a file that has come."""
        came.append(download)

    page.page.on("download", take)
    page.page.click("#download")
    for _ in range(300):
        if len(came) >= count:
            break
        page.page.wait_for_timeout(100)
    page.page.remove_listener("download", take)
    return [(one.suggested_filename, one.path().read_bytes()) for one in came]


def opened(content):
    """Return a file's content as a loaded picture."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize(
    "form",
    [
        "webp",
        "jpeg",
        "mask",
        *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("png", "webp-lossless")),
    ],
)
def test_every_format_is_what_it_says_and_shows_the_subject(page, form):
    open_tool(page, "save")
    choose(page, "format", form)
    settle(page)
    ((name, content),) = files_of(page)
    image = opened(content)
    expected = {"png": "PNG", "mask": "PNG", "jpeg": "JPEG"}.get(form, "WEBP")
    endings = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
    assert image.format == expected
    assert name.endswith(endings[expected])
    assert image.size == (WIDTH, HEIGHT)

    pixels = np.asarray(image)
    row, column = int(DISC[1] * HEIGHT), int(DISC[0] * WIDTH)
    empty = int(EMPTY[1] * HEIGHT), int(EMPTY[0] * WIDTH)
    source = np.asarray(scene())
    if form == "mask":
        assert image.mode == "L"
        assert (pixels[row, column], pixels[empty]) == (255, 0)
    elif form == "jpeg":
        assert image.mode == "RGB"
        assert pixels[empty].min() >= 250
        assert np.abs(pixels[row, column].astype(int) - source[row, column]).max() < 8
    else:
        assert (pixels[row, column, 3], pixels[empty][3]) == (255, 0)
        opaque = pixels[..., 3] == 255
        difference = np.abs(pixels[opaque][:, :3].astype(int) - source[opaque])
        assert difference.max() == 0 if form != "webp" else difference.mean() < 4


def test_cutout_and_mask_are_two_files_of_one_size(page):
    open_tool(page, "save")
    choose(page, "format", "cutout+mask")
    settle(page)
    files = files_of(page, count=2)
    assert len({name for name, _ in files}) == 2
    images = sorted((opened(content) for _, content in files), key=lambda image: image.mode)
    assert [image.mode for image in images] == ["L", "RGBA"]
    assert np.array_equal(np.asarray(images[0]), np.asarray(images[1])[..., 3])


def test_the_name_follows_its_pattern_and_jpeg_its_background(page):
    open_tool(page, "save")
    choose(page, "format", "jpeg")
    field = page.page.locator("#control-name")
    field.fill("{name}-{width}x{height}-{index}")
    field.press("Enter")
    type_colour(page, "Behind the subject", "#204080")
    settle(page)
    ((name, content),) = files_of(page)
    assert name == "scene-640x480-1.jpg"
    pixel = np.asarray(opened(content))[int(EMPTY[1] * HEIGHT), int(EMPTY[0] * WIDTH)]
    assert np.abs(pixel.astype(int) - (0x20, 0x40, 0x80)).max() < 6


CLIPBOARD = """async () => {
  window.copied = [];
  navigator.clipboard.write = async (items) => {
    for (const item of items) {
      for (const kind of item.types) window.copied.push([kind, await item.getType(kind)]);
    }
  };
}"""

COPIED = """async () => {
  const [kind, blob] = window.copied.at(-1);
  return [kind, [...new Uint8Array(await blob.arrayBuffer())]];
}"""


def test_whatever_the_format_a_png_with_the_edit_is_copied(page):
    page.page.evaluate(CLIPBOARD)
    open_tool(page, "background")
    choose(page, "background", "colour")
    type_colour(page, "Colour", "#aa2244")
    open_tool(page, "save")
    choose(page, "format", "jpeg")
    page.page.click("#copy")
    page.page.locator("#note-words", has_text="Copied.").wait_for()
    kind, content = page.page.evaluate(COPIED)
    image = opened(bytes(content))
    assert (kind, image.format) == ("image/png", "PNG")
    spot = image.convert("RGB").getpixel((int(EMPTY[0] * WIDTH), int(EMPTY[1] * HEIGHT)))
    assert spot == (0xAA, 0x22, 0x44)


@pytest.mark.slow
def test_a_dragged_download_button_carries_the_file(page):
    """The browser asks for the data when a drag begins; a headless one drags nowhere."""
    data = page.page.evaluate(
        """() => {
          const data = new DataTransfer();
          document.getElementById('download').dispatchEvent(
            new DragEvent('dragstart', {dataTransfer: data, bubbles: true}));
          return data.getData('DownloadURL');
        }"""
    )
    kind, name, address = data.split(":", 2)
    assert (kind, name) == ("image/png", "scene-cutout.png")
    assert address.startswith("blob:")


def test_settings_are_saved_and_loaded_as_a_small_json_file(page, tmp_path):
    open_tool(page, "background")
    choose(page, "background", "colour")
    type_colour(page, "Colour", "#118833")
    open_tool(page, "frame")
    choose(page, "framing", "canvas square")
    open_tool(page, "save")
    with page.page.expect_download() as waiting:
        page.page.get_by_role("button", name="Save these settings").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.stat().st_size < 5000
    assert json.loads(file.read_text())["background"]["colour"] == "#118833"

    fresh(page, tmp_path, "another.png")
    open_tool(page, "save")
    with page.page.expect_file_chooser() as chooser:
        page.page.get_by_role("button", name="Load settings").click()
    chooser.value.set_files(file)
    wait_until_shown(page, (0.01, 0.01), [0x11, 0x88, 0x33, 255])
    settle(page)
    pixels = saved_pixels(page, tmp_path / "saved.png")
    assert pixels.shape[0] == pixels.shape[1]
    assert pixels[2, 2, :3].tolist() == [0x11, 0x88, 0x33]

    (tmp_path / "wrong.json").write_text("{}")
    with page.page.expect_file_chooser() as chooser:
        page.page.get_by_role("button", name="Load settings").click()
    chooser.value.set_files(tmp_path / "wrong.json")
    page.page.locator("#stage-facts", has_text="not a preset").wait_for()


def show(page, index, name):
    """Bring a photo of the queue on the stage."""
    close_panel(page)
    page.page.locator(".row-select").nth(index).click()
    page.page.locator("#stage-name", has_text=name).wait_for()


def test_edits_go_to_all_photos_but_strokes_stay_with_their_own(page, tmp_path):
    begin(page, tmp_path, "second.png")
    assert page.page.inner_text("#stage-name") == "scene.png"
    open_tool(page, "touch")
    choose(page, "touch-up", "brush erase")
    drag(page, along((DISC[0] - 0.05, DISC[1]), (DISC[0] + 0.05, DISC[1])))
    open_tool(page, "background")
    choose(page, "background", "colour")
    type_colour(page, "Colour", "#4455cc")
    open_tool(page, "save")
    page.page.get_by_role("button", name="All 2", exact=True).click()

    show(page, 1, "second.png")
    settle(page)
    assert shown(page, EMPTY) == [0x44, 0x55, 0xCC, 255]
    other = saved_pixels(page, tmp_path / "second-saved.png")
    row, column = int(DISC[1] * HEIGHT), int(DISC[0] * WIDTH)
    assert other[row, column, :3].tolist() == np.asarray(scene())[row, column].tolist()

    show(page, 0, "scene.png")
    settle(page)
    assert shown(page, DISC) == [0x44, 0x55, 0xCC, 255]
    first = saved_pixels(page, tmp_path / "first-saved.png")
    assert first[row, column, :3].tolist() == [0x44, 0x55, 0xCC]

    page.page.keyboard.press("Control+z")
    settle(page)
    assert shown(page, EMPTY)[:3] != [0x44, 0x55, 0xCC]


@pytest.mark.parametrize("size", ["desktop", pytest.param("phone", marks=pytest.mark.slow)])
@pytest.mark.slow
def test_an_edit_outlives_a_reload(open_page, made_server, tmp_path, size):
    page = open_page(made_server.url, reduced_motion="reduce", **(PHONE if size == "phone" else {}))
    begin(page, tmp_path)
    open_tool(page, "touch")
    choose(page, "touch-up", "region erase")
    slide(page, "pencil-tolerance", 0.4)
    page.page.mouse.click(*place(page, SMALL))
    settle(page)
    open_tool(page, "background")
    choose(page, "background", "colour")
    type_colour(page, "Colour", "#226688")
    settle(page)
    # What was saved leaves the device's memory of the queue, so nothing is saved before.
    wait_until_written(page, "#226688")

    page.page.reload()
    page.page.wait_for_selector(".row[data-state=done]")
    page.page.locator("#cutout-canvas").wait_for()
    settle(page)
    assert shown(page, EMPTY) == [0x22, 0x66, 0x88, 255]
    assert shown(page, SMALL) == [0x22, 0x66, 0x88, 255]
    after = saved_pixels(page, tmp_path / "after.png")
    assert np.all(after[..., :3] == (0x22, 0x66, 0x88), axis=-1).mean() > 0.1
    open_tool(page, "background")
    assert page.page.input_value("#control-background") == "colour"
