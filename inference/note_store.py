"""The ladder's note: why this version of the page does not use the graphics card here.

It lies in a cache of its own (Cache API), so that a card that failed is not tried anew on every
visit. A newer version of the page tries again.
"""

import json

import js
import jsffi

from common import rungs
from inference import model_store

NOTE_CACHE = "homecut-ladder-v1"
NOTE = "ladder.json"


async def remembered(base_url):
    """Return the reason that this version of the page has noted, or ``None``."""
    try:
        if not hasattr(js, "caches") or not await js.caches.has(NOTE_CACHE):
            return None
        found = await (await js.caches.open(NOTE_CACHE)).match(base_url + NOTE)
        note = json.loads(await found.text()) if found else {}
    except jsffi.JsException as error:
        js.console.info("Homecut: no note of the graphics card: " + str(error.args[-1]))
        return None
    if note.get("reason") in rungs.REASONS and note.get("build") == await _build(base_url):
        return note["reason"]
    return None


async def remember(base_url, reason):
    """Note for this version of the page why the graphics card is not to be used."""
    if not hasattr(js, "caches"):
        return
    note = json.dumps({"build": await _build(base_url), "reason": reason})
    try:
        cache = await js.caches.open(NOTE_CACHE)
        await cache.put(base_url + NOTE, js.Response.new(note))
    except jsffi.JsException as error:
        # Without storage it is tried again on the next visit.
        js.console.info("Homecut: not noted: " + str(error.args[-1]))


async def forget():
    """Delete the note."""
    if hasattr(js, "caches"):
        await js.caches.delete(NOTE_CACHE)


async def _build(base_url):
    """Return what stands for this version of the page."""
    response = await model_store.ask_host(base_url + "manifest.json", "default")
    return json.loads(await response.text())["build"] if response.ok else ""
