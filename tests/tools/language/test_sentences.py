"""What counts as a sentence of the page, and what a catalogue must have for it."""

import pytest

from tools.language import catalogues
from tools.language.sentences import Sentence, Texts, all_sentences, of_python
from tools.setup.checkout import ROOT
from tools.setup.complaint import Complaint


def keys(source):
    return [sentence.english for sentence in of_python(source, "a.py")]


def test_what_is_said_is_a_sentence_and_nothing_else():
    assert keys('say("Undo"); words.say("{a} of " + "{b}", a=1, b=2); x = "none"') == [
        "Undo",
        "{a} of {b}",
    ]
    assert keys("say(words)") == []


def test_a_count_has_its_english_singular():
    (sentence,) = of_python('say_count("{count} day", "{count} days", n)', "a.py")
    assert (sentence.english, sentence.one) == ("{count} days", "{count} day")


def test_a_phrase_is_a_sentence_and_so_are_the_values_of_a_table_of_them():
    assert keys('A = phrases({"one": "First.", "two": "Sec" + "ond."})') == ["First.", "Second."]
    assert keys('T = {"a": "First."}; say(phrases(T)[code])') == ["First."]
    assert keys('Entry("icc", phrase("Profile"), name)') == ["Profile"]


@pytest.mark.parametrize(
    "source", ['say(f"{n} days")', 'say("a" + name)', 'say_count(one, "{count} days", 2)']
)
def test_a_sentence_put_together_of_pieces_is_refused(source):
    with pytest.raises(Complaint):
        keys(source)


def test_texts_and_spoken_attributes_of_a_document_are_sentences_but_not_its_scripts():
    reader = Texts()
    reader.feed(
        '<p title="Why">One\n  two <b>three</b></p><script>if (a) b</script>'
        '<img alt=""><p>100 %</p>&amp;'
    )
    assert reader.found == ["Why", "One two", "three"]


def test_the_page_has_sentences_of_every_kind():
    found = all_sentences(ROOT)
    assert found["Choose photos"].file == "index.html"
    assert found["Are my photos uploaded?"].file == "privacy.html"
    assert "{number} KB" in found
    assert len(found) > 120


POLISH = {"language": "pl", "name": "polski", "direction": "ltr", "checked": ""}
SENTENCES = {
    "Undo": Sentence("Undo", "a.py"),
    "{a} of {b}": Sentence("{a} of {b}", "a.py"),
    "{count} days": Sentence("{count} days", "a.py", "{count} day"),
}


def faults(**sentences):
    return catalogues.faults({**POLISH, "sentences": sentences}, SENTENCES)


DAYS = {"one": "dzień", "few": "{count} dni", "many": "{count} dni", "other": "{count} dnia"}


def test_a_complete_catalogue_has_no_faults():
    assert faults(**{"Undo": "Cofnij", "{a} of {b}": "{a} z {b}", "{count} days": DAYS}) == []


def test_missing_and_unused_keys_wrong_placeholders_and_missing_plurals_are_faults():
    found = faults(
        **{"Redo": "Ponów", "{a} of {b}": "{a} z {c}", "{count} days": {"one": "", "other": ""}}
    )
    assert found == [
        "missing: Undo",
        "unused: Redo",
        "placeholders: {a} of {b} -> {a} z {c}",
        "no form for few: {count} days",
        "no form for many: {count} days",
    ]
    assert faults(**dict.fromkeys(SENTENCES, ""))[-1] == "counted or not: {count} days"


def test_bringing_a_catalogue_up_to_date_keeps_what_is_said_and_makes_places_for_the_rest():
    old = {**POLISH, "sentences": {"Redo": "Ponów", "Undo": "Cofnij"}}
    fresh = catalogues.updated(old, SENTENCES)
    assert fresh["sentences"]["Undo"] == "Cofnij"
    assert list(fresh["sentences"]) == list(SENTENCES)
    assert list(fresh["sentences"]["{count} days"]) == ["one", "few", "many", "other"]
    assert catalogues.untranslated(fresh) == ["{a} of {b}", "{count} days"]
    assert catalogues.faults(fresh, SENTENCES) == []


def test_a_catalogue_says_what_it_is(tmp_path):
    file = tmp_path / "de.json"
    file.write_text('{"language": "fr", "sentences": {}}')
    with pytest.raises(Complaint):
        catalogues.read(file)
