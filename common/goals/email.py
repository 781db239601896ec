"""A goal: for what mail servers let pass."""

from common.edits.presets import Goal
from common.language.words import say

GOAL = Goal(
    say("E-mail"),
    say("JPEG under 1 MB, 2000 px at most"),
    """{
  "form": "homecut-preset",
  "version": 1,
  "resize": {"kind": "longest", "longest": 2000},
  "export": {"format": "jpeg", "quality": 85, "codec": {"limit_kilobytes": 1000, "shrink": true}}
}""",
)
