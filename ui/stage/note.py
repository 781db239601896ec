"""A short message over the page that goes by itself, with one button where there is a way back."""

from ui.browser import clock, dom

SECONDS = 8
"""How long a message stays; one with a button, which has to be reached, stays twice as long."""

_latest = [0, None]


def start():
    """Answer the message's button."""
    dom.on("note-action", "click", lambda event: _act())


def say(words, action_words="", action=None):
    """Show a sentence, let a screen reader say it, and offer ``action()`` under its words."""
    _latest[0] += 1
    _latest[1] = action
    number = _latest[0]
    dom.element("note-words").textContent = words
    button = dom.element("note-action")
    button.textContent = action_words
    dom.show(button, action is not None)
    dom.show("note")
    dom.announce(words)
    clock.later(SECONDS * (1 if action is None else 2), lambda: _leave(number))


def _act():
    """Do what the button offers, once."""
    action, _latest[1] = _latest[1], None
    dom.show("note", False)
    if action is not None:
        action()


def _leave(number):
    """Take a message away, unless another has come or the keyboard is on its button."""
    if number == _latest[0] and not dom.has_focus(dom.element("note")):
        dom.show("note", False)
