"""What the user hands in: files and folders that were dropped, pasted or chosen, and the sample."""

import js
import jsffi

from ui.browser import blobs
from ui.browser.values import promise
from ui.browser.worker_link import BASE_URL

SAMPLE_PATH = "assets/sample/sample.jpg"


def early_files():
    """Return the files and folders that were dropped before Python was up."""
    return list(js.takeEarlyFiles())


def is_folder(given):
    """Tell whether what was dropped is a folder."""
    return hasattr(given, "isDirectory")


def pasted(event):
    """Return the Files of a paste."""
    return list(event.clipboardData.files)


def chosen(event):
    """Return the Files of a file dialogue."""
    return list(event.target.files)


def dropped(event):
    """Return the files and folders of a drop."""
    found = []
    for part in list(event.dataTransfer.items):
        if part.kind == "file":
            entry = part.webkitGetAsEntry() if hasattr(part, "webkitGetAsEntry") else None
            found.append(entry if entry and entry.isDirectory else part.getAsFile())
    return found


async def files_in(folder, is_wanted):
    """Return the Files below a folder (FileSystemDirectoryEntry) of which ``is_wanted(name)``.

    Raises ``OSError`` when the folder cannot be read.
    """
    found = []
    reader = folder.createReader()
    entries = await _answer(reader.readEntries)
    while entries.length:
        for entry in list(entries):
            if entry.isDirectory:
                found.extend(await files_in(entry, is_wanted))
            elif is_wanted(entry.name):
                found.append(await _answer(entry.file))
        entries = await _answer(reader.readEntries)
    return found


async def sample():
    """Return the sample photo, which lies beside the page, as a File.

    Raises ``OSError`` when it is not there.
    """
    response = await js.fetch(BASE_URL + SAMPLE_PATH)
    if not response.ok:
        raise OSError("the sample photo is missing")
    return blobs.file("sample.jpg", "image/jpeg", await response.blob())


async def _answer(method):
    """Call a method of the old callback style and wait for its answer."""
    pending = promise()
    method(pending.resolve, pending.reject)
    try:
        return await pending.promise
    except jsffi.JsException as error:
        raise OSError("the folder could not be read: " + str(error.args[-1]))
