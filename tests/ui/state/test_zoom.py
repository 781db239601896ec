"""The wheel zooms in proportion to its turn; the percentage is that of the file's own pixels."""

from types import SimpleNamespace

import pytest

from ui.state.items import Item
from ui.state.records import Result
from ui.state.zoom import fit, full_size, held, limits, zoom_factor


def test_a_notch_is_a_step_and_a_trackpads_small_turns_are_small() -> None:
    assert zoom_factor(-100, 0, 1.25) == 1.25
    assert zoom_factor(100, 0, 1.25) == 0.8
    zoom = 1.0
    for _ in range(10):
        zoom *= zoom_factor(-4, 0, 1.25)
    assert 1.4 < zoom < 1.6


def test_a_pinch_follows_the_fingers() -> None:
    """Browsers tell a pinch to twice the size as turns of 69 pixels in all (100 times log 2)."""
    zoom = 1.0
    for _ in range(20):
        zoom *= zoom_factor(-69.3 / 20, 0, 1.25)
    assert zoom == pytest.approx(2, rel=0.01)


def test_lines_count_as_pixels_do_and_no_event_is_wild() -> None:
    assert 1.2 < zoom_factor(-3, 1, 1.25) < 1.3
    assert zoom_factor(-5000, 0, 1.25) == 1.25**3


@pytest.mark.parametrize(
    ("size", "ratio", "whole"),
    [((4000, 3000), 1, 0.2), ((4000, 3000), 2, 0.4), ((400, 300), 1, 2), ((4000, 1000), 1, 0.2)],
)
def test_a_picture_that_fits_has_the_percentage_of_its_own_pixels(
    size: tuple[int, int], ratio: int, whole: float
) -> None:
    assert fit((800, 600), size, ratio) == pytest.approx(whole)


def test_each_picture_can_be_seen_pixel_by_pixel() -> None:
    for whole in (0.01, 0.2, 1, 4):
        least, most = limits(whole)
        assert least <= 1 / whole <= most
        assert least <= 1 <= most


def test_a_large_picture_covers_the_stage_and_a_small_one_lies_in_its_middle() -> None:
    assert held(50, 800, 2) == 0
    assert held(-900, 800, 2) == -800
    assert held(-300, 800, 2) == -300
    assert held(50, 800, 0.5) == 200


def test_the_full_size_is_that_of_the_file_and_else_that_of_the_photo() -> None:
    item = Item(1, "a.jpg", 1, SimpleNamespace())
    assert full_size(item, (1600, 1200), False, (1, 1)) == (1600, 1200)
    item.source.width, item.source.height = 4000, 3000
    assert full_size(item, (1600, 1200), False, (4000, 3000)) == (4000, 3000)
    item.result = Result("file", size=(800, 600))
    assert full_size(item, (1600, 1200), True, (4000, 3000)) == (800, 600)
    assert full_size(item, (1600, 1200), False, (4000, 3000)) == (4000, 3000)
    assert full_size(item, (1200, 1200), False, (3000, 3000)) == (3000, 3000)
    item.pictures.framed = True
    assert full_size(item, (800, 1200), False, (4000, 3000)) == (2000, 3000)
