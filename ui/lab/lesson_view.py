"""The lessons on the lab's page: one at a time, with its task, an editor and a check."""

from common.errors import Refusal
from ui.browser import dom
from ui.lab.answers import PATIENCE
from ui.lab.editor import Editor
from ui.lab.stage_view import draw_pictures

RUNNING = "Your code runs. Stop ends it."
UNCHECKED = "Not checked yet, but kept on this device."


class LessonView:
    """Shows lessons; ``worker`` checks them, ``fetch_text(path)`` reads their files.

    What stands in an editor and was not checked yet is one of the ``drafts``
    (:class:`ui.lab.drafts.Drafts`). ``changed()``, to be set, is called when there is something new
    in ``texts``.
    """

    def __init__(self, worker, fetch_text, drafts, begin):
        self._worker, self._fetch_text, self._begin = worker, fetch_text, begin
        self._drafts = drafts
        self.changed = None
        self.texts = {}
        """By a lesson's name: what was written in it, and whether its check has passed. What has
        passed stays until something else passes: it is what a pupil hands in."""
        self._paths = []
        self._files = {}
        """The lessons' files by their paths."""
        self._shown_solution = None
        self._lesson = None
        self._name = self._text = self._checked_text = ""
        self._editor = None
        self._is_checking = False
        self._list = dom.element("lesson-list")
        self._body = dom.element("lesson")
        dom.on("lesson-hint", "click", lambda event: self._show_hint())
        dom.on("lesson-solution", "click", lambda event: self._write("solution"))
        dom.on("lesson-again", "click", lambda event: self._write("start"))
        dom.on("lesson-back", "click", lambda event: self._bring_back())
        dom.on("lesson-next", "click", lambda event: self._begin(self.open(self._following())))
        dom.on("lesson-check", "click", lambda event: self._check(self._editor.text))

    async def collect(self, paths):
        """Read the lessons that lie at ``paths``."""
        self._paths = sorted(paths)
        for path in self._paths:
            self._files[path] = await self._fetch_text(path)

    def list(self):
        """Offer the lessons that were read."""
        for path in self._paths:
            name = name_of(path)
            title = title_of(self._files[path])
            button = dom.create("button", "quiet", number_of(name) + ". " + title)
            button.type = "button"
            button.dataset.lesson = name
            dom.on(button, "click", lambda event, path=path: self._begin(self.open(path)))
            row = dom.create("li")
            row.append(button)
            self._list.append(row)
        self._mark_list()
        self._make_room()

    def _make_room(self):
        """On a narrow window let the list of lessons be no longer than its title."""
        if dom.is_narrow():
            dom.element("lesson-choice").open = False

    @property
    def names(self):
        """The names of all lessons."""
        return [name_of(path) for path in self._paths]

    async def open(self, path):
        """Show one lesson, with what was written in it before."""
        self.note()
        name = name_of(path)
        text = self._files[path]
        values, _ = await self._worker.call("lab_lesson", name, text, patience=PATIENCE)
        if "error" in values:
            dom.element("lesson-verdict").textContent = values["error"]
            return
        self._name, self._text, self._lesson = name, text, values
        for part in ("title", "question", "task", "material"):
            dom.element("lesson-" + part).textContent = values[part]
        dom.element("lesson-hint-words").textContent = ""
        self._say("", "")
        self._shown_solution = None
        passed = self.texts.get(name, ("", False))[1]
        dom.show("lesson-next", passed and self._following() is not None)
        dom.show(self._body)
        for button in self._list.querySelectorAll("button"):
            current = button.dataset.lesson == self._name
            dom.describe(button, "aria-current", "true" if current else "false")
        place = dom.element("lesson-editor")
        code = self._written()
        if self._editor is None:
            check = dom.element("lesson-check")
            self._editor = Editor(place, code, self._check, self._pause, check)
        else:
            self._editor.write(code)
        self._show_state()
        self._make_room()
        dom.element("lesson-title").focus()

    def _following(self):
        """Return the path of the lesson after the present one, ``None`` after the last."""
        number = self.names.index(self._name) + 1
        return self._paths[number] if number < len(self._paths) else None

    async def load(self, text):
        """Let the lessons of a saved file take the place of all that was written."""
        values, _ = await self._worker.call("lab_lessons", text, patience=PATIENCE)
        self._drafts.forget(self.names)
        self.texts = values["lessons"]
        self._mark_list()
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
        return text.strip() == self._shown_solution

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

    def _mark_list(self):
        """Mark in the list which lessons have passed, and which were only written in."""
        for button in self._list.querySelectorAll("button"):
            name = button.dataset.lesson
            button.dataset.passed = "yes" if self.texts.get(name, ("", False))[1] else "no"
            button.dataset.unchecked = "yes" if name in self._drafts.texts else "no"
        passed = [name for name in self.names if self.texts.get(name, ("", False))[1]]
        words = "All " + str(len(self.names)) + " lessons, " + str(len(passed)) + " done"
        dom.element("lesson-count").textContent = words

    def _show_state(self):
        """Say whether what stands there was checked, and offer what can be brought back."""
        text = self._editor.text
        is_new = self._name in self._drafts.texts and not self._shows_solution(text)
        dom.element("lesson-unchecked").textContent = UNCHECKED if is_new else ""
        dom.show("lesson-back", self._drafts.can_bring_back(self._name, text))
        self._mark_list()

    def _plain(self):
        """Return the texts that are there at a press, and so need not be brought back."""
        return [self._lesson["start"], self._lesson["solution"]]

    def _write(self, part):
        """Put the start or the solution into the editor; what stood there can be brought back."""
        self.note()
        self._drafts.put_aside(self._name, self._editor.text, self._plain())
        if part == "solution":
            self._shown_solution = self._lesson[part].strip()
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
        is_solution = self._shows_solution(text)
        self._checked_text = text
        if values["passed"] and is_solution:
            words = "Right, but not ticked: it is the solution as it was shown. Change it, check."
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


def name_of(path):
    """Return a lesson's name, ``lessons/01-threshold.py`` giving ``01-threshold``."""
    return path.split("/")[-1].rsplit(".", 1)[0]


def number_of(name):
    """Return a lesson's number, ``01-how-much`` giving ``1``."""
    return str(int(name.partition("-")[0]))


def title_of(text):
    """Return a lesson's title, the first line of its file."""
    return text.strip().split("\n")[0].strip('"').strip()
