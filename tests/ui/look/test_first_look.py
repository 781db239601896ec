"""The first look: when there is one, what it shows, and that it never becomes the result."""

import pytest

from common.options import QUALITIES
from tests.ui.work.fakes import FakeImage, settle
from tests.ui.work.house import House, refused, sides, with_small_network
from ui.state import items

STANDARD = QUALITIES["standard"][0]


def booting(house: House) -> None:
    """Let the pixel worker be on its way, as after opening the page."""
    house.pixels.is_up = False
    house.pixels.held.add("open_photo")


async def looking(house: House) -> items.Item:
    """Return a photo on the stage of a page whose pixel worker is not there yet."""
    with_small_network(house)
    booting(house)
    house.start()
    [item] = house.add("a", shown=True)
    await settle()
    return item


async def test_a_photo_is_seen_and_cut_out_before_the_pixel_worker_has_opened_it() -> None:
    house = House()
    item = await looking(house)
    assert item.pictures.before.name == "bitmap of a"
    assert item.pictures.after.name == (
        "bitmap of a cut by look 320 of pixels of bitmap of bitmap of a"
    )
    assert item.pictures.provisional
    assert item.result is None
    house.pixels.let_go("open_photo")
    await settle()
    assert item.state == items.DONE
    assert not item.pictures.provisional
    assert item.pictures.after.name == "desk"
    assert sides(house) == [STANDARD], "the large network gives no second first look"


async def test_it_waits_for_the_small_network_only() -> None:
    house = House()
    with_small_network(house)
    booting(house)
    house.network.held.add("load")
    house.start()
    [item] = house.add("a", shown=True)
    await settle()
    assert item.pictures.provisional
    house.network.let_go("load")
    house.pixels.let_go("open_photo")
    await settle()
    assert item.state == items.DONE


@pytest.mark.parametrize(
    "hindrance",
    ["unreadable", "foreign", "noise", "too large", "small network gone", "another on the stage"],
)
async def test_without_it_the_photo_goes_the_other_way(hindrance: str) -> None:
    house = House()
    with_small_network(house)
    booting(house)
    house.bitmaps.truthful = hindrance != "noise"
    if hindrance == "small network gone":
        house.network.answers["look"] = refused
    house.start()
    [item] = house.add("a")
    if hindrance == "foreign":
        item.source.file.head = b"II*\0" + bytes(60)
    if hindrance == "too large":
        item.source.file.head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0" + bytes(60)
    if hindrance == "unreadable":
        house.bitmaps.unreadable.add(id(item.source.file))
    if hindrance != "another on the stage":
        house.queue.show(item)
    await settle()
    assert item.pictures.after is None
    house.pixels.let_go("open_photo")
    await settle()
    assert item.state == items.DONE
    assert sides(house)[-1] == STANDARD
    assert (320 in sides(house)) == (hindrance != "another on the stage")
    assert house.reports == [], "what is foreseen is no error on the console"


async def test_on_a_fast_device_that_is_ready_no_preview_delays_the_cutout() -> None:
    house = House()
    with_small_network(house)
    house.start()
    house.engine.pace.learn(STANDARD, 1)
    await settle()
    [item] = house.add("a", shown=True)
    await settle()
    assert item.state == items.DONE
    assert house.network.count("look") == 0
    assert sides(house) == [STANDARD]


async def test_on_a_slow_device_that_is_ready_there_is_one() -> None:
    house = House()
    with_small_network(house)
    house.start()
    house.engine.pace.learn(STANDARD, 30)
    await settle()
    house.add("a", shown=True)
    await settle()
    assert house.network.count("look") == 1


async def test_a_cancelled_photo_gets_no_late_first_look() -> None:
    house = House()
    house.network.held.add("look")
    item = await looking(house)
    house.queue.cancel(item)
    house.network.let_go("look")
    await settle()
    assert item.pictures.after is None
    assert not item.pictures.provisional


async def test_what_left_the_stage_meanwhile_is_not_drawn() -> None:
    house = House()
    house.network.held.add("look")
    item = await looking(house)
    [other] = house.add("b", shown=True)
    house.network.let_go("look")
    await settle()
    assert item.pictures.after is None
    assert other is house.queue.shown


async def test_data_savers_fetch_the_networks_with_their_first_photo() -> None:
    house = House()
    house.device.saves_data = True
    with_small_network(house)
    booting(house)
    house.start()
    await settle()
    assert house.network.count("load") == 0
    house.add("a", shown=True)
    await settle()
    assert [house.network.count(name) for name in ("load", "look")] == [1, 1]


async def test_the_large_picture_of_the_browsers_is_given_back_when_a_smaller_one_is_made() -> None:
    house = House()
    made: list[FakeImage] = []
    decoded = house.bitmaps.decoded

    async def large(blob: object, **options: int) -> FakeImage | None:
        """Decode a photo of a camera."""
        image = await decoded(blob, **options)  # type: ignore[arg-type]
        assert image is not None
        image.width, image.height = (
            options.get("resizeWidth", 4000),
            options.get("resizeHeight", 3000),
        )
        made.append(image)
        return image

    house.bitmaps.decoded = large  # type: ignore[method-assign]
    item = await looking(house)
    assert [(image.width, image.closed) for image in made] == [
        (4000, True), (1600, False), (160, False), (320, True),
    ]  # fmt: skip
    assert item.pictures.before is made[1]
    assert (made[1].width, made[1].height) == (1600, 1200)
