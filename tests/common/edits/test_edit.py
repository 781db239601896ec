"""An edit is complete, in range and survives JSON. Runs on MicroPython too, so without pytest."""

import json

from common.edits.edit import canvas_size, checked, default_edit, preset_of, with_preset


def complaint(edit):
    try:
        checked(edit)
    except ValueError as error:
        return str(error)
    raise AssertionError("no error")


def brush(**changes):
    stroke = {"kind": "brush", "mode": "erase", "radius": 0.1, "points": [[0.5, 0.5, 1]]}
    stroke.update(changes)
    return stroke


def test_the_default_is_a_plain_transparent_png_of_the_photos_own_size():
    edit = default_edit()
    assert edit["edges"] == {
        "refinement": "fast",
        "shift": 0,
        "feather": 0,
        "contrast": 0,
        "decontamination": 1.0,
        "speck": 0,
        "largest_only": False,
    }
    assert edit["strokes"] == []
    assert edit["background"]["kind"] == "transparent"
    assert edit["shadow"]["kind"] == "none"
    assert edit["framing"]["kind"] == "original"
    assert edit["export"]["format"] == "png"
    assert edit["steps"] == {"cutout": True}
    assert edit["resize"]["kind"] == "none"
    kept = [name for name in edit["keep"] if edit["keep"][name]]
    assert kept == ["animation"]
    assert checked({}) == edit


def test_an_edit_survives_json_and_checking():
    edit = default_edit()
    edit["strokes"] = [brush(), {"kind": "region", "mode": "restore", "point": [0.2, 0.3]}]
    clean = checked(edit)
    assert checked(json.loads(json.dumps(clean))) == clean
    assert clean != default_edit()


def test_two_defaults_share_nothing():
    first, second = default_edit(), default_edit()
    first["background"]["colours"][0] = "#000000"
    first["framing"]["canvas"]["width"] = 7
    first["strokes"].append(brush())
    assert second == default_edit() == checked({})


def test_checking_copies_what_it_is_given():
    stroke = brush()
    edit = {"strokes": [stroke]}
    checked(edit)["strokes"][0]["points"].append([0, 0, 1])
    assert len(stroke["points"]) == 1


def test_what_is_missing_gets_its_default_and_what_is_unknown_is_dropped():
    edit = checked({"edges": {"feather": 3, "sparkle": 9}, "from_the_future": True})
    assert edit["edges"]["feather"] == 3
    assert edit["edges"]["refinement"] == "fast"
    assert "sparkle" not in edit["edges"]
    assert "from_the_future" not in edit


def test_numbers_out_of_range_are_clamped():
    edges = {"shift": -99, "feather": 1000, "contrast": 2, "decontamination": -1, "speck": 50}
    clean = checked({"edges": edges, "export": {"quality": 700.4}})
    assert clean["edges"]["shift"] == -20
    assert clean["edges"]["feather"] == 50
    assert clean["edges"]["contrast"] == 1
    assert clean["edges"]["decontamination"] == 0
    assert clean["edges"]["speck"] == 1
    assert clean["export"]["quality"] == 100


def test_expert_options_are_complete_whatever_is_missing():
    export = checked({"export": {"format": "avif", "codec": {"effort": 99, "sparkle": 1}}})[
        "export"
    ]
    assert export["codec"] == {
        "chroma": "auto",
        "progressive": True,
        "effort": 10,
        "near_lossless": 100,
        "colours": 0,
        "limit_kilobytes": 0,
        "shrink": False,
    }
    assert "4:2:2" not in complaint({"export": {"codec": {"chroma": "4:2:2"}}})


def test_a_typed_size_out_of_range_is_refused_and_not_clamped():
    words = complaint({"resize": {"kind": "pixels", "width": 50000}})
    assert words == "resize > width must be at most 20000."
    assert complaint({"resize": {"longest": 0}}) == "resize > longest must be at least 1."
    assert complaint({"resize": {"percent": "half"}}) == "resize > percent must be a number."
    assert checked({"resize": {"width": 640.4}})["resize"]["width"] == 640


def test_values_of_the_wrong_kind_are_refused_with_a_sentence_that_names_them():
    assert complaint([]) == "The edit must be a group of named values."
    assert complaint({"edges": {"feather": "much"}}) == "edges > feather must be a number."
    assert complaint({"edges": {"feather": True}}) == "edges > feather must be a number."
    assert complaint({"edges": {"feather": float("nan")}}).endswith("a finite number.")
    assert complaint({"edges": {"shift": float("inf")}}).endswith("a finite number.")
    assert complaint({"edges": {"largest_only": 1}}).endswith("must be true or false.")
    assert complaint({"edges": 3}) == "edges must be a group of named values."
    assert complaint({"background": {"kind": "glitter"}}).startswith("background > kind must be")
    assert complaint({"background": {"position": [0.5]}}).endswith("a list of 2 values.")
    assert complaint({"export": {"name": 5}}) == "export > name must be a text."
    assert complaint({"strokes": {"kind": "brush"}}).startswith("strokes must be a list")


def test_colours_become_six_lower_case_digits():
    edit = checked({"background": {"colour": "#FC0", "colours": ["#ABCDEF", "#000"]}})
    assert edit["background"]["colour"] == "#ffcc00"
    assert edit["background"]["colours"] == ["#abcdef", "#000000"]
    for wrong in ("red", "#12", "#12345g", "url(x)", "#1234567", 0, None, ["#fff"]):
        words = complaint({"shadow": {"colour": wrong}}) if wrong is not None else "a colour"
        assert "a colour" in words


def test_strokes_are_checked_by_their_kind():
    strokes = checked({"strokes": [brush(hardness=7, points=[[-5, 0.5, 3]])]})["strokes"]
    assert strokes[0]["hardness"] == 1
    assert strokes[0]["opacity"] == 1
    assert strokes[0]["points"] == [[-1, 0.5, 1]]
    lasso = {"kind": "lasso", "mode": "restore", "points": [[0, 0], [1, 0], [1, 1]]}
    assert checked({"strokes": [lasso]})["strokes"] == [lasso]
    assert "at least 3" in complaint({"strokes": [dict(lasso, points=[[0, 0], [1, 1]])]})
    assert complaint({"strokes": [brush(points=[])]}).endswith("at least 1 values.")
    assert complaint({"strokes": [{"kind": "brush", "mode": "erase"}]}).endswith("is missing.")
    assert "restore, erase" in complaint({"strokes": [brush(mode="smear")]})
    assert "stroke > kind" in complaint({"strokes": [{"kind": "stamp"}]})
    assert complaint({"strokes": ["brush"]}).startswith("strokes must be a group")


def test_a_canvas_in_millimetres_becomes_pixels_at_its_resolution():
    assert canvas_size({"kind": "mm", "width": 35, "height": 45, "dpi": 300}) == (413, 531)
    assert canvas_size({"kind": "mm", "width": 50.8, "height": 50.8, "dpi": 300}) == (600, 600)
    assert canvas_size({"kind": "px", "width": 2000, "height": 1500}) == (2000, 1500)
    assert canvas_size({"kind": "ratio", "width": 4, "height": 5}) is None


def test_a_canvas_beyond_all_memory_is_refused():
    canvas = {"kind": "mm", "width": 1000, "height": 1000, "dpi": 600}
    words = complaint({"framing": {"canvas": canvas}})
    assert words == "The canvas has 23622 x 23622 pixels, more than 50 million."


def test_a_preset_holds_the_recipe_and_nothing_of_the_photo():
    edit = checked({"edges": {"feather": 4}, "strokes": [brush()], "shadow": {"kind": "drop"}})
    preset = preset_of(edit)
    sections = ["background", "export", "framing", "keep", "resize", "shadow", "steps"]
    assert sorted(preset) == sections
    other = with_preset({"edges": {"feather": 9}}, preset)
    assert other["shadow"]["kind"] == "drop"
    assert other["edges"]["feather"] == 9
    assert other["strokes"] == []


def test_a_preset_cannot_bring_edges_or_strokes_along():
    edit = with_preset(default_edit(), {"edges": {"feather": 4}, "strokes": [brush()]})
    assert checked(edit) == default_edit()
