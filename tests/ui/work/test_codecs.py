"""The pool of encoders: its line, its room, and what becomes of a cancelled job."""

import asyncio

from common.errors import Refusal
from tests.ui.work.fakes import Buffer, settle
from tests.ui.work.house import House
from ui.state.cancel_scope import CancelScope
from ui.state.device import Device
from ui.work import codecs

MEGAPIXEL = (1000, 1000)


def job(
    house: House,
    name: str,
    run: CancelScope | None = None,
    *,
    urgent: bool = False,
    width: int = 1000,
) -> "asyncio.Task[str]":
    """Begin an encoding; the task ends with its name, or the code of its refusal."""

    async def outcome() -> str:
        """Wait for it."""
        try:
            await house.codecs.encode("webp", width, 1000, Buffer(name), {}, run, False, urgent)
            return name
        except Refusal as error:
            return error.code

    return asyncio.ensure_future(outcome())


def running(house: House) -> list[str]:
    """Return the names of what is encoded, in the order in which it began."""
    return [str(content) for *_, content in house.encodings]


async def test_as_many_run_at_once_as_the_device_carries_and_the_others_in_their_order() -> None:
    house = House()
    house.codecs_held = True
    tasks = [job(house, name) for name in "abcdef"]
    await settle()
    assert running(house) == list("abcd")
    house.workers[0].answer()
    await settle()
    assert running(house) == list("abcde")
    house.codecs_held = False
    for _ in tasks:
        for worker in house.workers:
            worker.answer()
        await settle()
    assert [await task for task in tasks] == list("abcdef")
    assert len(house.workers) == 4


async def test_pictures_that_do_not_fit_into_memory_together_run_one_after_the_other() -> None:
    house = House(Device(cores=4, memory_gib=8))
    house.codecs_held = True
    job(house, "large", width=200_000)
    job(house, "small")
    await settle()
    assert running(house) == ["large"]
    house.workers[0].answer()
    await settle()
    assert running(house) == ["large", "small"]


async def test_an_urgent_picture_goes_to_the_head_of_the_line() -> None:
    house = House(Device(cores=1))
    house.codecs_held = True
    job(house, "first")
    job(house, "second")
    await settle()
    job(house, "urgent", urgent=True)
    await settle()
    for _ in range(3):
        house.workers[0].answer()
        await settle()
    assert running(house) == ["first", "urgent", "second"]


async def test_a_cancelled_picture_leaves_the_line_or_ends_its_worker() -> None:
    house = House(Device(cores=1))
    house.codecs_held = True
    at_work, in_line = CancelScope(), CancelScope()
    first, second = job(house, "first", at_work), job(house, "second", in_line)
    third = job(house, "third")
    await settle()
    in_line.cancel()
    await settle()
    assert await second == "cancelled"
    at_work.cancel()
    await settle()
    assert await first == "cancelled"
    assert house.workers[0].broken
    assert running(house) == ["first", "third"], "a fresh worker goes on with the next"
    house.workers[1].answer()
    assert await third == "third"


async def test_a_picture_whose_run_was_cancelled_before_is_never_begun() -> None:
    house = House()
    run = CancelScope()
    run.cancel()
    assert await job(house, "late", run) == "cancelled"
    assert running(house) == []


async def test_a_worker_that_died_is_replaced() -> None:
    house = House(Device(cores=1))
    house.codecs_held = True
    first = job(house, "first")
    await settle()
    house.workers[0].answer("worker_died")
    assert await first == "worker_died"
    house.codecs_held = False
    assert await job(house, "next") == "next"
    assert len(house.workers) == 2


async def test_a_worker_gives_its_memory_back_when_it_has_had_nothing_to_do_for_a_while() -> None:
    house = House(Device(cores=1))
    await job(house, "a")
    await house.clock.pass_by(codecs.IDLE_SECONDS / 2)
    await job(house, "b")
    await house.clock.pass_by(codecs.IDLE_SECONDS * 0.75)
    assert [worker.broken for worker in house.workers] == [False]
    await house.clock.pass_by(codecs.IDLE_SECONDS)
    assert [worker.broken for worker in house.workers] == [True]
