"""Every way in for a photo: drop, paste, choose, a folder, the sample, the system's "open with"."""

import asyncio

from common.errors import sentence
from common.kinds import is_system_file
from ui.browser import blobs, dom, incoming
from ui.browser.window import launches
from ui.stage import note
from ui.state import given


class Intake:
    """Puts what the user gives into the queue."""

    def __init__(self, queue):
        self.queue = queue
        self._depth = 0

    def start(self):
        """Answer drops, pastes and buttons, and take what came before Python was up."""
        self._take(incoming.early_files())
        if incoming.early_sample():
            asyncio.create_task(self._sample())
        dom.on("choose", "click", lambda event: dom.element("file-input").click())
        dom.on("add-more", "click", lambda event: dom.element("file-input").click())
        dom.on("add-here", "click", lambda event: dom.element("file-input").click())
        dom.on("file-input", "change", self._chosen)
        dom.on("sample", "click", lambda event: asyncio.create_task(self._sample()))
        dom.on_page("paste", self._pasted)
        dom.on_page("dragenter", self._drag_enter)
        dom.on_page("dragleave", self._drag_leave)
        dom.on_page("dragover", lambda event: event.preventDefault())
        dom.on_page("drop", self._dropped)

    def add(self, file, path=""):
        """Append one File to the queue; one that is there already is shown instead.

        ``path`` tells where in a dropped folder it lies.
        """
        if is_system_file(file.name):
            return
        twin = self.queue.twin_of(file.name, file.size, file.lastModified, path)
        if twin is None:
            self.queue.add(file.name or "pasted.png", file.size, file, path)
            return
        self.queue.show(twin)
        note.say(sentence("duplicate"))

    def _chosen(self, event):
        """Take the files of the file dialogue."""
        for file in incoming.chosen(event):
            self.add(file)
        event.target.value = ""

    def _pasted(self, event):
        """Take pictures from the clipboard; what is pasted into a field is left to the browser.

        Spreadsheets put a picture of their cells beside the text.
        """
        if incoming.is_field(event.target):
            return
        files = incoming.pasted(event)
        if files:
            event.preventDefault()
            self._say("")
        for file in files:
            self.add(file)
        if not files:
            self._take_texts(*incoming.texts(event))

    def _drag_enter(self, event):
        """Show where to drop."""
        event.preventDefault()
        self._depth += 1
        dom.show("drop-overlay", True)

    def _drag_leave(self, _event):
        """Hide the overlay when the pointer has left the page."""
        self._depth -= 1
        dom.show("drop-overlay", self._depth > 0)

    def _dropped(self, event):
        """Take dropped files and folders."""
        event.preventDefault()
        self._depth = 0
        dom.show("drop-overlay", False)
        entries = incoming.dropped(event)
        if entries:
            self._say("")
            self._take(entries)
        else:  # a text, a web address, a picture of another page
            self._take_texts(*incoming.texts(event))

    def _take_texts(self, html, text):
        """Take the pictures in a text; of anything else say why it cannot be taken."""
        kind = given.kind_of(html, text)
        files = [incoming.picture_of(*found) for found in given.pictures_in(html or text)]
        for file in [file for file in files if file is not None]:
            self.add(file)
        if kind == given.WORDS:
            self._say(sentence("is_words"))
        elif kind == given.ADDRESS or (kind == given.PICTURE and None in files):
            self._say(sentence("is_address"))

    def _say(self, words):
        """Show a sentence about what was given, or take the last one away."""
        line = dom.element("intake-note")
        line.textContent = words
        dom.show(line, bool(words))
        if words:
            dom.announce(words)

    def opened(self, handles):
        """Take the files that the system has opened with the installed app."""
        if handles:
            self._say("")
        self._take(handles)

    def _take(self, entries):
        """Take files, their handles, and folders; what has to be read comes after the files."""
        for entry in entries:
            if incoming.is_folder(entry):
                asyncio.create_task(self._folder(entry))
            elif launches.is_handle(entry):
                asyncio.create_task(self._handle(entry))
            else:
                self.add(entry)

    async def _handle(self, handle):
        """Take the file of a handle."""
        self.add(await launches.file_of(handle))

    async def _folder(self, folder):
        """Take every picture of a folder and of the folders in it."""
        sieve = given.Sieve()
        files = await incoming.files_in(folder, sieve.takes)
        for path, file in files:
            self.add(file, path)
        if not files:
            item = self.queue.add(folder.name, 0, blobs.file(folder.name, ""))
            self.queue.fail(item, sentence("is_folder"), "is_folder")
        self._say(given.skipped_words(sieve.skipped if files else 0))

    async def _sample(self):
        """Take the sample photo, which lies beside the page."""
        self.add(await incoming.sample())
