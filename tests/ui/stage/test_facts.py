"""What is said below the picture, and the ground that it stands on."""

from typing import Any

import pytest

from tests.ui.work.fakes import settle
from tests.ui.work.house import House
from ui.stage.facts import facts_of
from ui.state.file_settings import ground_of


async def cutout(**export: str) -> tuple[House, Any]:
    """Return a house and its photo, a cutout whose file is made with values of ``export``."""
    house = House()
    house.start()
    (item,) = house.add("photo.jpg", shown=True)
    await settle()
    for key, value in export.items():
        house.queue.set_common("export", key, value)
    return house, item


@pytest.mark.parametrize("name", ["jpeg", "pdf", "bmp"])
async def test_a_file_without_transparency_shows_the_ground_that_it_will_have(name: str) -> None:
    house, item = await cutout(format=name, jpeg_background="#aa00cc")
    recipe = house.queue.recipe
    assert ground_of(item, recipe.settings(item)) == "#aa00cc"
    assert any("has no transparency" in fact for fact in facts_of(item, recipe))


@pytest.mark.parametrize("name", ["png", "webp", "mask"])
async def test_a_file_that_keeps_its_transparency_has_no_ground(name: str) -> None:
    house, item = await cutout(format=name, jpeg_background="#aa00cc")
    recipe = house.queue.recipe
    assert ground_of(item, recipe.settings(item)) == ""
    assert not any("transparency" in fact for fact in facts_of(item, recipe))


async def test_nothing_is_said_where_a_background_was_chosen() -> None:
    house, item = await cutout(format="jpeg")
    house.studio.set_value("background", "kind", "colour")
    assert not any("transparency" in fact for fact in facts_of(item, house.queue.recipe))


async def test_the_original_file_keeps_its_transparency() -> None:
    house, item = await cutout(format="jpeg")
    house.queue.keep_original(item)
    assert ground_of(item, house.queue.recipe.settings(item)) == ""


async def test_the_seconds_stay_beside_their_unit() -> None:
    house, item = await cutout()
    item.timing.total = 10.4
    assert "10.4\u00a0s" in facts_of(item, house.queue.recipe)
