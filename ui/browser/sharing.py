"""What goes to the clipboard, to the system's share sheet or out by dragging."""

import js
import jsffi

from ui.browser import blobs
from ui.browser.console import report
from ui.browser.values import array, record


def can_copy():
    """Tell whether pictures can go to the clipboard."""
    return hasattr(js, "ClipboardItem")


async def copy(picture):
    """Put a PNG (a Blob) on the clipboard; tell whether the browser took it."""
    try:
        entry = js.ClipboardItem.new(record(**{"image/png": picture}))
        await js.navigator.clipboard.write(array(entry))
        return True
    except jsffi.JsException as error:
        report(error.args[-1])
        return False


def can_share():
    """Tell whether this system has a share sheet that takes files."""
    return hasattr(js.navigator, "share") and hasattr(js.navigator, "canShare")


async def share(blob, name):
    """Open the system's share sheet with a file; tell whether it went well.

    Closing the sheet is the user's right and no failure.
    """
    try:
        await js.navigator.share(record(files=array(blobs.file(name, blob.type, blob))))
        return True
    except jsffi.JsException as error:
        return error.args[1] == "AbortError"


def drag_out(event, kind, name, address):
    """Let a file be dragged out of the page, where the browser can (Chromium)."""
    event.dataTransfer.setData("DownloadURL", kind + ":" + name + ":" + address)
