"""What the installed app says in every language: the ``_localized`` members of its manifest.

A browser that knows them (Chromium 148 and later on a desktop) takes the one of its own language;
every other one shows the English member beside it. They follow from the catalogues, so that
``python -m tools.language.extract`` writes them.

Source: Web Application Manifest, W3C Working Draft, ``*_localized`` members.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.language.catalogues import Catalogue
from tools.language.sentences import MANIFEST

WORDS = ("name", "short_name", "description")
"""The members that have words, at the top and in each shortcut."""

SUFFIX = "_localized"

SOFT_HYPHEN = "\u00ad"
"""Where a word may be broken on the page (U+00AD); some systems' menus show it as a hyphen."""

TAGS = {"pt-BR": ("pt",), "zh-Hans": ("zh-CN", "zh-Hans", "zh-SG")}
"""Catalogue: the tags under which browsers look for it.

They take the tag of their language or its first part alone. So whoever reads Portuguese gets the
one that there is, and whoever reads traditional Chinese gets English, as in
``assets/js/language.js``.
"""


def translated(manifest: dict[str, Any], catalogues: Iterable[Catalogue]) -> dict[str, Any]:
    """Return a manifest with the translations of its words, each beside its English member.

    Without those it had before; a sentence without a translation gets none.
    """
    known = list(catalogues)
    made: dict[str, Any] = {}
    for member, value in manifest.items():
        if member.endswith(SUFFIX):
            continue
        made[member] = value
        if member == "shortcuts":
            made[member] = [translated(shortcut, known) for shortcut in value]
        elif member in WORDS and (said := _in_all(str(value), known)):
            made[member + SUFFIX] = said
    return made


def _in_all(english: str, catalogues: list[Catalogue]) -> dict[str, str | dict[str, str]]:
    """Return tag: translation of a sentence, with its direction where that is from the right."""
    found: dict[str, str | dict[str, str]] = {}
    for catalogue in catalogues:
        sentences = catalogue["sentences"]
        assert isinstance(sentences, dict)
        language, text = str(catalogue["language"]), str(sentences.get(english, ""))
        text = text.replace(SOFT_HYPHEN, "")
        if not text or text == english:
            continue
        from_right = catalogue["direction"] == "rtl"
        for tag in TAGS.get(language, (language,)):
            found[tag] = {"value": text, "dir": "rtl"} if from_right else text
    return found


def read(root: Path) -> dict[str, Any]:
    """Return the manifest below a checkout."""
    manifest: dict[str, Any] = json.loads((root / MANIFEST).read_text("utf-8"))
    return manifest


def text_of(manifest: dict[str, Any]) -> str:
    """Return the text of a manifest's file."""
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
