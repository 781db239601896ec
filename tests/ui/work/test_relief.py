"""A pixel worker that large pictures made large is replaced when nobody needs it."""

from typing import Any

import pytest

from common import tiers
from tests.ui.work.fakes import settle
from tests.ui.work.house import House
from ui.state import items
from ui.state.device import Device
from ui.work.recovery import IDLE_SECONDS


def of_size(house: House, width: int, height: int) -> None:
    """Let every photo have a size."""
    for name in ("receipt", "render_file", "open_photo"):
        answer = house.pixels.answers[name]

        def sized(*given: Any, _answer: Any = answer) -> Any:
            values, data = _answer(*given)
            return {**values, "width": width, "height": height}, data

        house.pixels.answers[name] = sized


async def done(house: House, *names: str, shown: bool = False) -> list[items.Item]:
    """Let photos be converted."""
    house.start()
    photos = house.add(*names, shown=shown)
    for photo in photos:
        house.queue.set_cutout(photo, False)
    await settle()
    assert [photo.state for photo in photos] == [items.DONE] * len(photos)
    return photos


@pytest.mark.parametrize(
    ("size", "memory", "replaced"),
    [
        ((6000, 5000), 8, True),
        ((4000, 3000), 8, False),
        ((4000, 3000), 4, True),
        ((3000, 2000), 4, False),
        ((6000, 5000), None, True),
    ],
)
async def test_only_what_has_grown_large_for_the_device_is_replaced(
    size: tuple[int, int], memory: int | None, replaced: bool
) -> None:
    house = House(Device(cores=2, memory_gib=memory, isolated=True, shares_memory=True), "convert")
    of_size(house, *size)
    await done(house, "a")
    await house.clock.pass_by(IDLE_SECONDS * 4)
    assert house.pixels.generation == (2 if replaced else 1)
    assert tiers.has_grown_large(size[0] * size[1], memory) == replaced


async def test_it_is_not_replaced_while_somebody_uses_it() -> None:
    house = House(tab="convert")
    of_size(house, 6000, 5000)
    await done(house, "a")
    for _ in range(5):
        await house.clock.pass_by(IDLE_SECONDS - 1)
        await house.pixels.call("receipt", "file")
    assert house.pixels.generation == 1
    house.pixels.held.add("render_file")
    [second] = house.add("b")
    house.queue.set_cutout(second, False)
    await house.clock.pass_by(IDLE_SECONDS * 5)
    assert house.pixels.generation == 1
    house.pixels.let_go("render_file")
    await settle()
    assert second.state == items.DONE
    await house.clock.pass_by(IDLE_SECONDS * 3)
    assert house.pixels.generation == 2


async def test_it_is_replaced_once_for_each_large_picture() -> None:
    house = House(tab="convert")
    of_size(house, 6000, 5000)
    await done(house, "a")
    await house.clock.pass_by(IDLE_SECONDS * 9)
    assert house.pixels.generation == 2
    of_size(house, 400, 300)
    [second] = house.add("b")
    house.queue.set_cutout(second, False)
    await house.clock.pass_by(IDLE_SECONDS * 9)
    assert (second.state, house.pixels.generation) == (items.DONE, 2)


async def test_one_that_was_replaced_meanwhile_is_left_alone() -> None:
    house = House(tab="convert")
    of_size(house, 6000, 5000)
    await done(house, "a")
    house.pixels.replace()
    await house.clock.pass_by(IDLE_SECONDS * 9)
    assert house.pixels.generation == 2
