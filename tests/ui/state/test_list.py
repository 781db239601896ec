"""The list of photos: grid or rows, where keys lead, which photo somebody should look at."""

import pytest

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
        ("ArrowDown", 9, 9), ("Home", 7, 0), ("End", 2, 11), ("a", 3, None), ("Enter", 3, None),
    ],
)  # fmt: skip
def test_keys_walk_through_twelve_photos_in_five_columns(
    key: str, place: int, there: int | None
) -> None:
    assert stepped(key, place, 12, 5, False) == there


def test_in_a_language_that_is_read_from_the_right_the_left_arrow_leads_on() -> None:
    assert stepped("ArrowLeft", 3, 12, 5, True) == 4
    assert stepped("ArrowRight", 3, 12, 5, True) == 2


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
