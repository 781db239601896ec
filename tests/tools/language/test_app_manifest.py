"""The installed app's words are said in the language of every catalogue."""

import copy

from tools.language import app_manifest, extract
from tools.setup.checkout import ROOT

GERMAN = {
    "language": "de",
    "direction": "ltr",
    "sentences": {"A tool": "Ein Werkzeug", "Cut": "Schnei\u00adden", "Homecut": "Homecut"},
}
ARABIC = {"language": "ar", "direction": "rtl", "sentences": {"Cut": "قص", "A tool": ""}}
CHINESE = {"language": "zh-Hans", "direction": "ltr", "sentences": {"Cut": "剪"}}

PLAIN = {
    "name": "Homecut",
    "description": "A tool",
    "start_url": "./",
    "shortcuts": [{"name": "Cut", "url": "./#cutout"}],
}


def test_each_word_has_its_translations_beside_it_and_a_direction_from_the_right():
    made = app_manifest.translated(PLAIN, [ARABIC, GERMAN, CHINESE])
    assert list(made) == ["name", "description", "description_localized", "start_url", "shortcuts"]
    assert made["description_localized"] == {"de": "Ein Werkzeug"}
    assert made["shortcuts"][0]["name_localized"] == {
        "ar": {"value": "قص", "dir": "rtl"},
        "de": "Schneiden",
        "zh-CN": "剪",
        "zh-Hans": "剪",
        "zh-SG": "剪",
    }


def test_what_a_catalogue_no_longer_says_goes():
    before = copy.deepcopy(PLAIN)
    made = app_manifest.translated(PLAIN, [GERMAN])
    assert app_manifest.translated(made, []) == before == PLAIN


def test_the_pages_manifest_says_its_words_in_the_language_of_every_catalogue():
    manifest = app_manifest.read(ROOT)
    known = extract.every_catalogue()
    assert app_manifest.translated(manifest, known) == manifest, (
        "Run 'python -m tools.language.extract'."
    )
    tags = {
        tag
        for catalogue in known
        for tag in app_manifest.TAGS.get(str(catalogue["language"]), (str(catalogue["language"]),))
    }
    assert len(known) == 11
    assert set(manifest["description_localized"]) == tags
    assert [set(shortcut["name_localized"]) for shortcut in manifest["shortcuts"]] == 4 * [tags]
    written = (ROOT / app_manifest.MANIFEST).read_text("utf-8")
    assert written == app_manifest.text_of(manifest)
