"""What the browser's window shows besides the page."""

import pytest

from ui.state.items import CANCELLED, DONE, FAILED, INFERRING, STARTING, WAITING
from ui.state.window import DARK, LIGHT, LONG_SECONDS, Theme, Wakefulness, is_single_key, title


def test_the_theme_is_the_systems_until_another_is_chosen() -> None:
    theme = Theme(is_dark=False)
    assert (theme.shown, theme.chosen) == (LIGHT, None)
    theme.is_dark = True
    assert (theme.shown, theme.chosen) == (DARK, None)


@pytest.mark.parametrize("kept", [LIGHT, DARK])
def test_a_kept_theme_stands_against_the_system(kept: str) -> None:
    for is_dark in (False, True):
        assert Theme(is_dark, kept).shown == kept


def test_a_name_that_no_page_has_kept_is_passed_over() -> None:
    assert Theme(is_dark=True, kept="sepia").shown == DARK


def test_a_chosen_theme_stays_when_the_system_changes_and_the_systems_own_is_no_choice() -> None:
    theme = Theme(is_dark=False)
    theme.switch()
    assert (theme.shown, theme.chosen) == (DARK, DARK)
    theme.is_dark = True
    theme.is_dark = False
    assert theme.shown == DARK
    theme.switch()
    assert (theme.shown, theme.chosen) == (LIGHT, None)


def test_the_title_is_the_documents_own_while_nothing_is_under_way() -> None:
    for states in ([], [DONE], [DONE, FAILED, CANCELLED]):
        assert title(states, paused=False) == ""


def test_the_title_counts_the_photos_that_have_ended_and_of_one_photo_the_percent() -> None:
    assert title([DONE, FAILED, INFERRING, WAITING], paused=False) == "2/4 · Homecut"
    assert title([WAITING], paused=False) == "0\u00a0% · Homecut"
    assert title([STARTING], paused=False) == "5\u00a0% · Homecut"
    assert title([INFERRING], paused=False) == "30\u00a0% · Homecut"


def test_the_title_of_a_pause_is_the_documents_own_once_the_last_photo_has_ended() -> None:
    assert title([DONE, INFERRING, WAITING], paused=True) == "1/3 · Homecut"
    assert title([DONE, DONE, WAITING], paused=True) == ""


def test_a_batch_keeps_the_screen_on_to_its_last_photo() -> None:
    awake = Wakefulness()
    assert not awake.look([], False, 0)
    assert awake.look([WAITING, WAITING], False, 1)
    assert awake.look([DONE, INFERRING], False, 2)
    assert not awake.look([DONE, DONE], False, 3)
    assert not awake.look([DONE, DONE, WAITING], False, 4), "a single one, just begun"


def test_a_single_photo_keeps_the_screen_on_once_it_takes_long() -> None:
    awake = Wakefulness()
    assert not awake.look([INFERRING], False, 10)
    assert not awake.look([INFERRING], False, 9 + LONG_SECONDS)
    assert awake.look([INFERRING], False, 10 + LONG_SECONDS)
    assert not awake.look([DONE], False, 11 + LONG_SECONDS)


def test_a_pause_lets_the_screen_go_dark() -> None:
    awake = Wakefulness()
    assert awake.look([INFERRING, WAITING], True, 0)
    assert not awake.look([DONE, WAITING], True, 1)


def test_single_keys_are_letters_digits_and_signs_without_ctrl() -> None:
    assert all(is_single_key(key) for key in "mo[0+?")
    assert not any(is_single_key(key) for key in ("Escape", "Ctrl+Z", "Shift+ArrowUp"))
