"""A link for a download leads to a file in memory, for downloads pass every other guard."""

import sys
from types import ModuleType, SimpleNamespace

import pytest


@pytest.fixture
def downloads(monkeypatch):
    """The module, with empty stand-ins for what only a page has."""
    for name in ("js", "jsffi", "pyscript"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    for name in ("blobs", "console", "dom", "values", "worker_link"):
        module = ModuleType(f"ui.browser.{name}")
        for part in ("report", "array", "promise", "record", "BASE_URL"):
            setattr(module, part, None)
        monkeypatch.setitem(sys.modules, f"ui.browser.{name}", module)
        monkeypatch.setattr(f"ui.browser.{name}", module, raising=False)
    monkeypatch.delitem(sys.modules, "ui.browser.downloads", raising=False)
    import ui.browser.downloads

    yield ui.browser.downloads
    sys.modules.pop("ui.browser.downloads", None)


@pytest.mark.parametrize(
    "address", ["https://host.example/?photo", "./?photo", "data:text/plain,x", " blob:x", ""]
)
def test_only_files_in_memory_are_downloaded(downloads, address):
    anchor = SimpleNamespace()
    with pytest.raises(ValueError, match="not a file in memory"):
        downloads.point(anchor, address, "photo.png")
    assert not hasattr(anchor, "href")


def test_a_file_in_memory_is_offered_under_its_name(downloads):
    anchor = SimpleNamespace()
    downloads.point(anchor, "blob:https://host.example/1", "photo.png")
    assert (anchor.href, anchor.download) == ("blob:https://host.example/1", "photo.png")
