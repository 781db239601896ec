"""The sliders of an edit reach the methods."""

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.matte.edges import adjusted, decontaminated


def disc() -> Image.Image:
    """Return a soft disc of radius 30 with a speck of 3 x 3 pixels, mode L, 100 x 100."""
    y, x = np.mgrid[:100, :100]
    distance = np.hypot(x - 50, y - 50)
    levels = np.clip((32 - distance) / 4, 0, 1) * 255
    levels[4:7, 4:7] = 255
    return Image.fromarray(levels.astype(np.uint8))


def area(alpha: Image.Image) -> float:
    return float(np.asarray(alpha, np.float64).sum() / 255)


def edges(**values: float) -> dict[str, object]:
    made: dict[str, object] = checked({"edges": values})["edges"]
    return made


def test_default_sliders_leave_the_alpha_as_it_is():
    alpha = disc()
    assert adjusted(alpha, edges()) is alpha


def test_each_slider_changes_what_its_name_says():
    before = area(disc())
    assert area(adjusted(disc(), edges(shift=3))) > before * 1.1
    assert area(adjusted(disc(), edges(shift=-3))) < before * 0.9
    soft = np.asarray(adjusted(disc(), edges(feather=5)))
    assert ((soft > 0) & (soft < 255)).sum() > 2 * ((np.asarray(disc()) % 255) > 0).sum()
    hard = np.asarray(adjusted(disc(), edges(contrast=1)))
    assert set(np.unique(hard)) <= {0, 255}


def test_pixels_are_those_of_the_full_size_photo():
    large = area(adjusted(disc(), edges(shift=6), scale=0.5))
    assert large == area(adjusted(disc(), edges(shift=3)))


def test_specks_and_lesser_subjects_vanish():
    for values in (edges(speck=0.5), edges(largest_only=True)):
        levels = np.asarray(adjusted(disc(), values))
        assert not levels[:10, :10].any()
        assert levels[50, 50] == 255


def test_background_colour_leaves_the_soft_edge_and_nothing_else_changes():
    alpha = disc()
    share = np.asarray(alpha, np.float64)[..., None] / 255
    mixed = share * (250, 40, 20) + (1 - share) * (20, 200, 60)
    photo = Image.fromarray(np.rint(mixed).astype(np.uint8))
    clean = np.asarray(decontaminated(photo, alpha, 1.0), np.float64)
    levels = np.asarray(alpha)
    soft = (levels > 25) & (levels < 230)
    plain_error = np.abs(np.asarray(photo, np.float64) - (250, 40, 20))[soft].mean()
    assert np.abs(clean - (250, 40, 20))[soft].mean() < plain_error / 2
    settled = (levels == 0) | (levels == 255)
    assert np.array_equal(clean[settled], np.asarray(photo)[settled])
    assert np.array_equal(np.asarray(decontaminated(photo, alpha, 0)), np.asarray(photo))
