"""Files that are no photos: each ends in one sentence at its own row, and the rest goes on."""

import pytest

from common.errors import sentence
from common.limits import MIN_SIDE, allowed_megapixels
from tests.browser.support.pictures import encoded, iso_media, png_header, save_spotlight, spotlight

JPEG = encoded(spotlight(400, 300), "JPEG")
PNG = encoded(spotlight(400, 300), "PNG")
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def too_small(width, height):
    return sentence("too_small", {"width": width, "height": height, "limit": MIN_SIDE})


BAD_FILES = {
    "empty.jpg": (b"", sentence("empty_file")),
    "letter.jpg": (b"Dear sir, this is no photo at all.\n" * 40, sentence("not_an_image")),
    "cut.jpg": (JPEG[: len(JPEG) // 2], sentence("damaged")),
    "cut.png": (PNG[: len(PNG) // 2], sentence("damaged")),
    "dot.png": (encoded(spotlight(1, 1), "PNG"), too_small(1, 1)),
    "strip.png": (encoded(spotlight(20000, 10), "PNG"), too_small(20000, 10)),
    "drawing.svg": (SVG, sentence("is_svg")),
    "phone.heic": (iso_media(b"heic"), sentence("damaged")),
    "web.avif": (iso_media(b"avif"), sentence("damaged")),
    "paper.pdf": (b"%PDF-1.7\n" + bytes(500), sentence("is_pdf")),
}


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    """One page for the whole module: it has to survive every file."""
    return open_shared_page(made_server.url)


def give(page, files):
    """Choose files and return the rows that they ended in, by name."""
    earlier = len(page.rows())
    page.add_files(files)
    return {row.name: row for row in page.wait_until_ended()[earlier:]}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_ends_in_one_sentence_and_the_next_photo_works(page, tmp_path, name):
    content, words = BAD_FILES[name]
    (tmp_path / name).write_bytes(content)
    good = save_spotlight(tmp_path / f"after-{name}.png")

    rows = give(page, [tmp_path / name, good])

    assert (rows[name].state, rows[name].status) == ("failed", words)
    assert rows[good.name].state == "done"


def test_a_decompression_bomb_is_refused_by_its_header(page, tmp_path):
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(png_header(50000, 50000))
    limit = allowed_megapixels(page.page.evaluate("navigator.deviceMemory"))

    rows = give(page, [bomb, save_spotlight(tmp_path / "after-the-bomb.png")])

    words = sentence("too_large", {"megapixels": 2500.0, "limit": limit})
    assert (rows["bomb.png"].state, rows["bomb.png"].status) == ("failed", words)
    assert rows["after-the-bomb.png"].state == "done"


def test_the_same_file_twice_is_shown_where_it_is_and_cut_out_once(page, tmp_path):
    photo = save_spotlight(tmp_path / "twin.png", seed=3)
    earlier = len(page.rows())

    page.add_files([photo])
    page.add_files([save_spotlight(tmp_path / "other.png", seed=4)])
    page.add_files([photo])
    rows = page.wait_until_ended()[earlier:]

    assert [(row.name, row.state) for row in rows] == [("twin.png", "done"), ("other.png", "done")]
    assert page.page.locator("#note-words").inner_text() == sentence("duplicate")
    assert page.page.locator("#stage-name").inner_text() == "twin.png"


def test_a_failure_is_announced_to_screen_readers(open_page, made_server, tmp_path):
    page = open_page(made_server.url, ready=False)
    page.page.add_init_script(KEEP_ANNOUNCEMENTS)
    page.open(made_server.url)
    (tmp_path / "silence.jpg").write_bytes(b"")

    give(page, [tmp_path / "silence.jpg"])

    heard = page.page.evaluate("announced")
    assert any("silence.jpg: " + sentence("empty_file") in text for text in heard)


KEEP_ANNOUNCEMENTS = """
globalThis.announced = [];
addEventListener('DOMContentLoaded', () => {
  const announcer = document.getElementById('announcer');
  new MutationObserver(() => announced.push(announcer.textContent)).observe(
    announcer, {childList: true, characterData: true, subtree: true});
});
"""


def many(folder, count):
    return [save_spotlight(folder / f"{n:03}.png", 40, 30, seed=n) for n in range(count)]


@pytest.mark.slow
def test_two_hundred_files_at_once_leave_the_page_responsive(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    files = many(tmp_path, 200)

    page.add_files(files)
    page.page.wait_for_function("document.querySelectorAll('.row').length === 200")

    assert [row.name for row in page.rows()] == [file.name for file in files]
    slowest = page.page.evaluate(
        """async () => {
             let slowest = 0;
             for (let turn = 0; turn < 40; turn += 1) {
               const began = performance.now();
               await new Promise((resolve) => setTimeout(resolve, 0));
               slowest = Math.max(slowest, performance.now() - began);
             }
             return slowest;
           }"""
    )
    assert slowest < 1000, "milliseconds without an answer"
    page.page.locator(".row-select").last.click()
    page.page.get_by_role("button", name="Cancel 199.png").click()
    page.page.wait_for_selector(".row[data-state=cancelled]")
    page.page.wait_for_selector(".row[data-state=done]")


@pytest.mark.slow
def test_two_hundred_files_are_all_cut_out(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    page.add_files(many(tmp_path, 200))

    assert {row.state for row in page.wait_until_ended(500)} == {"done"}
    assert page.page.inner_text("#queue-title") == "200 of 200 done"
