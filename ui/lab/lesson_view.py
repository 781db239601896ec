"""One lesson on the lab's page, with its task, an editor and a check."""

from common.errors import Refusal
from ui.browser import dom
from ui.lab.answers import PATIENCE
from ui.lab.editor import Editor
from ui.lab.lesson_list import name_of
from ui.lab.stage_view import draw_pictures

RUNNING = "Your code runs. Stop ends it."
UNCHECKED = "Not checked yet, but kept on this device."
SOLVED = (
    "Right, but shown by the solution, so it is not ticked. Solve it in another way to have it so."
)


class LessonView:
    """Shows a lesson of ``offered`` (:class:`ui.lab.lesson_list.LessonList`); ``worker`` checks it.

    What stands in an editor and was not checked yet is one of the ``drafts``
    (:class:`ui.lab.drafts.Drafts`). ``changed()``, to be set, is called when there is something new
    in ``texts``.
    """

    def __init__(self, worker, offered, drafts, begin):
        self._worker, self._offered, self._begin = worker, offered, begin
        self._drafts = drafts
        self.changed = None
        self._seen = set()
        """Names of lessons whose solution was shown: who has seen it has not found it."""
        self._lesson = None
        self._name = self._text = self._checked_text = ""
        self._editor = None
        self._is_checking = False
        offered.open = lambda path: begin(self.open(path))
        self._body = dom.element("lesson")
        dom.on("lesson-hint", "click", lambda event: self._show_hint())
        dom.on("lesson-solution", "click", lambda event: self._write("solution"))
        dom.on("lesson-again", "click", lambda event: self._write("start"))
        dom.on("lesson-back", "click", lambda event: self._bring_back())
        dom.on("lesson-next", "click", lambda event: self._begin(self.open(self._following())))
        dom.on("lesson-check", "click", lambda event: self._check(self._editor.text))

    @property
    def texts(self):
        """What was written in the lessons, as :class:`ui.lab.lesson_list.LessonList` has it."""
        return self._offered.texts

    async def open(self, path):
        """Show one lesson, with what was written in it before."""
        self.note()
        name = name_of(path)
        text = self._offered.files[path]
        # The worker may have to start again first; that the press was heard is seen at once.
        self._offered.current = name
        self._offered.mark()
        values, _ = await self._worker.call("lab_lesson", name, text, patience=PATIENCE)
        if "error" in values:
            dom.element("lesson-verdict").textContent = values["error"]
            return
        self._name, self._text, self._lesson = name, text, values
        for part in ("title", "question", "task", "material"):
            dom.element("lesson-" + part).textContent = values[part]
        dom.element("lesson-hint-words").textContent = ""
        self._say("", "")
        passed = self.texts.get(name, ("", False))[1]
        dom.show("lesson-next", passed and self._following() is not None)
        dom.show(self._body)
        place = dom.element("lesson-editor")
        code = self._written()
        if self._editor is None:
            check = dom.element("lesson-check")
            self._editor = Editor(place, code, self._check, self._pause, check)
        else:
            self._editor.write(code)
        self._show_state()
        self._offered.make_room()
        dom.element("lesson-title").focus()

    def _following(self):
        """Return the path of the lesson after the present one, ``None`` after the last."""
        return self._offered.following(self._name)

    async def load(self, text):
        """Let the lessons of a saved file take the place of all that was written."""
        values, _ = await self._worker.call("lab_lessons", text, patience=PATIENCE)
        self._drafts.forget([key for key in self._drafts.texts if "." not in key])
        self._offered.texts = values["lessons"]
        self._offered.mark()
        if self._lesson is not None:
            self._editor.write(self._written())
            self._show_state()
        self.changed()

    def _written(self):
        """Return what was written in the present lesson last."""
        kept = self.texts.get(self._name, (self._lesson["start"], False))
        draft = self._drafts.texts.get(self._name)
        # What was noted without a check is a draft as well.
        self._checked_text = kept[0] if draft is None else self._lesson["start"]
        return kept[0] if draft is None else draft

    def _shows_solution(self, text):
        """Tell whether a text is the solution as it was shown, which is nobody's own."""
        return self._name in self._seen and text.strip() == self._lesson["solution"].strip()

    def _pause(self):
        """Somebody pauses in writing: take it down; the first time, for the file as well."""
        if self._name in self.texts:
            self._take_down(self._editor.text)
        else:
            self.note()

    def _take_down(self, text):
        """Keep what was not checked yet, but for a solution as it was shown."""
        if not self._shows_solution(text):
            self._drafts.note(self._name, text, self._checked_text)
        self._show_state()

    def note(self, passed=None):
        """Take down what stands in the editor, if it is anything new."""
        if self._lesson is None:
            return
        text = self._editor.text
        self._take_down(text)
        if self._shows_solution(text):
            return
        before = self.texts.get(self._name, (self._lesson["start"], False))
        if passed or not before[1]:
            now = (text, bool(passed))
            if now[0] != before[0] or now[1] != before[1]:
                self.texts[self._name] = now
                self.changed()

    def _show_state(self):
        """Say whether what stands there was checked, and offer what can be brought back."""
        text = self._editor.text
        is_new = self._name in self._drafts.texts and not self._shows_solution(text)
        dom.element("lesson-unchecked").textContent = UNCHECKED if is_new else ""
        dom.show("lesson-back", self._drafts.can_bring_back(self._name, text))
        self._offered.mark()

    def _plain(self):
        """Return the texts that are there at a press, and so need not be brought back."""
        return [self._lesson["start"], self._lesson["solution"]]

    def _write(self, part):
        """Put the start or the solution into the editor; what stood there can be brought back."""
        self.note()
        self._drafts.put_aside(self._name, self._editor.text, self._plain())
        if part == "solution":
            self._seen.add(self._name)
        self._replace(self._lesson[part])

    def _bring_back(self):
        """Put back what the start or the solution has replaced."""
        self._replace(self._drafts.bring_back(self._name, self._editor.text, self._plain()))
        dom.element("lesson-check").focus()

    def _replace(self, text):
        """Put a text into the editor; the last verdict was on something else."""
        self._editor.write(text)
        self._say("", "")
        dom.element("lesson-printed").textContent = ""
        self._take_down(text)

    def _show_hint(self):
        """Show the hint."""
        dom.element("lesson-hint-words").textContent = self._lesson["hint"]

    def _check(self, text):
        """Check what stands in the editor."""
        self._say("running", "Checking ...")
        self._editor.mark(None)
        self._begin(self._checked(text))

    async def _checked(self, text):
        """Run code and check in the worker and show the verdict, if that lesson is still open."""
        name = self._name
        dom.element("status").textContent = RUNNING
        try:
            values, data = await self._worker.call(
                "lab_check", name, self._text, text, patience=PATIENCE
            )
        except Refusal:
            self.stopped()
            raise
        except Exception:
            if self._is_checking:
                self._say("open", "The check did not come to an end.")
            raise
        finally:
            if dom.element("status").textContent == RUNNING:
                dom.element("status").textContent = ""
        if name != self._name:
            return
        words = values["words"]
        dom.element("lesson-material").textContent = values["material"]
        is_solution = values["solution"] and name in self._seen
        self._checked_text = text
        if values["passed"] and is_solution:
            self._offered.solved.add(name)
            words = SOLVED
        if values["line"] is not None and not words.startswith("Line "):
            words = "Line " + str(values["line"]) + "\n" + words
        self._say("passed" if values["passed"] else "open", words)
        self._editor.mark(values["line"])
        dom.element("lesson-printed").textContent = values["printed"]
        draw_pictures(dom.element("lesson-pictures"), values["pictures"], data)
        self.note(values["passed"] and not is_solution and text == self._editor.text)
        dom.show("lesson-next", values["passed"] and self._following() is not None)
        self._show_state()

    def _say(self, state, words):
        """Show a verdict."""
        self._is_checking = state == "running"
        verdict = dom.element("lesson-verdict")
        verdict.dataset.state = state
        verdict.textContent = words
        if state != "running":
            dom.element("lesson-printed").textContent = ""
            draw_pictures(dom.element("lesson-pictures"), [], None)

    def stopped(self):
        """The worker was ended, perhaps in the middle of a check."""
        if self._is_checking:
            self._say("open", "Stopped. Look for a loop that does not end.")
