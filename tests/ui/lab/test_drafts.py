"""What was written and not run is kept, and what a button has replaced can be brought back."""

import json

import pytest

from ui.lab.drafts import Drafts, changed_words, waiting_words

NAME = "core.matte.mask.normalise"


def made():
    """Return drafts and the list that gets an entry whenever there is something to keep."""
    kept = []
    return Drafts(lambda: kept.append(True)), kept


def test_what_differs_from_what_was_run_is_a_draft_until_it_is_run():
    drafts, kept = made()
    drafts.note(NAME, "mine\n", "original\n")
    assert drafts.texts == {NAME: "mine\n"}
    drafts.note(NAME, "mine\n", "original\n")
    assert kept == [True], "nothing new, nothing to keep"
    drafts.note(NAME, "mine\n", "mine")
    assert drafts.texts == {}
    assert kept == [True, True]


def test_an_emptied_editor_is_a_draft_too():
    drafts, _ = made()
    drafts.note(NAME, "", "original")
    assert drafts.texts == {NAME: ""}


def test_drafts_come_back_from_their_text_as_far_as_their_keys_are_known():
    drafts, _ = made()
    drafts.note(NAME, 'print("ä\\n")\n', "original")
    drafts.note("01-how-much", "half\n", "start")
    drafts.note("core.gone.away", "old\n", "original")
    again, kept = made()
    again.load(drafts.saved(), [NAME, "01-how-much"].count)
    assert again.texts == {NAME: 'print("ä\\n")\n', "01-how-much": "half\n"}
    assert kept == []
    again.forget([NAME, "01-how-much", "02-threshold"])
    assert again.saved() == ""
    assert kept == [True]


def test_what_is_written_before_the_kept_ones_are_read_stays():
    drafts, _ = made()
    drafts.note(NAME, "new", "original")
    drafts.load(json.dumps({NAME: "old"}), [NAME].count)
    assert drafts.texts == {NAME: "new"}


def test_a_damaged_text_is_refused_and_changes_nothing():
    drafts, _ = made()
    with pytest.raises(ValueError, match="Unterminated"):
        drafts.load('{"01-how-much": "ha', ["01-how-much"].count)
    assert drafts.texts == {}


def test_a_replaced_text_is_brought_back_and_plain_ones_are_not_worth_it():
    drafts, _ = made()
    plain = ["start", "solution"]
    drafts.put_aside("01", "start\n", plain)
    assert not drafts.can_bring_back("01", "solution")
    drafts.put_aside("01", "mine", plain)
    drafts.put_aside("01", "solution", plain)
    assert drafts.can_bring_back("01", "start")
    assert not drafts.can_bring_back("02", "start")
    assert drafts.bring_back("01", "start", plain) == "mine"
    assert not drafts.can_bring_back("01", "mine")


def test_bringing_back_replaces_nothing_for_good_either():
    drafts, _ = made()
    drafts.put_aside("01", "first", ["start"])
    assert drafts.bring_back("01", "second", ["start"]) == "first"
    assert drafts.can_bring_back("01", "first")
    assert drafts.bring_back("01", "first", ["start"]) == "second"


def test_what_is_changed_is_told():
    assert changed_words([]) == "None: every stage runs the page's own code."
    assert changed_words(["c.d", "a.b"]) == "Changed: a.b, c.d."


def test_what_was_only_written_is_told_of_stages_alone():
    assert waiting_words({"01-how-much": "half"}, "Not run: ") == ""
    drafts = {"c.d": "text", "01-how-much": "half", "a.b": "text"}
    assert waiting_words(drafts, "Not run: ") == " Not run: a.b, c.d."
