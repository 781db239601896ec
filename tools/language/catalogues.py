"""The catalogues: one JSON file per language, its head and its sentences."""

import json
import re
from pathlib import Path

from tools.language.sentences import Sentence
from tools.setup.cache import write_atomically
from tools.setup.complaint import Complaint

FOLDER = "assets/languages"
HEAD = ("language", "name", "direction", "checked")

CATEGORIES = {
    "ar": ("zero", "one", "two", "few", "many", "other"),
    "de": ("one", "other"),
    "es": ("one", "many", "other"),
    "fr": ("one", "many", "other"),
    "hi": ("one", "other"),
    "it": ("one", "many", "other"),
    "ja": ("other",),
    "pl": ("one", "few", "many", "other"),
    "pt-BR": ("one", "many", "other"),
    "tr": ("one", "other"),
    "zh-Hans": ("other",),
}
"""Plural categories of whole numbers by language (Unicode CLDR, cardinal rules)."""

OPTIONAL = dict.fromkeys(("es", "fr", "it", "pt-BR"), ("many",))
"""Categories for round millions, which the form for ``other`` can stand in for."""

PLACEHOLDER = re.compile(r"\{(\w*)\}")

Catalogue = dict[str, object]


def catalogue_files(root: Path) -> list[Path]:
    """Return the catalogues below a checkout."""
    return sorted((root / FOLDER).glob("*.json"))


def read(file: Path) -> Catalogue:
    """Return a catalogue; raises :class:`Complaint` where its head is not complete."""
    catalogue: Catalogue = json.loads(file.read_text("utf-8"))
    missing = [name for name in (*HEAD, "sentences") if name not in catalogue]
    if missing or catalogue["language"] != file.stem:
        raise Complaint(f"{file.name} needs {', '.join(HEAD)}, and the language of its name.")
    return catalogue


def updated(catalogue: Catalogue, sentences: dict[str, Sentence]) -> Catalogue:
    """Return a catalogue with a place for every sentence, and none for what nobody says.

    A sentence without a translation gets an empty one, or an empty one for each plural category.
    """
    known = catalogue["sentences"]
    assert isinstance(known, dict)
    language = str(catalogue["language"])
    fresh: dict[str, object] = {}
    for key, sentence in sentences.items():
        value = known.get(key, "")
        if sentence.one is not None:
            forms = value if isinstance(value, dict) else {}
            needed = needed_categories(language)
            value = {name: forms.get(name, "") for name in needed} | forms
        fresh[key] = value if sentence.one is not None or isinstance(value, str) else ""
    return {**{name: catalogue[name] for name in HEAD}, "sentences": fresh}


def needed_categories(language: str) -> list[str]:
    """Return the plural categories that every counted sentence of a language must have."""
    categories = CATEGORIES.get(language, ("other",))
    return [name for name in categories if name not in OPTIONAL.get(language, ())]


def write(file: Path, catalogue: Catalogue) -> None:
    """Write a catalogue as people read it: one sentence on one line."""
    text = json.dumps(catalogue, ensure_ascii=False, indent=1)
    write_atomically(file, text.encode() + b"\n")


def untranslated(catalogue: Catalogue) -> list[str]:
    """Return the keys that have no translation yet."""
    sentences = catalogue["sentences"]
    assert isinstance(sentences, dict)
    return [key for key, value in sentences.items() if not value or "" in _forms(value)]


def faults(catalogue: Catalogue, sentences: dict[str, Sentence]) -> list[str]:
    """Return what is wrong with a catalogue, one line each: keys, placeholders, plurals."""
    known = catalogue["sentences"]
    assert isinstance(known, dict)
    language = str(catalogue["language"])
    found = [f"missing: {key}" for key in sentences if key not in known]
    found += [f"unused: {key}" for key in known if key not in sentences]
    for key, value in known.items():
        sentence = sentences.get(key)
        if sentence is None:
            continue
        if isinstance(value, dict) != (sentence.one is not None):
            found.append(f"counted or not: {key}")
        if isinstance(value, dict):
            lacking = set(needed_categories(language)) - set(value)
            found += [f"no form for {category}: {key}" for category in sorted(lacking)]
        for form in filter(None, _forms(value)):
            wrong = set(PLACEHOLDER.findall(form)) ^ sentence.placeholders
            if wrong - ({"count"} if isinstance(value, dict) else set()):
                found.append(f"placeholders: {key} -> {form}")
    return found


def _forms(value: object) -> list[str]:
    """Return the texts of one translation."""
    return [str(form) for form in value.values()] if isinstance(value, dict) else [str(value)]
