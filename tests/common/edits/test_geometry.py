"""Where a turned, mirrored, straightened, cropped photo's points lie. Runs on MicroPython too."""

from common.edits.edit import checked, default_edit, preset_of, with_preset
from common.edits.geometry import (
    GEOMETRY,
    RATIOS,
    Geometry,
    held,
    moved,
    sine_and_cosine,
    with_form,
)
from tests.common.edits.nearness import near

WIDE = (400, 300)


def geometry(**values):
    return Geometry(values)


def complaint(values):
    try:
        GEOMETRY.clean(values, "geometry")
    except ValueError as error:
        return str(error)
    raise AssertionError("no error")


def corners(box):
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def lies_within(box, one, size=WIDE):
    """Tell whether a box of the sheet shows nothing but photo."""
    back = one.from_sheet(*size)
    places = [moved(corner, back) for corner in corners(box)]
    return all(-1e-6 <= x <= size[0] + 1e-6 and -1e-6 <= y <= size[1] + 1e-6 for x, y in places)


def test_nothing_is_changed_unless_asked():
    one = geometry()
    assert one.is_neutral
    assert Geometry(default_edit()["geometry"]).is_neutral
    assert one.box(*WIDE) == (0, 0, 400, 300)
    assert one.onto_sheet(*WIDE) == (1, 0, 0, 0, 1, 0)
    assert geometry(ratio="original").is_neutral
    assert not geometry(ratio="1:1").is_neutral
    assert not geometry(turns=1).is_neutral


def test_sine_and_cosine_are_those_of_the_mathematics():
    for degrees, known in (
        (0, (0, 1)),
        (5, (0.0871557427476582, 0.9961946980917455)),
        (-5, (-0.0871557427476582, 0.9961946980917455)),
        (15, (0.2588190451025207, 0.9659258262890683)),
    ):
        assert near(sine_and_cosine(degrees), known, 1e-10)


def test_a_quarter_turn_is_clockwise():
    one = geometry(turns=1)
    assert one.sheet_size(*WIDE) == (300, 400)
    assert moved((0, 0), one.onto_sheet(*WIDE)) == (300, 0)
    assert moved((400, 0), one.onto_sheet(*WIDE)) == (300, 400)


def test_it_is_mirrored_before_it_is_turned():
    one = geometry(mirrored=True, turns=1)
    assert moved((400, 0), one.onto_sheet(*WIDE)) == (300, 0)
    assert moved((0, 300), one.onto_sheet(*WIDE)) == (0, 400)


def ways():
    """Return every way to lie: (turns, mirrored)."""
    return [(turns, mirrored) for turns in range(4) for mirrored in (False, True)]


def test_the_way_back_from_the_sheet_ends_where_it_began():
    for turns, mirrored in ways():
        for tilt in (-15, 0, 3.5):
            one = geometry(mirrored=mirrored, turns=turns, tilt=tilt)
            there = moved((30, 70), one.onto_sheet(*WIDE))
            assert near(moved(there, one.from_sheet(*WIDE)), (30, 70))


def test_four_turns_and_two_flips_change_nothing():
    for turns, mirrored in ways():
        start = geometry(mirrored=mirrored, turns=turns, ratio="4:3", crop=[0.1, 0.2, 0.4, 0.8])
        four = start
        for _ in range(4):
            four = Geometry(four.turned())
        assert near(four.crop, start.crop)
        assert (four.turns, four.mirrored, four.ratio) == (turns, mirrored, "4:3")
        for upside_down in (False, True):
            twice = Geometry(Geometry(start.flipped(upside_down)).flipped(upside_down))
            assert (twice.turns, twice.mirrored) == (turns, mirrored)
            assert near(twice.crop, start.crop)


def seen_after(change, before, point):
    """Return a changed geometry, and where a point of the sheet is seen after the change."""
    across, down = before.sheet_size(*WIDE)
    x, y = point
    if change == "turned":
        return before.turned(), (down - y, x)
    if change == "flipped":
        return before.flipped(), (across - x, y)
    return before.flipped(True), (x, down - y)


def test_what_is_pressed_happens_to_what_is_seen_and_the_crop_stays_on_its_subject():
    for turns, mirrored in ways():
        for change in ("turned", "flipped", "upside down"):
            before = geometry(turns=turns, mirrored=mirrored, crop=[0.1, 0.2, 0.5, 0.9], tilt=2)
            back = before.from_sheet(*WIDE)
            for corner in corners(before.wished(*WIDE)):
                values, there = seen_after(change, before, corner)
                after = Geometry(values)
                assert near(moved(there, after.from_sheet(*WIDE)), moved(corner, back))
                box = after.wished(*WIDE)
                assert any(near(there, other) for other in corners(box))


def test_a_turn_turns_the_form_too():
    assert geometry(ratio="16:9").turned()["ratio"] == "9:16"
    assert geometry(ratio="1:1").turned()["ratio"] == "1:1"
    assert geometry(ratio="original").turned()["ratio"] == "original"


def test_a_form_alone_is_as_large_as_it_can_be_and_in_the_middle():
    assert geometry(ratio="1:1").box(*WIDE) == (50, 0, 350, 300)
    assert geometry(ratio="9:16").size(1920, 1080) == (608, 1080)
    assert geometry(ratio="16:9").size(1920, 1081) == (1920, 1080)
    assert geometry(ratio="1:1", turns=1).box(*WIDE) == (0, 50, 300, 350)


def test_a_crop_has_whole_pixels_and_at_least_one():
    assert geometry(crop=[0.25, 0.5, 0.75, 1]).box(*WIDE) == (100, 150, 300, 300)
    assert geometry(crop=[0.1, 0.1, 0.1, 0.1]).size(*WIDE) == (1, 1)
    assert geometry(crop=[1, 1, 1, 1]).box(*WIDE) == (399, 299, 400, 300)
    assert geometry(ratio="3:2").size(1, 1) == (1, 1)


def test_a_straightened_photo_shows_no_empty_corner():
    for ratio in RATIOS:
        for turns in (0, 1):
            for tilt in (-15, -0.5, 4, 15):
                for crop in ([], [0, 0, 0.3, 0.3], [0.6, 0.1, 1, 0.9], [0, 0, 1, 1]):
                    one = geometry(ratio=ratio, turns=turns, tilt=tilt, crop=crop)
                    for size in (WIDE, (301, 977)):
                        assert lies_within(one.wished(*size), one, size)
                        box = one.box(*size)
                        assert lies_within(box, one, size)
                        assert near((box[2] - box[0], box[3] - box[1]), one.size(*size))


def test_straightened_it_is_the_largest_box_of_the_photos_form():
    for tilt in (2, 15):
        one = geometry(tilt=tilt)
        left, top, right, bottom = one.wished(*WIDE)
        assert near((right - left) / (bottom - top), 4 / 3)
        assert not lies_within((left - 0.5, top - 0.375, right + 0.5, bottom + 0.375), one)


def test_a_box_in_the_corner_is_moved_rather_than_made_smaller():
    left, top, right, bottom = held((0, 0, 40, 30), 400, 300, 10)
    assert near((right - left, bottom - top), (40, 30))
    assert left > 0 or top > 0
    assert near(held((10, 10, 50, 40), 400, 300, 0), (10, 10, 50, 40))


def test_straightening_turns_what_is_seen_also_in_a_mirrored_photo():
    mirrored = geometry(mirrored=True)
    assert mirrored.straightened(3)["tilt"] == -3
    assert Geometry(mirrored.straightened(3)).shown_tilt == 3
    assert Geometry(Geometry(geometry().straightened(3)).flipped()).shown_tilt == -3


def test_a_form_fits_into_a_box_around_its_middle():
    assert with_form((0, 0, 100, 100), 2) == (0, 25, 100, 75)
    assert with_form((0, 0, 100, 100), 0.5) == (25, 0, 75, 100)
    assert with_form((0, 0, 100, 40), 0) == (0, 0, 100, 40)


def test_another_form_begins_anew():
    assert geometry(ratio="1:1", crop=[0, 0, 0.5, 0.5]).in_form("3:2")["crop"] == []


def test_what_is_no_geometry_is_refused_and_the_rest_is_clamped():
    assert GEOMETRY.clean({"tilt": 90}, "geometry")["tilt"] == 15
    assert GEOMETRY.clean({"crop": [-1, 0, 2, 1]}, "geometry")["crop"] == [0, 0, 1, 1]
    for wrong in ({"crop": [0, 1]}, {"crop": "all"}, {"ratio": "5:7"}, {"mirrored": 1}):
        assert "geometry" in complaint(wrong)


def test_a_preset_takes_the_form_along_but_not_where_a_hand_has_put_it():
    edit = checked({
        "geometry": {"ratio": "1:1", "turns": 1, "crop": [0, 0, 0.5, 0.5]},
        "framing": {"kind": "subject", "place": [0, 0, 1, 1]},
    })  # fmt: skip
    preset = preset_of(edit)
    assert preset["geometry"] == {"ratio": "1:1"}
    assert preset["framing"]["place"] == []
    other = with_preset({"geometry": {"turns": 3, "crop": [0, 0, 0.2, 0.2]}}, preset)
    assert other["geometry"]["turns"] == 3
    assert (other["geometry"]["ratio"], other["geometry"]["crop"]) == ("1:1", [])
    assert "geometry" not in preset_of(default_edit())
    kept = with_preset({"geometry": {"crop": [0, 0, 0.2, 0.2]}}, preset_of(default_edit()))
    assert kept["geometry"]["crop"] == [0, 0, 0.2, 0.2]
