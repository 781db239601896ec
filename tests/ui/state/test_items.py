"""The queue's rules, which need no browser."""

from types import SimpleNamespace

from ui.state import items
from ui.state.items import Queue


def file(modified: int = 1) -> SimpleNamespace:
    """Return what the queue needs of a browser's File."""
    return SimpleNamespace(lastModified=modified)


def test_items_are_taken_in_the_order_in_which_they_were_given() -> None:
    queue = Queue()
    first, second = queue.add("a.jpg", 1, file()), queue.add("b.jpg", 2, file())
    assert queue.next_waiting() is first
    queue.move(first, items.DECODING)
    assert queue.next_waiting() is second
    queue.move(second, items.DONE)
    assert queue.next_waiting() is None


def test_every_change_is_told_to_the_watchers() -> None:
    queue, seen = Queue(), []
    queue.watch(lambda item: seen.append((item.name, item.state)))
    item = queue.add("a.jpg", 1, file())
    queue.move(item, items.INFERRING)
    queue.fail(item, "No.")
    assert seen == [("a.jpg", "waiting"), ("a.jpg", "inferring"), ("a.jpg", "failed")]


def test_cancelling_and_retrying_make_an_earlier_run_stale() -> None:
    queue = Queue()
    item = queue.add("a.jpg", 1, file())
    run = item.attempt
    queue.cancel(item)
    assert item.attempt != run
    assert item.ended
    run = item.attempt
    queue.retry(item)
    assert item.attempt != run
    assert item.state == items.WAITING
    assert item.error == ""


def test_a_removed_item_is_gone_and_its_run_stale() -> None:
    queue = Queue()
    item = queue.add("a.jpg", 1, file())
    run = item.attempt
    queue.remove(item)
    assert queue.items == []
    assert item.attempt != run


def test_the_same_file_is_recognised_by_name_size_and_time() -> None:
    queue = Queue()
    item = queue.add("a.jpg", 1, file(5))
    assert queue.twin_of("a.jpg", 1, 5) is item
    assert queue.twin_of("a.jpg", 1, 6) is None
    assert queue.twin_of("a.jpg", 2, 5) is None
    assert queue.twin_of("b.jpg", 1, 5) is None


def test_counting_tells_states_apart() -> None:
    queue = Queue()
    for state in (items.DONE, items.DONE, items.FAILED, items.INFERRING):
        queue.move(queue.add("a.jpg", 1, file()), state)
    assert queue.count(items.DONE) == 2
    assert queue.count(*items.ENDED) == 3
    assert queue.count(*items.WORKING) == 1


def test_every_state_has_a_place_on_the_progress_bar() -> None:
    assert set(items.STEPS) == {items.WAITING, *items.WORKING, *items.ENDED}
    assert all(0 <= step <= 1 for step in items.STEPS.values())


def test_a_restored_item_is_as_the_journal_knew_it() -> None:
    queue = Queue()
    facts = {
        "name": "a.jpg",
        "state": items.DONE,
        "error": "",
        "notices": ["first_frame"],
        "width": 30,
        "height": 20,
        "seconds": 1.5,
        "edit": None,
    }
    item = queue.restore(facts, SimpleNamespace(size=7))
    assert (item.name, item.size, item.width, item.notices) == ("a.jpg", 7, 30, ["first_frame"])
    assert queue.items == [item]
