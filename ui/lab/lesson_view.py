"""The lessons on the lab's page: one at a time, with its task, an editor and a check."""

from ui.browser import dom
from ui.lab.code_view import Editor
from ui.lab.stage_view import draw_pictures


class LessonView:
    """Shows lessons; ``worker`` checks them, ``fetch_text(path)`` reads their files.

    ``done`` is called with a lesson's name when its check has passed.
    """

    def __init__(self, worker, fetch_text, begin, done):
        self._worker, self._fetch_text, self._begin, self._done = worker, fetch_text, begin, done
        self._paths = []
        self._lesson = None
        self._name = self._text = ""
        self._editor = None
        self._list = dom.element("lesson-list")
        self._body = dom.element("lesson")
        dom.on("lesson-hint", "click", lambda event: self._show_hint())
        dom.on("lesson-solution", "click", lambda event: self._write("solution"))
        dom.on("lesson-again", "click", lambda event: self._write("start"))
        dom.on("lesson-check", "click", lambda event: self._check(self._editor.text))

    def list(self, paths):
        """Offer the lessons that lie at ``paths``."""
        self._paths = sorted(paths)
        for path in self._paths:
            name = name_of(path)
            button = dom.create("button", "quiet", words_of(name))
            button.type = "button"
            button.dataset.lesson = name
            dom.on(button, "click", lambda event, path=path: self._begin(self.open(path)))
            row = dom.create("li")
            row.append(button)
            self._list.append(row)

    async def open(self, path):
        """Show one lesson."""
        self._name = name_of(path)
        self._text = await self._fetch_text(path)
        values, _ = await self._worker.call("lab_lesson", self._name, self._text)
        if "error" in values:
            dom.element("lesson-verdict").textContent = values["error"]
            return
        self._lesson = values
        for part in ("title", "question", "task"):
            dom.element("lesson-" + part).textContent = values[part]
        dom.element("lesson-hint-words").textContent = ""
        self._say("", "")
        dom.show(self._body)
        for button in self._list.querySelectorAll("button"):
            current = button.dataset.lesson == self._name
            dom.describe(button, "aria-current", "true" if current else "false")
        place = dom.element("lesson-editor")
        if self._editor is None:
            self._editor = Editor(place, values["start"], self._check)
        else:
            self._editor.write(values["start"])
        dom.element("lesson-title").focus()

    def _write(self, part):
        """Put the start or the solution into the editor."""
        self._editor.write(self._lesson[part])

    def _show_hint(self):
        """Show the hint."""
        dom.element("lesson-hint-words").textContent = self._lesson["hint"]

    def _check(self, text):
        """Check what stands in the editor."""
        self._say("running", "Checking ...")
        self._editor.mark(None)
        self._begin(self._checked(text))

    async def _checked(self, text):
        """Run code and check in the worker and show the verdict."""
        values, data = await self._worker.call("lab_check", self._name, self._text, text)
        words = values["words"]
        if values["line"] is not None:
            words = "Line " + str(values["line"]) + "\n" + words
        self._say("passed" if values["passed"] else "open", words)
        self._editor.mark(values["line"])
        dom.element("lesson-printed").textContent = values["printed"]
        draw_pictures(dom.element("lesson-pictures"), values["pictures"], data)
        if values["passed"]:
            for button in self._list.querySelectorAll("button"):
                if button.dataset.lesson == self._name:
                    button.dataset.passed = "yes"
            self._done(self._name)

    def _say(self, state, words):
        """Show a verdict."""
        verdict = dom.element("lesson-verdict")
        verdict.dataset.state = state
        verdict.textContent = words
        if state != "running":
            dom.element("lesson-printed").textContent = ""
            draw_pictures(dom.element("lesson-pictures"), [], None)

    def stopped(self):
        """The worker was ended in the middle of a check."""
        self._say("open", "Stopped. Look for a loop that does not end.")


def name_of(path):
    """Return a lesson's name, ``lessons/01-threshold.py`` giving ``01-threshold``."""
    return path.split("/")[-1].rsplit(".", 1)[0]


def words_of(name):
    """Return a lesson's name as words, ``01-how-much`` giving ``1. how much``."""
    number, _, words = name.partition("-")
    return str(int(number)) + ". " + words.replace("-", " ")
