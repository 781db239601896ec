"""When the pixel worker's interpreter may start beside a first look."""

import pytest

from tests.ui.look.test_first_look import booting
from tests.ui.work.fakes import settle
from tests.ui.work.house import House, with_small_network
from ui.look.head_start import HeadStart
from ui.state.device import Device


@pytest.fixture
def given() -> list[str]:
    return []


@pytest.fixture
def head_start(given: list[str]) -> HeadStart:
    return HeadStart(lambda: given.append("word"))


def test_the_word_is_given_once(head_start: HeadStart, given: list[str]) -> None:
    assert given == []
    head_start.wanted()
    head_start.wanted()
    head_start.hold()
    head_start.let_go()
    assert given == ["word"]


def test_a_first_look_comes_before_it(head_start: HeadStart, given: list[str]) -> None:
    head_start.hold()
    head_start.wanted()
    assert given == []
    head_start.let_go()
    assert given == ["word"]


def test_the_last_of_two_looks_decides(head_start: HeadStart, given: list[str]) -> None:
    head_start.hold()
    head_start.hold()
    head_start.wanted()
    head_start.let_go()
    assert given == []
    head_start.let_go()
    assert given == ["word"]


def test_a_look_that_nobody_waits_behind_gives_no_word(
    head_start: HeadStart, given: list[str]
) -> None:
    head_start.hold()
    head_start.let_go()
    assert given == []


def test_without_a_photo_it_starts_beside_the_large_network(
    head_start: HeadStart, given: list[str]
) -> None:
    head_start.progressed({"stage": "start", "done": 0, "total": 0})
    assert given == []
    head_start.progressed({"stage": "stored", "done": 1, "total": 2})
    assert given == ["word"]


async def test_a_photo_on_the_stage_holds_it_until_its_first_look_is_there() -> None:
    house = House()
    with_small_network(house)
    booting(house)
    house.network.held |= {"load", "look"}
    house.start()
    [item] = house.add("a", shown=True)
    await settle()
    assert not house.pixels.may_begin
    house.network.let_go("look")
    await settle()
    assert item.pictures.provisional
    assert house.pixels.may_begin


async def test_a_first_look_that_fails_holds_nothing_up() -> None:
    house = House()
    with_small_network(house)
    booting(house)
    house.network.held |= {"load", "look"}
    house.start()
    house.add("a", shown=True)
    await settle()
    house.network.kill()
    await settle()
    assert house.pixels.may_begin


async def test_where_data_are_saved_nothing_is_waited_for() -> None:
    house = House(Device(cores=2, saves_data=True))
    house.start()
    await settle()
    assert house.pixels.may_begin
