"""JPEG 2000, read by OpenJPEG in a codec worker, as independent readers read it."""

import numpy as np
import pytest
from PIL import Image

from tests.browser.support.decoding import decode_all, refusal
from tests.browser.support.heic import difference, from_display_p3
from tests.browser.support.jp2 import (
    box,
    boxed,
    codestream,
    described,
    jp2,
    numbered,
    profiled,
)
from tests.browser.support.pictures import photo
from tests.browser.support.tabs import choose, opened, saved, start
from tests.core.pictures import DISPLAY_P3

NOTHING = {"finished": False, "notices": []}


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    """One page for all of them; its network is not needed."""
    return open_shared_page(made_server.url)


def small(size=(161, 97)):
    """Return a small photo without a profile."""
    picture = photo("chelsea").resize(size).convert("RGB")
    picture.info = {}
    return picture


def read(page, content):
    """Return the picture and the facts that the page reads from a file."""
    return decode_all(page.page, content, "jpeg2000")


def test_colours_are_read_exactly_with_and_without_boxes_and_tiles(page):
    for content in (
        codestream(np.asarray(small())),
        jp2(small()),
        jp2(small(), tile_size=(64, 64)),
        jp2(small(), progression="RPCL", num_resolutions=3, codeblock_size=(32, 32)),
    ):
        image, facts = read(page, content)
        assert difference(image, small())[1] == 0
        assert facts == NOTHING
        assert image.getchannel("A").getextrema() == (255, 255)


def test_what_was_packed_with_loss_is_as_an_independent_reader_shows_it(page):
    content = jp2(small(), irreversible=True, quality_mode="rates", quality_layers=[20])
    assert difference(read(page, content)[0], opened(content))[1] <= 1


def test_transparency_is_read_straight_or_multiplied(page):
    picture = small().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    values = np.asarray(picture)
    for content in (jp2(picture), codestream(values)):
        assert np.array_equal(np.asarray(read(page, content)[0]), values)
    grey = np.dstack([np.asarray(small().convert("L")), values[..., 3]])
    image = np.asarray(read(page, codestream(grey))[0])
    assert np.array_equal(image[..., [0, 3]], grey)
    assert np.array_equal(image[..., 1], image[..., 2])
    multiplied = codestream(np.full((4, 4, 4), (100, 50, 0, 128), np.uint8))
    content = boxed(multiplied, numbered(16), described(0, 0, 0, 2))
    assert read(page, content)[0].getpixel((1, 1)) == (199, 100, 0, 128)
    spot = boxed(codestream(values), numbered(16), described(0, 0, 0, 65535))
    assert "no_decoder" in refusal(page.page, spot, "jpeg2000")


def test_sixteen_bits_become_eight_with_a_notice(page):
    values = np.asarray(small()).astype(np.uint16) * 257
    image, facts = read(page, codestream(values))
    assert difference(image, small())[1] == 0
    assert facts["notices"] == ["reduced_to_8_bit"]


def test_luma_and_chroma_become_colours_and_cmyk_approximately(page):
    picture = Image.new("RGB", (32, 24), (200, 60, 30))
    separate = np.asarray(picture.convert("YCbCr"))
    image, _ = read(page, boxed(codestream(separate), numbered(18)))
    assert difference(image, picture)[1] <= 2
    inks = np.full((24, 32, 4), (0, 255, 255, 0), np.uint8)
    image, facts = read(page, boxed(codestream(inks), numbered(12)))
    assert image.getpixel((5, 5)) == (255, 0, 0, 255)
    assert facts == {"finished": True, "notices": ["approximate_colours"]}
    profile = DISPLAY_P3[:16] + b"CMYK" + DISPLAY_P3[20:]
    other = boxed(codestream(inks), profiled(profile))
    assert "no_decoder" in refusal(page.page, other, "jpeg2000")


def test_a_palette_is_read(page):
    table = bytes([10, 20, 30, 40, 50, 60, 70, 80, 90])
    numbers = (np.indices((24, 32)).sum(0) % 3).astype(np.uint8)
    palette = box(b"pclr", b"\0\3\3\7\7\7" + table)
    palette += box(b"cmap", b"".join(bytes([0, 0, 1, index]) for index in range(3)))
    image, _ = read(page, boxed(codestream(numbers), numbered(16), palette))
    colours = np.frombuffer(table, np.uint8).reshape(3, 3)
    assert np.array_equal(np.asarray(image)[..., :3], colours[numbers])


@pytest.mark.parametrize("tiled", [False, True])
def test_a_file_that_breaks_off_anywhere_is_damaged_and_the_next_one_is_read(page, tiled):
    content = jp2(small(), **({"tile_size": (64, 64)} if tiled else {}))
    cuts = [int(len(content) * part) for part in (0.02, 0.3, 0.6, 0.95)]
    # Between two tiles, where every length is right and only tiles are missing.
    places = [at for at in range(len(content)) if content.startswith(b"\xff\x90\0\x0a", at)]
    assert len(places) == (6 if tiled else 1)
    for cut in [*cuts, *places[1:]]:
        for end in (b"", b"\xff\xd9"):
            assert "damaged" in refusal(page.page, content[:cut] + end, "jpeg2000"), cut
    assert read(page, content)[0].size == small().size


def test_a_tile_that_lasts_to_the_end_needs_the_mark_of_the_end(page):
    content = codestream(np.asarray(small()))
    at = content.index(b"\xff\x90\0\x0a") + 6
    open_end = content[:at] + bytes(4) + content[at + 4 :]
    assert difference(read(page, open_end)[0], small())[1] == 0
    assert "damaged" in refusal(page.page, open_end[:-500], "jpeg2000")


def test_a_file_that_claims_too_many_pixels_is_refused_before_it_is_decoded(page):
    content = codestream(np.asarray(small()))
    huge = content[:8] + (65535).to_bytes(4, "big") * 2 + content[16:]
    assert "too_large" in refusal(page.page, huge, "jpeg2000")


def converted(page, tmp_path, name, content):
    """Return a file that the page makes a PNG file of, and the words on the screen."""
    file = tmp_path / name
    file.write_bytes(content)
    earlier = len(page.rows())
    row = start(page, "convert", [file])[earlier]
    assert row.state == "done"
    page.page.locator(".row").nth(earlier).locator("button").first.click()
    choose(page, "convert-format", "png")
    _, made = saved(page, earlier)
    return opened(made), page.page.locator("main").inner_text()


def test_a_dropped_file_in_display_p3_becomes_a_picture_in_srgb(page, tmp_path):
    content = boxed(codestream(np.asarray(small((320, 200)))), profiled(DISPLAY_P3))
    made, words = converted(page, tmp_path, "photo.jp2", content)
    assert difference(made, from_display_p3(small((320, 200))))[1] <= 3
    assert "no decoder" not in words


def test_a_dropped_grey_file_stays_grey(page, tmp_path):
    made, _ = converted(page, tmp_path, "grey.j2k", codestream(np.asarray(small().convert("L"))))
    assert made.mode == "L"
    assert np.array_equal(np.asarray(made), np.asarray(small().convert("L")))
