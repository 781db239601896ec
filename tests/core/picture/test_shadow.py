"""Shadows fall where they should, as dark and as soft as chosen."""

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.picture.shadow import contact_shadow, drop_shadow, shadow_box, shadow_mask
from tests.core.pictures import largest_difference, pixels


def shadow(**values):
    return checked({"shadow": values})["shadow"]


def block(box, size=(300, 200)):
    """Return an alpha channel that is opaque in a box."""
    alpha = Image.new("L", size)
    alpha.paste(255, box)
    return alpha


def edge_width(row):
    """Return the standard deviation of the Gaussian that a row of a blurred edge went through."""
    slope = np.abs(np.diff(row.astype(float)))
    places = np.arange(len(slope))
    mean = (slope * places).sum() / slope.sum()
    return float(np.sqrt((slope * (places - mean) ** 2).sum() / slope.sum()))


def test_no_shadow_is_none():
    alpha = block((50, 50, 100, 100))
    assert shadow_mask(alpha, shadow(kind="none"), 300) is None
    assert shadow_mask(alpha, shadow(kind="drop", opacity=0), 300) is None
    assert shadow_mask(Image.new("L", (30, 30)), shadow(kind="drop"), 300) is None


def test_a_hard_drop_shadow_is_the_silhouette_moved():
    alpha = block((50, 50, 100, 100))
    mask = shadow_mask(alpha, shadow(kind="drop", blur=0, opacity=1, offset=[0.1, -0.05]), 200)
    assert largest_difference(mask, block((70, 40, 120, 90))) == 0


def test_a_soft_drop_shadow_has_the_asked_for_standard_deviation():
    alpha = block((0, 0, 150, 200))
    for deviation in (2.0, 6.0, 15.0):
        mask = drop_shadow(alpha, (0, 0), deviation)
        row = pixels(mask)[100]
        assert abs(edge_width(row) / deviation - 1) < 0.12, deviation
        assert abs(row[149:151].mean() - 127.5) < 6


def test_opacity_is_in_the_mask():
    alpha = block((50, 50, 250, 150))
    mask = shadow_mask(alpha, shadow(kind="drop", opacity=0.4, blur=0.2, offset=[0, 0]), 300)
    assert pixels(mask).max() == 102


def test_a_contact_shadow_lies_at_the_lower_edge_and_nowhere_else():
    alpha = block((100, 40, 200, 160))
    mask = pixels(contact_shadow(alpha, (0, 0), 4.0))
    assert mask[160, 150] > 200
    assert mask[:140].max() <= 1
    assert mask[180:].max() <= 1
    assert mask[160, 60] <= 1
    assert mask[160, 240] <= 1


def test_a_part_that_hovers_high_above_the_ground_gives_no_contact_shadow():
    alpha = block((100, 40, 150, 160))
    alpha.paste(255, (150, 40, 260, 80))  # an arm
    mask = pixels(contact_shadow(alpha, (0, 0), 4.0))
    assert mask[160, 125] > 200
    assert mask[160, 200] <= 2


def test_the_same_shadow_on_a_preview_and_at_full_size():
    for kind in ("drop", "contact"):
        wish = shadow(kind=kind, blur=0.5, opacity=1, offset=[0.02, 0.03])
        small = shadow_mask(block((75, 50, 225, 150)), wish, 300)
        large = shadow_mask(block((300, 200, 900, 600), (1200, 800)), wish, 1200)
        assert largest_difference(large.resize((300, 200), Image.Resampling.BOX), small) <= 12


def test_the_box_of_a_shadow_holds_it():
    for kind in ("drop", "contact"):
        for offset in ([0.02, 0.05], [-0.03, 0]):
            wish = shadow(kind=kind, blur=0.4, opacity=1, offset=offset)
            box = (90, 60, 200, 130)
            mask = pixels(shadow_mask(block(box), wish, 300))
            left, top, right, bottom = (round(edge) for edge in shadow_box(box, wish, 300))
            outside = mask.copy()
            outside[top:bottom, left:right] = 0
            assert outside.max() <= 8, kind
    assert shadow_box((0, 0, 9, 9), shadow(kind="none"), 300) is None
