"""What goes to the clipboard, to the system's share sheet or out by dragging."""

import js
import jsffi

from ui.browser import blobs, console
from ui.browser.values import array, promise, record


def can_copy():
    """Tell whether pictures can go to the clipboard."""
    return hasattr(js, "ClipboardItem")


class Copying:
    """A PNG on its way to the clipboard, which the browser has been promised."""

    def __init__(self):
        """Ask the browser for its clipboard; to be made in a click."""
        self._picture = promise()
        entry = js.ClipboardItem.new(record(**{"image/png": self._picture.promise}))
        self._writing = js.navigator.clipboard.write(array(entry))

    def give(self, picture):
        """Hand the picture (a Blob) over."""
        self._picture.resolve(picture)

    def give_up(self, reason):
        """Take the promise back; nothing comes to the clipboard."""
        self._picture.reject(reason)

    async def ended(self):
        """Wait for the browser; tell whether it took the picture."""
        try:
            await self._writing
            return True
        except jsffi.JsException as error:
            console.report(error.args[-1])
            return False


def begin_copy():
    """Promise the clipboard a PNG; to be called in a click."""
    return Copying()


def copy_text(text):
    """Put a text on the clipboard; to be called from a click."""
    js.navigator.clipboard.writeText(text)


def can_share():
    """Tell whether this system has a share sheet that takes files."""
    return hasattr(js.navigator, "share") and hasattr(js.navigator, "canShare")


def begin_share(blob, name):
    """Open the system's share sheet with a file, in a click; return what :func:`shared` awaits."""
    return js.navigator.share(record(files=array(blobs.file(name, blob.type, blob))))


async def shared(sharing):
    """Wait for a share sheet; tell whether it went well.

    Closing the sheet is the user's right and no failure.
    """
    try:
        await sharing
        return True
    except jsffi.JsException as error:
        return error.args[1] == "AbortError"


def drag_out(event, kind, name, address):
    """Let a file be dragged out of the page, where the browser can (Chromium)."""
    event.dataTransfer.setData("DownloadURL", kind + ":" + name + ":" + address)
