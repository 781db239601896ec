"""A goal: for the small picture beside a web page's title."""

from common.edits.presets import Goal
from common.language.words import say

GOAL = Goal(
    say("Favicon"),
    say("Icon (ICO) for a web site, 16 to 256 px"),
    """{
  "form": "homecut-preset",
  "version": 1,
  "framing": {"kind": "canvas", "margin": 4, "margin_unit": "%",
    "canvas": {"kind": "ratio", "width": 1, "height": 1, "dpi": 300}},
  "resize": {"kind": "pixels", "width": 256, "height": 256, "fit": "fill"},
  "export": {"format": "ico"}
}""",
)
