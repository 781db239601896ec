"""Which settings make a photo's file: its own, or those chosen for all."""

from types import SimpleNamespace

from common.edits.edit import default_edit
from ui.state import items
from ui.state.items import Item
from ui.state.queue import Queue
from ui.state.recipe import SAME
from ui.state.records import Result


def queue_of(*formats: str, tab: str = "compress") -> tuple[Queue, list[Item]]:
    """Return a queue whose photos were dropped on a tab, and the photos."""
    queue = Queue()
    queue.recipe.tab = tab
    for number, kind in enumerate(formats):
        item = queue.add(f"{number}.x", 1000, SimpleNamespace(lastModified=number))
        item.source.format = kind
    return queue, queue.items


def format_of(queue: Queue, item: Item) -> object:
    return queue.recipe.settings(item)["export"]["format"]


def test_the_tab_decides_whether_a_dropped_photo_is_cut_out_and_a_change_of_tab_does_not() -> None:
    queue, [plain] = queue_of("JPEG")
    queue.recipe.tab = "cutout"
    [_, cut] = [plain, queue.add("cut.jpg", 1, SimpleNamespace(lastModified=9))]
    queue.recipe.tab = "resize"
    assert [plain.settings.cutout, cut.settings.cutout] == [False, True]
    assert queue.recipe.settings(plain)["steps"] == {"cutout": False}
    assert queue.recipe.settings(cut)["steps"] == {"cutout": True}


def test_each_photo_keeps_its_format_until_one_is_chosen() -> None:
    queue, photos = queue_of("JPEG", "PNG", "WEBP", "PSD")
    assert [format_of(queue, item) for item in photos] == ["jpeg", "png-small", "webp", "png-small"]
    queue.recipe.set_value("export", "format", "avif")
    assert {format_of(queue, item) for item in photos} == {"avif"}
    queue.recipe.set_value("export", "format", SAME)
    assert format_of(queue, photos[0]) == "jpeg"


def test_a_file_that_was_not_read_yet_is_known_by_its_name() -> None:
    queue, [item] = queue_of("")
    item.name = "IMG.1.JPG"
    assert format_of(queue, item) == "jpeg"


def test_a_cutout_nobody_touched_has_the_default_settings() -> None:
    queue, [item] = queue_of("JPEG", tab="cutout")
    assert queue.recipe.settings(item) == default_edit()
    assert queue.recipe.is_untouched(item)


def test_what_is_chosen_for_all_reaches_every_photo_but_those_with_their_own() -> None:
    queue, [first, second] = queue_of("JPEG", "JPEG")
    queue.recipe.override(second, "export")
    second.settings.edit["export"]["quality"] = 31
    queue.recipe.set_value("export", "quality", 55)
    assert queue.recipe.settings(first)["export"]["quality"] == 55
    assert queue.recipe.settings(second)["export"]["quality"] == 31
    queue.recipe.follow(second)
    assert queue.recipe.settings(second)["export"]["quality"] == 55


def test_own_settings_begin_with_those_that_were_followed() -> None:
    queue, [item] = queue_of("JPEG")
    queue.recipe.set_value("resize", "kind", "percent")
    queue.recipe.override(item, "resize")
    item.settings.edit["resize"]["percent"] = 10
    assert queue.recipe.settings(item)["resize"]["kind"] == "percent"
    assert queue.recipe.edit["resize"]["percent"] == 100, "the common recipe is not touched"


def test_a_file_is_stale_exactly_when_something_it_follows_has_changed() -> None:
    queue, [follower, owner] = queue_of("JPEG", "JPEG")
    for section in ("resize", "export", "keep"):
        queue.recipe.override(owner, section)
    for item in queue.items:
        item.state = items.DONE
        item.result = Result(SimpleNamespace(size=1), queue.recipe.version(item))
    assert queue.next_stale() is None
    queue.recipe.set_value("keep", "profile", True)
    assert not queue.recipe.is_fresh(follower)
    assert queue.recipe.is_fresh(owner)
    queue.recipe.set_value("export", "format", "webp")
    assert queue.recipe.is_fresh(owner), "it has a format of its own"
    assert queue.next_stale() is follower
    queue.shown = follower
    assert queue.next_stale() is None, "the one on the stage is kept fresh by itself"


def test_cutting_out_later_needs_a_run_only_where_there_is_no_matte() -> None:
    queue, [without, known] = queue_of("JPEG", "JPEG")
    known.matte = object()
    for item in queue.items:
        item.state = items.DONE
        item.result = Result(SimpleNamespace(size=1), queue.recipe.version(item))
        queue.set_cutout(item, True)
    assert without.state == items.WAITING
    assert known.state == items.DONE
    assert not queue.recipe.is_fresh(known)


def test_photos_without_a_cutout_pass_those_that_wait_for_the_network() -> None:
    queue, [plain] = queue_of("JPEG")
    cut = queue.add("cut.jpg", 1, SimpleNamespace(lastModified=9))
    cut.settings.cutout = True
    queue.items.reverse()
    assert queue.next_waiting() is cut
    assert queue.next_waiting(cutouts=False) is plain
