"""A goal: for paper."""

from common.edits.presets import Goal
from common.language.words import say

GOAL = Goal(
    say("Print"),
    say("PDF, one A4 page, full size"),
    """{
  "form": "homecut-preset",
  "version": 1,
  "resize": {"kind": "none"},
  "export": {"format": "pdf", "quality": 95, "page": "a4"}
}""",
)
