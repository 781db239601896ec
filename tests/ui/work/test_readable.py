"""Drawings are drawn at the size that is asked for, anew when another is."""

import json
from typing import Any

from tests.ui.work.fakes import FakeBlob, settle
from tests.ui.work.house import House, scope
from ui.state import items


def drawn(house: House) -> list[tuple[int, int]]:
    """Return the sizes at which the drawing was drawn."""
    return [call[2:] for call in house.pixels.calls if call[0] == "drawing"]


async def convert(resize: dict[str, Any], cutout: bool = False) -> tuple[House, items.Item]:
    """Return the house and a finished drawing of 40 x 30 pixels."""
    house = House(tab="cutout" if cutout else "convert")
    facts = {"entries": [], "frames": 1, "width": 40, "height": 30, "format": "svg"}
    house.pixels.answers["receipt"] = lambda *_: (dict(facts), None)
    for key, value in resize.items():
        house.queue.recipe.set_value("resize", key, value)
    file = FakeBlob("a.svg", "image/svg+xml", 1000)
    file.head = b"\xef\xbb\xbf <svg xmlns="
    house.start()
    item = house.queue.add("a.svg", 1000, file)
    await settle()
    return house, item


async def test_a_drawing_is_drawn_at_its_own_size_or_at_the_one_that_is_asked_for() -> None:
    house, item = await convert({})
    assert item.state == items.DONE
    assert drawn(house) == [(40, 30)]
    assert "resize" in house.rendered[-1]
    house, item = await convert({"kind": "longest", "longest": 400})
    assert drawn(house) == [(400, 300)]
    resize = json.loads(house.rendered[-1])["resize"]
    assert (resize["kind"], resize["width"], resize["height"]) == ("pixels", 400, 300)


async def test_a_drawing_that_is_cut_to_a_shape_is_drawn_as_large_as_it_takes() -> None:
    wish = {"kind": "pixels", "width": 100, "height": 100, "fit": "fill"}
    house, _ = await convert(wish)
    assert drawn(house) == [(133, 100)]
    resize = json.loads(house.rendered[-1])["resize"]
    assert (resize["fit"], resize["width"], resize["height"]) == ("fill", 100, 100)


async def test_another_size_draws_anew_and_another_format_does_not() -> None:
    house, item = await convert({"kind": "percent", "percent": 200})
    house.queue.show(item)
    await house.output.make(item, scope())
    count = len(drawn(house))
    house.queue.recipe.set_value("resize", "percent", 300)
    await house.output.make(item, scope())
    assert drawn(house)[count:] == [(120, 90)]
    house.queue.recipe.set_value("export", "quality", 30)
    await house.output.make(item, scope())
    assert len(drawn(house)) == count + 1


async def test_a_drawing_too_large_is_refused_in_a_sentence() -> None:
    _, item = await convert({"kind": "percent", "percent": 400, "enlarge": True})
    assert item.state == items.DONE
    house, item = await convert({"kind": "longest", "longest": 20000})
    assert item.state == items.FAILED
    assert "more than" in item.error
    assert drawn(house) == []


async def test_a_drawing_is_not_drawn_to_be_cut_out() -> None:
    house, _ = await convert({}, cutout=True)
    assert drawn(house) == []
