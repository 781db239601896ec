"""How the page draws a photo in each look, and where in the photo a point of it lies.

Runs on MicroPython too.
"""

from common.edits.geometry import GEOMETRY, Geometry, moved
from common.edits.placing import (
    PHOTO,
    RESULT,
    SHEET,
    in_look,
    in_photo,
    is_as_it_lies,
    placing,
)
from tests.common.edits.nearness import near

WISH = GEOMETRY.clean(
    {"tilt": 4, "turns": 1, "mirrored": True, "ratio": "1:1", "crop": [0.1, 0, 0.9, 1]}, "geometry"
)
NOTHING = GEOMETRY.clean({}, "geometry")


def test_a_photo_that_nothing_was_done_to_is_drawn_as_it_is():
    for look in (RESULT, PHOTO, SHEET):
        assert is_as_it_lies(NOTHING, look)
        assert placing(NOTHING, look, 400, 300) == (400, 300, [1, 0, 0, 0, 1, 0])


def test_to_be_painted_on_it_is_turned_and_mirrored_only():
    one = in_look(WISH, PHOTO)
    assert (one.tilt, one.crop, one.turns, one.mirrored) == (0, [], 1, True)
    assert placing(WISH, PHOTO, 400, 300)[:2] == (300, 400)
    assert is_as_it_lies(GEOMETRY.clean({"tilt": 3, "crop": [0, 0, 0.5, 1]}, "geometry"), PHOTO)


def test_to_be_cropped_all_of_the_sheet_is_seen():
    width, height, way = placing(WISH, SHEET, 400, 300)
    assert (width, height) == (300, 400)
    assert near(moved((200, 150), way), (150, 200))
    assert placing(WISH, SHEET, 4000, 3000, 1600)[:2] == (1200, 1600)


def test_the_result_is_drawn_as_the_pixel_worker_makes_it():
    one = Geometry(WISH)
    width, height, way = placing(WISH, RESULT, 400, 300)
    assert (width, height) == one.size(400, 300)
    left, top, _, _ = one.box(400, 300)
    corner = moved((left, top), one.from_sheet(400, 300))
    assert near(moved(corner, way), (0, 0))


def test_what_is_pointed_at_is_kept_where_it_is_in_the_photo():
    for turns in range(4):
        for mirrored in (False, True):
            values = GEOMETRY.clean({"turns": turns, "mirrored": mirrored, "tilt": 9}, "geometry")
            width, height, way = placing(values, PHOTO, 400, 300)
            x, y = moved((100, 60), way)
            place = in_photo(values, (x / width, y / height), width, height)
            assert near(place, (0.25, 0.2))
