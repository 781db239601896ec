"""What stands beside the editors of stages and lessons is true of what was run last."""

import asyncio
import sys
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest

from common.errors import Refusal
from ui.lab.drafts import Drafts

NAME = "core.matte.mask.normalise"
STAGE = {"key": "matte", "title": "Matte", "functions": [NAME], "lines": ["Normalise."]}


class Editor:
    """An editor without a browser."""

    def __init__(self, place, text, run, written, following=None):
        self.text, self.run, self.marked = text, run, None

    def mark(self, number):
        self.marked = number

    def write(self, text):
        self.text = text


class Course:
    """Answers as a course in which ``normalise`` is not changed."""

    def __init__(self):
        self.changes = {}

    async def original(self, name):
        return "original"

    async def restore(self, name):
        """Put the original back."""

    async def change(self, key, name, text):
        """Refuse what is no Python: the page shows the error then."""


async def settled():
    """Let the tasks that were begun come to their end."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_text_that_python_cannot_read_is_not_called_not_run_yet(page_module, monkeypatch):
    module = page_module("ui.lab.code_view")
    monkeypatch.setattr(module, "Editor", Editor)
    view = module.CodeView(STAGE, Course(), Drafts(lambda: None), asyncio.ensure_future)
    await view._fill()
    view._editor.text = "def normalise(:"
    view.settle()
    assert view._unrun.textContent == module.UNRUN
    view._editor.run(view._editor.text)
    view.show_error(f"SyntaxError in <{NAME}>", 1)
    assert view._unrun.textContent == module.TRIED
    assert view._editor.marked == 1
    view._editor.text += "pass"
    view.settle()
    assert view._unrun.textContent == module.UNRUN


async def test_a_text_that_ran_and_is_brought_back_is_not_run_yet(page_module, monkeypatch):
    module = page_module("ui.lab.code_view")
    monkeypatch.setattr(module, "Editor", Editor)
    view = module.CodeView(STAGE, Course(), Drafts(lambda: None), asyncio.ensure_future)
    await view._fill()
    view._editor.text = "mine"
    view._editor.run("mine")
    await view._put_back()
    view._bring_back()
    assert view._editor.text == "mine"
    assert view._unrun.textContent == module.UNRUN


class Worker:
    """A worker that is at a check until it is told what came of it."""

    def __init__(self):
        self.answer = asyncio.get_running_loop().create_future()

    async def call(self, function, *arguments, patience=0):
        if function == "lab_check":
            return await self.answer, None
        words = ("title", "question", "task", "hint", "start", "solution", "material")
        return dict.fromkeys(words, "words"), None


def verdict(passed):
    """Return what the worker answers to a check."""
    words = "Right." if passed else "Not yet."
    plain = {"printed": "", "pictures": [], "line": None, "material": "A drawn disc."}
    plain["solution"] = True
    return {"passed": passed, "words": words, **plain}


@pytest.fixture
def lesson(page_module, monkeypatch):
    """Return a function that gives an opened lesson whose check runs, and the page's elements."""
    module = page_module("ui.lab.lesson_view")
    module_of_list = sys.modules["ui.lab.lesson_list"]
    monkeypatch.setattr(module, "Editor", Editor)
    monkeypatch.setattr(module, "draw_pictures", MagicMock())

    async def paths_of(folder):
        return [f"{folder}01-one.py"]

    async def fetch_text(path):
        return path

    async def opened():
        worker, tasks = Worker(), []
        begin = lambda work: tasks.append(asyncio.ensure_future(work))  # noqa: E731
        drafts = Drafts(lambda: None)
        offered = module_of_list.LessonList(paths_of, fetch_text, drafts, begin)
        await offered.collect()
        view = module.LessonView(worker, offered, drafts, begin)
        view.changed = lambda: None
        await view.open("lessons/01-one.py")
        view._editor.text = "mine"
        view._check("mine")
        await settled()
        get = sys.modules["js"].document.getElementById
        made = {"worker": worker, "task": tasks[0], "element": get, "offered": offered}
        return SimpleNamespace(view=view, **made)

    return opened


async def test_while_a_lesson_runs_the_foot_says_so_and_then_no_more(lesson):
    made = await lesson()
    assert "Stop ends it" in made.element("status").textContent
    made.worker.answer.set_result(verdict(passed=True))
    await made.task
    assert made.element("status").textContent == ""
    assert made.element("lesson-verdict").textContent == "Right."
    assert made.element("lesson-material").textContent == "A drawn disc."
    assert made.element("announcer").append.mock_calls == [], "the verdict is read out by itself"


@pytest.mark.parametrize(
    ("error", "words"),
    [(Refusal("worker_died"), "Stopped."), (KeyError("odd"), "did not come to an end")],
)
async def test_a_check_that_is_lost_does_not_say_checking_for_ever(lesson, error, words):
    made = await lesson()
    assert made.element("lesson-verdict").textContent == "Checking ..."
    made.worker.answer.set_exception(error)
    with pytest.raises(type(error)):
        await made.task
    assert words in made.element("lesson-verdict").textContent


async def test_what_is_the_solution_counts_for_whoever_has_not_been_shown_it(lesson):
    made = await lesson()
    made.worker.answer.set_result(verdict(passed=True))
    await made.task
    assert made.offered.texts == {"01-one": ("mine", True)}


async def test_the_solution_that_was_shown_does_not_tick_the_lesson(lesson):
    made = await lesson()
    made.view._write("solution")
    made.view._editor.text = "words # and a comment"
    made.worker.answer.set_result(verdict(passed=True))
    await made.task
    assert "shown by the solution" in made.element("lesson-verdict").textContent
    assert [passed for _, passed in made.offered.texts.values()] == [False]
    assert made.offered.solved == {"01-one"}
