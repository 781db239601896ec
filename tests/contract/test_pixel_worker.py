"""The pixel worker's answers to the page, asked in the page's own Pyodide."""

import json

import pytest
from PIL import Image

from tests.contract.in_pyodide import run_in_pyodide
from tests.core.pictures import largest_difference, texture


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worker")
    texture(60, 40).save(folder / "deflated.tiff", compression="tiff_adobe_deflate")
    run_in_pyodide(folder, "pyodide_pixel_worker.py")
    return folder


@pytest.fixture(scope="module")
def outcome(folder):
    return json.loads((folder / "outcome.json").read_text("utf-8"))


def test_the_receipt_crosses_as_values(outcome):
    entries = {entry["label"]: entry["value"] for entry in outcome["receipt"]["entries"]}
    assert entries["Position"] == "48.85832° N, 2.29450° E"
    assert outcome["receipt"]["bytes"] > 5000


def test_formats_of_the_codecs_leave_as_pixels(outcome):
    for kind, codec in (("jpeg", "mozjpeg"), ("webp", "webp"), ("avif", "avif")):
        facts = outcome[kind]
        assert (facts["raw"], facts["codec"], facts["channels"]) == (True, codec, 4)
        assert (facts["width"], facts["height"]) == (60, 80)
        assert facts["length"] == 60 * 80 * 4
    assert outcome["webp-lossless"]["codec"] == "webp"


def test_oxipng_gets_a_png_file_without_metadata(outcome):
    facts = outcome["png-small"]
    assert (facts["codec"], facts["channels"]) == ("oxipng", 0)
    assert bytes(facts["head"][:8]) == b"\x89PNG\r\n\x1a\n"
    assert not outcome["png-small secret"]


def test_other_formats_come_as_files(outcome):
    for kind, head in (("png", b"\x89PNG"), ("gif", b"GIF8"), ("pdf", b"%PDF")):
        facts = outcome[kind]
        assert facts["raw"] is False
        assert facts["sizes"] == [facts["length"]]
        assert bytes(facts["head"][:4]) == head
        assert (facts["width"], facts["height"], facts["frames"]) == (60, 80, 1)


def test_pillow_writes_for_a_page_without_codecs(outcome):
    assert outcome["half"]["types"] == ["image/jpeg"]
    assert (outcome["half"]["width"], outcome["half"]["height"]) == (60, 80)
    assert outcome["no avif"]["code"] == "no_encoder"


def test_what_is_kept_goes_into_a_codecs_file(outcome):
    assert outcome["lying"] == [160, 120]
    assert outcome["with_metadata"]


def test_an_encoded_result_is_compared_with_what_was_encoded(outcome):
    assert outcome["ssim pixels"]["ssim"] == 1
    assert 0.9 < outcome["ssim file"]["ssim"] < 1
    assert outcome["ssim file"] == outcome["ssim blob"]


def test_pixels_of_another_decoder_become_a_photo_and_a_file(folder, outcome):
    facts = outcome["open_pixels"]
    assert (facts["width"], facts["height"], facts["notices"]) == (90, 60, ["first_frame"])
    assert outcome["input"]["ok"]
    expected = texture(90, 60)
    expected.putalpha(Image.linear_gradient("L").resize(expected.size))
    with Image.open(folder / "stand-in.png") as stand_in:
        assert largest_difference(stand_in, expected) == 0


def test_the_desk_shows_a_photo_that_is_not_cut_out(outcome):
    assert outcome["desk"]["ok"]
    assert (outcome["shown"]["width"], outcome["shown"]["height"]) == (120, 160)
    assert outcome["shown alpha"] == 255


def test_a_cutout_leaves_without_its_background(outcome):
    assert outcome["cutout"]["raw"]
    assert outcome["cutout corner"] == [0, 0, 0, 0]


def test_what_cannot_be_done_is_refused_with_its_words(outcome):
    assert outcome["too large"]["code"] == "size_refused"
    assert "24000 x 20000" in outcome["too large"]["details"]["words"]
    assert outcome["mistyped"]["code"] == "size_refused"
    assert "at most 20000" in outcome["mistyped"]["details"]["words"]
    assert "without a matte" in outcome["no matte"]["details"]["reason"]


def test_a_tiff_file_packed_with_deflate_is_read_without_libtiff(outcome):
    """Pyodide's libtiff (4.4.0) has no deflate; :mod:`core.readers.tiff_pixels` reads it."""
    assert outcome["deflated"]["ok"]
    assert (outcome["deflated"]["width"], outcome["deflated"]["height"]) == (60, 40)
