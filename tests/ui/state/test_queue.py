"""The queue's rules, which need no browser."""

from collections.abc import Callable
from types import SimpleNamespace

from common.edits.edit import default_edit
from ui.state import items
from ui.state.items import Item, after_added
from ui.state.queue import Queue
from ui.state.signals import Signal


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


def test_each_kind_of_news_has_a_signal_of_its_own() -> None:
    queue = Queue()
    seen: list[tuple[str, str]] = []

    def heard(kind: str) -> Callable[[Item | None], None]:
        """Return a listener that notes the kind of news and the item's state."""
        return lambda item: seen.append((kind, item.state if item else ""))

    for kind in ("added", "removed", "state_changed", "settings_changed", "shown_changed"):
        getattr(queue, kind).connect(heard(kind))
    item = queue.add("a.jpg", 1, file())
    queue.show(item)
    queue.move(item, items.INFERRING)
    queue.touch(item)
    queue.fail(item, "No.")
    queue.remove(item)
    queue.show(None)
    assert seen == [
        ("added", "waiting"), ("shown_changed", "waiting"), ("state_changed", "inferring"),
        ("settings_changed", "inferring"), ("state_changed", "failed"), ("removed", "cancelled"),
        ("shown_changed", ""),
    ]  # fmt: skip


def test_cancelling_and_retrying_make_an_earlier_run_stale() -> None:
    queue = Queue()
    item = queue.add("a.jpg", 1, file())
    run = item.scope
    queue.cancel(item)
    assert run.cancelled
    assert item.ended
    queue.retry(item)
    assert item.scope.key != run.key
    assert not item.scope.cancelled
    assert item.state == items.WAITING
    assert item.error == ""


def test_another_run_of_a_finished_item_ends_what_still_works_on_it() -> None:
    queue = Queue()
    item = queue.add("a.jpg", 1, file())
    queue.move(item, items.DONE)
    run = item.scope
    queue.retry(item)
    assert run.cancelled


def test_a_removed_item_is_gone_and_its_run_stale() -> None:
    queue = Queue()
    item = queue.add("a.jpg", 1, file())
    queue.remove(item)
    assert queue.items == []
    assert item.scope.cancelled


def test_the_same_file_is_recognised_by_name_size_and_time() -> None:
    queue = Queue()
    item = queue.add("a.jpg", 1, file(5))
    assert queue.twin_of("a.jpg", 1, 5) is item
    assert queue.twin_of("a.jpg", 1, 6) is None
    assert queue.twin_of("a.jpg", 2, 5) is None
    assert queue.twin_of("b.jpg", 1, 5) is None


def test_equal_names_in_two_folders_are_two_photos() -> None:
    queue = Queue()
    front = queue.add("1.bmp", 1, file(5), "/shoot/front/1.bmp")
    assert queue.twin_of("1.bmp", 1, 5, "/shoot/back/1.bmp") is None
    assert queue.twin_of("1.bmp", 1, 5, "/shoot/front/1.bmp") is front
    assert queue.twin_of("1.bmp", 1, 5) is front


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
    item = queue.recalled(facts, SimpleNamespace(size=7))
    assert queue.items == []
    result = SimpleNamespace(size=3)
    queue.restore(item, SimpleNamespace(), result, None)
    assert (item.name, item.size, item.source.width, item.timing.total) == ("a.jpg", 7, 30, 1.5)
    assert (item.notices, item.state, item.result.file) == (["first_frame"], items.DONE, result)
    assert queue.recipe.is_fresh(item)
    assert queue.items == [item]


def test_a_restored_cutout_without_its_matte_runs_again_and_an_edited_file_is_made_again() -> None:
    queue = Queue()
    facts = {"name": "a.jpg", "state": items.DONE, "error": "", "notices": [], "seconds": 1}
    facts |= {"width": 30, "height": 20, "edit": None}
    queue.restore(queue.recalled(facts, SimpleNamespace(size=7)), None, None, None)
    edited = queue.recalled({**facts, "edit": default_edit()}, SimpleNamespace(size=8))
    queue.restore(edited, SimpleNamespace(), SimpleNamespace(size=3), None)
    assert [item.state for item in queue.items] == [items.WAITING, items.DONE]
    assert not queue.recipe.is_fresh(edited)


def listed(queue: Queue) -> str:
    """Return the names of the photos in the list, a letter each."""
    return "".join(item.name for item in queue.items)


def test_removed_photos_come_back_where_they_were_and_the_one_that_was_looked_at_is_shown() -> None:
    queue = Queue()
    a, b, c, d = (queue.add(name, 1, file()) for name in "abcd")
    for item in (a, b, c, d):
        queue.move(item, items.DONE)
    queue.show(b)
    heard: list[str] = []
    queue.removed.connect(lambda item: heard.append("-" + item.name))
    queue.added.connect(lambda item: heard.append("+" + item.name))

    queue.set_aside([b])
    assert (listed(queue), queue.is_aside(b), queue.is_aside(a)) == ("acd", True, False)
    queue.show(c)
    queue.set_aside(queue.items)
    queue.show(None)
    assert (listed(queue), len(queue.aside)) == ("", 4)

    queue.bring_back()
    assert (listed(queue), queue.aside, queue.shown) == ("abcd", [], b)
    assert {item.state for item in queue.items} == {items.DONE}
    assert heard == ["-b", "-a", "-c", "-d", "+d", "+c", "+a", "+b"]


def test_a_photo_that_was_removed_on_its_way_begins_anew_when_it_comes_back() -> None:
    queue = Queue()
    item = queue.add("a", 1, file())
    queue.move(item, items.INFERRING)
    run = item.scope

    queue.set_aside([item])
    assert run.cancelled
    assert queue.next_waiting() is None

    queue.bring_back()
    assert queue.next_waiting() is item
    assert not item.scope.cancelled


def test_something_new_ends_the_way_back() -> None:
    queue = Queue()
    forgotten: list[Item] = []
    queue.forgotten.connect(forgotten.append)
    first = queue.add("a", 1, file())
    queue.set_aside([first])
    assert forgotten == []

    queue.add("b", 1, file())

    assert (forgotten, queue.aside) == ([first], [])
    queue.bring_back()
    assert listed(queue) == "b"


def test_what_was_removed_before_a_reload_can_be_brought_back_after_it() -> None:
    queue = Queue()
    facts = {"state": items.DONE, "error": "", "notices": [], "seconds": 1, "edit": None}
    facts |= {"width": 30, "height": 20}
    for name in "abc":
        item = queue.recalled({**facts, "name": name}, SimpleNamespace(size=7))
        queue.restore(item, SimpleNamespace(), SimpleNamespace(size=3), None, name != "b")
    assert listed(queue) == "b"
    queue.bring_back()
    assert listed(queue) == "abc"


def looked_at(queue: Queue, name: str) -> Item:
    """Add a photo; return what is looked at then."""
    queue.added.connect(lambda item: queue.show(after_added(queue.items, queue.shown, item)))
    queue.add(name, 1, file())
    queue.added = Signal()
    assert queue.shown is not None
    return queue.shown


def test_a_new_photo_is_shown_where_only_cancelled_or_failed_ones_are() -> None:
    queue = Queue()
    first = looked_at(queue, "a.jpg")
    assert first.name == "a.jpg"
    queue.cancel(first)
    second = looked_at(queue, "b.jpg")
    assert second.name == "b.jpg"
    queue.fail(second, "No.")
    assert looked_at(queue, "c.jpg").name == "c.jpg"
    assert looked_at(queue, "d.jpg").name == "c.jpg", "that one is on its way"


def test_a_new_photo_is_not_shown_while_another_is_done_or_on_its_way() -> None:
    queue = Queue()
    done, cancelled = queue.add("a.jpg", 1, file()), queue.add("b.jpg", 2, file())
    queue.move(done, items.DONE)
    queue.show(cancelled)
    queue.cancel(cancelled)
    assert looked_at(queue, "c.jpg") is cancelled


def test_what_is_left_of_a_cancelled_photo_is_a_first_look_only() -> None:
    queue = Queue()
    item = queue.add("a.jpg", 1, file())
    item.pictures.provisional = True
    queue.move(item, items.INFERRING)
    assert not item.is_unfinished
    queue.cancel(item)
    assert item.is_unfinished
    queue.retry(item)
    assert not item.is_unfinished
