"""All finished files at once: one ZIP, or into a folder that the user chose.

No name leads out of the archive or folder, none comes twice, and in a folder nothing is replaced.
"""

import asyncio

import js
import jsffi

from common.errors import Refusal
from common.naming import safe_name, unique_name
from ui.browser import dom
from ui.browser.worker_link import BASE_URL

ARCHIVE = "homecut.zip"


def can_use_folder():
    """Tell whether this browser can write into a folder (File System Access API)."""
    return hasattr(js, "showDirectoryPicker")


def distinct(files):
    """Return ``files``, a list of (name, Blob), with safe names of which none comes twice."""
    taken = set()
    return [(unique_name(safe_name(name), taken), blob) for name, blob in files]


async def choose_folder():
    """Let the user choose a folder to write into; return its handle, ``None`` if they did not.

    Must be called from a click.
    """
    return await _chosen(js.showDirectoryPicker, mode="readwrite")


async def choose_archive(name=ARCHIVE):
    """Let the user choose where a ZIP goes; return its handle, ``None`` if there is no such choice.

    Must be called from a click, before the files are made.
    """
    if not hasattr(js, "showSaveFilePicker"):
        return None
    return await _chosen(js.showSaveFilePicker, suggestedName=name)


async def save_zip(files, show=None, target=None, name=ARCHIVE):
    """Save a list of (name, Blob) as one ZIP.

    It is streamed into ``target`` (from :func:`choose_archive`); without one it is put together as
    a Blob, which browsers keep on disk when it is large, and downloaded under ``name``.
    ``show(done, total)`` is told of the progress. Raises ``Refusal("zip_failed")``.
    """
    answer = await _packed(distinct(files), target, show)
    if not answer.ok:
        dom.report("ZIP: " + answer.name + ": " + answer.words)
        raise Refusal("zip_failed", reason=answer.name)
    if target is None:
        _download(answer.blob, name)


async def save_into(folder, files, show=None):
    """Write a list of (name, Blob) into a folder (from :func:`choose_folder`).

    Files of the folder stay: a name that is taken gets a number. ``show(done, total)`` is told of
    the progress. Raises ``Refusal("folder_failed")``.
    """
    taken = set()
    try:
        for place, (name, blob) in enumerate(files):
            free = unique_name(safe_name(name), taken)
            while await _exists(folder, free):
                free = unique_name(safe_name(name), taken)
            handle = await folder.getFileHandle(free, _options(create=True))
            stream = await handle.createWritable()
            await stream.write(blob)
            await stream.close()
            if show:
                show(place + 1, len(files))
    except jsffi.JsException as error:
        dom.report("folder: " + str(error.args[-1]))
        raise Refusal("folder_failed", reason=error.args[1])


async def _chosen(picker, **wishes):
    """Return the handle that the user picked, ``None`` if they closed the dialogue."""
    try:
        return await picker(_options(**wishes))
    except jsffi.JsException as error:
        if error.args[1] == "AbortError":
            return None
        dom.report(error.args[-1])
        raise Refusal("folder_failed", reason=error.args[1])


async def _exists(folder, name):
    """Tell whether a folder has a file (or folder) of that name."""
    try:
        await folder.getFileHandle(name)
    except jsffi.JsException as error:
        return error.args[1] != "NotFoundError"
    return True


async def _packed(files, target, show):
    """Let a worker of its own pack the files; return its last message."""
    worker = js.Worker.new(BASE_URL + "assets/js/zip.js", _options(type="module"))
    finished = js.Promise.withResolvers()

    def heard(event):
        """Show the progress or take the end."""
        if hasattr(event.data, "ok"):
            finished.resolve(event.data)
        elif show:
            show(event.data.done, len(files))

    def failed(event):
        """Take an error outside of the packing, such as a script that cannot be fetched."""
        answer = js.Object.new()
        answer.ok, answer.name = False, "Error"
        answer.words = str(getattr(event, "message", ""))
        finished.resolve(answer)

    dom.on(worker, "message", heard)
    dom.on(worker, "error", failed)
    message = js.Object.new()
    message.files = js.Array.new()
    for name, blob in files:
        message.files.push(js.Array.of(name, blob))
    message.target = target
    worker.postMessage(message)
    try:
        return await finished.promise
    finally:
        worker.terminate()


def _download(blob, name):
    """Let the browser download a Blob under a name."""
    anchor = dom.create("a")
    anchor.href = js.URL.createObjectURL(blob)
    anchor.download = name
    anchor.click()
    asyncio.create_task(_give_back(anchor.href))


async def _give_back(address):
    """Release a Blob once the browser has surely begun to save it."""
    await asyncio.sleep(60)
    js.URL.revokeObjectURL(address)


def _options(**wishes):
    """Return a JavaScript object with these values."""
    made = js.Object.new()
    for key, value in wishes.items():
        setattr(made, key, value)
    return made
