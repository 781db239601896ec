"""A few verbs over the page's elements, so that the other modules read like sentences."""

import js

document = js.document


def element(identifier):
    """Return the element with that ``id``; raises ``KeyError`` when the page has none."""
    found = document.getElementById(identifier)
    if found is None:
        raise KeyError(identifier)
    return found


def create(tag, class_name="", text=""):
    """Return a new element with a class and a text (never HTML)."""
    made = document.createElement(tag)
    if class_name:
        made.className = class_name
    if text:
        made.textContent = text
    return made


def on(target, event, handler):
    """Call ``handler(event)`` on every ``event`` of ``target`` (an element or its ``id``)."""
    if isinstance(target, str):
        target = element(target)
    target.addEventListener(event, handler)


def show(target, visible=True):
    """Show or hide an element (or its ``id``) for eyes and screen readers alike."""
    if isinstance(target, str):
        target = element(target)
    target.hidden = not visible


def announce(text):
    """Let a screen reader say ``text`` when it has finished what it is saying.

    Sentences are added, because one that is replaced in the same moment would never be heard.
    """
    announcer = element("announcer")
    last = announcer.lastElementChild
    if last is None or last.textContent != text + " ":
        announcer.append(create("span", "", text + " "))
    if announcer.childElementCount > 8:
        announcer.firstElementChild.remove()


def report(reason):
    """Write an unexpected error to the console, where a developer looks for it."""
    js.console.error("Homecut: " + str(reason))
