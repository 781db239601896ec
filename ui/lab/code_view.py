"""The code of a stage on the lab's page: which function, its text, run, and back again."""

from ui.browser import dom
from ui.lab.editor import Editor

UNRUN = "Not run yet, but kept on this device."
TRIED = "Does not run as it stands, but kept on this device."


class CodeView:
    """The code of one stage, for a pupil to change.

    ``course`` (:class:`ui.lab.course.Course`) runs it, ``begin`` starts a coroutine, and what is
    not run yet stands in ``drafts`` (:class:`ui.lab.drafts.Drafts`).
    """

    def __init__(self, stage, course, drafts, begin):
        self._key, self._functions = stage["key"], stage["functions"]
        self._lines = dict(zip(stage["functions"], stage["lines"]))
        self._name = self._functions[0]
        self._course, self._drafts, self._begin = course, drafts, begin
        self._editor = None
        self._shown = self._ran = self._tried = ""
        """The function whose text stands in the editor (the chosen one's may be on its way), and
        the texts that were run last and that Python has refused last."""
        self._originals = {}
        """Texts of the functions that were shown, as the page runs them."""
        self.element = dom.create("div", "lab-code")
        self._open = dom.create("button", "quiet", "Change its Python")
        self._open.type = "button"
        dom.describe(self._open, "aria-expanded", "false")
        self._body = dom.create("div", "lab-code-body")
        self._body.hidden = True
        self._choice = dom.create("select")
        dom.describe(self._choice, "aria-label", "Function of the stage " + stage["title"])
        for name in self._functions:
            option = dom.create("option")
            option.value = name
            self._choice.append(option)
        self._hint = dom.create("p", "lab-hint")
        self._hint.textContent = (
            "This is the function that the page runs. Ctrl and Enter runs what you wrote; Escape "
            "leaves the editor."
        )
        self._place = dom.create("div", "lab-editor")
        self._unrun = dom.create("p", "lab-unrun")
        buttons = dom.create("div", "lab-buttons")
        self._back = dom.create("button", "quiet", "Back to the original")
        self._again = dom.create("button", "quiet", "Bring my code back")
        for button in (self._back, self._again):
            button.type = "button"
            buttons.append(button)
        self._error = dom.create("pre", "lab-error")
        dom.describe(self._error, "role", "alert")
        self._error.hidden = True
        self._body.append(self._choice, self._hint, self._place, self._unrun, self._error, buttons)
        self.element.append(self._open, self._body)
        dom.on(self._open, "click", lambda event: self._toggle())
        dom.on(self._choice, "change", lambda event: self._chosen())
        dom.on(self._back, "click", lambda event: begin(self._put_back()))
        dom.on(self._again, "click", lambda event: self._bring_back())
        self._show_state()

    def _toggle(self):
        """Show or hide the code; the first time, fetch it."""
        self._body.hidden = not self._body.hidden
        dom.describe(self._open, "aria-expanded", "false" if self._body.hidden else "true")
        if self._editor is None:
            self._begin(self._fill())

    def _chosen(self):
        """Another function of the stage; what was written stays with its own."""
        self.settle()
        self._name = self._choice.value
        self.clear()
        self._begin(self._fill())

    async def _fill(self, original=False):
        """Put the chosen function's text into the editor: what was written last, or the original.

        The functions may be chosen faster than the worker answers: the last one counts.
        """
        name = self._name
        if name not in self._originals:
            self._originals[name] = await self._course.original(name)
        if name != self._name:
            return
        text = self._originals[name]
        if not original:
            text = self._drafts.texts.get(name, self._course.changes.get(name) or text)
        if self._editor is None:
            self._editor = Editor(self._place, text, self._use, self.settle)
        else:
            self._editor.write(text)
        self._shown = name
        self._show_state()

    def settle(self):
        """Take down which texts have not been run as they stand here, and say so."""
        for name in self._functions:
            text = self._drafts.texts.get(name)
            if name == self._shown:
                text = self._editor.text
            used = self._course.changes.get(name) or self._originals.get(name)
            if text is not None and used is not None:
                self._drafts.note(name, text, used)
        self._show_state()

    def _show_state(self):
        """Say what is changed and what was not run, and offer what can be brought back."""
        waiting = [name for name in self._functions if name in self._drafts.texts]
        for option in self._choice.querySelectorAll("option"):
            words = option.value
            if option.value in waiting:
                words += " (not run yet)"
            elif self._course.changes.get(option.value) is not None:
                words += " (changed)"
            option.textContent = words + ": " + self._lines[option.value]
        self._open.textContent = "Change its Python" + (" (not run yet)" if waiting else "")
        is_there = self._shown == self._name
        was_tried = is_there and self._editor.text == self._tried
        words = TRIED if was_tried else UNRUN
        self._unrun.textContent = words if self._name in waiting else ""
        offered = is_there and self._drafts.can_bring_back(self._name, self._editor.text)
        dom.show(self._again, offered)

    def _use(self, text):
        """Run what stands in the editor."""
        self._ran, self._tried = text, ""
        self.clear()
        self._begin(self._course.change(self._key, self._shown, text))

    async def _put_back(self):
        """Show and use the original again.

        The text comes first: after the stages have run, what was written meanwhile would be lost.
        """
        name = self._shown
        if name != self._name:
            return
        self.clear()
        self._drafts.put_aside(name, self._editor.text, [self._originals[name]])
        self._drafts.forget([name])
        await self._fill(original=True)
        await self._course.restore(name)

    def _bring_back(self):
        """Show again what the original has replaced; it is for the pupil to run it."""
        plain = [self._originals[self._name]]
        self._editor.write(self._drafts.bring_back(self._name, self._editor.text, plain))
        self.settle()
        self._place.querySelector(".py-editor-run-button").focus()

    def put_aside(self):
        """Remember all texts of the stage: something else is about to take their place."""
        self.settle()
        for name in self._functions:
            mine = self._drafts.texts.get(name, self._course.changes.get(name))
            self._drafts.put_aside(name, mine, [])

    async def refresh(self, original=False):
        """Show the present text after it was changed elsewhere, or the original's."""
        self._drafts.forget(self._functions)
        if self._editor is not None:
            await self._fill(original)
        self._show_state()

    def show_error(self, text, line):
        """Show what Python says, with the line."""
        self._tried = self._ran
        self._body.hidden = False
        dom.describe(self._open, "aria-expanded", "true")
        says_it = line is None or text.startswith("Line ")
        mark = "" if says_it else "Line " + str(line) + "\n"
        self._error.textContent = mark + text
        self._error.hidden = False
        if self._editor is None:
            self._begin(self._fill())
        elif "<" + self._name + ">" in text:
            # Else it is another function of this stage that Python stopped in.
            self._editor.mark(line)
        self.settle()

    def clear(self):
        """Take an earlier error away."""
        self._error.hidden = True
        self._error.textContent = ""
        if self._editor is not None:
            self._editor.mark(None)
