"""A goal: for faces in a small square or circle."""

from common.edits.presets import Goal
from common.language.words import say

GOAL = Goal(
    say("Profile picture"),
    say("Square, 1024 px, on a soft grey, JPEG"),
    """{
  "form": "homecut-preset",
  "version": 1,
  "steps": {"cutout": true},
  "background": {"kind": "linear", "colours": ["#f7f8fa", "#ccd4de"], "angle": 180},
  "framing": {"kind": "canvas", "margin": 8, "margin_unit": "%",
    "canvas": {"kind": "px", "width": 1024, "height": 1024, "dpi": 300}},
  "resize": {"kind": "none"},
  "export": {"format": "jpeg", "quality": 88}
}""",
)
