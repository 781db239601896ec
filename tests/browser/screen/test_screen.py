"""What the eye and the fingers meet: small screens, dark, still, the slider, the clipboard."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageChops

from tests.browser.support.choices import wait_until_chosen
from tests.browser.support.editing import wait_until_revealed
from tests.browser.support.pictures import save_spotlight
from tests.browser.support.screen import FINGER, SMALL_TARGETS
from tools.site.server import running_server

PHONE = {"width": 360, "height": 740}


OVERLAP = """([one, other]) => {
  const [a, b] = [one, other].map((name) => document.querySelector(name).getBoundingClientRect());
  return a.width * b.width > 0 &&
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}"""

AT_REST = (
    "() => Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => 0)"
)
"""Resolves once nothing on the page moves any more."""

RUNNING_ANIMATIONS = """() => document.getAnimations()
  .filter((animation) => animation.playState === 'running')
  .map((animation) => animation.animationName ?? animation.transitionProperty)"""


@pytest.fixture(scope="module")
def done(open_shared_page, made_server, tmp_path_factory):
    """A page with one finished photo."""
    page = open_shared_page(made_server.url)
    page.add_files([save_spotlight(tmp_path_factory.mktemp("screen") / "spot.png", 640, 480)])
    page.wait_until_ended()
    wait_until_revealed(page)
    return page


def begin(page, folder):
    """Give a photo to a page with a slow network and wait until that works on it."""
    page.add_files([save_spotlight(folder / "slow.png", 640, 480)])
    page.page.wait_for_selector(".row[data-state=inferring]")


def assert_fits_a_phone(page):
    width = page.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    assert page.page.evaluate(SMALL_TARGETS, FINGER) == []


def test_at_360_pixels_nothing_overflows_and_everything_can_be_hit(
    open_page, slow_server, tmp_path
):
    page = open_page(slow_server.url, viewport=PHONE, has_touch=True, is_mobile=True)
    assert_fits_a_phone(page)

    begin(page, tmp_path)
    assert_fits_a_phone(page)
    page.page.wait_for_selector(".row[data-preview=yes]")
    assert page.page.locator(".zoom").is_visible()
    assert not page.page.evaluate(OVERLAP, ["#stage-message", ".zoom"])

    page.wait_until_ended()
    assert_fits_a_phone(page)
    page.page.click("#details-open")
    assert_fits_a_phone(page)


@pytest.mark.slow
def test_the_original_is_sharp_after_a_first_look_from_fewer_pixels(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url)
    page.add_files([save_spotlight(tmp_path / "spot.jpg", 2400, 1600)])
    page.wait_until_ended()
    assert page.page.locator("#photo-canvas").evaluate("canvas => canvas.width") == 1600


@pytest.mark.slow
def test_pixel_by_pixel_the_picture_is_drawn_from_its_file(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    page.add_files([save_spotlight(tmp_path / "spot.jpg", 2400, 1600)])
    page.wait_until_ended()
    wait_until_revealed(page)
    page.page.click("#zoom-actual")
    for canvas in ("cutout-canvas", "photo-canvas"):
        page.page.wait_for_function(f"document.getElementById('{canvas}').width === 2400")
    assert page.page.inner_text("#zoom-value") == "100\u00a0%"


@pytest.mark.parametrize(
    "tab",
    ["compress", *(pytest.param(tab, marks=pytest.mark.slow) for tab in ("convert", "resize"))],
)
@pytest.mark.slow
def test_at_360_pixels_every_tab_fits(open_page, made_server, tmp_path, tab):
    page = open_page(made_server.url, viewport=PHONE, has_touch=True, is_mobile=True)
    page.page.click(f"#tab-{tab}")
    assert_fits_a_phone(page)

    page.add_files([save_spotlight(tmp_path / f"{n}.jpg", 640, 480, seed=n) for n in (1, 2)])
    page.wait_until_ended()
    for fold in page.page.locator("#task summary:visible").all():
        fold.click()
    assert_fits_a_phone(page)


def brightness(page):
    """Return the page's background as a grey value, 0 to 255."""
    colour = page.page.evaluate("getComputedStyle(document.body).backgroundColor")
    values = [int(part) for part in colour.strip("rgb()").split(",")]
    return sum(values) / 3


@pytest.mark.parametrize(
    ("scheme", "dark"), [pytest.param("light", False, marks=pytest.mark.slow), ("dark", True)]
)
def test_the_theme_is_the_systems_until_the_button_is_pressed(open_page, made_server, scheme, dark):
    page = open_page(made_server.url, color_scheme=scheme)
    assert (brightness(page) < 64) == dark
    assert page.page.get_attribute("#theme", "aria-pressed") == str(dark).lower()

    page.page.click("#theme")

    assert (brightness(page) < 64) != dark
    assert page.page.get_attribute("#theme", "aria-pressed") == str(not dark).lower()


CORE = "**/assets/vendor/pyscript/core.js"


def test_a_chosen_theme_is_there_after_a_reload_before_python_is_and_can_be_cleared(
    open_page, made_server
):
    page = open_page(made_server.url, color_scheme="light")
    page.page.click("#theme")
    wait_until_chosen(page, "homecut-theme-dark")
    page.page.route(CORE, lambda route: None)
    page.page.reload(wait_until="commit")
    page.page.wait_for_selector("html[data-theme=dark]")
    assert page.page.get_attribute("html", "data-python") is None
    page.page.unroute(CORE)
    page.reload()
    assert page.page.get_attribute("#theme", "aria-pressed") == "true"
    page.page.emulate_media(color_scheme="dark")
    page.page.emulate_media(color_scheme="light")
    assert brightness(page) < 64, "the system decides no more"

    page.page.click("#details-open")
    words = "What you chose for the page itself is kept here: light or dark."
    page.page.get_by_text(words).wait_for()
    page.page.click("#clear-all")
    wait_until_chosen(page)
    page.reload()
    assert brightness(page) >= 64


@pytest.mark.slow
def test_nothing_moves_for_those_who_want_it_still(open_page, slow_server, tmp_path):
    page = open_page(slow_server.url, reduced_motion="reduce")
    begin(page, tmp_path)
    assert page.page.evaluate(RUNNING_ANIMATIONS) == []


@pytest.mark.slow
def test_work_is_seen_to_go_on_for_all_others(open_page, slow_server, tmp_path):
    page = open_page(slow_server.url, reduced_motion="no-preference")
    begin(page, tmp_path)
    assert page.page.evaluate(RUNNING_ANIMATIONS) != []


def frame_picture(page, percent):
    """Return a picture of the stage with the slider at ``percent``."""
    page.page.locator("#split").evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }",
        percent,
    )
    page.page.evaluate(AT_REST)
    return Image.open(BytesIO(page.page.locator("#frame").screenshot())).convert("RGB")


def differing(first, second, box):
    """Return the part of the pixels in ``box`` that differ visibly."""
    difference = np.asarray(ImageChops.difference(first.crop(box), second.crop(box)))
    return (difference.max(axis=-1) > 8).mean()


def test_the_slider_covers_the_cutout_with_the_original_from_the_left(done):
    cutout, half, original = (frame_picture(done, percent) for percent in (0, 50, 100))
    width, height = cutout.size
    # The handle in the middle is 44 pixels wide.
    left = (30, 10, width // 2 - 30, height - 60)
    right = (width // 2 + 30, 10, width - 30, height - 60)

    assert differing(cutout, original, left) > 0.1
    assert differing(cutout, original, right) > 0.1
    assert differing(half, original, left) < 0.01
    assert differing(half, cutout, right) < 0.01
    frame_picture(done, 0)


def test_size_and_time_of_the_photo_are_shown(done):
    facts = done.page.inner_text("#stage-facts")
    assert facts.startswith("640 x 480\u00a0px, 0.3\u00a0megapixels, ")
    assert facts.endswith("\N{NO-BREAK SPACE}s")


def test_the_end_of_all_work_is_announced(done):
    assert done.page.inner_text("#announcer").endswith("1 of 1 done")


def test_details_close_with_escape_and_give_the_focus_back(done):
    done.page.focus("#details-open")
    done.page.keyboard.press("Enter")
    assert done.page.locator("#details").is_visible()

    done.page.keyboard.press("Escape")

    assert not done.page.locator("#details").is_visible()
    assert done.page.evaluate("document.activeElement.id") == "details-open"


def test_how_to_check_opens_the_details_at_the_instructions(done):
    done.page.click("#check-open")
    assert done.page.locator("#check").is_visible()
    done.page.keyboard.press("Escape")


def test_the_cutout_goes_to_the_clipboard_as_png(open_page, made_server, made_root, tmp_path):
    page = open_page(made_server.url, permissions=["clipboard-read", "clipboard-write"])
    page.add_files([save_spotlight(tmp_path / "copied.png", 120, 80)])
    page.wait_until_ended()
    page.save(0, tmp_path / "saved.png")

    page.page.click("#copy")
    page.page.locator("#note-words", has_text="Copied.").wait_for()

    # The page's own policy forbids it to read the clipboard, so another page does.
    with running_server(made_root, apply_headers_file=False) as other:
        reader = page.page.context.new_page()
        reader.goto(other.url + "models/models.json")
        reader.bring_to_front()
        content = reader.evaluate(
            """async () => {
                 const [item] = await navigator.clipboard.read();
                 const picture = await item.getType('image/png');
                 const bytes = new Uint8Array(await picture.arrayBuffer());
                 return btoa(String.fromCharCode(...bytes));
               }"""
        )
    copied = Image.open(BytesIO(base64.b64decode(content)))
    saved = Image.open(tmp_path / "saved.png")
    # Browsers write a PNG of their own, so pixels count; hidden colours may be lost.
    assert copied.size == saved.size == (120, 80)
    assert np.array_equal(np.asarray(copied)[..., 3], np.asarray(saved)[..., 3])
