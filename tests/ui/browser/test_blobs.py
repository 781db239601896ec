"""Each ``blob:`` address has one owner that gives it back, or is given back by itself."""

import importlib
import sys
from types import SimpleNamespace

import pytest


class Addresses:
    """The browser's ``URL``: which addresses are there now."""

    def __init__(self):
        self.made = 0
        self.alive = {}

    def createObjectURL(self, blob):
        self.made += 1
        self.alive[f"blob:{self.made}"] = blob
        return f"blob:{self.made}"

    def revokeObjectURL(self, address):
        del self.alive[address]


@pytest.fixture
def browser(monkeypatch):
    """A browser with addresses and timers, and the module on top of it."""
    timers = []
    js = SimpleNamespace(
        URL=Addresses(), setTimeout=lambda function, delay: timers.append((delay, function))
    )
    monkeypatch.setitem(sys.modules, "js", js)
    monkeypatch.setitem(sys.modules, "jsffi", SimpleNamespace())
    for name in [name for name in sys.modules if name.startswith("ui.browser")]:
        monkeypatch.delitem(sys.modules, name)
    blobs = importlib.import_module("ui.browser.blobs")
    yield SimpleNamespace(js=js, timers=timers, blobs=blobs)
    for name in [name for name in sys.modules if name.startswith("ui.browser")]:
        del sys.modules[name]


def test_the_same_file_keeps_its_address(browser):
    blob = object()
    assert browser.blobs.link(1, blob) == browser.blobs.link(1, blob)
    assert browser.js.URL.made == 1


def test_a_newer_file_takes_the_place_of_the_older_one(browser):
    browser.blobs.link(1, "old")
    browser.blobs.link(1, "new")
    assert list(browser.js.URL.alive.values()) == ["new"]


def test_two_rows_have_two_addresses_and_release_their_own(browser):
    browser.blobs.link(1, "one")
    browser.blobs.link(2, "two")
    browser.blobs.release(1)
    browser.blobs.release(1)  # what is gone is gone
    assert list(browser.js.URL.alive.values()) == ["two"]


def test_an_address_for_a_moment_is_given_back_by_itself(browser):
    browser.blobs.for_a_moment("saved")
    assert list(browser.js.URL.alive.values()) == ["saved"]
    ((delay, end),) = browser.timers
    assert delay == 1000 * browser.blobs.MOMENT_SECONDS
    end()
    assert browser.js.URL.alive == {}
