"""A goal sets all that follows from it, whatever goal was chosen before, and is taken back."""

from typing import Any

import pytest

from common.goals.offered import GOALS
from tests.ui.work.fakes import settle
from tests.ui.work.house import House
from ui.aims.taking import Taking
from ui.panels.scope import Scope, ToolScope

BY_NAME = {goal.name: goal for goal in GOALS}


async def one_photo(tab: str, *names: str) -> tuple[House, Any]:
    """Return a house and what gives goals to its photos, of which the last is on the stage."""
    house = House(tab=tab)
    house.start()
    house.add(*(names or ("photo.jpg",)), shown=True)
    await settle()
    kind = ToolScope if tab == "cutout" else Scope
    return house, Taking(kind(house.studio, house.conductor), GOALS)


def settings_of(house: House, item: Any = None) -> Any:
    """Return the complete settings of the photo on the stage, or of another."""
    return house.queue.recipe.settings(item or house.queue.shown)


@pytest.mark.parametrize("before", [goal.name for goal in GOALS])
@pytest.mark.parametrize("then", ["E-mail", "Print", "Web"])
async def test_a_plain_photo_keeps_its_ground_and_form_whatever_goal_was_before(
    before: str, then: str
) -> None:
    alone, press_alone = await one_photo("convert")
    press_alone.press(BY_NAME[then])
    house, taking = await one_photo("convert")
    if before != then:
        taking.press(BY_NAME[before])
    taking.press(BY_NAME[then])
    assert settings_of(house) == settings_of(alone)
    assert taking.has(BY_NAME[then])
    assert not settings_of(house)["steps"]["cutout"]


@pytest.mark.parametrize("names", [("photo.jpg",), ("a.jpg", "b.jpg")])
@pytest.mark.parametrize("tab", ["convert", "cutout"])
async def test_the_same_goal_again_takes_it_back(tab: str, names: tuple[str, ...]) -> None:
    house, taking = await one_photo(tab, *names)
    before = [settings_of(house, item) for item in house.queue.items]
    same = house.queue.recipe.same_format
    for name in ("Marketplace", "Favicon"):
        taking.press(BY_NAME[name])
    assert settings_of(house)["export"]["format"] == "ico"
    taking.press(BY_NAME["Favicon"])
    assert [settings_of(house, item) for item in house.queue.items] == before
    assert house.queue.recipe.same_format == same
    assert [item.settings.overrides for item in house.queue.items] == [[]] * len(names)


async def test_what_a_hand_has_set_stays_where_no_goal_touches_it() -> None:
    house, taking = await one_photo("cutout")
    house.studio.set_value("background", "kind", "blur")
    house.studio.set_value("keep", "copyright", True)
    taking.press(BY_NAME["E-mail"])
    assert settings_of(house)["background"]["kind"] == "blur", "e-mail says nothing of it"
    taking.press(BY_NAME["Marketplace"])
    assert settings_of(house)["background"]["colour"] == "#ffffff"
    house.studio.set_value("edges", "feather", 3)
    taking.press(BY_NAME["E-mail"])
    settings = settings_of(house)
    assert settings["background"]["kind"] == "blur"
    assert settings["keep"]["copyright"]
    assert settings["edges"]["feather"] == 3
    assert settings["steps"]["cutout"]


async def test_a_frame_that_was_drawn_after_a_goal_was_undone_is_no_part_of_it() -> None:
    house, taking = await one_photo("cutout")
    taking.press(BY_NAME["Favicon"])
    house.studio.undo()
    house.studio.set_value("framing", "kind", "trim")
    taking.press(BY_NAME["Print"])
    assert settings_of(house)["framing"]["kind"] == "trim"


async def test_after_a_reload_a_goal_that_fits_is_still_no_ground_for_another() -> None:
    house, taking = await one_photo("convert")
    taking.press(BY_NAME["Marketplace"])
    house.queue.shown.settings.before_goal = None  # nothing of it is written down
    taking.press(BY_NAME["E-mail"])
    settings = settings_of(house)
    assert settings["framing"]["kind"] == "original"
    assert settings["background"]["kind"] == "transparent"
    assert not settings["steps"]["cutout"]


async def test_one_photo_of_many_leaves_the_goal_of_all() -> None:
    house, taking = await one_photo("convert", "a.jpg", "b.jpg")
    taking.press(BY_NAME["Web"])
    taking.scope.choose(False)
    taking.press(BY_NAME["Web"])
    formats = [settings_of(house, item)["export"]["format"] for item in house.queue.items]
    assert formats == ["webp", "jpeg"]
