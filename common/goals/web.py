"""A goal: for pages on the web."""

from common.edits.presets import Goal
from common.language.words import say

GOAL = Goal(
    say("Web"),
    say("WebP, 1600 px at most"),
    """{
  "form": "homecut-preset",
  "version": 1,
  "resize": {"kind": "longest", "longest": 1600},
  "export": {"format": "webp", "quality": 80}
}""",
)
