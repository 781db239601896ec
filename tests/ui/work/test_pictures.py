"""Pictures for the screen: thumbnails while there is time, large ones for one photo only."""

from tests.ui.work.fakes import FakeImage, settle
from tests.ui.work.house import House
from ui.state import items
from ui.state.items import Item


async def test_only_the_photo_on_the_stage_keeps_its_large_pictures() -> None:
    house = House()
    house.start()
    first, second = house.add("a", "b")
    house.queue.show(first)
    await settle()
    assert first.pictures.before is not None
    house.queue.show(second)
    await settle()
    assert first.pictures.before is first.pictures.after is None
    assert second.pictures.before.name == "1600 of b"
    assert second.pictures.after.name == "1600 of cutout"
    house.queue.show(first)
    await settle()
    assert first.pictures.before.name == "1600 of a"


async def test_bitmaps_give_their_memory_back_when_another_photo_comes_on_the_stage() -> None:
    house = House(tab="compress")
    house.start()
    [first] = house.add("a", shown=True)
    await settle()
    await house.clock.pass_by(1)
    before, after = first.pictures.before, first.pictures.after
    house.add("b", shown=True)
    await settle()
    assert (before.closed, after.closed) == (True, True)


async def test_other_pictures_give_theirs_back_too_and_none_that_is_still_to_be_seen() -> None:
    house = House()
    house.start()
    first, second = house.add("a", "b")
    house.queue.show(first)
    await settle()
    left = (first.pictures.before, first.pictures.after)
    assert not any(picture.closed for picture in left)
    house.queue.show(second)
    await settle()
    assert all(picture.closed for picture in left)
    seen = (second.pictures.before, second.pictures.after, first.pictures.thumbnail)
    assert not any(picture.closed for picture in seen)


async def test_thumbnails_of_waiting_photos_are_made_while_the_network_is_busy() -> None:
    house = House()
    house.start()
    house.network.held.add("run")
    photos = house.add("a", "b", "c", "d")
    await house.clock.pass_by(1)
    assert [item.state for item in photos[2:]] == [items.WAITING] * 2
    assert [item.pictures.thumbnail.name for item in photos[2:]] == ["bitmap of c", "bitmap of d"]


async def test_a_file_that_the_browser_cannot_decode_is_shown_by_the_pixel_worker() -> None:
    house = House(tab="convert")
    house.start()
    item = house.queue.add("scan.tif", 10, None)
    item.source.file = house.blobs.make("image/tiff", "scan")
    house.bitmaps.unreadable.add(id(item.source.file))
    house.queue.show(item)
    await settle()
    assert item.pictures.before.name == "1600 of scan"
    assert item.pictures.thumbnail.name == "160 of scan"


async def finished(house: House) -> Item:
    """Return a photo on the stage whose file has more pixels than the stage's copy."""
    house.start()
    [item] = house.add("a", shown=True)
    await settle()
    assert item.state == items.DONE
    item.source.width, item.source.height = 4000, 3000
    return item


async def test_who_looks_at_the_pixels_sees_the_file_itself_until_something_is_changed() -> None:
    house = House()
    item = await finished(house)
    house.bitmaps.width, house.bitmaps.height = 4000, 3000

    await house.pictures.sharpen(item)
    assert (item.pictures.before.name, item.pictures.after.name) == (
        "bitmap of a", "bitmap of cutout",
    )  # fmt: skip

    large = item.pictures.after
    await house.pictures.sharpen(item)
    assert item.pictures.after is large

    item.pictures.after = copy = FakeImage("desk", 1600, 1200)
    house.queue.touch(item)
    await house.pictures.sharpen(item)
    assert item.pictures.after is copy  # the file does not show the change yet


async def test_a_file_of_which_no_larger_picture_can_be_had_is_asked_once() -> None:
    house = House()
    item = await finished(house)
    copy = item.pictures.after
    await house.pictures.sharpen(item)
    assert item.pictures.after is copy
    house.bitmaps.width, house.bitmaps.height = 4000, 3000
    await house.pictures.sharpen(item)
    assert item.pictures.after is copy


async def test_a_photo_that_left_the_stage_meanwhile_keeps_no_large_picture() -> None:
    house = House()
    item = await finished(house)
    house.bitmaps.width, house.bitmaps.height = 4000, 3000
    house.queue.show(None)
    await house.pictures.sharpen(item)
    assert item.pictures.after is None
