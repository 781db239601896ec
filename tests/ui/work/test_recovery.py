"""What becomes of a photo whose worker died, hung, ran out of memory, or lost its graphics card."""

import pytest

from common.errors import Refusal, sentence
from common.options import QUALITIES, SECOND_LOOKS
from tests.ui.work.fakes import settle
from tests.ui.work.house import House, held_in_the_network, sides
from ui.state import items
from ui.state.device import Device
from ui.work import recovery

STANDARD = QUALITIES["standard"][0]


@pytest.mark.parametrize("end", ["kill", "hang"])
async def test_a_photo_whose_network_worker_breaks_runs_once_more_one_tier_lower(end: str) -> None:
    house = House()
    house.engine.choose("q4", "large", "auto")
    [item] = await held_in_the_network(house, "a")
    getattr(house.network, end)()
    house.network.held.clear()
    await settle()
    assert item.state == items.DONE
    assert sides(house) == [1024, 768]
    assert "lower_tier" in item.notices
    assert house.network.generation > 1
    assert house.network.count("load") >= 2


async def test_a_second_failure_becomes_its_sentence_and_the_next_photo_works() -> None:
    house = House(Device(cores=2, memory_gib=2, isolated=True, shares_memory=True))
    first, second = await held_in_the_network(house, "a", "b")
    for _ in range(recovery.TRIES):
        assert first.state == items.INFERRING
        house.network.kill()
        await settle()
    house.network.let_go("run")
    await settle()
    assert (first.state, first.error) == (items.FAILED, sentence("worker_died"))
    assert second.state == items.DONE
    assert "lower_tier" not in second.notices


async def test_a_pixel_worker_that_dies_is_replaced_and_the_photo_is_not_lowered() -> None:
    house = House()
    house.start()
    house.pixels.held.add("accept_mask")
    [item] = house.add("a")
    await settle()
    house.pixels.kill()
    house.pixels.held.clear()
    await settle()
    assert item.state == items.DONE
    assert house.pixels.generation == 2
    assert house.network.generation == 1
    assert item.notices == []


async def test_after_out_of_memory_both_workers_are_fresh_and_the_photo_takes_less() -> None:
    house = House()
    house.start()
    answer = house.network.answers["run"]

    def short_once(tensor: object, side: int) -> object:
        """Run out of memory under the first pass."""
        if len(sides(house)) == 1:
            raise Refusal("out_of_memory")
        return answer(tensor, side)

    house.network.answers["run"] = short_once
    [item] = house.add("a")
    await settle()
    assert item.state == items.DONE
    assert (house.pixels.generation, house.network.generation) == (2, 2)
    assert sides(house)[1] < sides(house)[0] == STANDARD


async def test_a_refusal_that_no_other_worker_would_mend_is_shown_at_once() -> None:
    house = House()
    house.start()

    def damaged(*_: object) -> object:
        """Refuse the photo."""
        raise Refusal("damaged")

    house.pixels.answers["open_photo"] = damaged
    [item] = house.add("a")
    await settle()
    assert (item.state, item.error) == (items.FAILED, sentence("damaged"))
    assert house.pixels.count("open_photo") == 1
    assert house.pixels.generation == house.network.generation == 1


@pytest.mark.parametrize("how", ["refuses", "hangs"])
async def test_a_graphics_card_that_gives_up_is_left_for_the_processor(how: str) -> None:
    house = House()
    load, run = house.network.answers["load"], house.network.answers["run"]
    rungs = []

    def load_on(*arguments: object) -> object:
        """Load where it is asked to, first on the graphics card."""
        rungs.append(arguments[4:6])
        values, data = load(*arguments)
        values["rung"] = "webgpu" if arguments[4] == "auto" else arguments[4]
        return values, data

    def give_up(tensor: object, side: int) -> object:
        """Give up under the first pass."""
        if house.engine.rung == "webgpu":
            raise Refusal("gpu_unusable", reason="gpu_failed")
        return run(tensor, side)

    house.network.answers["load"] = load_on
    if how == "refuses":
        house.network.answers["run"] = give_up
    else:
        house.network.held.add("run")
    house.start()
    [item] = house.add("a")
    await settle()
    if how == "hangs":
        house.network.hang()
        house.network.held.clear()
        await settle()
    assert item.state == items.DONE
    reason = "gpu_failed" if how == "refuses" else "gpu_hung"
    assert rungs == [("auto", ""), ("threads", reason)]
    assert house.engine.rung == "threads"


async def test_a_photo_that_broke_a_worker_gets_no_second_look() -> None:
    house = House()
    house.doubt = 0.9
    [item] = await held_in_the_network(house, "a")
    house.network.kill()
    house.network.held.clear()
    await settle()
    assert item.state == items.DONE
    assert SECOND_LOOKS["standard"] not in sides(house)
