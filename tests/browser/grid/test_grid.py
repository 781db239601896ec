"""Many photos are a grid of results: thirty at once, walked through by keys and by touch."""

import pytest

from tests.browser.support.axe import violations
from tests.browser.support.choices import wait_until_chosen
from tests.browser.support.pictures import save_spotlight
from tests.browser.support.screen import FINGER, SMALL_TARGETS

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}

VISIBLE = """() => [...document.querySelectorAll('#queue .row')].filter((row) => {
  const box = row.getBoundingClientRect();
  const list = document.getElementById('queue').getBoundingClientRect();
  return box.top >= list.top - 1 && box.bottom <= Math.min(list.bottom, innerHeight) + 1;
}).length"""

FOCUSED = "() => document.activeElement.closest('.row')?.querySelector('.row-name').textContent"

REACHED = """() => [...document.querySelectorAll('.row-select')]
  .filter((button) => button.tabIndex === 0).length"""


def photos(folder, count):
    """Return so many files, each a little different."""
    return [save_spotlight(folder / f"{n:02}.png", 96, 64, seed=n) for n in range(1, count + 1)]


@pytest.fixture(scope="module")
def many(open_shared_page, made_server, tmp_path_factory):
    """A laptop's window with 36 finished cutouts."""
    page = open_shared_page(made_server.url, viewport=LAPTOP, reduced_motion="reduce")
    page.add_files(photos(tmp_path_factory.mktemp("many"), 36))
    page.wait_until_ended()
    return page


def test_thirty_results_are_seen_at_once_on_a_laptop(many):
    assert many.page.evaluate(VISIBLE) >= 30
    widest = many.page.evaluate("document.documentElement.scrollWidth")
    assert widest <= LAPTOP["width"]


def test_each_result_says_its_state_in_a_word_and_its_name_to_screen_readers(many):
    first = many.page.locator(".row").first
    assert first.locator(".row-word").inner_text() == "Done"
    assert many.page.get_by_role("button", name="01.png Done", exact=True).is_visible()
    assert not first.get_by_role("button", name="Remove").is_visible()
    assert many.page.inner_text("#queue-current-name") == "01.png"
    assert many.page.locator("#queue-current").get_by_role("link").is_visible()


def test_arrow_keys_walk_through_the_grid_and_the_stage_follows(many):
    page = many.page
    page.locator(".row-select").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUSED) == "02.png"
    page.locator("#stage-name", has_text="02.png").wait_for()
    page.keyboard.press("ArrowDown")
    below = page.evaluate(FOCUSED)
    assert int(below[:2]) >= 6, "a row is not a column"
    page.keyboard.press("Home")
    assert page.evaluate(FOCUSED) == "01.png"
    page.keyboard.press("End")
    assert page.evaluate(FOCUSED) == "36.png"
    assert page.evaluate(REACHED) == 1, "the Tab key leads to one of them"
    page.locator("#queue-current-name", has_text="36.png").wait_for()


def test_no_violation_of_accessibility_rules(many):
    assert violations(many) == []


def test_rows_are_a_press_away_and_that_is_kept(many, tmp_path):
    page = many.page
    page.click("#list-rows")
    row = page.locator(".row").first
    row.get_by_role("button", name="Remove").wait_for()
    assert row.locator(".row-name").is_visible()
    assert not page.locator("#queue-current").is_visible()
    wait_until_chosen(many, "homecut-list-rows")
    page.click("#list-rows")
    row.get_by_role("button", name="Remove").wait_for(state="hidden")
    wait_until_chosen(many, "homecut-list-grid")


def test_the_delete_key_removes_and_undo_brings_back(many):
    page = many.page
    page.locator(".row-select").nth(4).focus()
    page.keyboard.press("Delete")
    page.locator("#removed-words", has_text="1 photo removed.").wait_for()
    assert page.locator(".row").count() == 35
    assert page.evaluate(FOCUSED) == "06.png"
    page.click("#removed-undo")
    page.wait_for_function("() => document.querySelectorAll('.row').length === 36")


def test_on_a_phone_the_grid_fits_and_can_be_hit(open_page, made_server, tmp_path):
    page = open_page(made_server.url, viewport=PHONE, has_touch=True, is_mobile=True)
    page.add_files(photos(tmp_path, 5))
    page.wait_until_ended()
    assert page.page.get_attribute("#main", "data-list") == "grid"
    assert page.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.page.evaluate(SMALL_TARGETS, FINGER) == []
    page.page.locator(".row-select").nth(2).tap()
    page.page.locator("#queue-current-name", has_text="03.png").wait_for()


def test_one_photo_is_a_row_with_all_that_can_be_said(open_page, made_server, tmp_path):
    page = open_page(made_server.url, viewport=LAPTOP)
    page.add_files(photos(tmp_path, 1))
    page.wait_until_ended()
    assert not page.page.locator("#list-rows").is_visible()
    assert page.page.locator(".row .row-name").is_visible()
    assert page.page.locator(".row").get_by_role("button", name="Remove").is_visible()
    assert page.errors == []
