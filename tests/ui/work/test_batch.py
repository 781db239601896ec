"""The whole queue at once: totals, cancelling, repeating, and all files in their order."""

import asyncio

import pytest

from common.errors import Refusal
from tests.ui.work.fakes import FakeBlob, settle
from tests.ui.work.house import House
from ui.state import items


async def test_all_that_has_not_ended_is_cancelled_and_taken_up_again() -> None:
    house = House()
    house.start()
    [done] = house.add("done")
    await settle()
    house.network.held.add("run")
    rest = house.add("a", "b", "c")
    await settle()
    house.batch.cancel()
    assert [item.state for item in rest] == [items.CANCELLED] * 3
    assert done.state == items.DONE
    house.network.let_go("run")
    await settle()
    house.batch.retry()
    await settle()
    assert [item.state for item in rest] == [items.DONE] * 3


async def test_files_are_saved_in_the_order_of_the_list_with_their_masks_beside_them() -> None:
    house = House()
    house.start()
    house.add("b.jpg", "a.jpg")
    house.queue.recipe.set_value("export", "format", "cutout+mask")
    facts = {"types": ["image/png"] * 2, "sizes": [1, 2], "raw": False, "notices": []}
    facts |= {"width": 4, "height": 3}
    numbers = iter(range(9))

    def render(*_: object) -> object:
        """Return a file and its mask."""
        number = next(numbers)
        return dict(facts), Parts([f"file {number}", f"mask {number}"])

    house.pixels.answers["render_file"] = render
    await settle()
    saved: list[tuple[str, object]] = []

    async def write(files: list[tuple[str, object]]) -> None:
        """Keep what would be written."""
        saved.extend(files)

    assert await house.batch.save(write) == 4
    assert [name for name, _ in saved] == [
        "b-cutout.png", "b-mask.png", "a-cutout.png", "a-mask.png",
    ]  # fmt: skip
    assert house.batch.saving == ""


class Parts:
    """Files one after the other in one buffer."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts


async def written(_files: object) -> None:
    """Write them."""


async def test_stale_files_are_made_before_they_are_saved_one_by_each_encoder() -> None:
    house = House(tab="compress")
    house.start()
    photos = house.add(*"abcdef")
    await settle()
    house.queue.recipe.tab = "cutout"  # there no file follows by itself
    house.queue.recipe.set_value("export", "quality", 33)
    made = len(house.encodings)
    house.codecs_held = True
    busy: list[str] = []
    at_once: list[int] = []
    house.batch.changed.connect(lambda: busy.append(house.batch.words()))

    async def look() -> None:
        """See how many are under way, then let them end."""
        await settle()
        at_once.append(len(house.encodings) - made)
        house.codecs_held = False
        for worker in house.workers:
            worker.answer()
        await house.clock.pass_by(1)

    looking = asyncio.create_task(look())
    assert await house.batch.save(written) == 6
    await looking
    assert at_once == [house.codecs.size]
    assert len(house.encodings) - made == 6
    assert all(house.queue.recipe.is_fresh(item) for item in photos)
    assert busy[:2] == ["Saving", "6 files to make"]


async def test_a_file_that_cannot_be_made_fails_alone_and_the_others_are_saved() -> None:
    house = House(tab="compress")
    house.start()
    good, bad = house.add("good.jpg", "bad.jpg")
    await settle()
    house.queue.recipe.set_value("export", "quality", 33)
    render = house.pixels.answers["render_file"]

    def refusing(photo: object, *rest: object) -> object:
        """Refuse one of them."""
        if photo is bad.source.file:
            raise Refusal("damaged")
        return render(photo, *rest)

    house.pixels.answers["render_file"] = refusing
    assert await house.batch.save(written) == 1
    assert (good.state, bad.state) == (items.DONE, items.FAILED)


async def test_a_failed_saving_says_so_and_can_be_tried_again() -> None:
    house = House(tab="compress")
    house.start()
    house.add("a.jpg")
    await settle()

    async def fail(_files: object) -> None:
        """Find no room."""
        raise Refusal("zip_failed", reason="QuotaExceededError")

    with pytest.raises(Refusal):
        await house.batch.save(fail)
    assert house.batch.saving == ""
    assert await house.batch.save(written) == 1


async def test_totals_and_the_time_left_are_told_in_words() -> None:
    house = House(tab="compress")
    house.start()
    house.codecs_held = True
    house.add(*"abcdefgh")
    await settle()
    assert house.batch.words() == "8 to go"
    for _ in range(2):
        await house.clock.pass_by(30)
        house.workers[0].answer()
        await settle()
    assert house.batch.words() == "1\u00a0KB saved, 50\u00a0%, about 3\u00a0min left"
    house.batch.pause()
    assert house.batch.words() == "1\u00a0KB saved, 50\u00a0%, paused"


async def test_all_photos_become_the_pages_of_one_document_in_the_order_of_the_list() -> None:
    house = House(tab="convert")
    house.codec_of = lambda _settings: None
    house.queue.recipe.set_value("export", "format", "pdf")
    house.queue.recipe.set_value("export", "page", "a4")
    house.start()
    photos = house.add("b.jpg", "a.jpg")
    await settle()
    [own] = house.add("own.jpg")
    house.queue.recipe.override(own, "export")
    own.settings.edit["export"]["format"] = "png"
    await settle()
    saved: list[FakeBlob] = []
    assert await house.batch.save_document(saved.append) == 3
    [document] = saved
    assert (document.type, document.content.name) == (
        "application/pdf", "document of [700, 700, 8]",
    )  # fmt: skip
    assert all(photo.result.handed_out for photo in photos)
    assert house.queue.recipe.writes_documents()
    assert house.batch.saving == ""
