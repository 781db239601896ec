"""The codecs' files on this device: fetched in the background, and what is there already.

They are not part of the first visit's download. Once the page works and is quiet, the service
worker stores them, so that every format can be written without a network. Without a service
worker each comes when it is first used.
"""

import asyncio

import js

from common.codecs import CODECS
from ui.readiness import stored_shell
from ui.worker_link import BASE_URL

LOOK_SECONDS = 2
FOLDER = "assets/vendor/codecs/"


async def fetch_in_background(is_quiet):
    """Let the service worker store the codecs as soon as ``is_quiet()`` says so."""
    if not hasattr(js.navigator, "serviceWorker"):
        return
    while not (js.navigator.serviceWorker.controller and is_quiet()):
        await asyncio.sleep(LOOK_SECONDS)
    js.navigator.serviceWorker.controller.postMessage("fill-later")


async def available():
    """Return codec: whether all its files are on this device."""
    manifest, stored = await stored_shell()
    there = {}
    for codec, entry in CODECS.items():
        start = FOLDER + entry["folder"] + "/"
        files = [path for path in (manifest or {}).get("later", []) if path.startswith(start)]
        there[codec] = bool(files) and all(BASE_URL + path in stored for path in files)
    return there
