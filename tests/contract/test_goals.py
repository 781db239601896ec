"""Goals are preset files: what they hold, and that all of it is understood."""

import ast
import json
from typing import Any

import pytest

from common.edits.edit import default_edit
from common.edits.presets import FORM, Goal
from common.goals.offered import GOALS
from tools.setup.checkout import ROOT

FOLDER = ROOT / "common/goals"
FILES = sorted(set(FOLDER.glob("*.py")) - {FOLDER / "__init__.py", FOLDER / "offered.py"})


def text_in(source: str) -> str:
    """Return the settings' text in a goal's source."""
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    (text,) = [text for text in texts if isinstance(text, str) and text.startswith("{")]
    return text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_value_of_a_goal_is_understood(file: Any) -> None:
    written = json.loads(text_in(file.read_text("utf-8")))
    preset = Goal("name", "words", json.dumps(written)).preset
    assert set(preset) == set(written) - {"form", "version"}, "a misspelt section is dropped"
    for section in preset:
        values: Any = preset[section]
        default: Any = default_edit()[section]
        assert set(written[section]) <= set(default), section
        for key, value in written[section].items():
            if not isinstance(value, dict):
                assert values[key] == value, f"{section} > {key} is out of its range"


def test_every_goal_is_offered() -> None:
    assert len(GOALS) == len(FILES)
    assert [goal.name for goal in GOALS] == [
        "Marketplace", "Profile picture", "E-mail", "Web", "Favicon", "Print",
    ]  # fmt: skip


def test_the_marketplace_is_a_white_square_of_2000_pixels_below_500_kilobytes() -> None:
    preset: Any = GOALS[0].preset
    assert preset["steps"] == {"cutout": True}
    assert preset["background"]["colour"] == "#ffffff"
    canvas = preset["framing"]["canvas"]
    assert (canvas["kind"], canvas["width"], canvas["height"]) == ("px", 2000, 2000)
    assert preset["export"]["format"] == "jpeg"
    assert preset["export"]["codec"]["limit_kilobytes"] == 500


def test_what_is_no_settings_file_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="not a preset"):
        assert Goal("Evil", "", json.dumps({"form": FORM + "-no"})).preset
