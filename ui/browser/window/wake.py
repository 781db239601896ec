"""The Screen Wake Lock (W3C): leaves the screen on. No request, no storage."""

import js
import jsffi

from ui.browser import console


def is_there():
    """Tell whether the browser has such locks."""
    return hasattr(js.navigator, "wakeLock")


def page_is_seen():
    """Tell whether the page is on top; only then a browser gives a lock, and it keeps it."""
    return js.document.visibilityState == "visible"


async def hold():
    """Return a lock, ``None`` where the browser gives none (a low battery, for one)."""
    try:
        return await js.navigator.wakeLock.request("screen")
    except jsffi.JsException as error:
        console.info("the screen may go dark: " + str(error.args[-1]))
        return None


def is_held(lock):
    """Tell whether a lock is there and the browser has not taken it back."""
    return lock is not None and not lock.released


async def let_go(lock):
    """Give a lock back."""
    await lock.release()
