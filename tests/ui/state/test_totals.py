"""What a batch amounts to, in numbers and in words."""

from types import SimpleNamespace

import pytest

from ui.state import items
from ui.state.queue import Queue
from ui.state.records import Result
from ui.state.totals import TimeLeft, change_words, saved_words, time_words, totals


def test_totals_count_finished_files_and_their_bytes() -> None:
    queue = Queue()
    for size, after, state in (
        (1000, 400, items.DONE),
        (500, 100, items.DONE),
        (9, None, items.FAILED),
        (7, None, items.WAITING),
    ):
        item = queue.add("a", size, SimpleNamespace(lastModified=1))
        item.state = state
        item.result = None if after is None else Result(SimpleNamespace(size=after))
    assert totals(queue) == (2, 1500, 500)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (1000000, 380000, "620\u00a0KB saved, 62\u00a0%"),
        (1000, 1250, "250\u00a0B more, 25\u00a0%"),
        (0, 0, ""),
    ],
)
def test_saved_bytes_are_told_with_their_share(before: int, after: int, words: str) -> None:
    assert saved_words(before, after) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (1000, 380, "62\u00a0% smaller"),
        (1000, 1120, "12\u00a0% larger"),
        (1000, 999, "less than 1\u00a0% smaller"),
        (1000, 1000, "same size"),
    ],
)
def test_a_change_is_never_called_smaller_when_it_is_not(
    before: int, after: int, words: str
) -> None:
    assert change_words(before, after) == words


def test_the_time_left_follows_the_last_photos_and_forgets_pauses() -> None:
    pace = TimeLeft()
    assert pace.left(10) is None
    for second in (0, 2, 4):
        pace.ended(second)
    assert pace.left(10) == pytest.approx(20)
    assert pace.left(0) is None
    pace.rest()
    assert pace.left(10) is None


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "a few seconds left"), (34, "about 30\u00a0s left"), (200, "about 3\u00a0min left")],
)
def test_a_time_is_told_as_a_person_would(seconds: float, words: str) -> None:
    assert time_words(seconds) == words
