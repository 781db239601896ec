"""Journeys of the kinds of users that no other test makes from the first press to the saved file.

Those whose presses are counted, a seller with a phone and somebody in an office, have theirs in
``test_counted.py``; the teacher and the slow line in ``test_teacher_and_slow_line.py``.
"""

import io
import json
import zipfile

import pytest
from PIL import Image

from tests.browser.journeys.counting import choose_photos
from tests.browser.support.axe import violations
from tests.browser.support.editing import open_tool, wait_until_revealed
from tests.browser.support.journal import wait_until_written
from tests.browser.support.pictures import save_spotlight
from tools.pages.page_driver import HomecutPage
from tools.setup.checkout import ROOT

pytestmark = pytest.mark.slow

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
DEVICES = pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])

ALL_FRESH = (
    "() => [...document.querySelectorAll('.row')].every(({dataset}) => dataset.fresh === 'yes')"
)


def saved_from(page, selector):
    """Press something that downloads; return the name and the bytes."""
    with page.page.expect_download() as waiting:
        page.page.locator(selector).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


@DEVICES
def test_a_seller_with_thirty_products_gives_all_one_white_ground_and_saves_a_zip(
    open_page, made_server, tmp_path, device
):
    page = open_page(made_server.url, reduced_motion="reduce", **device)
    files = [save_spotlight(tmp_path / f"{n:02}.jpg", 320, 240, seed=n) for n in range(30)]
    choose_photos(page, files)
    page.wait_until_ended()
    open_tool(page, "background")
    page.page.get_by_role("button", name="All 30", exact=True).click()
    page.page.select_option("#control-background", "colour")
    page.page.click("#panel-close")
    page.page.wait_for_function(ALL_FRESH.replace(".row'", ".row:not(:has([aria-current]))'"))
    _, content = saved_from(page, "#batch-save")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == 30
        for name in archive.namelist():
            picture = Image.open(io.BytesIO(archive.read(name))).convert("RGBA")
            assert picture.getpixel((3, 3)) == (255, 255, 255, 255), name
    assert page.errors == []


@DEVICES
def test_a_portrait_becomes_a_profile_picture(open_page, made_server, tmp_path, device):
    page = open_page(made_server.url, reduced_motion="reduce", **device)
    choose_photos(page, [save_spotlight(tmp_path / "face.jpg", 900, 1200)])
    page.wait_until_ended()
    open_tool(page, "save")
    page.page.get_by_role("button", name="Profile picture").click()
    page.page.locator(".save-line:visible", has_text="1024 x 1024 px").wait_for()
    name, content = saved_from(page, ".save-line:visible a")
    picture = Image.open(io.BytesIO(content))
    assert (name, picture.size) == ("face-cutout.jpg", (1024, 1024))


@DEVICES
def test_who_comes_back_the_next_day_goes_on_where_it_was(browser, made_server, tmp_path, device):
    context = browser.new_context(reduced_motion="reduce", **device)
    context.set_default_timeout(60_000)
    page = HomecutPage(context.new_page()).open(made_server.url)
    choose_photos(page, [save_spotlight(tmp_path / f"{n}.png", 640, 480, seed=n) for n in (1, 2)])
    page.wait_until_ended()
    wait_until_revealed(page)
    open_tool(page, "background")
    page.page.select_option("#control-background", "colour")
    wait_until_written(page, '"colour"')
    wait_until_written(page, '"done"', 2)
    page.page.close()

    page = HomecutPage(context.new_page()).open(made_server.url)
    page.page.get_by_text("Photos of an earlier visit are still here.").wait_for()
    page.page.click("#leftovers-restore")
    page.page.wait_for_function("() => document.querySelectorAll('.row').length === 2")
    assert {row.state for row in page.rows()} == {"done"}
    name, content = saved_from(page, "#download")
    picture = Image.open(io.BytesIO(content)).convert("RGBA")
    assert (name, picture.getpixel((3, 3))) == ("1-cutout.png", (255, 255, 255, 255))
    assert page.errors == []
    context.close()


@pytest.mark.parametrize(("locale", "tag"), [("de-DE", "de"), ("ja-JP", "ja"), ("ar-EG", "ar")])
@DEVICES
def test_who_reads_another_language_saves_by_its_words_alone(
    open_page, made_server, tmp_path, locale, tag, device
):
    words = json.loads((ROOT / f"assets/languages/{tag}.json").read_text("utf-8"))["sentences"]
    page = open_page(made_server.url, locale=locale, reduced_motion="reduce", **device)
    page.page.get_by_role("button", name=words["Choose photos"]).wait_for()
    choose_photos(page, [save_spotlight(tmp_path / "spot.png", 640, 480)])
    page.wait_until_ended()
    page.page.get_by_role("button", name=words["Save as"], exact=True).click()
    page.page.get_by_role("button", name=words["Web"], exact=True).click()
    page.page.locator(".goals:visible", has_text=words["WebP, 1600 px at most"]).wait_for()
    page.page.locator(".save-line:visible", has_text="WebP").wait_for()
    name, content = saved_from(page, ".save-line:visible a")
    assert (name, Image.open(io.BytesIO(content)).format) == ("spot-cutout.webp", "WEBP")
    width = page.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


@DEVICES
def test_without_a_pointer_a_cutout_is_chosen_given_a_goal_and_saved(
    open_page, made_server, tmp_path, device
):
    page = open_page(made_server.url, reduced_motion="reduce", **device)
    keyboard = page.page.keyboard

    def walk_to(identifier):
        """Press Tab until an element has the focus."""
        for _ in range(60):
            if page.page.evaluate("document.activeElement.id") == identifier:
                return
            keyboard.press("Tab")
        raise AssertionError(f"no way to {identifier}")

    walk_to("sample")
    keyboard.press("Enter")
    page.wait_until_ended()
    walk_to("tool-save")
    keyboard.press("Enter")
    page.page.get_by_role("button", name="Web", exact=True).focus()
    keyboard.press("Enter")
    page.page.locator(".save-line:visible", has_text="WebP").wait_for()
    assert page.page.evaluate("document.activeElement.textContent") == "Web"
    keyboard.press("Escape")
    walk_to("download")
    with page.page.expect_download() as waiting:
        keyboard.press("Enter")
    assert waiting.value.suggested_filename == "sample-cutout.webp"


def test_a_screen_reader_hears_goal_scope_and_state_and_axe_finds_nothing(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url, reduced_motion="reduce", **DESKTOP)
    choose_photos(page, [save_spotlight(tmp_path / f"{n}.png", 96, 64, seed=n) for n in range(5)])
    page.wait_until_ended()
    said = page.page.locator("#announcer")
    assert "5 of 5 done" in said.inner_text()
    open_tool(page, "save")
    group = page.page.get_by_role("group", name="Whom these settings are for")
    group.get_by_role("button", name="All 5").press("Enter")
    assert "Changed for all photos." in said.inner_text()
    page.page.get_by_role("group", name="What is the file for?").get_by_role(
        "button", name="Print"
    ).press("Enter")
    assert "PDF, one A4 page, full size" in said.inner_text()
    assert violations(page) == []
