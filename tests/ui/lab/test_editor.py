"""An editor takes down what was written, at the latest when the page goes."""

from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest

from tools.setup.checkout import ROOT


@pytest.fixture
def made(page_module, monkeypatch):
    """Return an editor, the handlers it has set by their event, its timers and what it calls."""
    module = page_module("ui.lab.editor")
    heard, timers, written = {}, {}, []
    for name in ("on", "on_page", "on_window"):
        monkeypatch.setattr(
            module.dom, name, lambda *given, **_: heard.update({given[-2]: given[-1]})
        )

    def later(seconds, function):
        timers[len(timers)] = (seconds, function)
        return len(timers) - 1

    monkeypatch.setattr(module.clock, "later", later)
    monkeypatch.setattr(module.clock, "never", timers.pop)
    script = MagicMock()
    script.code = "text"
    monkeypatch.setattr(module.dom, "python_editor", lambda text, label: script)
    editor = module.Editor(MagicMock(), "text", print, lambda: written.append(editor.text))
    heard["py-editor"](None)
    return SimpleNamespace(
        heard=heard, timers=timers, written=written, editor=editor, script=script
    )


def test_what_is_written_is_taken_down_as_soon_as_the_editor_has_it(made):
    made.heard["input"](None)
    made.heard["keyup"](None)
    ((seconds, function),) = made.timers.values()
    assert seconds == 0
    assert made.written == [], "the editor takes it in after the event"
    function()
    assert len(made.written) == 1


@pytest.mark.parametrize("event", ["visibilitychange", "beforeunload", "pagehide"])
def test_a_page_that_goes_takes_it_down_at_once_and_only_what_is_new(made, event):
    made.heard[event](None)
    assert made.written == []
    made.heard["input"](None)
    made.script.code = "text and more"
    made.heard[event](None)
    assert made.written == ["text and more"]
    assert made.timers == {}
    made.heard[event](None)
    assert len(made.written) == 1


def test_what_the_editor_takes_in_late_is_taken_down_when_the_page_goes(made):
    made.heard["keyup"](None)
    made.timers.pop(0)[1]()
    made.script.code = "text and a late key"
    made.heard["beforeunload"](None)
    assert made.written[-1] == "text and a late key"


def test_lessons_and_the_editor_itself_say_how_it_is_left(page_module):
    assert "Escape leaves the editor." in (ROOT / "lab.html").read_text("utf-8")
    dom = page_module("ui.browser.dom")
    place = MagicMock()
    dom.name_editor(place, "Python code")
    content = place.querySelector().shadowRoot.querySelector()
    content.setAttribute.assert_any_call("aria-label", "Python code")
    content.setAttribute.assert_any_call("aria-description", "Escape leaves the editor.")
