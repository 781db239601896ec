"""When the page is offered for installing, and when the end of a batch is told."""

from tests.ui.work.fakes import FakeBlob
from ui.state import items
from ui.state.items import Item
from ui.state.window import LONG_BATCH, BatchNews, InstallOffer


def done(number: int, cutout: bool = True) -> Item:
    """Return a photo that is done."""
    item = Item(number, str(number), 10, FakeBlob("a"), cutout)
    item.state = items.DONE
    return item


def test_the_page_is_offered_after_the_second_cutout_and_never_before() -> None:
    offer = InstallOffer()
    assert not offer.is_due(True)
    first = done(1)
    offer.note(first)
    offer.note(first)
    offer.note(done(2, cutout=False))
    assert not offer.is_due(True)
    offer.note(done(3))
    assert offer.is_due(True)
    assert not offer.is_due(False), "the browser would not install it"


def test_who_declines_is_not_asked_again() -> None:
    offer = InstallOffer()
    offer.note(done(1))
    offer.note(done(2))
    offer.declined = True
    assert not offer.is_due(True)


def test_only_a_long_batch_offers_to_tell_of_its_end() -> None:
    news = BatchNews()
    news.look(10, None, True)
    assert not news.is_offered
    news.look(10, LONG_BATCH - 1, True)
    assert not news.is_offered
    news.look(9, LONG_BATCH, True)
    assert news.is_offered
    news.look(3, 5, True)
    assert news.is_offered, "what is offered does not go under the finger"
    news.look(0, None, True)
    assert not news.is_offered


def test_the_end_is_told_to_whoever_wanted_it_and_is_elsewhere_and_once() -> None:
    news = BatchNews()
    news.look(9, LONG_BATCH, True)
    news.is_wanted = True
    assert not news.look(4, LONG_BATCH, False)
    assert not news.is_offered
    assert news.look(0, None, False)
    assert not news.look(0, None, False)


def test_nothing_is_told_to_whoever_sees_the_page_or_did_not_want_it() -> None:
    news = BatchNews()
    news.is_wanted = True
    assert not news.look(0, None, True)
    news.look(9, LONG_BATCH, False)
    assert not news.look(0, None, False)
