"""The origin-private file system (WHATWG File System): folders and files of this origin.

They never leave the device; other origins and other browser profiles cannot see them.
"""

import js
import jsffi

from ui.browser import blobs, console, locks
from ui.browser.values import record


class NoRoom(Exception):
    """The browser did not take what was to be kept; the text says why."""


async def root_folder():
    """Return the root folder, or ``None`` where there is none that can be written."""
    storage = getattr(js.navigator, "storage", None)
    able = hasattr(js, "FileSystemFileHandle") and hasattr(
        js.FileSystemFileHandle.prototype, "createWritable"
    )
    if not (storage and able and locks.are_there()):
        return None
    try:
        return await storage.getDirectory()
    except jsffi.JsException as error:
        console.info("no journal in this window: " + str(error.args[-1]))
        return None


async def entry_names(folder):
    """Return the names of a folder's entries."""
    return list(await js.Array.fromAsync(folder.keys()))


async def folder_names(folder):
    """Return the names of the folders in ``folder``."""
    return [entry.name for entry in await js.Array.fromAsync(folder.values()) if is_folder(entry)]


def is_folder(entry):
    """Tell whether an entry is a folder; the others are files."""
    return entry.kind == "directory"


async def sizes(folder):
    """Return name: bytes of the files in ``folder``, without what goes while it counts.

    None for a folder that has gone, ``None``.
    """
    found = {}
    if folder is None:
        return found
    try:
        for entry in await js.Array.fromAsync(folder.values()):
            if not is_folder(entry):
                found[entry.name] = (await entry.getFile()).size
    except jsffi.JsException as error:
        if error.args[1] != "NotFoundError":
            raise
    return found


async def open_folder(folder, name):
    """Return a folder in ``folder``, ``None`` when it has gone: other tabs delete theirs."""
    try:
        return await folder.getDirectoryHandle(name)
    except jsffi.JsException as error:
        if error.args[1] != "NotFoundError":
            raise
        return None


async def make_folder(folder, name):
    """Return a folder in ``folder``, made if it is not there. Raises :class:`NoRoom`."""
    try:
        return await folder.getDirectoryHandle(name, record(create=True))
    except jsffi.JsException as error:
        raise NoRoom(str(error.args[-1]))


async def remove_folder(folder, name):
    """Delete a folder and all in it."""
    await folder.removeEntry(name, record(recursive=True))


async def write(folder, name, content):
    """Write a text or a Blob to a file of ``folder``. Raises :class:`NoRoom`."""
    try:
        handle = await folder.getFileHandle(name, record(create=True))
        stream = await handle.createWritable()
        await stream.write(content)
        await stream.close()
    except jsffi.JsException as error:
        raise NoRoom(str(error.args[-1]))


async def read(folder, name):
    """Return a File of ``folder``, or ``None`` when it is not there or is a folder."""
    if name not in await entry_names(folder) or name in await folder_names(folder):
        return None
    return await (await folder.getFileHandle(name)).getFile()


async def copy_of(file, kind=""):
    """Return a file's content as a Blob that outlives the file, ``None`` for ``None``."""
    if file is None:
        return None
    return blobs.make(kind, await file.arrayBuffer())


async def remove(folder, *names):
    """Delete files of ``folder`` as far as they are there. Raises :class:`NoRoom`."""
    try:
        present = await entry_names(folder)
        for name in names:
            if name in present:
                await folder.removeEntry(name)
    except jsffi.JsException as error:
        raise NoRoom(str(error.args[-1]))
