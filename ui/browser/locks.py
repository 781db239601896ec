"""Web Locks of this origin (W3C): who is alive. No request, no storage."""

import js

from ui.browser.values import promise, record


def are_there():
    """Tell whether the browser has locks."""
    return hasattr(js.navigator, "locks")


def hold_for_life(name):
    """Take a lock and keep it until this tab is gone."""
    forever = promise().promise
    js.navigator.locks.request(name, lambda _lock: forever)


async def is_free(name):
    """Tell whether nobody holds a lock."""
    free = promise()
    js.navigator.locks.request(
        name, record(ifAvailable=True), lambda lock: free.resolve(lock is not None)
    )
    return await free.promise


async def wait_until_free(name):
    """Return when the holder of a lock is gone (see :mod:`common.liveness`)."""
    await js.navigator.locks.request(name, lambda *_: None)
