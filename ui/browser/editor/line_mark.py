"""Marks the line of an editor at which Python stopped.

PyScript's editor is CodeMirror 6 and hands nothing of it out, but the modules lie beside the
page and find an editor by its element (``EditorView.findFromDOM``). The bundle shortens the names
that its view module exports: ``a`` is ``Decoration``; a test in a browser tells when that changes.
"""

from pyscript.js_modules import codemirror, codemirror_state, codemirror_view

from ui.browser.values import array, record

COLOURS = {"backgroundColor": "#ffdcd6", "boxShadow": "inset 4px 0 #a01c1c"}
"""Of the marked line; the editor is light in dark mode, too."""


class LineMark:
    """The mark of the editor in ``place``, a moment after the editor was made."""

    def __init__(self, place):
        root = place.querySelector(".py-editor-input > div").shadowRoot
        self._view = codemirror.EditorView.findFromDOM(root)
        self._part = codemirror_state.Compartment.new()
        theme = codemirror.EditorView.theme(record(**{".cm-wrong-line": COLOURS}))
        self._add(theme)
        self._add(self._part.of(array()))

    def show_line_starts(self):
        """Scroll to where lines begin; an earlier text may have been longer."""
        self._view.scrollDOM.scrollLeft = 0

    def put(self, number):
        """Mark a line, counted from 1, and bring it into view; ``None`` takes the mark away.

        The mark moves with its line while one writes.
        """
        view = self._view
        if number is None or not 1 <= number <= view.state.doc.lines:
            view.dispatch(record(effects=self._part.reconfigure(array())))
            return
        line = view.state.doc.line(number)
        start = line.to - line.length
        decoration = codemirror_view.a
        drawn = decoration.line(record(**{"class": "cm-wrong-line"}))
        marks = decoration.set(array(drawn.range(start)))
        field = codemirror_state.StateField.define(
            record(
                create=lambda state: marks,
                update=lambda present, transaction: present.map(transaction.changes),
                provide=_shown,
            )
        )
        scroll = codemirror.EditorView.scrollIntoView(start, record(y="center"))
        view.dispatch(record(effects=array(self._part.reconfigure(field), scroll)))

    def _add(self, extension):
        """Give the editor one more part."""
        effect = codemirror_state.StateEffect.appendConfig.of(extension)
        self._view.dispatch(record(effects=effect))


def _shown(field):
    """Return what makes a field of marks visible."""
    return codemirror.EditorView.decorations.compute(array(field), lambda state: state.field(field))
