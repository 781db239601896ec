"""The codecs' files on this device: fetched in the background, and what is there already.

They are not part of the first visit's download. Once the page works and is quiet, the service
worker stores them, so that every format can be written without a network. Without a service
worker each comes when it is first used.
"""

import asyncio

import js

LOOK_SECONDS = 2


async def fetch_in_background(is_quiet):
    """Let the service worker store the codecs as soon as ``is_quiet()`` says so."""
    if not hasattr(js.navigator, "serviceWorker"):
        return
    while not (js.navigator.serviceWorker.controller and is_quiet()):
        await asyncio.sleep(LOOK_SECONDS)
    js.navigator.serviceWorker.controller.postMessage("fill-later")
