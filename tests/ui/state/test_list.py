"""The list of photos: grid or rows, where keys lead, which photo somebody should look at."""

import pytest

from common.errors import SENTENCES
from tests.ui.work.fakes import FakeBlob, settle
from tests.ui.work.house import House
from ui.state import items, kept
from ui.state.window import FEW, GRID, ROWS, layout_of, stepped


def test_few_photos_are_rows_and_many_a_grid_unless_chosen_otherwise() -> None:
    assert [layout_of("", count) for count in (0, 1, FEW, FEW + 1)] == [ROWS, ROWS, ROWS, GRID]
    assert (layout_of(GRID, 2), layout_of(ROWS, 300)) == (GRID, ROWS)


def test_one_photo_is_never_a_grid() -> None:
    assert layout_of(GRID, 1) == ROWS


@pytest.mark.parametrize(
    ("key", "place", "there"),
    [
        ("ArrowRight", 0, 1), ("ArrowLeft", 0, 0), ("ArrowDown", 1, 6), ("ArrowUp", 6, 1),
        ("ArrowDown", 9, 11), ("ArrowDown", 11, 11), ("Home", 7, 0),
        ("End", 2, 11), ("a", 3, None), ("Enter", 3, None),
    ],
)  # fmt: skip
def test_keys_walk_through_twelve_photos_in_five_columns(
    key: str, place: int, there: int | None
) -> None:
    assert stepped(key, place, 12, False, in_fives) == there


def in_fives(place: int) -> tuple[int, int]:
    """Return where a photo stands, (top, left)."""
    return 60 * (place // 5), 60 * (place % 5)


def test_a_photo_that_has_a_line_for_itself_is_stepped_over_by_nobody() -> None:
    tops_and_lefts = [(0, 0), (0, 60), (0, 120), (60, 0), (120, 0), (120, 60)]
    lies = tops_and_lefts.__getitem__
    assert stepped("ArrowDown", 2, 6, False, lies) == 3
    assert stepped("ArrowDown", 3, 6, False, lies) == 4
    assert stepped("ArrowUp", 5, 6, False, lies) == 3
    assert stepped("ArrowUp", 3, 6, False, lies) == 0


def test_in_a_language_that_is_read_from_the_right_the_left_arrow_leads_on() -> None:
    assert stepped("ArrowLeft", 3, 12, True, in_fives) == 4
    assert stepped("ArrowRight", 3, 12, True, in_fives) == 2


async def finished(doubt: float, found: str = "some") -> tuple[House, items.Item]:
    """Return a finished photo of which the network was so unsure."""
    house = House()
    house.doubt, house.found = doubt, found
    house.start()
    [item] = house.add("a", shown=True)
    await settle()
    assert item.state == items.DONE
    return house, item


async def test_a_cutout_of_which_the_network_is_not_sure_needs_a_look_until_it_is_touched_up() -> (
    None
):
    house, item = await finished(0.6)
    assert item.needs_a_look
    stroke = {"kind": "region", "mode": "erase", "point": [0.5, 0.5], "tolerance": 0.1}
    house.studio.add_stroke(stroke)
    assert not item.needs_a_look


async def test_a_cutout_that_was_saved_needs_no_look_any_more() -> None:
    house, item = await finished(0.6)
    house.queue.hand_out(item)
    assert not item.needs_a_look


async def test_a_sure_cutout_needs_no_look_but_a_photo_that_is_all_subject_does() -> None:
    _, sure = await finished(0.05)
    assert not sure.needs_a_look
    _, whole = await finished(0.05, "everything")
    assert whole.needs_a_look


async def test_the_doubt_outlives_a_reload() -> None:
    house, item = await finished(0.6)
    facts = kept.facts_of(item, item.state, False, house.queue.recipe)
    again = House()
    restored = again.queue.recalled(facts, FakeBlob("a", "image/jpeg", 1000))
    assert restored.needs_a_look


async def test_what_a_photo_asks_for_next_follows_its_state_and_what_is_wrong_with_it() -> None:
    house, item = await finished(0)
    assert items.next_step(item, True) == items.SAVE
    item.found = "everything"
    assert items.next_step(item, True) == items.POINT
    assert items.next_step(item, False) == items.SAVE
    house.queue.fail(item, "It is damaged.", "damaged")
    assert items.next_step(item, True) == items.ADD
    house.queue.fail(item, "The model did not come.", "model_unavailable")
    assert items.next_step(item, True) == items.RETRY
    item.found = "nothing"
    house.queue.fail(item, "Nothing was found.", "nothing_found")
    assert items.next_step(item, True) == items.POINT
    house.queue.retry(item)
    assert (item.fault, items.next_step(item, True)) == ("", items.ADD)


async def test_what_came_uncut_is_to_be_cut_out_where_that_is_what_the_tab_is_for() -> None:
    _, item = await finished(0)
    item.settings.cutout = False
    assert items.next_step(item, True) == items.CUT
    assert items.next_step(item, False) == items.SAVE


def test_every_fault_of_a_file_is_a_known_code() -> None:
    assert set(items.IN_THE_FILE) <= set(SENTENCES)
