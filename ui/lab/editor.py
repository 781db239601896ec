"""A Python editor on the lab's page: PyScript's own, with our run button's meaning.

The editor (``<script type="py-editor">``, CodeMirror) is made when it is first wanted, since it
takes the focus. Its run button would start an interpreter of its own; here it hands the text to
whoever made the editor.
"""

from ui.browser import clock, dom
from ui.browser.editor.line_mark import LineMark

GOING = ("beforeunload", "pagehide")
"""The window's events before a page is left; that it is hidden is told to the document."""

WRITING = ("input", "keyup", "paste", "cut", "drop")
"""Events after which another text may stand in the editor; it keeps some of them to itself."""


class Editor:
    """One editor in ``place``; ``run(text)`` is called by its button and by Ctrl and Enter.

    ``written()`` is called after each key, as soon as the editor has taken it in: a page can be
    left at any moment, and what begins to be kept only then comes too late. ``following`` is where
    Escape leads to from the editor, by default to its button.
    """

    def __init__(self, place, text, run, written, following=None):
        self._run, self._written, self._following = run, written, following
        self._script = dom.python_editor(text, "Run")
        self._later = self._timer = self._last = None
        self._mark = self._wrong_line = None
        dom.on(self._script, "py-editor", lambda event: self._ready())
        dom.on(place, "keydown", self._leave, first=True)
        for event in WRITING:
            dom.on(place, event, lambda event: self._wait(), first=True)
        dom.on_page("visibilitychange", lambda event: self._going())
        for event in GOING:
            dom.on_window(event, lambda event: self._going(), first=True)
        self._place = place
        self._is_ready = False
        place.append(self._script)

    def _ready(self):
        """The editor stands: take its button over."""
        self._script.handleEvent = self._clicked
        self._is_ready = True
        button = self._place.querySelector(".py-editor-run-button")
        dom.describe(button, "aria-label", "Run this code")
        dom.name_editor(self._place, "Python code")
        if self._later is not None:
            self._script.code = self._later
            self._later = None
        self._last = self._script.code
        self._mark = LineMark(self._place)
        self.mark(self._wrong_line)

    def mark(self, number):
        """Mark the line at which Python stopped, counted from 1; ``None`` takes the mark away."""
        self._wrong_line = number
        if self._mark is not None:
            self._mark.put(number)

    def _clicked(self, event):
        """Hand the text over instead of running it here."""
        self._run(event.code)
        return False

    def _leave(self, event):
        """Escape leaves the editor, in which Tab indents."""
        if event.key == "Escape":
            following = self._following or self._place.querySelector(".py-editor-run-button")
            following.focus()

    def _wait(self):
        """Somebody writes: let the editor take it in, which it does right after the event."""
        if self._timer is None:
            self._timer = clock.later(0, self._taken)

    def _going(self):
        """The page may be gone in a moment: take down at once what was just written.

        The editor may take a key in after the event that told of it, so its text is asked.
        """
        if self._timer is not None:
            clock.never(self._timer)
            self._timer = None
        if self._is_ready and self._script.code != self._last:
            self._taken()

    def _taken(self):
        """Let what was written be taken down."""
        self._timer = None
        if self._is_ready:
            self._last = self._script.code
            self._written()

    @property
    def text(self):
        """What stands in the editor."""
        if self._is_ready:
            return self._script.code
        return self._script.textContent if self._later is None else self._later

    def write(self, text):
        """Replace the text."""
        self.mark(None)
        if self._is_ready:
            self._script.code = text
            self._last = self._script.code
            self._mark.show_line_starts()
        else:
            self._later = text
