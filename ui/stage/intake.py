"""Every way in for a photo: drop, paste, choose, a folder, the sample."""

import asyncio

import js
import jsffi

from common.errors import sentence
from common.kinds import is_picture_name, is_system_file
from ui.browser import dom
from ui.browser.worker_link import BASE_URL

SAMPLE_PATH = "assets/sample/sample.jpg"


class Intake:
    """Puts what the user gives into the queue."""

    def __init__(self, queue):
        self.queue = queue
        self._depth = 0

    def start(self):
        """Answer drops, pastes and buttons, and take what came before Python was up."""
        for given in list(js.takeEarlyFiles()):
            if hasattr(given, "isDirectory"):
                asyncio.create_task(self._folder(given))
            else:
                self.add(given)
        dom.on("choose", "click", lambda event: dom.element("file-input").click())
        dom.on("add-more", "click", lambda event: dom.element("file-input").click())
        dom.on("file-input", "change", self._chosen)
        dom.on("sample", "click", lambda event: asyncio.create_task(self._sample()))
        dom.on(dom.document, "paste", self._pasted)
        dom.on(dom.document, "dragenter", self._drag_enter)
        dom.on(dom.document, "dragleave", self._drag_leave)
        dom.on(dom.document, "dragover", lambda event: event.preventDefault())
        dom.on(dom.document, "drop", self._dropped)

    def add(self, file):
        """Append one File to the queue; the same file again is kept but not repeated."""
        if is_system_file(file.name):
            return
        twin = self.queue.twin_of(file.name, file.size, file.lastModified)
        item = self.queue.add(file.name or "pasted.png", file.size, file)
        if twin is not None:
            self.queue.fail(item, sentence("duplicate"))

    def _chosen(self, event):
        """Take the files of the file dialogue."""
        for file in list(event.target.files):
            self.add(file)
        event.target.value = ""

    def _pasted(self, event):
        """Take pictures from the clipboard; a pasted text is left to the browser."""
        files = list(event.clipboardData.files)
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
        transfer = event.dataTransfer
        entries = []
        for part in list(transfer.items):
            if part.kind == "file":
                entry = part.webkitGetAsEntry() if hasattr(part, "webkitGetAsEntry") else None
                if entry and entry.isDirectory:
                    entries.append(entry)
                else:
                    self.add(part.getAsFile())
        for entry in entries:
            asyncio.create_task(self._folder(entry))

    async def _folder(self, folder):
        """Take every picture of a folder and of the folders in it."""
        files = await pictures_in(folder)
        for file in files:
            self.add(file)
        if not files:
            item = self.queue.add(folder.name, 0, js.File.new(js.Array.new(), folder.name))
            self.queue.fail(item, sentence("is_folder"))

    async def _sample(self):
        """Take the sample photo, which lies beside the page."""
        response = await js.fetch(BASE_URL + SAMPLE_PATH)
        if not response.ok:
            raise OSError("the sample photo is missing")
        blob = await response.blob()
        options = js.Object.new()
        options.type = "image/jpeg"
        self.add(js.File.new(js.Array.of(blob), "sample.jpg", options))


async def pictures_in(folder):
    """Return the Files of all pictures below a FileSystemDirectoryEntry."""
    found = []
    reader = folder.createReader()
    entries = await _promise(reader.readEntries, reader)
    while entries.length:
        for entry in list(entries):
            if entry.isDirectory:
                found.extend(await pictures_in(entry))
            elif is_picture_name(entry.name):
                found.append(await _promise(entry.file, entry))
        entries = await _promise(reader.readEntries, reader)
    return found


async def _promise(method, owner):
    """Call a method of the old callback style and wait for its answer."""
    pending = js.Promise.withResolvers()
    js.Reflect.apply(method, owner, js.Array.of(pending.resolve, pending.reject))
    try:
        return await pending.promise
    except jsffi.JsException as error:
        raise OSError("the folder could not be read: " + str(error.args[-1]))
