"""What an installed app is opened with (Launch Handler API): files, or the address of a shortcut.

A shortcut's address differs from the page's in its fragment alone, which no request carries.
"""

import js

from ui.browser import dom


def fragment():
    """Return the fragment of the page's address, "" for none."""
    return str(js.location.hash)[1:]


def drop_fragment():
    """Take the fragment out of the address, so that the next one is news, even the same."""
    js.history.replaceState(None, "", js.location.pathname)


def listen(opened):
    """Call ``opened(handles, fragment)`` at each launch into the page that is open.

    ``handles`` are those of the files (FileSystemFileHandle), in place of ``early_intake.js``.
    """

    def launched(launch):
        """Take a launch that the browser hands over."""
        address = str(launch.targetURL or "")
        opened(list(launch.files), address.split("#")[1] if "#" in address else "")

    dom.on(js.window, "hashchange", lambda event: opened([], fragment()))
    if hasattr(js, "launchQueue"):
        js.launchQueue.setConsumer(dom.guarded(launched))


def is_handle(given):
    """Tell whether what came is the handle of a file, and not the file."""
    return hasattr(given, "getFile")


async def file_of(handle):
    """Return the File of a handle."""
    return await handle.getFile()
