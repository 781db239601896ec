"""What becomes of a photo whose worker died, hung, ran out of memory, or lost its graphics card."""

import pytest

from common.errors import Refusal, sentence
from common.options import QUALITIES, SECOND_LOOKS
from tests.ui.work.fakes import Buffer, House, played, settle
from ui.state import items
from ui.state.device import Device
from ui.work import recovery

STANDARD = QUALITIES["standard"][0]


def sides(house: House) -> list[int]:
    """Return the sides of the passes that the network was asked for."""
    return [side for _, side in house.network.asked("run")]


@pytest.mark.parametrize("end", ["kill", "hang"])
def test_a_photo_whose_network_worker_breaks_runs_once_more_one_tier_lower(end: str) -> None:
    async def play() -> None:
        house = House()
        house.engine.choose("q4", "large", "auto")
        house.start()
        house.network.held.add("run")
        [item] = house.add("a")
        await settle()
        getattr(house.network, end)()
        house.network.held.clear()
        await settle()
        assert item.state == items.DONE
        assert sides(house) == [1024, 768]
        assert "lower_tier" in item.notices
        assert house.network.generation > 1
        assert house.network.count("load") >= 2

    played(play)


def test_a_second_failure_becomes_its_sentence_and_the_next_photo_works() -> None:
    async def play() -> None:
        house = House(Device(cores=2, memory_gib=2, isolated=True, shares_memory=True))
        house.start()
        house.network.held.add("run")
        first, second = house.add("a", "b")
        await settle()
        for _ in range(recovery.TRIES):
            assert first.state == items.INFERRING
            house.network.kill()
            await settle()
        house.network.let_go("run")
        await settle()
        assert (first.state, first.error) == (items.FAILED, sentence("worker_died"))
        assert second.state == items.DONE
        assert "lower_tier" not in second.notices

    played(play)


def test_a_pixel_worker_that_dies_is_replaced_and_the_photo_is_not_lowered() -> None:
    async def play() -> None:
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

    played(play)


def test_after_out_of_memory_both_workers_are_fresh_and_the_photo_takes_less() -> None:
    async def play() -> None:
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

    played(play)


def test_a_refusal_that_no_other_worker_would_mend_is_shown_at_once() -> None:
    async def play() -> None:
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

    played(play)


@pytest.mark.parametrize("how", ["refuses", "hangs"])
def test_a_graphics_card_that_gives_up_is_left_for_the_processor(how: str) -> None:
    async def play() -> None:
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

    played(play)


@pytest.mark.parametrize(("doubt", "looks"), [(0.2, 1), (0.9, 2)])
def test_a_doubtful_photo_is_looked_at_once_more_at_another_size(doubt: float, looks: int) -> None:
    async def play() -> None:
        house = House()
        house.doubt = doubt
        house.start()
        [item] = house.add("a")
        await settle()
        assert item.state == items.DONE
        assert sides(house) == [STANDARD, SECOND_LOOKS["standard"]][:looks]
        assert [call[3] for call in house.pixels.asked("accept_mask")] == [False, True][:looks]
        assert item.timing.inference == looks

    played(play)


def test_a_photo_that_broke_a_worker_gets_no_second_look() -> None:
    async def play() -> None:
        house = House()
        house.doubt = 0.9
        house.start()
        house.network.held.add("run")
        [item] = house.add("a")
        await settle()
        house.network.kill()
        house.network.held.clear()
        await settle()
        assert item.state == items.DONE
        assert SECOND_LOOKS["standard"] not in sides(house)

    played(play)


def test_the_photo_on_the_stage_gets_a_quick_first_look_and_says_that_it_is_one() -> None:
    async def play() -> None:
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

    played(play)


def test_the_best_quality_averages_its_passes() -> None:
    async def play() -> None:
        house = House()
        house.engine.choose("q4", "best", "auto")
        house.start()
        [item] = house.add("a")
        await settle()
        assert item.state == items.DONE
        assert tuple(sides(house)) == QUALITIES["best"]
        assert [call[3] for call in house.pixels.asked("accept_mask")] == [False, True]

    played(play)


@pytest.mark.parametrize(("expected", "stopped"), [(60, True), (1, False)])
def test_cancelling_stops_the_network_only_where_that_is_sooner(
    expected: float, stopped: bool
) -> None:
    async def play() -> None:
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

    played(play)


def test_a_tensor_and_a_mask_give_their_memory_back() -> None:
    async def play() -> None:
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

    played(play)
