"""The size of a result is known, and refused, before any pixel is. Runs on MicroPython too."""

from common.edits.edit import checked
from common.edits.resizing import resized_size


def size(photo_width, photo_height, **values):
    return resized_size(checked({"resize": values})["resize"], photo_width, photo_height)


def refusal(*arguments):
    try:
        resized_size(*arguments)
    except ValueError as error:
        return str(error)
    raise AssertionError("no error")


def complaint(photo_width, photo_height, **values):
    try:
        size(photo_width, photo_height, **values)
    except ValueError as error:
        return str(error)
    raise AssertionError("no error")


def test_nothing_is_resized_unless_asked():
    assert size(4000, 3000) == (4000, 3000)
    assert size(4000, 3000, kind="pixels") == (4000, 3000)
    assert size(4000, 3000, kind="percent") == (4000, 3000)


def test_a_missing_side_follows_from_the_other():
    assert size(4000, 3000, kind="pixels", width=1000) == (1000, 750)
    assert size(4000, 3000, kind="pixels", height=1000) == (1333, 1000)
    assert size(4000, 3000, kind="pixels", height=1000, fit="stretch") == (1333, 1000)


def test_fit_keeps_the_proportions_and_fill_and_stretch_take_the_wished_ones():
    wish = {"kind": "pixels", "width": 1000, "height": 1000}
    assert size(4000, 3000, fit="fit", **wish) == (1000, 750)
    assert size(3000, 4000, fit="fit", **wish) == (750, 1000)
    assert size(4000, 3000, fit="fill", **wish) == (1000, 1000)
    assert size(4000, 3000, fit="stretch", **wish) == (1000, 1000)


def test_percent_and_the_longest_side():
    assert size(4000, 3000, kind="percent", percent=50) == (2000, 1500)
    assert size(4001, 3001, kind="percent", percent=1) == (40, 30)
    assert size(4000, 3000, kind="longest", longest=2000) == (2000, 1500)
    assert size(3000, 4000, kind="longest", longest=2000) == (1500, 2000)
    assert size(20000, 1, kind="longest", longest=1000) == (1000, 1)


def test_nothing_is_enlarged_unless_asked():
    assert size(400, 300, kind="longest", longest=2000) == (400, 300)
    assert size(400, 300, kind="longest", longest=2000, enlarge=True) == (2000, 1500)
    assert size(400, 300, kind="percent", percent=200) == (400, 300)
    assert size(400, 300, kind="percent", percent=200, enlarge=True) == (800, 600)
    wish = {"kind": "pixels", "width": 1000, "height": 1000}
    assert size(400, 300, **wish) == (400, 300)
    assert size(400, 300, enlarge=True, **wish) == (1000, 750)
    assert size(400, 300, fit="fill", **wish) == (300, 300)
    assert size(400, 300, fit="stretch", **wish) == (300, 300)
    assert size(400, 3000, fit="fill", **wish) == (400, 400)
    assert size(400, 300, fit="fill", enlarge=True, **wish) == (1000, 1000)


def test_a_mistyped_side_is_refused_and_not_bent_into_range():
    words = complaint(4000, 3000, kind="pixels", width=50000, height=300)
    assert words == "resize > width must be at most 20000."
    assert complaint(40, 30, kind="longest", longest=50000).endswith("at most 20000.")
    assert complaint(40, 30, kind="percent", percent=0).endswith("at least 1.")
    assert complaint(40, 30, kind="pixels", width=-5).endswith("at least 0.")
    unchecked = {"kind": "pixels", "width": 50000, "height": 0, "fit": "fit", "enlarge": True}
    assert "at most 20000" in refusal(unchecked, 40, 30)


def test_a_result_beyond_all_memory_is_refused_with_its_size():
    wish = {"kind": "pixels", "width": 20000, "height": 20000, "enlarge": True, "fit": "stretch"}
    words = complaint(400, 300, **wish)
    assert words == "The result would have 20000 x 20000 pixels, more than 50 million."
    assert "more than 50 million" in complaint(
        5000, 4000, kind="percent", percent=400, enlarge=True
    )
    words = complaint(100, 3000, kind="pixels", width=2000, enlarge=True)
    assert words == "The result would have 2000 x 60000 pixels. Sides end at 20000."


def test_a_small_device_has_a_smaller_limit():
    wish = checked({"resize": {"kind": "percent", "percent": 400, "enlarge": True}})["resize"]
    assert resized_size(wish, 1000, 1000) == (4000, 4000)
    assert "more than 12 million" in refusal(wish, 1000, 1000, 12)
