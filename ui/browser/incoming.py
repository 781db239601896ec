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


def early_tab():
    """Return the name of the tab that was pressed before Python was up, "" for none."""
    return str(js.takeEarlyTab())


def early_sample():
    """Tell whether the sample photo was asked for before Python was up."""
    return bool(js.takeEarlySample())


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


def texts(event):
    """Return the HTML and the plain text (or address) of a drop or a paste, each may be empty."""
    transfer = event.clipboardData if hasattr(event, "clipboardData") else event.dataTransfer
    plain = transfer.getData("text/uri-list") or transfer.getData("text/plain")
    return str(transfer.getData("text/html") or ""), str(plain or "")


def picture_of(kind, base64):
    """Return a picture that stood in a text as a File, ``None`` where it cannot be decoded."""
    if not hasattr(js.Uint8Array, "fromBase64"):
        return None
    try:
        content = js.Uint8Array.fromBase64(base64)
    except jsffi.JsException:  # no base64
        return None
    return blobs.file("pasted." + kind.split("/")[1].split("+")[0], kind, content)


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
    """Return a file that lies beside the page as a Blob; raises ``OSError`` when it is not there or
    cannot be fetched.
    """
    try:
        response = await js.fetch(BASE_URL + path)
    except jsffi.JsException as error:
        raise OSError(path + " cannot be fetched: " + str(error.args[-1]))
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
