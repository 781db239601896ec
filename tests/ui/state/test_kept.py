"""What is kept of the photos: when it may go, and that nothing else is taken for it."""

import json
from types import SimpleNamespace

import pytest

from ui.state import items, kept
from ui.state.items import Item
from ui.state.queue import Queue
from ui.state.records import Result

FACTS = {
    "name": "a.jpg", "state": "done", "error": "", "notices": [], "width": 3, "height": 2,
    "seconds": 1.5, "edit": None, "own": [], "cutout": True, "format": "JPEG", "removed": False,
}  # fmt: skip


def finished(queue: Queue, name: str) -> Item:
    """Return an item of the queue whose file is made."""
    item = queue.add(name, 1, SimpleNamespace(lastModified=1))
    item.result = Result("file", queue.recipe.version(item))
    queue.move(item, items.DONE)
    return item


def test_photos_may_go_once_the_last_one_is_finished_and_saved() -> None:
    queue = Queue()
    assert not kept.nothing_to_lose(queue)
    first, second = finished(queue, "a.jpg"), finished(queue, "b.jpg")
    queue.hand_out(first)
    assert not kept.nothing_to_lose(queue)
    queue.hand_out(second)
    assert kept.nothing_to_lose(queue)
    queue.add("c.jpg", 1, SimpleNamespace(lastModified=1))
    assert not kept.nothing_to_lose(queue)


def test_what_was_changed_after_it_was_saved_is_kept_again() -> None:
    queue = Queue()
    item = finished(queue, "a.jpg")
    queue.hand_out(item)
    item.settings.touch()
    assert not kept.nothing_to_lose(queue)


def test_a_failed_photo_does_not_hold_the_others_back() -> None:
    queue = Queue()
    queue.hand_out(finished(queue, "a.jpg"))
    queue.fail(queue.add("b.jpg", 1, SimpleNamespace(lastModified=1)), "No.")
    assert kept.nothing_to_lose(queue)


@pytest.mark.parametrize(
    "name",
    [
        "evil.json",
        ".json",
        "7.JSON",
        "7.txt",
        "-7.json",
        "7 .json",
        "²2.json",
        "7.json.json",
        "json",
    ],
)
def test_a_stray_file_is_no_entry(name: str) -> None:
    assert kept.number_of(name) is None


def test_an_entry_is_known_by_its_number() -> None:
    assert kept.number_of("7.json") == 7


def test_what_a_journal_wrote_is_read() -> None:
    assert kept.facts_in(json.dumps(FACTS)) == FACTS
    earlier = {name: value for name, value in FACTS.items() if name not in kept.LATER}
    assert kept.facts_in(json.dumps(earlier)) == earlier


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "{}", '"words"',
        *(json.dumps({**FACTS, name: []}) for name in FACTS if name not in ("notices", "own")),
        *(json.dumps({**FACTS, name: "x"}) for name in ("notices", "own", "edit", "state")),
        *(json.dumps({key: FACTS[key] for key in FACTS if key != name})
          for name in FACTS if name not in kept.LATER),
        json.dumps({**FACTS, "state": "inferring"}),
    ],
)  # fmt: skip
def test_what_no_journal_wrote_is_no_entry(text: str) -> None:
    assert kept.facts_in(text) is None


@pytest.mark.parametrize(
    ("photos", "keeps", "words"),
    [
        (1, True, "1 photo is kept here with what was made of it: 2.0\u00a0MB. "),
        (3, True, "3 photos are kept here with what was made of them: 2.0\u00a0MB. "),
        (0, True, "No photo is kept here now. "),
        (0, False, "No photo is kept here, and none that you add. "),
    ],
)
def test_what_is_kept_is_named_with_its_size(photos: int, keeps: bool, words: str) -> None:
    assert kept.words(photos, 2_000_000, keeps).startswith(words)
