"""The wheel zooms in proportion to its turn."""

from ui.state.wheel import zoom_factor


def test_a_notch_is_a_step_and_a_trackpads_small_turns_are_small() -> None:
    assert zoom_factor(-100, 0, 1.25) == 1.25
    assert zoom_factor(100, 0, 1.25) == 0.8
    zoom = 1.0
    for _ in range(10):
        zoom *= zoom_factor(-4, 0, 1.25)
    assert 1.05 < zoom < 1.15


def test_lines_count_as_pixels_do_and_no_event_is_wild() -> None:
    assert 1.2 < zoom_factor(-3, 1, 1.25) < 1.3
    assert zoom_factor(-5000, 0, 1.25) == 1.25**3
