"""What is transparent is a grey between: a white subject is seen on it as well as a black one."""

import re

import pytest

from tools.setup.checkout import ROOT

STYLES = (ROOT / "assets/css/theme.css").read_text("utf-8")

LEAST = 3
"""Contrast of what is to be told apart (WCAG 2.2, 1.4.11)."""


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2), 0 for black, 1 for white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("square", ["--check-light", "--check-dark"])
def test_white_and_black_are_seen_on_the_checkerboard_in_light_and_dark(square: str) -> None:
    found = re.search(rf"{square}: (.+);", STYLES)
    assert found
    colours = re.findall(r"#[0-9a-f]{6}", found[1])
    assert colours
    for colour in colours:
        assert 1.05 / (luminance(colour) + 0.05) >= LEAST, colour
        assert (luminance(colour) + 0.05) / 0.05 >= LEAST, colour
