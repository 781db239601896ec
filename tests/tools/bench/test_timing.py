"""Times of the benchmark, from the notes that its probe takes in a page."""

import pytest

from tools.bench.timing import timing_of
from tools.setup.complaint import Complaint


def notes():
    return {
        "ready": 500.0,
        "chosen": 1000.0,
        "rows": {
            "a.jpg": {"states": {"waiting": 1001, "done": 3000.0}, "preview": 1400.0},
            "b.jpg": {"states": {"done": 4000.0}, "preview": None},
            "c.jpg": {"states": {"inferring": 1200.0}, "preview": None},
        },
        "tasks": [[100.0, 900.0], [950.0, 1010.0], [2000.0, 2070.0], [5000.0, 9000.0]],
        "gaps": [[2000.0, 2100.0]],
    }


def test_times_are_by_the_pages_clock_from_the_choice_on():
    timing = timing_of(notes(), ["a.jpg", "b.jpg"], {"a.jpg": "1.5", "b.jpg": "0.25"})
    assert (timing.ready, timing.chosen, timing.ended, timing.seconds) == (0.5, 1, 4, 3)
    assert timing.preview == pytest.approx(0.4)
    assert timing.inference == 1.75
    assert timing.longest_task == 70
    assert timing.longest_pause == 100


def test_a_first_visits_tasks_count_from_the_navigation():
    assert timing_of(notes(), ["a.jpg"], {}, since_navigation=True).longest_task == 800


@pytest.mark.parametrize("told", [{}, {"a.jpg": ""}, {"a.jpg": "0"}])
def test_an_inference_that_the_page_does_not_tell_is_none(told):
    assert timing_of(notes(), ["a.jpg"], told).inference is None


def test_a_photo_that_never_ended_is_a_complaint():
    with pytest.raises(Complaint, match=r"c\.jpg"):
        timing_of(notes(), ["a.jpg", "c.jpg"], {})
