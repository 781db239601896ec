"""The browser's own dialogue for installing the page (``beforeinstallprompt``, Chromium).

``early_intake.js`` keeps it back from the start on; nobody is asked before the page has shown what
it is good for.
"""

import js


def is_there():
    """Tell whether the browser would install the page now."""
    return bool(getattr(js, "homecutInstall", None))


async def ask():
    """Open the browser's dialogue, in the click that allows it; return whether it was accepted."""
    offer, js.homecutInstall = js.homecutInstall, None
    offer.prompt()
    choice = await offer.userChoice
    return choice.outcome == "accepted"
