"""What is changed for all photos together is taken back together."""

from types import SimpleNamespace
from typing import Any

from tests.ui.work.fakes import settle
from tests.ui.work.house import House
from ui.panels.scope import Scope, ToolScope
from ui.state import items


async def shown_of_three(house: House) -> Any:
    """Return the photo on the stage of three that are done."""
    house.start()
    photos = house.add("a", "b", "c", shown=True)
    await settle()
    assert {item.state for item in photos} == {items.DONE}
    return photos[-1]


def backgrounds(house: House) -> list[str]:
    """Return what stands behind each photo's subject."""
    found = []
    for item in house.queue.items:
        settings: Any = house.queue.recipe.settings(item)
        found.append(settings["background"]["kind"])
    return found


async def test_a_tool_changes_the_photo_on_the_stage_until_all_are_chosen() -> None:
    house = House()
    await shown_of_three(house)
    scope = ToolScope(house.studio, house.conductor)
    scope.open(("background", "shadow"))
    scope.set_value("background", "kind", "colour")
    assert backgrounds(house) == ["transparent", "transparent", "colour"]
    assert not scope.can_undo()
    scope.choose(True)
    assert backgrounds(house) == ["colour"] * 3
    scope.set_value("background", "kind", "linear")
    assert backgrounds(house) == ["linear"] * 3
    scope.undo()
    assert backgrounds(house) == ["colour"] * 3, "the last change only"
    assert not scope.can_undo()


async def test_a_slider_that_moves_on_is_taken_back_as_one() -> None:
    house = House()
    await shown_of_three(house)
    scope = ToolScope(house.studio, house.conductor)
    scope.open(("edges",))
    scope.choose(True)
    for value in (1, 2, 3):
        scope.set_value("edges", "feather", value)
    scope.undo()
    complete: list[Any] = [house.queue.recipe.settings(item) for item in house.queue.items]
    assert [settings["edges"]["feather"] for settings in complete] == [0, 0, 0]


async def test_files_of_all_follow_what_was_changed_for_all_on_the_cutouts_tab() -> None:
    house = House()
    shown = await shown_of_three(house)
    scope = ToolScope(house.studio, house.conductor)
    scope.open(("background", "shadow"))
    scope.set_value("background", "kind", "colour")
    scope.choose(True)
    await house.clock.pass_by(5)
    fresh = [house.queue.recipe.is_fresh(item) for item in house.queue.items]
    assert fresh == [True, True, False], "whoever saves the shown one makes it"
    assert shown is house.queue.items[2]


async def test_another_photo_or_panel_begins_with_this_photo_alone() -> None:
    house = House()
    await shown_of_three(house)
    scope = ToolScope(house.studio, house.conductor)
    scope.open(("edges",))
    scope.choose(True)
    assert scope.is_for_all()
    scope.begin_anew(house.queue.items[0])
    assert not scope.is_for_all()
    assert not scope.can_undo()


async def test_a_common_value_is_taken_back_with_the_choice_to_keep_each_format() -> None:
    house = House(tab="compress")
    await shown_of_three(house)
    scope = Scope(house.studio, house.conductor)
    assert scope.is_for_all()
    scope.set_value("export", "format", "webp")
    assert not house.queue.recipe.same_format
    scope.undo()
    assert house.queue.recipe.same_format
    shown: Any = house.queue.shown
    settings: Any = house.queue.recipe.settings(shown)
    assert settings["export"]["format"] == "jpeg"


async def test_a_goal_for_all_is_the_common_recipe_and_can_be_taken_back() -> None:
    house = House(tab="compress")
    await shown_of_three(house)
    scope = Scope(house.studio, house.conductor)
    export = {"format": "webp", "quality": 60}
    complete: Any = house.queue.recipe.edit["export"]
    scope.use_preset({"export": {**complete, **export}}, [scope.item()])
    kinds = [house.queue.recipe.settings(item)["export"]["format"] for item in house.queue.items]
    assert kinds == ["webp"] * 3
    assert [item.settings.overrides for item in house.queue.items] == [[], [], []]
    await house.clock.pass_by(5)
    assert all(house.queue.recipe.is_fresh(item) for item in house.queue.items)
    scope.undo()
    kinds = [house.queue.recipe.settings(item)["export"]["format"] for item in house.queue.items]
    assert kinds == ["jpeg"] * 3


async def test_one_photo_alone_has_its_own_undo_and_no_other() -> None:
    house = House()
    house.start()
    house.add("a", shown=True)
    await settle()
    scope = Scope(house.studio, house.conductor)
    scope.set_value("export", "quality", 40)
    assert not scope.can_undo()


async def test_who_listens_hears_of_each_change_of_the_switch() -> None:
    house = House()
    await shown_of_three(house)
    scope = ToolScope(house.studio, house.conductor)
    heard = SimpleNamespace(count=0)
    scope.moved.connect(lambda: setattr(heard, "count", heard.count + 1))
    scope.open(("edges",))
    scope.choose(True)
    scope.undo()
    assert heard.count >= 3


async def test_a_photo_keeps_its_own_background_picture_when_another_panel_is_for_all() -> None:
    house = House()
    await shown_of_three(house)
    other = house.queue.items[0]
    house.queue.show(other)
    house.studio.set_backdrop("beach")
    house.queue.show(house.queue.items[2])
    scope = ToolScope(house.studio, house.conductor)
    scope.open(("edges",))
    scope.choose(True)
    assert other.settings.backdrop == "beach"
    scope.open(("background", "shadow"))
    scope.choose(True)
    assert other.settings.backdrop is None
