"""What a camera wrote is gone from every file that the page saves, unless it is to be kept.

The made photo holds a position, dates, serial numbers, maker's notes, a small copy of itself, XMP,
press data, comments and a film; every saved file is searched for their bytes.
"""

import numpy as np
import pytest
from PIL import Image

from core.files.decode import decode
from core.files.metadata import receipt
from tests.browser.support.heic import from_display_p3, heic
from tests.browser.support.tabs import choose, opened, saved, settle, start
from tests.core import camera_file
from tests.core.pictures import DISPLAY_P3, save, texture
from tests.core.table_profile import table_profile

FORMATS = (
    "jpeg",
    "webp",
    "webp-lossless",
    "avif",
    "png",
    "png-small",
    "tiff",
    "gif",
    "bmp",
    "ico",
    "pdf",
)
QUICK = ("jpeg", "webp", "avif", "png", "pdf")
"""The kinds that differ most in where a file could hold something; the others run with --all."""

FURTHER = (camera_file.GPS_BYTES, b"SECRET", b"xmpmeta", b"acsp")


@pytest.fixture(scope="module")
def camera(tmp_path_factory):
    """The file of a photo that lies on its side."""
    file = tmp_path_factory.mktemp("camera") / "holiday.jpg"
    file.write_bytes(camera_file.camera_jpeg((320, 240), orientation=6))
    return file


@pytest.fixture(scope="module")
def converting(open_shared_page, made_server, camera):
    page = open_shared_page(made_server.url)
    start(page, "convert", [camera])
    unfold(page)
    return page


def unfold(page):
    """Open what is told of the file, where the switches for what is kept stand."""
    for fold in page.page.locator("details.receipt:visible > summary").all():
        fold.click()


def test_only_what_the_format_can_keep_is_offered_and_the_proof_names_it(converting):
    page = converting.page
    for kind, offered in (
        ("pdf", {"copyright"}),
        ("bmp", set()),
        ("jpeg", {"profile", "orientation", "copyright", "resolution"}),
    ):
        choose(converting, "convert-format", kind)
        names = ("profile", "orientation", "copyright", "resolution")
        shown = {name for name in names if page.locator(f"#control-keep-{name}").is_visible()}
        assert shown == offered, kind
    choose(converting, "convert-format", "pdf")
    switch(converting, "copyright", True)
    page.get_by_text("It holds: Photographer, Copyright.").wait_for()
    switch(converting, "copyright", False)


def test_dots_per_inch_are_kept_when_asked_for(open_page, made_server, tmp_path):
    scan = tmp_path / "scan.png"
    texture(320, 240).save(scan, dpi=(600, 600))
    page = open_page(made_server.url)
    start(page, "convert", [scan])
    unfold(page)
    for kind in ("jpeg", "png", "tiff"):
        choose(page, "convert-format", kind)
        switch(page, "resolution", False)
        found = opened(saved(page)[1]).info.get("dpi", (72, 72))
        assert round(float(found[0])) != 600, kind
        switch(page, "resolution", True)
        found = opened(saved(page)[1]).info["dpi"]
        assert [round(float(side)) for side in found] == [600, 600], kind


def test_a_print_picture_comes_out_in_true_colours_without_a_notice(
    open_page, made_server, tmp_path
):
    inks = [band.point(lambda level: 255 - level) for band in texture(320, 240).split()]
    printed = Image.merge("CMYK", [*inks, inks[0].point(lambda level: level // 3)])
    content = save(printed, "TIFF", icc_profile=table_profile(points=9))
    (tmp_path / "print.tif").write_bytes(content)
    page = open_page(made_server.url)
    start(page, "convert", [tmp_path / "print.tif"])
    choose(page, "convert-format", "png")
    _, made = saved(page)
    expected = np.asarray(decode(content).image).astype(int)
    assert np.abs(np.asarray(opened(made).convert("RGB")) - expected).max() <= 1
    assert "converted approximately" not in page.page.inner_text("body")


def switch(page, name, on):
    """Set one of the switches for what is kept."""
    page.page.locator(f"#control-keep-{name}").set_checked(on)
    settle(page)


@pytest.mark.parametrize(
    "kind",
    [
        *QUICK,
        *(pytest.param(kind, marks=pytest.mark.slow) for kind in FORMATS if kind not in QUICK),
    ],
)
def test_no_saved_file_holds_anything_of_the_camera(converting, camera, kind):
    assert all(secret in camera.read_bytes() for secret in camera_file.SECRETS)
    choose(converting, "convert-format", kind)
    _, content = saved(converting)
    for secret in (*camera_file.SECRETS, *FURTHER):
        assert secret not in content, secret
    if kind not in ("pdf", "ico"):
        assert opened(content).size == (240, 320)
        assert opened(content).format == kind.split("-")[0].upper()
    if kind != "pdf":
        assert receipt(content)["entries"] == []


@pytest.mark.parametrize(
    "kind",
    [
        "jpeg",
        "webp",
        *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("png", "png-small", "tiff")),
    ],
)
def test_the_profile_the_orientation_and_the_rights_are_kept_when_asked_for(
    converting, camera, kind
):
    choose(converting, "convert-format", kind)
    plain = saved(converting)[1]
    for name in ("profile", "orientation", "copyright"):
        switch(converting, name, True)
    _, content = saved(converting)
    for name in ("profile", "orientation", "copyright"):
        switch(converting, name, False)

    picture = opened(content)
    # Pillow sets TIFF files upright as it reads them.
    assert picture.size == ((240, 320) if kind == "tiff" else (320, 240)), "it lies as it did"
    assert picture.info["icc_profile"] == DISPLAY_P3
    words = {entry["label"]: entry["value"] for entry in receipt(content)["entries"]}
    assert words["Copyright"] == "(c) SECRET-COPYRIGHT"
    assert words["Orientation"] == "6"
    kinds = {entry["kind"] for entry in receipt(content)["entries"]}
    assert kinds == {"icc", "copyright", "other"}
    for secret in (b"SECRET-NOTE", b"SECRET-BODY-SERIAL", b"xmpmeta", camera_file.GPS_BYTES):
        assert secret not in content

    again, before = decode(content).image, decode(plain).image
    assert again.size == before.size == (240, 320)
    difference = np.asarray(again, float) - np.asarray(before, float)
    assert np.abs(difference).mean() < 4, "the same colours, in another space"


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        ("avif", {"icc", "copyright"}),
        *(
            pytest.param(kind, {"copyright"}, marks=pytest.mark.slow)
            for kind in ("jxl", "jxl-lossless", "gif")
        ),
    ],
)
def test_what_other_containers_can_hold_is_kept_when_asked_for(converting, kind, held):
    choose(converting, "convert-format", "jpeg")  # which has a switch for each
    for name in ("profile", "orientation", "copyright"):
        switch(converting, name, True)
    choose(converting, "convert-format", kind)
    _, content = saved(converting)
    choose(converting, "convert-format", "jpeg")
    for name in ("profile", "orientation", "copyright"):
        switch(converting, name, False)
    assert b"(c) SECRET-COPYRIGHT" in content
    entries = receipt(content)["entries"]
    found = {"copyright" if "SECRET" in entry["value"] else entry["kind"] for entry in entries}
    assert found == held
    if kind == "avif":
        picture = opened(content)
        assert picture.size == (240, 320)
        assert picture.info["icc_profile"] == DISPLAY_P3
    for secret in (b"SECRET-NOTE", b"SECRET-BODY-SERIAL", b"xmpmeta", camera_file.GPS_BYTES):
        assert secret not in content


@pytest.mark.parametrize("source", ["avif", "heic"])
def test_display_p3_of_what_a_codec_reads_is_kept_and_by_default_converted(
    open_shared_page, made_server, tmp_path, source
):
    photo = texture(120, 80)
    photo.info["icc_profile"] = DISPLAY_P3
    file = tmp_path / f"photo.{source}"
    options = {"quality": 100, "subsampling": "4:4:4", "icc_profile": DISPLAY_P3}
    file.write_bytes(save(photo, "AVIF", **options) if source == "avif" else heic(photo))
    page = open_shared_page(made_server.url)
    start(page, "convert", [file])
    for fold in page.page.locator("details.receipt:visible > summary").all():
        fold.click()
    wanted = np.asarray(from_display_p3(photo), float)
    for kind in ("png", "avif"):
        choose(page, "convert-format", kind)
        for kept in (False, True):
            switch(page, "profile", kept)
            picture = opened(saved(page)[1])
            assert picture.info.get("icc_profile") == (DISPLAY_P3 if kept else None)
            shown = from_display_p3(picture) if kept else picture
            difference = np.abs(np.asarray(shown.convert("RGB"), float) - wanted)
            assert difference.mean() < 3, (kind, kept)
