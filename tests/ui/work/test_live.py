"""The photo on the stage: its file follows the settings, and never an older one a newer one."""

from tests.ui.work.fakes import Buffer, FakeCodecWorker, settle
from tests.ui.work.house import House
from ui.state import items
from ui.work.live import LONG_SECONDS, REST_SECONDS


async def compared(house: House) -> items.Item:
    """Return a photo that is done, on the stage, and compared with its original."""
    house.start()
    [item] = house.add("a", shown=True)
    await settle()
    await house.clock.pass_by(1)
    assert item.state == items.DONE
    return item


async def encoding(house: House) -> list[FakeCodecWorker]:
    """Change the quality and return the workers that encode with it until they are let go."""
    house.codecs_held = True
    house.queue.set_common("export", "quality", 40)
    await house.clock.pass_by(REST_SECONDS + 0.1)
    return [worker for worker in house.workers if worker.busy]


async def test_what_is_in_the_file_stands_beside_the_original_and_is_compared_with_it() -> None:
    house = House(tab="compress")
    item = await compared(house)
    assert item.pictures.compared is item.result
    assert item.pictures.before.name == "bitmap of a"
    assert item.pictures.after.name == "bitmap of encoded"
    assert item.result.similarity == 0.97


async def test_of_a_pdf_file_the_picture_in_it_is_shown_and_nothing_is_said_to_be_wrong() -> None:
    house = House(tab="convert")
    house.codec_of = lambda _settings: None
    pages = {"types": ["application/pdf"], "sizes": [700], "width": 400, "height": 300}
    page = {**pages, "notices": [], "format": "JPEG", "raw": False}
    house.pixels.answers["render_file"] = lambda *_: (dict(page), Buffer("files", ["%PDF-1.4"]))
    house.queue.recipe.set_value("export", "format", "pdf")
    said: list[str] = []
    house.live.failed.connect(said.append)
    item = await compared(house)
    assert item.result.file.content == "%PDF-1.4"
    assert item.pictures.compared is item.result
    assert item.pictures.after.name == "bitmap of files", "what was exported as PNG, not the page"
    assert (said, house.live.failure, item.result.similarity) == ([], "", 0)


async def test_a_slider_that_still_moves_asks_no_encoder() -> None:
    house = House(tab="compress")
    await compared(house)
    made = len(house.encodings)
    for quality in range(40, 50):
        house.queue.set_common("export", "quality", quality)
        await house.clock.pass_by(REST_SECONDS / 2)
    assert len(house.encodings) == made
    await house.clock.pass_by(1)
    assert len(house.encodings) == made + 1
    assert '"quality": 49' in house.encodings[-1][3]


async def test_a_quality_costs_one_run_of_the_encoder_and_no_new_pixels() -> None:
    house = House(tab="compress")
    await compared(house)
    rendered = house.pixels.count("render_file")
    house.queue.set_common("export", "quality", 40)
    await house.clock.pass_by(1)
    kept = house.pixels.count("render_file")
    house.queue.set_common("resize", "kind", "percent")
    await house.clock.pass_by(1)
    assert (kept - rendered, house.pixels.count("render_file") - kept) == (0, 1)


async def test_an_encoder_that_works_in_vain_for_long_is_stopped() -> None:
    house = House(tab="compress")
    item = await compared(house)
    old = item.result
    house.codecs_held = True
    house.queue.set_common("export", "quality", 40)
    await house.clock.pass_by(LONG_SECONDS + REST_SECONDS + 0.3)
    busy = [worker for worker in house.workers if worker.busy]
    house.codecs_held = False
    house.queue.set_common("export", "quality", 41)
    await house.clock.pass_by(1)
    assert [worker.broken for worker in busy] == [True]
    assert item.result is not old
    assert '"quality": 41' in house.encodings[-1][3]
    assert house.queue.recipe.is_fresh(item)
    assert item.pictures.compared is item.result


async def test_a_short_run_in_vain_is_left_to_its_end_and_its_file_is_known_to_be_old() -> None:
    house = House(tab="compress")
    item = await compared(house)
    (busy,) = await encoding(house)
    house.queue.set_common("export", "quality", 41)
    assert not busy.broken
    house.codecs_held = False
    busy.answer()
    await settle()
    assert not house.queue.recipe.is_fresh(item)
    assert house.pixels.count("similarity") == 1, "an old file is not compared"
    await house.clock.pass_by(1)
    assert house.queue.recipe.is_fresh(item)
    assert house.pixels.count("similarity") == 2


async def test_a_failure_is_said_once_and_tried_again_only_with_other_settings() -> None:
    house = House(tab="compress")
    item = await compared(house)
    said: list[str] = []
    house.live.failed.connect(said.append)
    (busy,) = await encoding(house)
    busy.answer("out_of_memory")
    await house.clock.pass_by(3)
    assert len(said) == 1
    assert house.live.failure == said[0]
    house.codecs_held = False
    house.queue.set_common("export", "quality", 41)
    await house.clock.pass_by(1)
    assert house.live.failure == ""
    assert house.queue.recipe.is_fresh(item)


async def test_a_picture_that_comes_when_another_photo_is_on_the_stage_is_dropped() -> None:
    house = House(tab="compress")
    item = await compared(house)
    [other] = house.add("b")
    await settle()
    await house.clock.pass_by(1)
    busy = await encoding(house)
    house.queue.show(other)
    assert item.pictures.before is item.pictures.after is None, "its memory is given back"
    house.codecs_held = False
    for worker in busy:
        worker.answer()
    await settle()
    assert item.pictures.compared is None
    assert item.pictures.after is None


async def test_a_photo_removed_under_its_encoder_ends_it() -> None:
    house = House(tab="compress")
    item = await compared(house)
    (busy,) = await encoding(house)
    house.queue.remove(item)
    house.queue.show(None)
    await house.clock.pass_by(1)
    assert busy.broken
