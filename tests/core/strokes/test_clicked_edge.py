"""An edge that a click has made is as near to the truth as one that nobody touched."""

from functools import cache

import numpy as np
from PIL import Image

from common.edits.edit import default_edit
from core.files.decode import Photo
from core.picture.desk import Desk
from core.picture.render import cut_out
from tests.core.mattes import (
    as_matte,
    as_the_network_sees_it,
    colours_of_a_background,
    colours_of_a_subject,
    composite,
    ring,
)

SIZE = (900, 700)
HOLE, BODY = [0.5, 0.5], [0.5 + 0.32 * SIZE[1] / SIZE[0], 0.5]


def click(mode, point, tolerance=0.15):
    return {"kind": "region", "mode": mode, "point": point, "tolerance": tolerance}


@cache
def photo():
    grain = np.random.default_rng(4).normal(0, 2.5, (SIZE[1], SIZE[0], 3))
    scene = composite(ring(SIZE), colours_of_a_subject(SIZE), colours_of_a_background(SIZE))
    noisy = np.clip(np.rint(np.asarray(scene, np.float64) + grain), 0, 255).astype(np.uint8)
    return Photo(Image.fromarray(noisy), None)


def seen(matte):
    """Return a matte as the page's network answers it."""
    return as_the_network_sees_it(matte, side=704, blur=1, excess=0)


def edited(strokes, refinement="fast"):
    edit = default_edit()
    edit["strokes"], edit["edges"]["refinement"] = strokes, refinement
    return edit


def alpha(photo, matte, edit):
    return as_matte(cut_out(photo, matte, edit).cutout.getchannel("A"))


def near(radius):
    """Return where the edge of a radius (a part of the height) is, five pixels to either side."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    distance = np.hypot(x - SIZE[0] / 2, y - SIZE[1] / 2)
    return np.abs(distance - radius * SIZE[1]) < 5


def error(found, where):
    return float(np.abs(found - ring(SIZE))[where].mean())


def test_a_hole_that_a_click_opens_has_the_edge_of_one_that_the_network_found():
    untouched = error(alpha(photo(), seen(ring(SIZE)), edited([])), near(0.25))
    without_hole = seen(np.maximum(ring(SIZE), ring(SIZE, outer=0.3, inner=-1)))
    opened = edited([click("erase", HOLE, 0.3)])
    repaired = alpha(photo(), without_hole, opened)
    assert error(repaired, near(0.25)) < 1.1 * untouched
    plain = edited([click("erase", HOLE, 0.3)], "none")
    assert error(repaired, near(0.25)) < 0.6 * error(
        alpha(photo(), without_hole, plain), near(0.25)
    )


def test_what_a_click_brings_back_has_such_an_edge_too():
    untouched = error(alpha(photo(), seen(ring(SIZE)), edited([])), near(0.4))
    restored = edited([click("restore", BODY, 0.3)])
    repaired = alpha(photo(), np.zeros((704, 704), np.float32), restored)
    assert error(repaired, near(0.4)) < 1.1 * untouched


def test_away_from_the_clicked_border_nothing_changes():
    without_hole = seen(np.maximum(ring(SIZE), ring(SIZE, outer=0.3, inner=-1)))
    before = alpha(photo(), without_hole, edited([]))
    after = alpha(photo(), without_hole, edited([click("erase", HOLE, 0.3)]))
    assert np.array_equal(before[near(0.4)], after[near(0.4)])


def test_the_desk_shows_the_same_edge_as_the_file_has():
    without_hole = seen(np.maximum(ring(SIZE), ring(SIZE, outer=0.3, inner=-1)))
    edit = edited([click("erase", HOLE, 0.3)])
    desk = Desk(photo(), without_hole)
    shown = as_matte(desk.render(edit).mask)
    assert np.abs(shown - alpha(photo(), without_hole, edit)).max() <= 1.01 / 255
    # Choosing another refinement finds the clicked edges anew, though the matte below is empty.
    empty = Desk(photo(), np.zeros((704, 704), np.float32))
    strokes = [click("restore", BODY, 0.3)]
    first = as_matte(empty.render(edited(strokes)).mask)
    plain = as_matte(empty.render(edited(strokes, "none")).mask)
    assert np.abs(first - plain)[near(0.4)].max() > 0.1
