"""Making the network ready: the way down the ladder, a second try, a choice in between."""

import asyncio
from typing import Any

import pytest

from common.errors import Refusal
from tests.ui.work.fakes import settle
from tests.ui.work.house import House
from ui.state.device import Device


def failing(house: House, *failures: Refusal) -> list[tuple[Any, ...]]:
    """Let the first loads fail, one by one; return the (threads, place, reason) of each load."""
    load, left, asked = house.network.answers["load"], list(failures), []

    def answer(*arguments: Any) -> Any:
        """Fail as long as there are failures."""
        asked.append((arguments[2], arguments[4], arguments[5]))
        if left:
            raise left.pop(0)
        return load(*arguments)

    house.network.answers["load"] = answer
    return asked


@pytest.mark.parametrize(
    ("failure", "place", "reason"),
    [
        (Refusal("gpu_unusable", reason="canary_disagreed"), "threads", "canary_disagreed"),
        (Refusal("internal", reason="no threads"), "single", "threads_failed"),
    ],
)
async def test_what_cannot_run_is_left_for_the_next_lower_place(
    failure: Refusal, place: str, reason: str
) -> None:
    house = House()
    asked = failing(house, failure)
    house.engine.start()
    await settle()
    assert asked == [(4, "auto", ""), (4, place, reason)]
    assert house.engine.is_ready
    assert house.network.generation == 2


async def test_a_download_that_fails_is_told_and_the_next_photo_tries_again() -> None:
    house = House()
    asked = failing(house, Refusal("model_unavailable"))
    told = []
    house.engine.progressed.connect(told.append)
    house.engine.start()
    await settle()
    assert told[-1]["stage"] == "failed"
    assert told[-1]["words"] == str(Refusal("model_unavailable"))
    with pytest.raises(Refusal):
        await house.engine.ready()
    await house.engine.ready()
    assert len(asked) == 2


async def test_who_saves_data_fetches_the_weights_with_the_first_photo() -> None:
    house = House(Device(cores=4, isolated=True, shares_memory=True, saves_data=True))
    house.start()
    await settle()
    assert house.network.count("load") == 0
    [item] = house.add("a")
    await settle()
    assert item.state == "done"
    assert house.network.count("load") == 1


async def test_another_choice_while_loading_is_what_is_waited_for() -> None:
    house = House()
    house.network.held.add("load")
    house.engine.start()
    await settle()
    waiting = asyncio.create_task(house.engine.ready())
    await settle()
    house.network.held.clear()
    house.engine.choose("q8", "standard", "auto")
    await waiting
    assert house.network.asked("load")[-1][1] == "q8"


async def test_on_a_graphics_card_the_best_quality_is_the_default_unless_one_was_chosen() -> None:
    for chosen in (False, True):
        house = House()
        load = house.network.answers["load"]
        house.network.answers["load"] = lambda *given, load=load: (
            {**load(*given)[0], "rung": "webgpu"},
            None,
        )
        told: list[str] = []
        house.engine.options_changed.connect(lambda told=told: told.append("options"))
        if chosen:
            house.engine.choose("q4", "fast", "auto")
        house.engine.start()
        await settle()
        assert house.engine.options.quality == ("fast" if chosen else "best")
        assert told == ([] if chosen else ["options"])
