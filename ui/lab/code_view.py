"""A Python editor on the lab's page: PyScript's own, with our run button's meaning.

The editor (``<script type="py-editor">``, CodeMirror) is made when it is first wanted, since it
takes the focus. Its run button would start an interpreter of its own; here it hands the text to
whoever made the editor.
"""

from ui.browser import dom
from ui.browser.editor.line_mark import LineMark


class Editor:
    """One editor in ``place``; ``run(text)`` is called by its button and by Ctrl and Enter."""

    def __init__(self, place, text, run):
        self._run = run
        self._script = dom.python_editor(text, "Run")
        self._later = None
        self._mark = self._wrong_line = None
        dom.on(self._script, "py-editor", lambda event: self._ready())
        dom.on(place, "keydown", self._leave, first=True)
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
        """Escape leaves the editor, in which Tab indents; the run button is next."""
        if event.key == "Escape":
            self._place.querySelector(".py-editor-run-button").focus()

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
            self._mark.show_line_starts()
        else:
            self._later = text


class CodeView:
    """The code of a stage: which function, its text, run, and back to the original.

    ``source(name, original)`` gives a text, ``run(name, text)`` uses one, ``restore(name)`` puts
    the original back; all three are coroutines started by ``begin``.
    """

    def __init__(self, stage, source, run, restore, begin):
        self._functions = stage["functions"]
        self._name = self._functions[0]
        self._source, self._run, self._restore, self._begin = source, run, restore, begin
        self._editor = None
        self._drafts = {}
        """What was written into functions that are not shown now."""
        self.element = dom.create("div", "lab-code")
        self._open = dom.create("button", "quiet", "Change its Python")
        self._open.type = "button"
        dom.describe(self._open, "aria-expanded", "false")
        self._body = dom.create("div", "lab-code-body")
        self._body.hidden = True
        self._choice = dom.create("select")
        dom.describe(self._choice, "aria-label", "Function of the stage " + stage["title"])
        for name in self._functions:
            option = dom.create("option", "", name)
            option.value = name
            self._choice.append(option)
        self._hint = dom.create("p", "lab-hint")
        self._hint.textContent = (
            "This is the function that the page runs. Ctrl and Enter runs what you wrote; Escape "
            "leaves the editor."
        )
        self._place = dom.create("div", "lab-editor")
        self._back = dom.create("button", "quiet", "Back to the original")
        self._back.type = "button"
        self._error = dom.create("pre", "lab-error")
        dom.describe(self._error, "role", "alert")
        self._error.hidden = True
        self._body.append(self._choice, self._hint, self._place, self._error, self._back)
        self.element.append(self._open, self._body)
        dom.on(self._open, "click", lambda event: self._toggle())
        dom.on(self._choice, "change", lambda event: self._chosen())
        dom.on(self._back, "click", lambda event: begin(self._put_back()))

    def _toggle(self):
        """Show or hide the code; the first time, fetch it."""
        self._body.hidden = not self._body.hidden
        dom.describe(self._open, "aria-expanded", "false" if self._body.hidden else "true")
        if self._editor is None:
            self._begin(self._fill())

    def _chosen(self):
        """Another function of the stage; what was written stays with its own."""
        if self._editor is not None:
            self._drafts[self._name] = self._editor.text
        self._name = self._choice.value
        self.clear()
        self._begin(self._fill(draft=self._drafts.get(self._name)))

    def mark_changed(self, names):
        """Say in the list of functions which ones are changed."""
        for option in self._choice.querySelectorAll("option"):
            mark = " (changed)" if option.value in names else ""
            option.textContent = option.value + mark

    async def _fill(self, original=False, draft=None):
        """Put the text of the chosen function into the editor, that of its original, or a draft."""
        text = draft or await self._source(self._name, original)
        if self._editor is None:
            self._editor = Editor(self._place, text, self._use)
        else:
            self._editor.write(text)

    def _use(self, text):
        """Run what stands in the editor."""
        self.clear()
        self._begin(self._run(self._name, text))

    async def _put_back(self):
        """Show and use the original again.

        The text comes first: after the stages have run, what was written meanwhile would be lost.
        """
        self.clear()
        await self._fill(original=True)
        await self._restore(self._name)

    async def refresh(self, original=False):
        """Show the present text after it was changed elsewhere, or the original's."""
        self._drafts = {}
        if self._editor is not None:
            await self._fill(original)

    def show_error(self, text, line):
        """Show what Python says, with the line."""
        self._body.hidden = False
        dom.describe(self._open, "aria-expanded", "true")
        mark = "" if line is None else "Line " + str(line) + "\n"
        self._error.textContent = mark + text
        self._error.hidden = False
        if self._editor is None:
            self._begin(self._fill())
        elif "<" + self._name + ">" in text:
            # Else it is another function of this stage that Python stopped in.
            self._editor.mark(line)

    def clear(self):
        """Take an earlier error away."""
        self._error.hidden = True
        self._error.textContent = ""
        if self._editor is not None:
            self._editor.mark(None)
