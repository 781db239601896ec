"""Files that leave the page: a download, one ZIP of all, or into a folder that the user chose.

No name leads out of the archive or folder, none comes twice, and in a folder nothing is replaced.
"""

import json

import js
import jsffi

from common.errors import Refusal
from common.naming import safe_name, unique_name
from ui.browser import blobs, dom
from ui.browser.console import report
from ui.browser.values import array, promise, record
from ui.browser.worker_link import BASE_URL

ARCHIVE = "homecut.zip"
DOCUMENT = "homecut.pdf"


def point(anchor, address, name):
    """Let a link download what lies at a ``blob:`` address, under a name.

    Raises ``ValueError`` for any other address.
    """
    if not address.startswith("blob:"):
        raise ValueError("not a file in memory: " + address)
    anchor.href = address
    anchor.download = name


def save(blob, name):
    """Let the browser download a Blob under a name."""
    anchor = dom.create("a")
    point(anchor, blobs.for_a_moment(blob), name)
    anchor.click()


def save_json(values, name):
    """Let the user save JSON values, with line breaks, as a file."""
    text = js.JSON.stringify(js.JSON.parse(json.dumps(values)), None, 1)
    save(blobs.make("application/json", text), name)


def save_document(blob):
    """Let the browser download a PDF document of several photos."""
    save(blob, DOCUMENT)


def can_use_folder():
    """Tell whether this browser can write into a folder (File System Access API)."""
    return hasattr(js, "showDirectoryPicker")


def distinct(files):
    """Return ``files``, a list of (name, Blob), with safe names of which none comes twice."""
    taken = set()
    return [(unique_name(safe_name(name), taken, folded), blob) for name, blob in files]


def folded(name):
    """Return a name as file systems compare it: composed, and without capitals of any script.

    Capitals come first, so that ``ß`` and ``SS`` or the two small sigmas meet.
    """
    composed = js.String.new(name).normalize("NFC")
    return js.String.new(js.String.new(composed).toUpperCase()).toLowerCase()


async def choose_folder():
    """Let the user choose a folder to write into; return its handle, ``None`` if they did not.

    Must be called from a click.
    """
    try:
        return await js.showDirectoryPicker(record(mode="readwrite"))
    except jsffi.JsException as error:
        if error.args[1] == "AbortError":
            return None
        report(error.args[-1])
        raise Refusal("folder_failed", reason=error.args[1])


async def save_zip(files, show=None, name=ARCHIVE):
    """Download a list of (name, Blob) as one ZIP under ``name``.

    It is put together as a Blob, which browsers keep on disk when it is large.
    ``show(done, total)`` is told of the progress. Raises ``Refusal("zip_failed")``.
    """
    answer = await _packed(distinct(files), show)
    if not answer.ok:
        report("ZIP: " + answer.name + ": " + answer.words)
        raise Refusal("zip_failed", reason=answer.name)
    save(answer.blob, name)


async def save_into(folder, files, show=None):
    """Write a list of (name, Blob) into a folder (from :func:`choose_folder`).

    Files of the folder stay: a name that is taken gets a number. ``show(done, total)`` is told of
    the progress. Raises ``Refusal("folder_failed")``.
    """
    taken = set()
    try:
        for place, (name, blob) in enumerate(files):
            free = unique_name(safe_name(name), taken, folded)
            while await _exists(folder, free):
                free = unique_name(safe_name(name), taken, folded)
            handle = await folder.getFileHandle(free, record(create=True))
            stream = await handle.createWritable()
            await stream.write(blob)
            await stream.close()
            if show:
                show(place + 1, len(files))
    except jsffi.JsException as error:
        report("folder: " + str(error.args[-1]))
        raise Refusal("folder_failed", reason=error.args[1])


async def _exists(folder, name):
    """Tell whether a folder has a file (or folder) of that name."""
    try:
        await folder.getFileHandle(name)
    except jsffi.JsException as error:
        return error.args[1] != "NotFoundError"
    return True


async def _packed(files, show):
    """Let a worker of its own pack the files; return its last message."""
    worker = js.Worker.new(BASE_URL + "assets/js/zip.js", record(type="module"))
    finished = promise()

    def heard(event):
        """Show the progress or take the end."""
        if hasattr(event.data, "ok"):
            finished.resolve(event.data)
        elif show:
            show(event.data.done, len(files))

    def failed(event):
        """Take an error outside of the packing, such as a script that cannot be fetched."""
        words = str(getattr(event, "message", ""))
        finished.resolve(record(ok=False, name="Error", words=words))

    dom.on(worker, "message", heard)
    dom.on(worker, "error", failed)
    pairs = [array(name, blob) for name, blob in files]
    worker.postMessage(record(files=array(*pairs)))
    try:
        return await finished.promise
    finally:
        worker.terminate()
