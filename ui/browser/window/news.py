"""A notification of the system (Notifications API), shown by this device alone. No request."""

import js

from ui.browser import dom
from ui.browser.values import record


def can_ask():
    """Tell whether the browser has notifications and the user has not forbidden them."""
    return hasattr(js, "Notification") and js.Notification.permission != "denied"


async def ask():
    """Ask for permission, in the click that allows it; return whether it is there."""
    return await js.Notification.requestPermission() == "granted"


def tell(words):
    """Show a sentence; a click on it leads to the page."""
    shown = js.Notification.new("Homecut", record(body=words, tag="homecut"))
    dom.on(shown, "click", lambda event: js.window.focus())
