"""The page's catalogues say every sentence; no sentence of the sources is outside of them."""

import ast
import json
import re

import pytest

from common import formats
from tools.language import catalogues, extract
from tools.language.sentences import all_sentences, python_files, sayer
from tools.setup.checkout import ROOT

FILES = catalogues.catalogue_files(ROOT)

NO_WORDS = ("report", "warn", "info", "element")
"""Functions whose texts go to the browser's console, or are an element's name."""

SPOKEN = ("aria-label", "aria-valuetext", "aria-description")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_catalogue_has_every_sentence_with_its_placeholders_and_plurals_and_no_other(file):
    """An empty translation is allowed: it shows English. ``python -m tools.language.extract``
    makes the places.
    """
    assert catalogues.faults(catalogues.read(file), all_sentences(ROOT)) == []


def test_the_languages_are_those_of_the_menu_and_each_says_whether_a_native_speaker_has_read_it():
    assert [file.stem for file in FILES] == sorted(catalogues.CATEGORIES)
    assert extract.language_list() in (ROOT / "assets/js/language.js").read_text("utf-8")
    for file in FILES:
        head = catalogues.read(file)
        assert isinstance(head["checked"], str)
        assert head["direction"] == ("rtl" if file.stem == "ar" else "ltr")
        assert json.dumps(head["name"]) != '""'


def shown(node):
    """Return the parts of a statement or call that a user reads."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
        return [node.value] if node.targets[0].attr == "textContent" else []
    if not isinstance(node, ast.Call):
        return []
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name == "announce":
        return node.args[:1]
    if name == "create":
        return node.args[2:3]
    if name == "describe" and isinstance(node.args[1], ast.Constant):
        return node.args[2:3] if node.args[1].value in SPOKEN else []
    return node.args[:1] if name == "action" else []


def bare(node):
    """Yield the texts with words in an expression that no function says."""
    if sayer(node) or (isinstance(node, ast.Call) and getattr(node.func, "attr", "") in NO_WORDS):
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and re.search(r"[A-Za-z]{3}", node.value):
            yield node.value
        return
    skipped = [node.test] if isinstance(node, ast.IfExp) else []
    skipped += [node.slice] if isinstance(node, ast.Subscript) else []
    skipped += [node.func] if isinstance(node, ast.Call) else []
    for child in ast.iter_child_nodes(node):
        if child not in skipped and not isinstance(node, ast.Compare):
            yield from bare(child)


def outside(source):
    """Return the texts of a Python source that reach the screen and are in no catalogue."""
    tree = ast.parse(source)
    return [text for node in ast.walk(tree) for part in shown(node) for text in bare(part)]


def test_no_text_reaches_the_screen_but_through_the_catalogues():
    screen = [file for file in python_files(ROOT) if "browser" not in file.parts]
    found = {str(f.relative_to(ROOT)): outside(f.read_text("utf-8")) for f in screen}
    assert {file: texts for file, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "line",
    [
        'dom.announce("Deleted.")',
        'dom.element("x").textContent = "Page " + number',
        'dom.create("p", "aside", f"{count} photos")',
        'dom.describe(button, "aria-label", "Use " + colour if colour else say("None"))',
        'action("Save", run)',
    ],
)
def test_a_planted_sentence_is_found(line):
    assert outside(line)


def test_what_is_said_or_no_sentence_is_not_taken_for_one():
    said = 'dom.announce(say("Deleted.")); dom.create("p", "aside", "–"); action(say("A"), run)'
    assert outside(said) == []


def test_what_a_format_is_called_is_a_name_or_in_the_catalogues():
    german = json.loads((ROOT / "assets/languages/de.json").read_text("utf-8"))["sentences"]
    said = [text for one in formats.WRITTEN for text in (one.choice, one.words)]
    assert [text for text in said if text.replace("\u00a0", " ") not in german] == []


def test_the_styles_know_no_left_and_right():
    """What lies at the start lies there in every language; the lab is English."""
    physical = re.compile(
        r"(?<![-\w])(left|right)\s*:|(?:margin|padding|border)-(?:left|right)\b"
        r"|text-align:\s*(?:left|right)|float:|border-(?:top|bottom)-(?:left|right)"
    )
    found = {
        file.name: physical.findall(re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.S))
        for file in (ROOT / "assets/css").glob("*.css")
        if file.name != "lab_stage.css"
    }
    assert {name: places for name, places in found.items() if places} == {}


MEASURE = re.compile(r"(?:\{\w+\}|\d+) (?:[×→] (?:\{\w+\}|\d+) )?px")
HELD = re.compile("\u2066[^\u2066\u2069]*\u2069")
"""A left-to-right isolate of Unicode: what is in it keeps its order among words from the right."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_measures_keep_their_order_among_words_that_are_read_from_the_right(file):
    """Without, "640 × 480 px, 0.3" is shown as "px, 0.3 480 × 640"."""
    catalogue = catalogues.read(file)
    if catalogue["direction"] == "ltr":
        return
    texts = [text for text in catalogue["sentences"].values() if isinstance(text, str)]
    assert any(MEASURE.search(text) for text in texts)
    assert [text for text in texts if MEASURE.search(HELD.sub("", text))] == []
