"""Editing the photo on the stage: drafts while the hand moves, one exact picture when it rests."""

from common.edits.edit import default_edit
from common.edits.placing import PHOTO, RESULT
from common.errors import Refusal
from tests.ui.work.fakes import settle
from tests.ui.work.house import House, held_in_the_network
from ui.state import items
from ui.work.studio import REST_STEP, REST_STEPS


async def edited(house: House) -> items.Item:
    """Return a finished cutout on the stage, which lies on the desk."""
    house.start()
    [item] = house.add("a.jpg", shown=True)
    await settle()
    assert item.state == items.DONE
    return item


def renderings(house: House) -> list[bool]:
    """Return whether each rendering of the desk was a draft."""
    return [call[3] for call in house.pixels.asked("desk_render")]


def with_drafts(house: House) -> None:
    """Let the photo be so large that a draft of it is not exact."""
    small = {"width": 400, "height": 300, "framed": False}
    house.pixels.answers["desk_render"] = lambda *call: ({**small, "exact": not call[3]}, "desk")


async def test_the_first_edit_after_a_cutout_does_not_open_the_photo_again() -> None:
    house = House()
    await edited(house)
    assert house.pixels.count("desk_take") == 1
    house.studio.set_value("edges", "feather", 2)
    await settle()
    assert house.pixels.count("desk_open") == 0


async def test_after_the_pixel_worker_was_replaced_the_photo_is_opened_again() -> None:
    house = House()
    await edited(house)
    house.pixels.replace()
    house.studio.set_value("edges", "feather", 2)
    await settle()
    assert house.pixels.count("desk_open") == 1


async def test_drafts_follow_a_slider_and_the_exact_picture_comes_when_it_rests() -> None:
    house = House()
    await edited(house)
    with_drafts(house)
    before = len(renderings(house))
    for value in (1, 2, 3):
        house.studio.set_value("edges", "feather", value)
        await house.clock.pass_by(REST_STEP)
    assert renderings(house)[before:] == [True, True, True]
    await house.clock.pass_by(REST_STEP * (REST_STEPS + 1))
    assert renderings(house)[before:] == [True, True, True, False]


async def test_the_picture_is_behind_from_a_change_until_its_exact_rendering() -> None:
    house = House()
    await edited(house)
    with_drafts(house)
    told: list[bool] = []
    house.studio.behind.connect(told.append)
    house.studio.set_value("edges", "feather", 1)
    house.studio.set_value("edges", "feather", 2)
    await settle()
    assert set(told) == {True}, "only a draft is there"
    await house.clock.pass_by(REST_STEP * (REST_STEPS + 1))
    assert told[-1] is False
    assert told.count(False) == 1


async def test_the_picture_is_not_behind_when_there_is_none_to_make() -> None:
    house = House()
    told: list[bool] = []
    house.studio.behind.connect(told.append)
    house.studio.start()
    house.studio.want()
    await settle()
    assert told == [True, False]


async def test_the_sketch_of_a_stroke_is_taken_away_only_by_the_newest_picture() -> None:
    house = House()
    await edited(house)
    told = []
    house.studio.rendered.connect(lambda: told.append(1))
    house.pixels.held.add("desk_render")
    house.studio.set_value("edges", "feather", 1)
    await settle()
    house.studio.set_value("edges", "feather", 2)
    house.pixels.let_go("desk_render")
    await settle()
    assert len(told) == 1


async def test_an_edit_makes_the_file_stale_and_saving_makes_it_once() -> None:
    house = House()
    item = await edited(house)
    house.studio.set_value("edges", "feather", 2)
    assert not house.queue.recipe.is_fresh(item)
    for _ in range(2):
        await house.output.make(item, item.scope)
    assert house.pixels.count("render_file") == 1
    assert house.queue.recipe.is_fresh(item)


async def test_a_refused_picture_is_said_and_the_next_wish_is_served() -> None:
    house = House()
    await edited(house)
    answer = house.pixels.answers["desk_render"]

    def refuse(*_: object) -> object:
        """Have no memory."""
        raise Refusal("out_of_memory")

    house.pixels.answers["desk_render"] = refuse
    house.studio.set_value("edges", "feather", 2)
    await settle()
    assert house.said == [str(Refusal("out_of_memory"))]
    house.pixels.answers["desk_render"] = answer
    before = len(renderings(house))
    house.studio.undo()
    await settle()
    assert len(renderings(house)) > before
    assert house.said[1:] == ["Undone"]


async def test_what_the_photo_on_the_stage_looks_like_is_given_to_all_others() -> None:
    house = House()
    house.start()
    other, shown = house.add("a.jpg", "b.jpg", shown=True)
    await settle()
    house.studio.set_backdrop("a File")
    assert house.studio.apply_to_all() == 1
    assert other.settings.edit["background"]["kind"] == "image"
    assert other.settings.backdrop == "a File"
    assert shown.settings.overrides == other.settings.overrides == []
    assert not house.queue.recipe.is_fresh(other)


async def test_touching_up_shows_the_whole_photo_whatever_the_frame_cuts() -> None:
    house = House()
    await edited(house)
    house.studio.look_at(PHOTO)
    await settle()
    assert house.pixels.asked("desk_render")[-1][1] == PHOTO
    house.studio.look_at(RESULT)
    await settle()
    assert house.pixels.asked("desk_render")[-1][1] == RESULT


async def test_without_a_finished_cutout_there_is_nothing_to_edit() -> None:
    house = House()
    [item] = await held_in_the_network(house, "a.jpg", shown=True)
    house.studio.set_value("edges", "feather", 2)
    assert house.studio.item() is None
    assert house.studio.edit() == default_edit()
    assert item.settings.edit is None


async def test_a_crop_is_given_to_all_photos_as_a_step_of_each() -> None:
    house = House()
    house.start()
    shown, other = house.add("a.jpg", "b.jpg", shown=True)
    await settle()
    house.queue.show(shown)
    house.studio.set_section("geometry", {**default_edit()["geometry"], "turns": 1})
    house.studio.give_to_all(("geometry",))
    assert other.settings.edit["geometry"]["turns"] == 1
    assert not house.queue.recipe.is_fresh(other)
    house.queue.show(other)
    house.studio.undo()
    assert other.settings.edit["geometry"]["turns"] == 0
    assert shown.settings.edit["geometry"]["turns"] == 1


async def test_where_a_hand_has_put_a_frame_stays_with_its_photo() -> None:
    house = House()
    house.start()
    shown, other = house.add("a.jpg", "b.jpg", shown=True)
    await settle()
    house.queue.show(shown)
    framing = {**default_edit()["framing"], "kind": "subject", "place": [0.1, 0.1, 0.9, 0.9]}
    house.studio.set_sections_for_all({"framing": framing})
    assert shown.settings.edit["framing"]["place"] == [0.1, 0.1, 0.9, 0.9]
    assert other.settings.edit["framing"]["kind"] == "subject"
    assert other.settings.edit["framing"]["place"] == []


async def test_where_two_files_are_compared_the_desk_draws_nothing() -> None:
    house = House()
    await edited(house)
    house.queue.recipe.tab = "compress"
    asked = house.pixels.count("desk_render")
    house.studio.set_section("geometry", {**default_edit()["geometry"], "turns": 1})
    await settle()
    assert house.pixels.count("desk_render") == asked


async def test_the_picture_of_the_desk_tells_which_turns_are_in_it() -> None:
    house = House()
    item = await edited(house)
    turned = {**default_edit()["geometry"], "turns": 1}
    house.studio.set_section("geometry", turned)
    await settle()
    assert item.pictures.placed == turned
    house.studio.look_at(PHOTO)
    await settle()
    assert item.pictures.placed is None
