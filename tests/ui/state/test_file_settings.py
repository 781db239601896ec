"""What a turned or cropped photo means for its file: sizes, and never the original instead."""

from types import SimpleNamespace
from typing import Any

from common.edits.edit import checked
from ui.state.file_settings import as_drawn, drawn_size, pixels_key, shape_of, stays_original
from ui.state.items import Item


def photo(width: int = 400, height: int = 300, file_format: str = "jpeg") -> Item:
    """Return an item whose size is known, of 1000 bytes."""
    item = Item(1, "a.jpg", 1000, SimpleNamespace(), False)
    item.source.width, item.source.height = width, height
    item.source.format = file_format
    return item


def settings(**sections: Any) -> dict[str, Any]:
    """Return settings that keep the original where nothing is gained."""
    export = {"never_larger": True}
    return checked({"steps": {"cutout": False}, "export": export, **sections})


def test_the_original_is_never_taken_for_what_was_turned_or_cropped() -> None:
    larger = SimpleNamespace(size=2000)
    assert stays_original(photo(), settings(), larger, (400, 300))
    for geometry in ({"turns": 2}, {"mirrored": True}, {"turns": 1}, {"crop": [0, 0, 1, 0.999]}):
        wish = settings(geometry=geometry)
        assert not stays_original(photo(), wish, larger, shape_of(photo(), wish))


def test_the_shape_is_that_after_the_crop_and_unknown_as_long_as_the_photos_is() -> None:
    assert shape_of(photo(), settings(geometry={"turns": 1})) == (300, 400)
    assert shape_of(photo(), settings(geometry={"ratio": "1:1"})) == (300, 300)
    assert shape_of(photo(0, 0), settings(geometry={"ratio": "original", "tilt": 3})) == (0, 0)


def test_other_pixels_are_asked_for_after_a_turn() -> None:
    assert pixels_key(settings()) != pixels_key(settings(geometry={"turns": 1}))


def test_a_drawing_is_drawn_so_large_that_its_crop_has_the_wished_size() -> None:
    drawing = photo(file_format="svg")
    wish = settings(
        geometry={"crop": [0, 0, 0.5, 0.5]}, resize={"kind": "pixels", "width": 1000, "height": 750}
    )
    assert drawn_size(drawing, wish, 50) == ((2000, 1500), (1000, 750))
    drawing.source.drawn_at = (2000, 1500)
    resize = as_drawn(drawing, wish, 50)["resize"]
    assert (resize["width"], resize["height"], resize["fit"]) == (1000, 750, "stretch")
    assert drawn_size(drawing, settings(geometry={"crop": [0, 0, 0.5, 0.5]}), 50) == (
        (400, 300),
        (200, 150),
    )
