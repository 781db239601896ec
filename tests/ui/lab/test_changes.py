"""What was kept comes back before anything can be opened, and is written over by nothing before."""

import asyncio
import json
from types import SimpleNamespace
from unittest.mock import AsyncMock, MagicMock

import pytest

from ui.lab.course import Course
from ui.lab.drafts import Drafts

from .test_course import STAGES, Network, View, Worker

KEPT = "# homecut-lab: a.png\n"


class Folder:
    """The folder on the device: its texts, and how often a read fails before it works."""

    def __init__(self, fails=0):
        self.drafts = json.dumps({"a.png": "kept"})
        self.fails = fails
        self.written = []

    async def kept_changes(self):
        if self.fails:
            self.fails -= 1
            raise OSError("NotReadableError")
        return KEPT

    async def kept_drafts(self):
        return self.drafts

    async def keep_changes(self, text):
        self.written.append(text)

    async def keep_drafts(self, text):
        self.written.append(text)


class Lessons:
    """The lessons' page half, as far as it is kept."""

    def __init__(self):
        self.texts = {}

    async def load(self, text):
        self.changed()


@pytest.fixture
def made(page_module, monkeypatch):
    """Return a course, its drafts, what keeps them and the folder that lies below."""
    module = page_module("ui.lab.changes")
    folder = Folder()
    monkeypatch.setattr(module, "lab_folder", folder)

    async def at_once(_seconds):
        """Let no time pass."""

    monkeypatch.setattr(module.clock, "sleep", at_once)
    begun = []
    drafts = Drafts(lambda: changes.keep_drafts())
    view = View()
    course = Course(Worker(), Network(), view)
    offered = SimpleNamespace(knows=lambda name: name == "01-one")
    changes = module.Changes(course.worker, course, offered, Lessons(), drafts, begun.append)
    view.changed = lambda names: (view.heard.append(("changed", names)), changes.keep())
    yield SimpleNamespace(course=course, drafts=drafts, changes=changes, folder=folder, begun=begun)
    for work in begun:
        work.close()


async def test_drafts_are_there_before_a_stage_is_shown(made):
    seen = []
    made.course.view.started = lambda stages: seen.append(dict(made.drafts.texts))
    assert await made.course.start(made.changes.recall) == ""
    assert seen == [{"a.png": "kept"}]
    assert list(made.course.changes) == ["a.png"]


async def test_nothing_is_written_before_what_was_kept_is_read(made):
    made.changes.keep()
    made.drafts.note("a.sniff", "early", "original")
    await made.course.start(made.changes.recall)
    assert made.begun == []
    made.drafts.note("a.sniff", "later", "original")
    assert len(made.begun) == 1
    await made.begun.pop()
    assert json.loads(made.folder.written[-1]) == {"a.png": "kept", "a.sniff": "later"}


async def test_a_read_that_meets_a_write_is_tried_again(made):
    made.folder.fails = 2
    assert await made.course.start(made.changes.recall) == ""
    assert made.drafts.texts == {"a.png": "kept"}


async def test_a_read_that_fails_for_good_is_a_sentence_and_what_is_kept_stays(made):
    made.folder.fails = 99
    told = await made.course.start(made.changes.recall)
    assert "could not be read" in told
    assert made.course.view.keys("started") == [STAGES]
    made.drafts.note("a.sniff", "later", "original")
    made.changes.keep()
    assert made.begun == [], "what could not be read is not written over"


async def test_who_leaves_before_what_was_written_is_kept_is_asked(made):
    await made.course.start(made.changes.recall)
    event = MagicMock()
    made.changes._leaving(event)
    event.preventDefault.assert_not_called()
    made.drafts.note("a.sniff", "later", "original")
    made.changes._leaving(event)
    event.preventDefault.assert_called_once()
    await made.begun.pop()
    made.changes._leaving(event)
    event.preventDefault.assert_called_once()


async def test_a_file_is_never_taken_away_while_it_is_being_written(made):
    """The file system refuses that, and what was taken back would come back."""
    await made.course.start(made.changes.recall)
    now, most = 0, 0

    async def keep_changes(text):
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        made.folder.written.append(text)

    made.folder.keep_changes = keep_changes
    made.changes._text = AsyncMock(return_value="changed")
    made.changes.keep()
    made.course.changes.clear()
    made.changes.keep()
    tasks = [asyncio.ensure_future(work) for work in made.begun]
    made.begun.clear()
    await asyncio.sleep(0)
    made.changes.keep()
    tasks += [asyncio.ensure_future(work) for work in made.begun]
    made.begun.clear()
    await asyncio.gather(*tasks)
    assert most == 1
    assert made.folder.written[-1] == ""


async def test_what_of_the_kept_changes_does_not_fit_is_said_at_the_start(made):
    made.course.worker.lab_load = lambda text: {"names": [], "left_out": "Left out: a.gone."}
    assert await made.course.start(made.changes.recall) == "Left out: a.gone."
