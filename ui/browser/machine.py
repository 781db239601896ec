"""What the browser says of the device and of this window."""

import js

from ui.browser.worker_link import BASE_URL


def cores():
    """Return how many threads run side by side."""
    return getattr(js.navigator, "hardwareConcurrency", 1)


def memory_gib():
    """Return the device's memory in GiB, rounded and at most 8, ``None`` where it is not told."""
    return getattr(js.navigator, "deviceMemory", None)


def is_mobile():
    """Tell whether the browser says that it runs on a phone, or can only be on one."""
    hints = getattr(js.navigator, "userAgentData", None)
    if hints:
        return bool(hints.mobile)
    return "Mobi" in js.navigator.userAgent


def browser_name():
    """Return how the browser calls itself."""
    return js.navigator.userAgent


def is_isolated():
    """Tell whether the page is cross-origin isolated, without which there is one thread only."""
    return bool(getattr(js, "crossOriginIsolated", False))


def shares_memory():
    """Tell whether threads can share memory; WebKitGTK isolates the page and yet gives none."""
    return is_isolated() and hasattr(js, "SharedArrayBuffer")


def is_secure():
    """Tell whether the page came through https or from this device."""
    return bool(getattr(js, "isSecureContext", False))


def neighbours():
    """Return the host whose other pages share this page's storage, "" where it has its own.

    Storage belongs to an origin, not to a folder of it.
    """
    alone = js.location.pathname in ("/", "/index.html")
    return "" if alone else js.location.host


def saves_data():
    """Tell whether the user has asked for few downloads."""
    connection = getattr(js.navigator, "connection", None)
    return bool(connection and connection.saveData)


def dark_preference():
    """Return the system's choice between light and dark: ``matches``, and its ``change`` event."""
    return js.matchMedia("(prefers-color-scheme: dark)")


def is_reload():
    """Tell whether this visit goes on where another in the same tab ended."""
    entries = js.performance.getEntriesByType("navigation")
    return entries.length > 0 and entries[0].type in ("reload", "back_forward")


def reload():
    """Load the page anew."""
    js.location.reload()


def open_lab():
    """Go to the lab, which lies beside the page."""
    js.location.href = BASE_URL + "lab.html"


def open_page(fragment):
    """Go from the lab to the page, at one of its tools."""
    js.location.href = BASE_URL + "#" + fragment
