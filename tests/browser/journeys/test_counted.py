"""Two journeys whose presses are counted: a seller with a phone, somebody in an office."""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from tests.browser.journeys.counting import begin_to_count, choose_photos, pressed
from tests.browser.support.pictures import photo, save_jpeg, save_spotlight

PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
DEVICES = pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])

MOST_TAPS = 8
MOST_CLICKS = 4


def hit(locator, device):
    """Press something with a finger, or with a mouse where there is none."""
    if device is PHONE:
        locator.tap()
    else:
        locator.click()


@DEVICES
def test_a_seller_with_a_phone_has_a_file_for_the_marketplace_in_eight_taps(
    open_page, made_server, tmp_path, device
):
    page = open_page(made_server.url, reduced_motion="reduce", **device)
    begin_to_count(page)
    shoe = save_spotlight(tmp_path / "shoe.jpg", 1600, 1200)
    choose_photos(page, [shoe], touch=device is PHONE)
    page.wait_until_ended()
    hit(page.page.locator("#tool-save"), device)
    hit(page.page.get_by_role("button", name="Marketplace"), device)
    page.page.locator(".save-line:visible", has_text="JPEG, 2000 x 2000 px").wait_for()
    with page.page.expect_download() as waiting:
        hit(page.page.locator(".save-line:visible a"), device)
    content = waiting.value.path().read_bytes()
    image = Image.open(io.BytesIO(content))
    assert waiting.value.suggested_filename == "shoe-cutout.jpg"
    assert (image.format, image.size) == ("JPEG", (2000, 2000))
    assert len(content) < 500_000
    assert np.asarray(image)[:20, :20].min() >= 250, "the ground is white"
    assert len(pressed(page)) <= MOST_TAPS, pressed(page)


@DEVICES
def test_somebody_in_an_office_has_three_photos_for_an_e_mail_in_four_clicks(
    open_page, made_server, tmp_path, device
):
    names = ("coffee", "chelsea", "astronaut")
    files = [
        save_jpeg(photo(name).resize((2600, 1900)), tmp_path / f"{name}.jpg") for name in names
    ]
    page = open_page(made_server.url, **device)
    begin_to_count(page)
    hit(page.page.locator("#tab-compress"), device)
    choose_photos(page, files, touch=device is PHONE)
    page.wait_until_ended()
    hit(page.page.get_by_role("button", name="E-mail"), device)
    page.page.wait_for_function(
        "() => [...document.querySelectorAll('.row')].every(({dataset}) => dataset.fresh === 'yes')"
    )
    with page.page.expect_download() as waiting:
        hit(page.page.locator("#batch-save"), device)
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert len(archive.namelist()) == 3
        for name in archive.namelist():
            content = archive.read(name)
            assert len(content) < 1_000_000
            image = Image.open(io.BytesIO(content))
            assert (image.format, max(image.size)) == ("JPEG", 2000)
    assert len(pressed(page)) <= MOST_CLICKS, pressed(page)
