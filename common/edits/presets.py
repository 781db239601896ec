"""Presets: backgrounds, framing and export settings to use again, built in or from a file.

A goal is a preset with a sentence about it, a file in :mod:`common.goals`.
"""

import json

from common.checks import Table, Text
from common.edits.edit import SHARED_BY_PRESETS, default_edit, preset_of, with_preset
from common.language.words import say

FORM = "homecut-preset"
VERSION = 1
NAME_LENGTH = 60


def _canvas(kind: str, width: float, height: float, margin: float = 5) -> dict[str, object]:
    """Return a framing section with a canvas of that form around the subject."""
    canvas = {"kind": kind, "width": width, "height": height, "dpi": 300}
    return {"kind": "canvas", "margin": margin, "margin_unit": "%", "canvas": canvas}


WHITE = {"kind": "colour", "colour": "#ffffff"}

CANVAS_PRESETS = (
    ("square", say("Square 1:1"), {"framing": _canvas("ratio", 1, 1)}),
    ("portrait", say("Portrait 4:5"), {"framing": _canvas("ratio", 4, 5)}),
    ("wide", say("Wide 16:9"), {"framing": _canvas("ratio", 16, 9)}),
    (
        "passport",
        say("Passport 35 x 45 mm"),
        {"framing": _canvas("mm", 35, 45), "background": WHITE},
    ),
    (
        "us-passport",
        say("US passport 2 x 2 in"),
        {"framing": _canvas("mm", 50.8, 50.8), "background": WHITE},
    ),
    (
        "marketplace",
        say("Marketplace, white, 2000 px"),
        {"framing": _canvas("px", 2000, 2000), "background": WHITE},
    ),
)
"""Built-in presets: (identifier, label, preset for :func:`common.edits.edit.with_preset`)."""


def preset_text(name: str, preset: dict[str, object]) -> str:
    """Return the JSON text of a preset file; ``preset`` as :func:`common.edits.edit.preset_of`
    gives it.

    An own background picture is not part of it.
    """
    form: dict[str, object] = {"form": FORM, "version": VERSION, "name": name[:NAME_LENGTH]}
    for section in SHARED_BY_PRESETS:
        if section in preset:
            form[section] = preset[section]
    return json.dumps(form)


def read_preset(content: str) -> tuple[str, dict[str, object]]:
    """Return the name and the checked preset of a file that :func:`preset_text` wrote.

    Only the sections that the file holds are in it. Raises ``ValueError`` with one sentence for
    the user when this is not such a file.
    """
    try:
        values = json.loads(content)
    except ValueError:
        raise ValueError(say("This file is not a preset: it holds no JSON.")) from None
    if not isinstance(values, dict) or values.get("form") != FORM:
        raise ValueError(say("This file is not a preset of this page."))
    complete = with_preset(default_edit(), Table().clean(values, "The preset"))
    name = Text(NAME_LENGTH).clean(values.get("name", "Preset"), "name").strip() or "Preset"
    preset = preset_of(complete)
    return name, {part: preset[part] for part in preset if part in values}


class Goal:
    """What a file is for, and all that follows from it.

    ``name`` and ``words`` (what follows, in short) are in the page's language, ``content`` is the
    text of a settings file. That is read when it is needed, as it takes its time.
    """

    def __init__(self, name: str, words: str, content: str) -> None:
        self.name = name
        self.words = words
        self._content = content
        self._preset: dict[str, object] = {}

    @property
    def preset(self) -> dict[str, object]:
        """What :func:`read_preset` reads from the content; raises ``ValueError`` as that does."""
        if not self._preset:
            self._preset = read_preset(self._content)[1]
        return self._preset
