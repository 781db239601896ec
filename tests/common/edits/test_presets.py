"""Presets go into a file and come back. Runs on MicroPython too, so without pytest."""

import json

from common.edits.edit import canvas_size, checked, default_edit, preset_of, with_preset
from common.edits.presets import CANVAS_PRESETS, preset_text, read_preset


def complaint(content):
    try:
        read_preset(content)
    except ValueError as error:
        return str(error)
    raise AssertionError("no error")


def test_the_built_in_presets_have_the_sizes_that_they_name():
    sizes = {}
    for identifier, label, preset in CANVAS_PRESETS:
        framing = with_preset(default_edit(), preset)["framing"]
        assert label
        assert framing["kind"] == "canvas"
        sizes[identifier] = canvas_size(framing["canvas"])
    assert sizes == {
        "square": None,
        "portrait": None,
        "wide": None,
        "passport": (413, 531),
        "us-passport": (600, 600),
        "marketplace": (2000, 2000),
    }


def test_a_built_in_preset_leaves_the_sections_alone_that_it_does_not_name():
    edit = checked({"background": {"kind": "blur"}, "export": {"format": "webp"}})
    square = with_preset(edit, CANVAS_PRESETS[0][2])
    assert square["background"]["kind"] == "blur"
    assert square["export"]["format"] == "webp"
    assert with_preset(edit, CANVAS_PRESETS[5][2])["background"]["colour"] == "#ffffff"


def test_a_preset_survives_its_file():
    preset = preset_of(checked({"background": {"kind": "linear", "angle": 45}}))
    assert read_preset(preset_text("Shop", preset)) == ("Shop", preset)


def test_a_file_with_one_section_gives_one_section():
    name, preset = read_preset(preset_text("Soft", {"shadow": {"kind": "drop"}}))
    assert name == "Soft"
    assert list(preset) == ["shadow"]
    assert preset["shadow"]["blur"] == 0.3


def test_other_files_are_refused_with_a_sentence():
    assert complaint("not json") == "This file is not a preset: it holds no JSON."
    assert complaint("[1]") == "This file is not a preset of this page."
    assert complaint('{"form": "other"}') == "This file is not a preset of this page."
    bad = json.dumps({"form": "homecut-preset", "shadow": {"opacity": "dark"}})
    assert complaint(bad) == "shadow > opacity must be a number."


def test_a_nameless_or_endless_name_is_put_right():
    assert read_preset(preset_text("", {}))[0] == "Preset"
    assert len(read_preset('{"form": "homecut-preset", "name": "' + "x" * 500 + '"}')[0]) == 60
