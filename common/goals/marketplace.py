"""A goal: for offers on marketplaces, which ask for a white ground and small files."""

from common.edits.presets import Goal
from common.language.words import say

GOAL = Goal(
    say("Marketplace"),
    say("White, square, 2000 px, JPEG under 500 KB"),
    """{
  "form": "homecut-preset",
  "version": 1,
  "steps": {"cutout": true},
  "background": {"kind": "colour", "colour": "#ffffff"},
  "framing": {"kind": "canvas", "margin": 5, "margin_unit": "%",
    "canvas": {"kind": "px", "width": 2000, "height": 2000, "dpi": 300}},
  "resize": {"kind": "none"},
  "export": {"format": "jpeg", "quality": 90, "codec": {"limit_kilobytes": 500}}
}""",
)
