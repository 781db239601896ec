"""An item's file: searched for under a limit, written by another where a codec is missing."""

import asyncio
import json

import pytest

from common.edits.quality_search import MOST_TRIES
from common.errors import Refusal
from tests.ui.work.fakes import settle
from tests.ui.work.house import House, scope
from ui.state import items
from ui.state.file_settings import names_of

KILOBYTE = 1000


def quality_of(options: str) -> int:
    """Return the quality in a codec's options."""
    return int(json.loads(options)["quality"])


async def limited(house: House, kilobytes: int, *, shrink: bool = False) -> items.Item:
    """Return a photo whose file was searched for under a limit."""
    export = house.queue.recipe.edit["export"]
    codec = {**export["codec"], "limit_kilobytes": kilobytes, "shrink": shrink}
    house.queue.recipe.set_value("export", "codec", codec)
    house.queue.recipe.set_value("export", "format", "jpeg")
    house.queue.recipe.set_value("export", "quality", 90)
    house.start()
    [item] = house.add("a.jpg")
    await settle()
    assert item.state == items.DONE
    return item


async def test_under_a_limit_the_best_quality_that_fits_is_found_in_few_tries() -> None:
    house = House(tab="compress")
    house.encoded = lambda _codec, _size, options: 100 * quality_of(options)
    item = await limited(house, 5)
    tried = [quality_of(options) for *_, options, _ in house.encodings]
    assert len(tried) <= MOST_TRIES
    assert 0.9 * 5 * KILOBYTE <= item.result.file.size <= 5 * KILOBYTE
    assert item.result.fitted[0] == item.result.file.size / 100
    assert item.result.file.size == max(100 * q for q in tried if 100 * q <= 5 * KILOBYTE)


async def test_where_nothing_fits_the_smallest_file_is_taken_and_that_is_told() -> None:
    house = House(tab="compress")
    house.encoded = lambda _codec, _size, options: 9000 + quality_of(options)
    item = await limited(house, 5)
    assert item.result.fitted is None
    assert item.result.file.size == 9001


async def test_pixels_are_rendered_once_for_all_qualities_of_the_shown_photo() -> None:
    house = House(tab="compress")
    house.start()
    [item] = house.add("a.jpg", shown=True)
    await settle()
    rendered = house.pixels.count("render_file")
    house.encoded = lambda _codec, _size, options: 100 * quality_of(options)
    codec = {**house.queue.recipe.edit["export"]["codec"], "limit_kilobytes": 5}
    house.queue.recipe.set_value("export", "codec", codec)
    await house.output.make(item, scope())
    assert len(house.encodings) > 3
    assert house.pixels.count("render_file") - rendered <= 1


async def test_a_search_that_is_cancelled_ends_and_the_earlier_file_stays() -> None:
    house = House(tab="compress")
    house.encoded = lambda _codec, _size, options: 100 * quality_of(options)
    item = await limited(house, 5)
    before, tried = item.result, len(house.encodings)
    run = scope()

    def cancelling(_codec: str, _size: object, _options: str) -> int:
        """Cancel under the second encoding."""
        if len(house.encodings) == tried + 2:
            run.cancel()
        return 9000

    house.encoded = cancelling
    house.queue.recipe.set_value("export", "quality", 80)
    with pytest.raises(Refusal) as caught:
        await house.output.make(item, run)
    assert caught.value.code == "cancelled"
    assert len(house.encodings) == tried + 2
    assert item.result is before
    assert not item.saving


async def test_without_its_codec_a_file_is_written_by_pillow_and_says_so() -> None:
    house = House(tab="compress")

    def missing(*_: object) -> int:
        """Refuse as a worker does whose program cannot be fetched."""
        raise Refusal("codec_unavailable", codec="MozJPEG")

    house.encoded = missing
    house.start()
    [item] = house.add("a.jpg")
    await settle()
    assert item.state == items.DONE
    assert item.result.file.content == "exported"
    assert item.notices == ["plain_encoder"]


async def test_an_avif_file_is_never_replaced_by_something_else() -> None:
    house = House(tab="compress")

    def missing(*_: object) -> int:
        """Refuse as a worker does whose program cannot be fetched."""
        raise Refusal("codec_unavailable", codec="AVIF")

    house.encoded = missing
    house.codec_of = lambda _settings: "avif"
    house.queue.recipe.set_value("export", "format", "avif")
    house.start()
    [item] = house.add("a.jpg")
    await settle()
    assert item.state == items.FAILED


async def test_a_moving_avif_file_says_that_its_first_picture_was_taken() -> None:
    house = House(tab="compress")
    house.codec_of = lambda _settings: None
    [item] = house.add("a.avif")
    brands = b"avis" + bytes(4) + b"avifavismsf1"
    item.source.file.head = (len(brands) + 8).to_bytes(4, "big") + b"ftyp" + brands + bytes(40)
    house.start()
    await settle()
    assert item.state == items.DONE
    assert item.notices == ["first_frame"]


async def test_the_original_file_is_the_result_when_the_user_keeps_it() -> None:
    house = House(tab="compress")
    house.start()
    [item] = house.add("a.jpg")
    await settle()
    house.queue.keep_original(item)
    await house.output.make(item, item.scope)
    assert item.result.file is item.source.file
    house.queue.set_common("export", "quality", 40)
    assert not item.settings.original_kept


async def test_two_that_want_the_same_file_make_it_once() -> None:
    house = House(tab="compress")
    house.start()
    [item] = house.add("a.jpg")
    await settle()
    house.queue.recipe.set_value("export", "quality", 40)
    made = len(house.encodings)
    house.codecs_held = True
    runs = asyncio.gather(*[house.output.make(item, scope()) for _ in range(2)])
    await settle()
    house.codecs_held = False
    house.workers[0].answer()
    await house.clock.pass_by(1)
    await runs
    assert len(house.encodings) == made + 1


async def test_what_is_changed_while_the_file_is_made_is_in_the_file_that_is_saved() -> None:
    house = House(tab="compress")
    house.start()
    [item] = house.add("a.jpg")
    await settle()
    house.queue.recipe.set_value("export", "quality", 40)
    house.codecs_held = True
    run = asyncio.create_task(house.output.make_newest(item, scope()))
    await settle()
    house.queue.recipe.set_value("export", "quality", 30)
    house.codecs_held = False
    house.workers[0].answer()
    await house.clock.pass_by(1)
    await run
    assert house.queue.recipe.is_fresh(item)
    assert quality_of(house.encodings[-1][-2]) == 30


async def test_what_would_be_larger_stays_the_file_it_was_when_that_is_wished_for_all() -> None:
    house = House(tab="compress")
    house.encoded = lambda *_: 1800
    house.queue.recipe.set_value("export", "never_larger", True)
    house.start()
    [item] = house.add("a.jpg")
    await settle()
    assert item.result.file is item.source.file
    assert item.result.original
    assert names_of(house.queue, item) == ["a.jpg"]
    assert house.batch.words() == "0\u00a0B saved, 0\u00a0%, 1 kept as they were"
    house.queue.recipe.set_value("export", "never_larger", False)
    await house.output.make(item, scope())
    assert item.result.file.size == 1800
    assert house.batch.words() == "800\u00a0B more, 80\u00a0%, 1 larger than before"


async def test_a_cutout_or_another_size_is_not_replaced_by_the_original() -> None:
    house = House(tab="compress")
    house.encoded = lambda *_: 1800
    house.queue.recipe.set_value("export", "never_larger", True)
    house.pixels.answers["receipt"] = lambda *_: (
        {"entries": [], "frames": 1, "width": 40, "height": 30, "format": "jpeg"},
        None,
    )
    house.start()
    [item] = house.add("a.jpg")
    await settle()
    assert item.result.file.size == 1800
    assert not item.result.original


async def test_a_limit_that_a_file_does_not_keep_is_told_for_it_and_in_the_totals() -> None:
    house = House(tab="compress")
    house.encoded = lambda _codec, _size, options: 9000 + quality_of(options)
    item = await limited(house, 5)
    assert item.result.missed == 5000
    assert house.batch.words().endswith("1 above the size limit")
    house.queue.recipe.set_value("export", "format", "png-small")  # has no quality to lower
    house.codec_of = lambda _settings: "oxipng"
    house.encoded = lambda *_: 7000
    await house.output.make(item, scope())
    assert item.result.missed == 5000
