"""Undo and redo."""

from common.edits.edit import default_edit
from ui.state.history import History

STROKE = {"kind": "lasso", "mode": "erase", "points": [[0, 0], [1, 0], [1, 1]]}


def test_a_dragged_slider_is_one_step() -> None:
    edit, history = default_edit(), History()
    for value in (1, 2, 3):
        history.set_value(edit, "edges", "feather", value)
    assert edit["edges"]["feather"] == 3
    assert history.undo(edit)
    assert edit["edges"]["feather"] == 0
    assert not history.undo(edit)


def test_letting_go_of_a_slider_begins_a_new_step() -> None:
    edit, history = default_edit(), History()
    history.set_value(edit, "edges", "feather", 1)
    history.close()
    history.set_value(edit, "edges", "feather", 2)
    history.undo(edit)
    assert edit["edges"]["feather"] == 1


def test_two_values_are_two_steps() -> None:
    edit, history = default_edit(), History()
    history.set_value(edit, "edges", "feather", 1)
    history.set_value(edit, "edges", "shift", 2)
    history.undo(edit)
    assert (edit["edges"]["feather"], edit["edges"]["shift"]) == (1, 0)


def test_strokes_are_taken_back_and_repeated() -> None:
    edit, history = default_edit(), History()
    history.add_stroke(edit, STROKE)
    history.set_value(edit, "edges", "shift", 2)
    assert history.undo(edit)
    assert history.undo(edit)
    assert edit == default_edit()
    assert history.redo(edit)
    assert history.redo(edit)
    assert not history.redo(edit)
    assert edit["strokes"] == [STROKE]
    assert edit["edges"]["shift"] == 2


def test_a_new_step_ends_what_could_be_repeated() -> None:
    edit, history = default_edit(), History()
    history.add_stroke(edit, STROKE)
    history.undo(edit)
    history.set_value(edit, "edges", "shift", 1)
    assert not history.redo(edit)
    assert edit["strokes"] == []


def test_a_preset_is_one_step_and_what_follows_it_another() -> None:
    edit, history = default_edit(), History()
    history.set_value(edit, "background", "kind", "blur")
    sections = {"background": {"kind": "colour"}, "framing": {"kind": "trim"}}
    history.replace(edit, sections)
    history.set_value(edit, "framing", "kind", "subject")
    assert history.undo(edit)
    assert (edit["background"]["kind"], edit["framing"]["kind"]) == ("colour", "trim")
    assert history.undo(edit)
    assert (edit["background"]["kind"], edit["framing"]["kind"]) == ("blur", "original")
    assert history.redo(edit)
    assert history.redo(edit)
    assert (edit["background"]["kind"], edit["framing"]["kind"]) == ("colour", "subject")


def test_sections_that_are_still_held_are_one_step_and_others_are_not() -> None:
    edit, history = default_edit(), History()
    for turns in (1, 2):
        history.replace(edit, {"geometry": {"turns": turns}}, closed=False)
    history.replace(edit, {"framing": {"kind": "trim"}}, closed=False)
    history.undo(edit)
    assert edit["geometry"] == {"turns": 2}
    assert edit["framing"]["kind"] == "original"
    history.undo(edit)
    assert edit["geometry"]["turns"] == 0
    history.redo(edit)
    assert edit["geometry"] == {"turns": 2}
