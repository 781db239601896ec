"""Every way in for a photo: drop, paste, choose, a folder, the sample."""

import asyncio

from common.errors import sentence
from common.kinds import is_picture_name, is_system_file
from ui.browser import blobs, dom, incoming


class Intake:
    """Puts what the user gives into the queue."""

    def __init__(self, queue):
        self.queue = queue
        self._depth = 0

    def start(self):
        """Answer drops, pastes and buttons, and take what came before Python was up."""
        self._take(incoming.early_files())
        dom.on("choose", "click", lambda event: dom.element("file-input").click())
        dom.on("add-more", "click", lambda event: dom.element("file-input").click())
        dom.on("file-input", "change", self._chosen)
        dom.on("sample", "click", lambda event: asyncio.create_task(self._sample()))
        dom.on_page("paste", self._pasted)
        dom.on_page("dragenter", self._drag_enter)
        dom.on_page("dragleave", self._drag_leave)
        dom.on_page("dragover", lambda event: event.preventDefault())
        dom.on_page("drop", self._dropped)

    def add(self, file, path=""):
        """Append one File to the queue; the same file again is kept but not repeated.

        ``path`` tells where in a dropped folder it lies.
        """
        if is_system_file(file.name):
            return
        twin = self.queue.twin_of(file.name, file.size, file.lastModified, path)
        item = self.queue.add(file.name or "pasted.png", file.size, file, path)
        if twin is not None:
            self.queue.fail(item, sentence("duplicate"))

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
        for file in files:
            self.add(file)

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
        given = incoming.dropped(event)
        self._take(given)
        if not given:  # a text, a web address, a picture of another page
            name = incoming.dropped_words(event) or "What was dropped"
            item = self.queue.add(name, 0, blobs.file(name, ""))
            self.queue.fail(item, sentence("is_address"))

    def _take(self, given):
        """Take files and folders; a folder is read after the files."""
        for entry in given:
            if incoming.is_folder(entry):
                asyncio.create_task(self._folder(entry))
            else:
                self.add(entry)

    async def _folder(self, folder):
        """Take every picture of a folder and of the folders in it."""
        files = await incoming.files_in(folder, is_picture_name)
        for path, file in files:
            self.add(file, path)
        if not files:
            item = self.queue.add(folder.name, 0, blobs.file(folder.name, ""))
            self.queue.fail(item, sentence("is_folder"))

    async def _sample(self):
        """Take the sample photo, which lies beside the page."""
        self.add(await incoming.sample())
