"""The list of lessons on the lab's page, and their files: read from the site, tried again.

A lesson that cannot be read keeps nobody from the stages, nor from the other lessons.
"""

from ui.browser import console, dom

FOLDER = "lessons/"


class LessonList:
    """Offers lessons; ``open(path)``, to be set, begins to show one, ``begin`` starts a coroutine.

    ``paths_of(folder)`` and ``fetch_text(path)`` read from the site and raise ``OSError`` or
    ``ValueError`` where that fails. ``drafts`` are :class:`ui.lab.drafts.Drafts`.
    """

    def __init__(self, paths_of, fetch_text, drafts, begin):
        self._paths_of, self._fetch_text = paths_of, fetch_text
        self._drafts = drafts
        self.open = None
        self.current = ""
        """The name of the lesson that is shown."""
        self.texts = {}
        """By a lesson's name: what was written in it, and whether its check has passed. What has
        passed stays until something else passes: it is what a pupil hands in."""
        self.solved = set()
        """The names of those whose check has passed with the solution as it was shown."""
        self.paths = []
        """Of the lessons that were read, in their order."""
        self.files = {}
        """The lessons' files by their paths."""
        self.missing = ""
        """What could not be read, in a sentence; empty when all are there."""
        self._rows = dom.element("lesson-list")
        dom.on("lessons-again", "click", lambda event: begin(self._try_again()))

    @property
    def names(self):
        """The names of all lessons."""
        return [name_of(path) for path in self.paths]

    def knows(self, name):
        """Tell whether a lesson is offered, or may be one of those that could not be read."""
        return name in self.names or (self.missing != "" and "." not in name)

    async def collect(self):
        """Read the lessons that are not there yet; ``missing`` says what could not be read."""
        self.missing = ""
        try:
            wanted = sorted(await self._paths_of(FOLDER))
        except (OSError, ValueError) as error:
            console.report(error)
            self.missing = "The lessons could not be read. The stages work without them."
            return
        gone = 0
        for path in wanted:
            if path in self.files:
                continue
            try:
                self.files[path] = await self._fetch_text(path)
            except (OSError, ValueError) as error:
                console.report(error)
                gone += 1
        self.paths = [path for path in wanted if path in self.files]
        if gone:
            of_all = str(gone) + " of " + str(len(wanted))
            self.missing = of_all + " lessons could not be read. Everything else works."

    async def _try_again(self):
        """Read what is missing once more."""
        dom.element("lessons-missing").textContent = "Reading the lessons ..."
        await self.collect()
        self.show()

    def show(self):
        """Offer the lessons that were read, and say where some are missing."""
        self._rows.replaceChildren()
        for path in self.paths:
            name = name_of(path)
            button = dom.create(
                "button", "quiet", number_of(name) + ". " + title_of(self.files[path])
            )
            button.type = "button"
            button.dataset.lesson = name
            dom.on(button, "click", lambda event, path=path: self.open(path))
            row = dom.create("li")
            row.append(button)
            self._rows.append(row)
        dom.element("lessons-missing").textContent = self.missing
        dom.show("lessons-again", self.missing != "")
        self.mark()
        self.make_room()

    def make_room(self):
        """On a narrow window let the list be no longer than its title, once it can be opened."""
        if dom.is_narrow() and not self.missing:
            dom.element("lesson-choice").open = False

    def following(self, name):
        """Return the path of the lesson after one, ``None`` after the last."""
        number = self.names.index(name) + 1
        return self.paths[number] if number < len(self.paths) else None

    def mark(self):
        """Mark which lesson is shown, which have passed, which were only written in or shown."""
        for button in self._rows.querySelectorAll("button"):
            name = button.dataset.lesson
            passed = self.texts.get(name, ("", False))[1]
            button.dataset.passed = "yes" if passed else "no"
            button.dataset.unchecked = "yes" if name in self._drafts.texts else "no"
            button.dataset.solution = "yes" if name in self.solved and not passed else "no"
            dom.describe(button, "aria-current", "true" if name == self.current else "false")
        passed = [name for name in self.names if self.texts.get(name, ("", False))[1]]
        words = "All " + str(len(self.names)) + " lessons, " + str(len(passed)) + " done"
        dom.element("lesson-count").textContent = words if self.names else "No lessons"


def name_of(path):
    """Return a lesson's name, ``lessons/01-threshold.py`` giving ``01-threshold``."""
    return path.split("/")[-1].rsplit(".", 1)[0]


def number_of(name):
    """Return a lesson's number, ``01-how-much`` giving ``1``."""
    return str(int(name.partition("-")[0]))


def title_of(text):
    """Return a lesson's title, the first line of its file."""
    return text.strip().split("\n")[0].strip('"').strip()
