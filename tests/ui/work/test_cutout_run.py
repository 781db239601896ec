"""The network's passes over one photo: first look, passes of the quality, a look at a doubt."""

import pytest

from common.options import QUALITIES, SECOND_LOOKS
from tests.ui.work.fakes import Buffer, settle
from tests.ui.work.house import House, sides, with_small_network
from ui.state import items
from ui.state.device import Device

STANDARD = QUALITIES["standard"][0]


@pytest.mark.parametrize(("doubt", "looks"), [(0.2, 1), (0.9, 2)])
async def test_a_doubtful_photo_is_looked_at_once_more(doubt: float, looks: int) -> None:
    house = House()
    house.doubt = doubt
    house.start()
    [item] = house.add("a")
    await settle()
    assert item.state == items.DONE
    assert sides(house) == [STANDARD, SECOND_LOOKS["standard"]][:looks]
    assert [call[3] for call in house.pixels.asked("accept_mask")] == [False, True][:looks]
    assert item.timing.inference == looks


async def test_the_photo_on_the_stage_gets_a_quick_first_look_and_says_that_it_is_one() -> None:
    house = House()
    house.start()
    await settle()
    [item] = house.add("a", shown=True)
    seen = []
    house.queue.pictures_changed.connect(lambda one: seen.append(one.pictures.provisional))
    await settle()
    assert sides(house) == [320, STANDARD]
    assert True in seen
    assert not item.pictures.provisional
    assert house.pixels.asked("network_input")[0][3], "the first look is from a glimpse"
    assert [call[3] for call in house.pixels.asked("accept_mask")] == [False, False]


async def test_the_best_quality_averages_its_passes() -> None:
    house = House()
    house.engine.choose("q4", "best", "auto")
    house.start()
    [item] = house.add("a")
    await settle()
    assert item.state == items.DONE
    assert tuple(sides(house)) == QUALITIES["best"]
    assert [call[3] for call in house.pixels.asked("accept_mask")] == [False, True]


@pytest.mark.parametrize(("expected", "stopped"), [(60, True), (1, False)])
async def test_cancelling_stops_the_network_only_where_that_is_sooner(
    expected: float, stopped: bool
) -> None:
    house = House()
    house.start()
    house.engine.pace.learn(STANDARD, expected)
    house.network.held.add("run")
    [item] = house.add("a")
    await settle()
    house.queue.cancel(item)
    await settle()
    assert house.network.generation == (2 if stopped else 1)
    house.network.let_go("run")
    await settle()
    assert item.state == items.CANCELLED


async def test_a_tensor_and_a_mask_give_their_memory_back() -> None:
    house = House()
    given: list[Buffer] = []

    class Memory:
        """An ArrayBuffer that tells when it is given back."""

        def __init__(self) -> None:
            self.left = 8

        def transfer(self, size: int) -> None:
            """Shrink."""
            self.left = size

    def made(name: str) -> Buffer:
        """Return a buffer that is looked at in the end."""
        buffer = Buffer(name)
        buffer.buffer = Memory()
        given.append(buffer)
        return buffer

    house.pixels.answers["network_input"] = lambda *_: ({}, made("tensor"))
    house.network.answers["run"] = lambda *_: ({"seconds": 1}, made("mask"))
    house.start()
    house.add("a")
    await settle()
    assert [buffer.buffer.left for buffer in given] == [0, 0]


@pytest.mark.parametrize(("doubt", "asked"), [(0.2, 0), (0.9, 1)])
async def test_another_network_is_asked_about_a_doubtful_photo_only(
    doubt: float, asked: int
) -> None:
    house = House()
    house.doubt = doubt
    with_small_network(house)
    house.start()
    [item] = house.add("a")
    await settle()
    assert item.state == items.DONE
    assert len(house.pixels.asked("accept_opinion")) == 2 * asked
    assert sides(house) == [STANDARD, 320, STANDARD, 320][: 1 + 3 * asked]
    assert [call[4] for call in house.pixels.asked("accept_closer_look")] == [True] * asked
    assert item.timing.inference == 1 + 3 * asked


async def test_a_phone_asks_the_second_network_and_looks_from_near_but_never_at_a_larger_size() -> (
    None
):
    for has_second, expected in ((True, [STANDARD, 320, STANDARD, 320]), (False, [STANDARD])):
        house = House(Device(cores=8, memory_gib=4, isolated=True, shares_memory=True))
        house.doubt = 0.9
        load = house.network.answers["load"]
        second = "light" if has_second else None
        house.network.answers["load"] = lambda *given, load=load, second=second: (
            {**load(*given)[0], "second": second},
            None,
        )
        house.network.answers["load_second"] = lambda *_: ({}, None)
        house.pixels.answers["accept_opinion"] = lambda *_: ({}, None)
        house.start()
        [item] = house.add("a")
        await settle()
        assert item.state == items.DONE
        assert sides(house) == expected


async def test_where_neither_network_finds_anything_nothing_is_looked_at_from_near() -> None:
    house = House()
    house.doubt = 0.9
    load = house.network.answers["load"]
    house.network.answers["load"] = lambda *given: ({**load(*given)[0], "second": "light"}, None)
    house.network.answers["load_second"] = lambda *_: ({}, None)
    house.pixels.answers["accept_opinion"] = lambda *_: ({}, None)
    house.pixels.answers["where_it_is"] = lambda _key: ({"box": None}, None)
    house.start()
    [item] = house.add("a")
    await settle()
    assert item.state == items.DONE
    assert sides(house) == [STANDARD, 320]


async def test_without_the_second_network_the_first_does_alone() -> None:
    house = House()
    house.doubt = 0.9
    house.start()
    [item] = house.add("a")
    await settle()
    assert item.state == items.DONE
    assert sides(house) == [STANDARD, SECOND_LOOKS["standard"]]
