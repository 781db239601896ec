"""A few verbs over the page's elements, so that the other modules read like sentences.

Only elements of :data:`TAGS` are made, only attributes for screen readers are set by name, only
colours and custom properties in a style: none of them can load or send anything.
"""

import js

from ui.browser import console
from ui.browser.values import record

document = js.document

TAGS = (
    ("a", "button", "canvas", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption")
    + ("figure", "h2", "input", "kbd", "label", "legend", "li", "option", "output", "p", "pre")
    + ("progress", "section", "select", "span", "strong", "summary", "td", "tr", "ul")
)

SPOKEN = "aria-"
"""How the name of an attribute begins that may be set, ``role`` aside: what a screen reader says.
"""


def element(identifier):
    """Return the element with that ``id``; raises ``KeyError`` when the page has none."""
    found = document.getElementById(identifier)
    if found is None:
        raise KeyError(identifier)
    return found


def create(tag, class_name="", text=""):
    """Return a new element with a class and a text (never HTML).

    Raises ``ValueError`` for a tag that is not one of :data:`TAGS`.
    """
    if tag not in TAGS:
        raise ValueError(tag)
    made = document.createElement(tag)
    if class_name:
        made.className = class_name
    if text:
        made.textContent = text
    return made


def python_editor(text, run_words):
    """Return an element that PyScript turns into a Python editor with a run button.

    It runs nothing by itself: whoever makes it takes the button over (``handleEvent``).
    """
    made = document.createElement("script")
    made.type = "py-editor"
    made.dataset.run = run_words
    made.textContent = text
    return made


def name_editor(place, words):
    """Give the text field of the editor in ``place`` a name for screen readers and readable
    colours.

    CodeMirror's default colour of string parts has a contrast of 3.8 to 1 on white; 4.5 is needed
    (WCAG 2.2, 1.4.3).
    """
    root = place.querySelector(".py-editor-input > div").shadowRoot
    content = root.querySelector(".cm-content")
    describe(content, "aria-label", words)
    describe(content, "aria-description", "Escape leaves the editor.")
    for sheet in list(root.adoptedStyleSheets):
        for rule in list(sheet.cssRules):
            style = getattr(rule, "style", None)
            if style and style.color in ("rgb(238, 68, 0)", "#e40"):
                style.color = "#b83500"


def move_to(target):
    """Bring an element into view, without motion where the visitor wants none."""
    calm = js.matchMedia("(prefers-reduced-motion: reduce)").matches
    target.scrollIntoView(record(block="start", behavior="auto" if calm else "smooth"))


def describe(target, name, words):
    """Set an attribute for screen readers (WAI-ARIA); raises ``ValueError`` for any other."""
    if name != "role" and not name.startswith(SPOKEN):
        raise ValueError(name)
    target.setAttribute(name, words)


def paint(target, name, value):
    """Set a custom property (``--name``) or the background colour of an element's style.

    Raises ``ValueError`` for any other, since a style can name pictures to be fetched.
    """
    if name != "background-color" and not name.startswith("--"):
        raise ValueError(name)
    target.style.setProperty(name, value)


def on(target, event, handler, first=False):
    """Call ``handler(event)`` on every ``event`` of ``target`` (an element or its ``id``).

    ``first``: before the elements inside it hear of it and may keep it to themselves.
    """
    if isinstance(target, str):
        target = element(target)
    target.addEventListener(event, guarded(handler), first)


def guarded(handler):
    """Return a handler whose unexpected exceptions are told as :mod:`ui.browser.console` says."""

    def handle(event, *_):
        """Handle one event."""
        try:
            handler(event)
        except Exception as error:
            console.failed(error)

    return handle


def on_page(event, handler):
    """Call ``handler(event)`` on every ``event`` anywhere in the page."""
    document.addEventListener(event, guarded(handler))


def on_window(event, handler, first=False):
    """Call ``handler(event)`` on an ``event`` of the window itself, as that the page is left.

    ``first``: before those that were not to be.
    """
    js.window.addEventListener(event, guarded(handler), first)


def on_resize(target, handler):
    """Call ``handler()`` whenever an element has another size, and once at first."""
    js.ResizeObserver.new(guarded(lambda entries: handler())).observe(target)


def pixel_ratio():
    """Return how many pixels of the screen a CSS pixel is wide."""
    return js.devicePixelRatio


def is_narrow():
    """Tell whether the window has the width of a phone."""
    return js.matchMedia("(max-width: 600px)").matches


def is_rtl():
    """Tell whether the page is read from the right."""
    return document.documentElement.dir == "rtl"


def root():
    """Return the page's outermost element, whose ``data-`` attributes the styles read."""
    return document.documentElement


def has_focus(target):
    """Tell whether the keyboard is in this element or in one inside it."""
    return target.contains(document.activeElement)


def dialog_is_open():
    """Tell whether any dialogue is open."""
    return bool(document.querySelector("dialog[open]"))


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
