"""A dragged frame goes where the hand goes, as far as there is photo, and keeps its form.

Runs on MicroPython too.
"""

from common.edits.geometry import Geometry
from common.edits.handles import dragged, grip_at
from tests.common.edits.nearness import near

BOX = (100, 100, 300, 200)


def inside(box):
    return box[0] >= 0 and box[1] >= 0 and box[2] <= 400 and box[3] <= 300


def drag(grip, by, ratio=0, box=BOX):
    return dragged(box, grip, by, ratio, 10, inside)


def comes_to(box, known):
    return near(box, known, 0.01)


def test_corners_edges_and_the_middle_can_be_held():
    assert grip_at(BOX, 100, 100, 12) == (-1, -1)
    assert grip_at(BOX, 295, 205, 12) == (1, 1)
    assert grip_at(BOX, 200, 95, 12) == (0, -1)
    assert grip_at(BOX, 310, 150, 12) == (1, 0)
    assert grip_at(BOX, 200, 150, 12) == (0, 0)
    assert grip_at(BOX, 20, 150, 12) is None


def test_a_small_box_can_still_be_moved():
    assert grip_at((100, 100, 110, 110), 105, 105, 22) == (0, 0)
    assert grip_at((100, 100, 110, 110), 90, 90, 22) == (-1, -1)


def test_the_box_is_moved_as_far_as_there_is_room_and_slides_along_the_edge():
    assert comes_to(drag((0, 0), (50, 20)), (150, 120, 350, 220))
    assert comes_to(drag((0, 0), (500, 20)), (200, 120, 400, 220))


def test_an_edge_is_dragged_alone():
    assert comes_to(drag((-1, 0), (-30, 99)), (70, 100, 300, 200))
    assert comes_to(drag((1, 1), (30, -20)), (100, 100, 330, 180))
    assert comes_to(drag((1, 1), (300, 40)), (100, 100, 400, 240))


def test_no_side_gets_shorter_than_it_may():
    assert comes_to(drag((1, 0), (-900, 0)), (100, 100, 110, 200))
    assert comes_to(drag((-1, -1), (900, 900)), (290, 190, 300, 200))
    tiny = (0, 0, 4, 4)
    assert comes_to(drag((1, 1), (-900, -900), box=tiny), tiny)


def test_a_form_is_kept_and_the_far_corner_stays():
    assert comes_to(drag((1, 1), (20, 20), 2), (100, 100, 340, 220))
    assert comes_to(drag((-1, -1), (-40, 0), 2), (60, 80, 300, 200))
    left, top, right, bottom = dragged(BOX, (1, 1), (900, 900), 2, 10, inside)
    assert comes_to((left, top, right), (100, 100, 400))
    assert near((right - left) / (bottom - top), 2)


def test_a_side_keeps_the_form_around_the_middle():
    assert comes_to(drag((1, 0), (40, 7), 2), (100, 90, 340, 210))
    assert comes_to(drag((0, -1), (7, -20), 2), (80, 80, 320, 200))


def test_on_a_straightened_photo_a_box_never_leaves_it():
    one = Geometry({"tilt": 9})

    def fits(box):
        return one.shows_only_photo(box, 400, 300)

    for ratio in (0, 1.5):
        for grip in ((0, 0), (1, 1), (-1, 0), (0, 1), (-1, 1)):
            for by in ((900, 0), (-900, -900), (35, 1)):
                assert fits(dragged((170, 130, 230, 170), grip, by, ratio, 10, fits))
