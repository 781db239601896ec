"""The frame on the stage stands for the crop, or for the cutout's frame, and stays where it may."""

import pytest

from common.edits.geometry import Geometry
from tests.ui.work.fakes import settle
from tests.ui.work.house import House
from ui.crop.areas import CropArea, FrameArea
from ui.state import items
from ui.work.studio import own_edit

AROUND = ([0.25, 0.25, 0.75, 0.75], [-0.25, -0.25, 1.25, 1.25])


async def shown(tab: str) -> tuple[House, items.Item]:
    """Return a finished photo of 400 x 300 pixels on the stage."""
    house = House(tab=tab)
    house.start()
    [item] = house.add("a.jpg", shown=True)
    await settle()
    await house.clock.pass_by(1)
    assert item.state == items.DONE
    item.source.width, item.source.height = 400, 300
    return house, item


def areas(house: House) -> tuple[CropArea, FrameArea, list[str]]:
    """Return both areas and what they have told."""
    told: list[str] = []
    crop = CropArea(house.studio, lambda: told.append("crop"))
    return crop, FrameArea(house.studio, lambda: told.append("frame")), told


async def test_a_dragged_crop_is_one_step_of_the_edit_and_told_each_time() -> None:
    house, item = await shown("compress")
    crop, _, told = areas(house)
    assert crop.ground() == crop.box() == (0, 0, 400, 300)
    crop.change((0, 0, 300, 300))
    crop.change((100, 0, 300, 150))
    crop.finish()
    assert told == ["crop", "crop"]
    assert item.settings.edit["geometry"]["crop"] == [0.25, 0, 0.75, 0.5]
    assert not house.queue.recipe.is_fresh(item)
    house.studio.undo()
    assert item.settings.edit["geometry"]["crop"] == []
    assert not item.settings.history.can_undo()


async def test_a_second_drag_is_a_step_of_its_own() -> None:
    house, item = await shown("compress")
    crop, _, _ = areas(house)
    crop.change((0, 0, 300, 300))
    crop.finish()
    crop.change((0, 0, 200, 300))
    crop.finish()
    house.studio.undo()
    assert item.settings.edit["geometry"]["crop"] == [0, 0, 0.75, 1]


async def test_the_crop_lies_on_the_turned_photo_and_not_beside_a_straightened_one() -> None:
    house, item = await shown("compress")
    crop, _, _ = areas(house)
    house.studio.set_section("geometry", Geometry({"turns": 1, "tilt": 5}).values)
    assert crop.ground() == (0, 0, 300, 400)
    assert crop.fits(crop.box())
    assert not crop.fits((0, 0, 300, 400))
    assert crop.ratio() == 0
    own_edit(item)["geometry"]["ratio"] = "1:1"
    assert crop.ratio() == 1


async def test_while_a_hand_drags_the_desk_is_not_asked_but_afterwards() -> None:
    house, item = await shown("cutout")
    _, frame, _ = areas(house)
    house.studio.set_value("framing", "kind", "subject")
    house.studio.look_at(frame.look)
    await settle()
    asked = house.pixels.count("desk_render")
    item.pictures.around = AROUND
    assert frame.box() == (100, 75, 300, 225)
    assert frame.ground() == (-100, -75, 500, 375)
    assert frame.size() == (200, 150)
    frame.change((0, 0, 200, 150))
    await settle()
    assert house.pixels.count("desk_render") == asked
    frame.finish()
    await settle()
    assert house.pixels.count("desk_render") == asked + 1
    assert item.settings.edit["framing"]["place"] == [0, 0, 0.5, 0.5]
    assert house.pixels.asked("desk_render")[-1][1] == "around"


async def test_a_canvas_keeps_its_form_and_a_frame_stays_in_sight() -> None:
    house, item = await shown("cutout")
    _, frame, _ = areas(house)
    assert frame.ratio() == 0
    canvas = {"kind": "mm", "width": 35, "height": 45, "dpi": 300}
    framing = {**own_edit(item)["framing"], "kind": "canvas", "canvas": canvas}
    house.studio.set_section("framing", framing)
    assert frame.ratio() == pytest.approx(35 / 45)
    assert frame.size() == (413, 531)
    item.pictures.around = AROUND
    assert frame.fits((-100, -75, 400, 300))
    assert not frame.fits((-101, 0, 400, 300))


async def test_what_a_cutout_is_framed_in_is_the_cropped_photo() -> None:
    house, item = await shown("cutout")
    _, frame, _ = areas(house)
    house.studio.set_section("geometry", Geometry({"crop": [0, 0, 0.5, 1]}).values)
    house.studio.set_value("framing", "kind", "trim")
    item.pictures.around = AROUND
    assert frame.box() == (50, 75, 150, 225)
