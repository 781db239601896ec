"""What comes in: files and folders of the user, and files of this site, such as the sample photo.

The fetch in :func:`of_site` is the only one that the page's Python makes by itself.
"""

import json

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


def is_field(element):
    """Tell whether an element takes texts, so that what is pasted belongs to it."""
    if not hasattr(element, "tagName"):
        return False
    return element.tagName in ("INPUT", "TEXTAREA") or bool(element.isContentEditable)


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


def dropped_words(event):
    """Return the beginning of the address or text of a drop without files."""
    data = event.dataTransfer
    return str(data.getData("text/uri-list") or data.getData("text/plain") or "").strip()[:80]


async def files_in(folder, is_wanted):
    """Return (path, File) of what is below a folder (FileSystemDirectoryEntry).

    Only those of which ``is_wanted(name)``.

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
                found.append((entry.fullPath, await _answer(entry.file)))
        entries = await _answer(reader.readEntries)
    return found


async def of_site(path):
    """Return a file that lies beside the page as a Blob; raises ``OSError`` when it is not
    there.
    """
    response = await js.fetch(BASE_URL + path)
    if not response.ok:
        raise OSError(path + " is missing")
    return await response.blob()


async def text_of_site(path):
    """Return the text of a file that lies beside the page; raises as :func:`of_site`."""
    return await (await of_site(path)).text()


async def paths_of_site(folder):
    """Return the paths of the site's files below a folder, by the build's manifest."""
    listing = json.loads(await text_of_site("manifest.json"))
    return [path for path in listing["files"] if path.startswith(folder)]


async def sample():
    """Return the sample photo, which lies beside the page, as a File; raises ``OSError``."""
    return blobs.file("sample.jpg", "image/jpeg", await of_site(SAMPLE_PATH))


async def _answer(method):
    """Call a method of the old callback style and wait for its answer."""
    pending = promise()
    method(pending.resolve, pending.reject)
    try:
        return await pending.promise
    except jsffi.JsException as error:
        raise OSError("the folder could not be read: " + str(error.args[-1]))
