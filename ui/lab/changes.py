"""What a pupil has made, changed stages and lessons: saved as one file, opened, kept here."""

import json

from common.errors import Refusal
from ui.browser import blobs, clock, console, dom, downloads
from ui.device import lab_folder
from ui.lab.course import PATIENCE

FILE_NAME = "homecut-lab-changes.py"

READS = 3
"""How often a file is read that another tab may be writing just then (``NotReadableError``)."""

UNREAD = (
    "What you wrote last time could not be read. It stays as it is, and nothing new is kept until "
    "you load the page again."
)


class Changes:
    """Writes and reads the one file; ``begin(work)`` starts a coroutine that nobody waits for.

    ``offered`` (:class:`ui.lab.lesson_list.LessonList`) knows which lessons there are, and
    ``drafts`` (:class:`ui.lab.drafts.Drafts`) are kept beside it, on this device alone.
    """

    def __init__(self, worker, course, offered, lessons, drafts, begin):
        self._offered = offered
        self._worker, self._course, self._lessons = worker, course, lessons
        self._drafts = drafts
        self._drafts_file = KeptFile(self._keep_drafts, begin, self._tell_drafts)
        self._changes_file = KeptFile(self._keep, begin, self._tell_changes)
        self._has_read = False
        """Whether what was kept has been read; before that, nothing is written over it."""
        lessons.changed = self.keep
        dom.on_window("beforeunload", self._leaving)

    async def _text(self):
        """Return all of it as the text of a Python file."""
        lessons = json.dumps(self._lessons.texts)
        values, _ = await self._worker.call("lab_saved", lessons, patience=PATIENCE)
        return values["text"]

    async def save(self):
        """Hand all of it out as a file."""
        self._lessons.note()
        downloads.save(blobs.make("text/x-python", await self._text()), FILE_NAME)

    async def load(self, text):
        """Let a saved file take the place of everything; as :meth:`ui.lab.course.Course.load`."""
        names = await self._course.load(text)
        if names is not None:
            await self._lessons.load(text)
        return names

    async def recall(self):
        """Take over what was kept on this device; return a sentence about what fails, else "".

        The lab goes on without; only what cannot be read is not written over either.
        """
        try:
            await self._recall()
        except Exception as error:
            console.report(error)
            return UNREAD
        self._has_read = True
        return self._course.left_out

    async def _recall(self):
        """Read and take over the changes and the drafts."""
        kept = await patiently(lab_folder.kept_changes)
        drafts = await patiently(lab_folder.kept_drafts)
        if kept:
            await self.load(kept)
        if drafts:
            try:
                self._drafts.load(drafts, self._is_known)
            except ValueError as error:
                # A file that is damaged must not keep the lab from starting.
                console.report(error)

    def _is_known(self, key):
        """Tell whether a draft's key is a function's or a lesson's that may be there."""
        functions = [name for stage in self._course.stages for name in stage["functions"]]
        return key in functions or self._offered.knows(key)

    def keep_drafts(self):
        """Keep on this device what was written and not run, as it is now."""
        if self._has_read:
            self._drafts_file.ask()

    def _tell_drafts(self, are_there):
        """Say on the page's element whether the drafts are on the device."""
        dom.element("changes").dataset.drafts = "yes" if are_there else "no"

    def _tell_changes(self, are_there):
        """Say on the page's element whether the changes are on the device."""
        dom.element("changes").dataset.kept = "yes" if are_there else "no"

    def _leaving(self, event):
        """Let the browser ask whether to leave, where something written is not on the device yet.

        What is written takes some moments, and a page that has gone writes nothing any more.
        """
        state = dom.element("changes").dataset
        if state.drafts == "no" or state.kept == "no":
            event.preventDefault()

    async def _keep_drafts(self):
        """Write the drafts."""
        await lab_folder.keep_drafts(self._drafts.saved())

    def _any_there(self):
        """Tell whether there is anything to be saved."""
        return len(self._course.changes) + len(self._lessons.texts) > 0

    def keep(self):
        """Keep it on this device as it is now; "Save as a file" is for when there is anything."""
        dom.element("changes-save").disabled = not self._any_there()
        if self._has_read:
            self._changes_file.ask()

    async def _keep(self):
        """Write what would be saved."""
        text = await self._text() if self._any_there() else ""
        await lab_folder.keep_changes(text)


class KeptFile:
    """A file on the device: written until nothing is newer than it, never twice at once.

    The file system refuses to take away a file that is being written. ``write()`` is a coroutine
    function, ``begin`` starts what it gives, ``tell(is_there)`` hears whether all is in the file.
    """

    def __init__(self, write, begin, tell):
        self._write, self._begin, self._tell = write, begin, tell
        self._is_writing = self._again = False

    def ask(self):
        """Write what there is now, at once or after the write that is under way."""
        self._again = True
        self._tell(False)
        if not self._is_writing:
            self._is_writing = True
            self._begin(self._run())

    async def _run(self):
        """Write until there is nothing new."""
        is_there = True
        try:
            while self._again:
                self._again = False
                try:
                    await self._write()
                    is_there = True
                except Refusal as error:
                    # The worker was ended in the middle of a pupil's code; the new one is asked.
                    console.report(error)
                    is_there = False
            self._tell(is_there)
        finally:
            self._is_writing = False


async def patiently(read):
    """Return what ``read()`` gives; a read that meets another tab's write is tried again."""
    for _ in range(READS - 1):
        try:
            return await read()
        except Exception as error:
            console.report(error)
            await clock.sleep(0.3)
    return await read()
