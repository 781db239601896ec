"""Which photo is next: lanes, order, pause, cancel, retry, and what follows the recipe."""

from tests.ui.work.fakes import settle
from tests.ui.work.house import House, held_in_the_network
from ui.state import items
from ui.state.device import Device
from ui.work.conductor import STUCK_SECONDS

SMALL = Device(cores=2, memory_gib=2, isolated=True, shares_memory=True, mobile=True)
"""A phone: one decoded photo in memory, one encoder."""


async def test_a_photo_goes_through_all_states_to_its_cutout() -> None:
    house = House()
    house.start()
    [item] = house.add("a")
    await settle()
    assert house.states(item) == [
        items.STARTING, items.DECODING, items.INFERRING, items.FINISHING, items.DONE,
    ]  # fmt: skip
    assert item.result.file.content == "cutout"
    assert item.matte.content == "matte"
    assert house.queue.recipe.is_fresh(item)


async def test_one_photo_is_in_the_network_and_one_more_is_decoded_meanwhile() -> None:
    house = House()
    photos = await held_in_the_network(house, "a", "b", "c")
    assert [item.state for item in photos] == [items.INFERRING, items.DECODING, items.WAITING]
    assert house.pixels.count("open_photo") == 2
    assert house.network.count("run") == 1
    house.network.let_go("run")
    await settle()
    assert {item.state for item in photos} == {items.DONE}
    ended = [name for name, state in house.history if state == items.DONE]
    assert ended == ["a", "b", "c"]


async def test_a_small_device_has_one_decoded_photo_in_memory() -> None:
    house = House(SMALL)
    photos = await held_in_the_network(house, "a", "b")
    assert [item.state for item in photos] == [items.INFERRING, items.WAITING]


async def test_photos_that_keep_their_background_pass_those_that_wait_for_the_network() -> None:
    house = House()
    house.start()
    house.network.held.add("run")
    house.add("cut 1", "cut 2", "cut 3")
    house.queue.recipe.tab = "compress"
    [plain] = house.add("plain")
    await settle()
    assert plain.state == items.DONE
    assert house.queue.items[2].state == items.WAITING


async def test_photos_without_a_cutout_use_a_lane_for_each_encoder_and_no_more() -> None:
    house = House(tab="compress")
    house.start()
    house.codecs_held = True
    photos = house.add(*"abcdef")
    await settle()
    assert house.codecs.size == 4
    assert [item.state for item in photos].count(items.FINISHING) == 4
    assert [item.state for item in photos[4:]] == [items.WAITING] * 2


async def test_while_paused_no_photo_is_begun_and_what_has_begun_goes_on() -> None:
    house = House(SMALL)
    first, second = await held_in_the_network(house, "a", "b")
    house.batch.pause()
    house.network.let_go("run")
    await settle()
    assert (first.state, second.state) == (items.DONE, items.WAITING)
    house.batch.pause()
    await settle()
    assert second.state == items.DONE


async def test_a_late_answer_of_a_cancelled_photo_is_dropped_and_the_next_goes_on() -> None:
    house = House(SMALL)
    house.start()
    house.pixels.held.add("finish")
    first, second = house.add("a", "b")
    await settle()
    assert first.state == items.FINISHING
    house.queue.cancel(first)
    house.pixels.let_go("finish")
    await settle()
    assert (first.state, first.result, first.matte) == (items.CANCELLED, None, None)
    assert second.state == items.DONE
    assert house.states(first)[-1] == items.CANCELLED


async def test_a_cancelled_photo_can_run_again_while_its_late_answer_is_still_on_its_way() -> None:
    house = House()
    house.start()
    house.pixels.held.add("open_photo")
    [item] = house.add("a")
    await settle()
    house.queue.cancel(item)
    house.queue.retry(item)
    await settle()
    keys = [key for key, *_ in house.pixels.asked("open_photo")]
    assert keys == ["1.1", "1.2"]
    house.pixels.let_go("open_photo")
    await settle()
    assert item.state == items.DONE
    assert [key for key, _ in house.pixels.asked("finish")] == ["1.2"]


async def test_the_pixel_worker_forgets_each_photo_at_the_end_of_its_run() -> None:
    house = House()
    house.start()
    [item] = house.add("a")
    await settle()
    assert item.state == items.DONE
    assert house.pixels.asked("close_photo")[-1] == ("1.1",)


async def test_an_empty_file_is_refused_before_any_worker_is_asked() -> None:
    house = House()
    house.start()
    item = house.queue.add("empty", 0, None)
    await settle()
    assert item.state == items.FAILED
    assert item.error.startswith("This file is empty")
    assert house.pixels.count("open_photo") == 0


async def test_something_unexpected_fails_one_photo_with_a_sentence_and_the_next_goes_on() -> None:
    house = House()
    house.start()
    answer = house.pixels.answers["open_photo"]

    def broken(key: str, *rest: object) -> object:
        """Break under the first photo."""
        if key.startswith("1."):
            raise ZeroDivisionError("division by zero")
        return answer(key, *rest)

    house.pixels.answers["open_photo"] = broken
    first, second = house.add("a", "b")
    await settle()
    assert (first.state, second.state) == (items.FAILED, items.DONE)
    assert "division by zero" in first.error
    assert len(house.reports) == 1


async def test_finished_files_follow_the_recipe_once_it_has_stood_still() -> None:
    house = House(tab="compress")
    house.start()
    photos = house.add("a", "b")
    await settle()
    assert {item.state for item in photos} == {items.DONE}
    made = len(house.encodings)
    house.queue.set_common("export", "quality", 40)
    house.conductor.follow_recipe()
    await house.clock.pass_by(1.0)
    assert len(house.encodings) == made, "the recipe may still change"
    await house.clock.pass_by(0.5)
    assert len(house.encodings) == made + 2
    assert all(house.queue.recipe.is_fresh(item) for item in photos)


async def test_on_the_tab_of_the_cutouts_files_do_not_follow_by_themselves() -> None:
    house = House(tab="compress")
    house.start()
    house.add("a")
    await settle()
    made = len(house.encodings)
    house.queue.recipe.tab = "cutout"
    house.queue.set_common("export", "quality", 40)
    house.conductor.follow_recipe()
    await house.clock.pass_by(5)
    assert len(house.encodings) == made


async def test_a_worker_that_stays_with_a_cancelled_photo_is_started_anew_for_the_others() -> None:
    house = House(tab="compress")
    house.start()
    house.pixels.held.add("receipt")
    first, second = house.add("a", "b")
    await settle()
    house.queue.cancel(first)
    await settle()
    await house.clock.pass_by(STUCK_SECONDS - 0.1)
    assert house.pixels.generation == 1
    house.pixels.held.clear()
    await house.clock.pass_by(0.2)
    await settle()
    assert house.pixels.generation == 2
    assert (first.state, second.state) == (items.CANCELLED, items.DONE)


async def test_a_worker_that_is_done_with_a_cancelled_photo_in_time_stays() -> None:
    house = House(tab="compress")
    house.start()
    house.pixels.held.add("receipt")
    first, second = house.add("a", "b")
    await settle()
    house.queue.cancel(second)  # the worker is at the first one
    await house.clock.pass_by(STUCK_SECONDS + 1)
    assert house.pixels.generation == 1
    house.queue.cancel(first)
    await settle()
    house.pixels.let_go("receipt")
    await house.clock.pass_by(STUCK_SECONDS + 1)
    assert house.pixels.generation == 1
