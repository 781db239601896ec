"""JPEG XL, written and read by its codec in the page, against an independent libjxl."""

import numpy as np
import pytest

from tests.browser.support.decoding import decode_all, refusal
from tests.browser.support.encoding import encode, options_of
from tests.browser.support.heic import difference
from tests.browser.support.jxl import jxl, native, repacked
from tests.browser.support.pictures import photo
from tests.browser.support.tabs import choose, saved, start


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    """One page for all of them; its network is not needed."""
    return open_shared_page(made_server.url)


def small(size=(161, 97)):
    return photo("chelsea").resize(size)


def test_what_is_written_without_loss_is_what_went_in_and_with_loss_near_it(page):
    picture = small().convert("RGBA")
    picture.putalpha(200)
    exact = encode(page.page, "jxl", picture, options_of(format="jxl-lossless"))
    assert np.array_equal(np.asarray(native(exact)), np.asarray(picture))
    good = encode(page.page, "jxl", picture, options_of(format="jxl", quality=90))
    poor = encode(page.page, "jxl", picture, options_of(format="jxl", quality=40))
    assert len(poor) < len(good) < len(exact)
    assert difference(native(good), picture)[0] < 3


def test_a_file_is_read_upright_in_srgb(page):
    image, facts = decode_all(page.page, jxl(small()), "jxl")
    assert difference(image, small())[1] <= 1
    assert facts == {"finished": True, "notices": []}
    content, expected = repacked(small(), 6)
    mean, largest = difference(decode_all(page.page, content, "jxl")[0], expected)
    # A repacked JPEG is decoded more exactly than by a JPEG decoder.
    assert mean < 1
    assert largest <= 6


def test_broken_and_huge_files_are_refused(page):
    content = jxl(small())
    assert "damaged" in refusal(page.page, content[:60], "jxl")
    huge = b"\xff\x0a" + ((1 << 30) - 1 << 3 | 3 << 1 | 1 << 33).to_bytes(8, "little") + bytes(90)
    assert "too_large" in refusal(page.page, huge, "jxl")


def test_a_dropped_file_is_converted_to_jpeg_xl_and_shown_beside_the_original(page, tmp_path):
    file = tmp_path / "photo.jxl"
    file.write_bytes(jxl(small((320, 200))))
    (row,) = start(page, "convert", [file])
    assert row.state == "done"
    choose(page, "convert-format", "jxl-lossless")
    name, made = saved(page)
    assert name.endswith(".jxl")
    assert difference(native(made), small((320, 200)))[1] <= 1
    page.page.wait_for_function("document.querySelector('.row').dataset.fresh === 'yes'")
    words = page.page.locator("main").inner_text()
    assert "damaged" not in words
    assert "no decoder" not in words
