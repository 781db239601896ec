"""The list's small pictures: of the photo first, then of what has become of it."""

from tests.ui.work.fakes import FakeBlob, FakeImage, settle
from tests.ui.work.house import House
from ui.state import items
from ui.state.items import Item


def name(item: Item) -> str:
    """Return the name of an item's thumbnail, "" without one."""
    return item.pictures.thumbnail.name if item.pictures.thumbnail else ""


def restored(house: House, photo: str, result: str) -> Item:
    """Return a finished cutout that an earlier page has left."""
    facts = {
        "name": photo, "state": "done", "error": "", "notices": [], "width": 400, "height": 300,
        "seconds": 1, "edit": None,
    }  # fmt: skip
    item = house.queue.recalled(facts, FakeBlob(photo, "image/jpeg", 1000))
    house.queue.restore(item, FakeBlob("matte"), FakeBlob(result, "image/png", 700), None)
    return item


async def test_restored_photos_show_their_cutouts_before_the_pixel_worker_is_there() -> None:
    house = House()
    house.pixels.is_up = False
    house.pixels.held.add("thumbnail")
    house.start()
    first, second = restored(house, "a", "cutout of a"), restored(house, "b", "cutout of b")
    await settle()
    assert [name(first), name(second)] == ["bitmap of cutout of a", "bitmap of cutout of b"]


async def test_the_stage_shows_a_restored_photo_before_the_pixel_worker_is_there() -> None:
    house = House()
    house.pixels.is_up = False
    house.pixels.held.add("thumbnail")
    house.start()
    item = restored(house, "a", "cutout of a")
    house.queue.show(item)
    await settle()
    assert item.pictures.before.name == "bitmap of a"
    assert item.pictures.after.name == "bitmap of cutout of a"
    assert not item.pictures.framed


async def test_what_the_browser_cannot_decode_waits_for_the_worker_and_holds_nobody_up() -> None:
    house = House()
    house.pixels.is_up = False
    house.start()
    first, second = restored(house, "a", "tiff of a"), restored(house, "b", "cutout of b")
    assert first.result is not None
    house.bitmaps.unreadable.add(id(first.result.file))
    await house.clock.pass_by(1)
    assert [name(first), name(second)] == ["", "bitmap of cutout of b"]
    house.pixels.is_up = True
    await house.clock.pass_by(1)
    assert name(first) == "160 of tiff of a"


async def test_a_cutout_takes_the_photos_place_once_it_is_there() -> None:
    house = House()
    house.start()
    house.network.held.add("run")
    [item] = house.add("a", shown=True)
    await house.clock.pass_by(1)
    assert "a" in name(item)
    house.network.let_go("run")
    await house.clock.pass_by(1)
    assert item.state == items.DONE
    assert name(item) == "bitmap of desk"


async def test_a_photo_that_is_in_the_network_is_not_decoded_once_more() -> None:
    house = House()
    house.start()
    house.network.held.add("run")
    house.pixels.held.add("picture")
    [item] = house.add("a", shown=True)
    await house.clock.pass_by(1)
    assert item.state == items.INFERRING
    assert name(item) == ""
    house.pixels.let_go("picture")
    await house.clock.pass_by(1)
    assert name(item) == "picture 160 False"


async def test_a_fresh_cutout_on_the_stage_is_not_decoded_for_its_thumbnail() -> None:
    house = House()
    house.start()
    [item] = house.add("a", shown=True)
    await house.clock.pass_by(1)
    assert item.state == items.DONE
    assert name(item) == "bitmap of desk"
    assert item.pictures.thumbnail_of is item.result


async def test_without_a_picture_of_the_desk_the_thumbnail_is_made_of_the_file() -> None:
    house = House()
    house.pixels.held.add("desk_take")
    house.start()
    [item] = house.add("a", shown=True)
    await house.clock.pass_by(1)
    assert item.state == items.DONE
    assert name(item) == "bitmap of cutout"


async def test_an_edited_photo_on_the_stage_shows_in_the_list_what_it_will_be() -> None:
    house = House()
    house.start()
    [item] = house.add("a", shown=True)
    await house.clock.pass_by(1)
    house.studio.set_value("background", "kind", "colour")
    await house.clock.pass_by(2)
    assert name(item) == "bitmap of desk"
    await house.output.make(item, item.scope)
    await house.clock.pass_by(1)
    assert name(item) == "bitmap of encoded"


async def test_a_photo_whose_background_stays_shows_itself() -> None:
    house = House(tab="compress")
    house.start()
    [item] = house.add("a", shown=True)
    await house.clock.pass_by(1)
    assert item.state == items.DONE
    assert name(item) == "bitmap of a"


async def test_while_a_frame_is_moved_the_list_does_not_show_what_lies_around_it() -> None:
    house = House()
    house.start()
    [item] = house.add("a", shown=True)
    await house.clock.pass_by(1)
    house.queue.touch(item)
    item.pictures.place(FakeImage("sheet"), None, ([0, 0, 1, 1], [0, 0, 2, 2]))
    house.queue.pictures_changed.send(item)
    await house.clock.pass_by(2)
    assert name(item) == "bitmap of desk"
    item.pictures.place(FakeImage("framed"), None)
    house.queue.pictures_changed.send(item)
    await house.clock.pass_by(2)
    assert name(item) == "bitmap of framed"
