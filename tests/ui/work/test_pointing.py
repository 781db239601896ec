"""Pointing at what is meant: which looks the network takes, and what is kept of them."""

import json

import pytest

from tests.ui.work.fakes import settle
from tests.ui.work.house import House
from ui.state import items

BOX, CLICK, OTHER = [0.1, 0.2, 0.5, 0.6], [0.7, 0.7, 0.7, 0.7], [0.6, 0.1, 0.9, 0.4]


def number_mattes(house):
    """Let each matte of the pixel worker be another one."""
    made = iter(range(100))
    house.pixels.answers["matte"] = lambda _key: ({"side": 4}, f"matte {next(made)}")


async def cut_out(house):
    """Return the photo on the stage, cut out."""
    house.start()
    number_mattes(house)
    [item] = house.add("photo")
    house.queue.show(item)
    await settle()
    await house.clock.pass_by(2)
    return item


def looked_at(house):
    """Return the places that the network has been given, in order; ``None``: the whole photo."""
    places = [call[4] for call in house.pixels.asked("network_input") if len(call) > 4]
    return [json.loads(place) if place else None for place in places]


async def test_a_box_is_looked_at_alone_and_undone_without_the_network():
    house = House()
    item = await cut_out(house)
    whole, passes = item.matte, house.network.count("run")
    house.studio.point_at(BOX)
    await settle()
    await house.clock.pass_by(2)
    assert (item.state, looked_at(house)[-1]) == (items.DONE, BOX)
    assert house.network.count("run") == passes + 1
    assert item.matte is not None
    assert item.matte is not whole

    closer = item.matte
    house.studio.undo()
    await settle()
    await house.clock.pass_by(2)
    assert (item.matte, item.places, item.state) == (whole, [], items.DONE)
    assert house.pixels.asked("desk_open")[-1][1] is whole
    house.studio.redo()
    await settle()
    await house.clock.pass_by(2)
    assert (item.matte, item.places) == (closer, [BOX])
    assert house.network.count("run") == passes + 1


async def test_places_add_up_and_each_costs_one_look():
    house = House()
    item = await cut_out(house)
    house.studio.point_at(BOX)
    await settle()
    first = item.matte
    house.studio.point_at(CLICK)
    await settle()
    assert [place for place in looked_at(house) if place] == [BOX, CLICK]
    given = house.pixels.asked("give_matte")
    assert given[-2][2] is first
    assert given[-1][2] is item.matte
    assert item.state == items.DONE


async def test_a_box_drawn_before_the_first_result_counts_in_the_same_run():
    house = House()
    house.start()
    number_mattes(house)
    house.network.held.add("run")
    [item] = house.add("photo")
    house.queue.show(item)
    await settle()
    scope = item.scope
    house.studio.point_at(BOX)
    await settle()
    house.network.let_go("run")
    await settle()
    await house.clock.pass_by(2)
    assert (item.state, looked_at(house)[-1]) == (items.DONE, BOX)
    assert item.scope is scope
    house.studio.undo()
    await settle()
    assert item.places == []


async def test_a_box_drawn_while_the_file_is_made_lets_the_photo_run_again():
    house = House()
    house.start()
    number_mattes(house)
    house.pixels.held.add("finish")
    [item] = house.add("photo")
    house.queue.show(item)
    await settle()
    assert item.state == items.FINISHING
    house.studio.point_at(BOX)
    house.pixels.let_go("finish")
    await settle()
    await house.clock.pass_by(2)
    assert (item.state, looked_at(house)[-1]) == (items.DONE, BOX)


async def test_what_was_pointed_at_last_counts_when_it_changes_during_the_look():
    house = House()
    item = await cut_out(house)
    house.network.held.add("run")
    house.studio.point_at(BOX)
    await settle()
    house.studio.undo()
    house.studio.point_at(OTHER)
    await settle()
    house.network.let_go("run")
    await settle()
    await house.clock.pass_by(2)
    assert item.state == items.DONE
    assert [place for place in looked_at(house) if place] == [BOX, OTHER]
    # The second look is not put together with the first.
    assert house.pixels.asked("give_matte")[-2][2] is None


async def test_a_cancelled_look_leaves_undo_and_the_cutout_before():
    house = House()
    item = await cut_out(house)
    whole = item.matte
    house.network.held.add("run")
    house.studio.point_at(BOX)
    await settle()
    house.queue.cancel(item)
    house.network.let_go("run")
    await settle()
    assert (item.state, item.matte) == (items.CANCELLED, None)
    house.studio.undo()
    await settle()
    await house.clock.pass_by(2)
    assert (item.state, item.matte) == (items.DONE, whole)


@pytest.mark.parametrize("edited", [False, True])
async def test_where_nothing_was_found_the_user_is_asked_and_no_file_is_made(edited):
    house = House()
    house.found = "nothing"
    house.start()
    number_mattes(house)
    [item] = house.add("photo")
    house.queue.show(item)
    if edited:
        house.studio.mean_everything()
    await settle()
    assert (item.state, item.result) == (items.FAILED, None)
    assert "draw a box" in item.error
    passes = house.network.count("run")

    house.found = "some"
    house.studio.point_at(BOX)
    await settle()
    await house.clock.pass_by(2)
    assert (item.state, item.error, item.found) == (items.DONE, "", "some")
    assert house.network.count("run") == passes + 1


async def test_a_stroke_may_stand_in_for_what_was_not_found():
    house = House()
    house.found = "nothing"
    item = await cut_out(house)
    assert item.state == items.FAILED
    lasso = {"kind": "lasso", "mode": "restore", "points": [[0, 0], [1, 0], [1, 1]]}
    house.studio.add_stroke(lasso)
    await settle()
    await house.clock.pass_by(2)
    assert item.state == items.DONE


async def test_where_everything_was_found_the_file_is_made_and_the_user_is_told():
    house = House()
    house.found = "everything"
    item = await cut_out(house)
    assert item.state == items.DONE
    assert item.notices == ["everything_found"]


async def test_a_photo_that_waits_is_not_restored_with_the_matte_of_something_else():
    house = House()
    facts = {
        "name": "a", "state": items.WAITING, "error": "", "notices": [], "width": 1, "height": 1,
        "seconds": 0, "edit": None, "cutout": True,
    }  # fmt: skip
    item = house.queue.recalled(facts, house.blobs.make("", "photo"))
    house.queue.restore(item, house.blobs.make("", "matte"), None, None)
    assert item.matte is None


async def test_a_drawing_needs_no_network_for_the_whole_nor_for_a_part():
    house = House()
    house.known = True
    item = await cut_out(house)
    assert (item.state, house.network.count("run")) == (items.DONE, 0)
    house.studio.point_at(BOX)
    await settle()
    await house.clock.pass_by(2)
    assert (item.state, house.network.count("run")) == (items.DONE, 0)
    assert house.pixels.asked("look_at_known")[-1][1] == json.dumps(BOX)
