"""What this browser keeps for this address: the page's files, the weights, and what should not be.

The service worker and the model store write the caches; the page looks, and removes its files when
the user says so.
"""

import json

import js

from ui.browser.values import json_text, record, sha256
from ui.browser.worker_link import BASE_URL

SHELL_PREFIX = "homecut-shell-"
MODEL_PREFIX = "onnx-model-"

UNUSED = ("cookies", "localStorage", "sessionStorage")
"""Kinds of storage that Homecut never writes."""


async def stored_shell():
    """Return the manifest that is kept, as a dict, and the addresses kept beside it."""
    for name in await own_caches(SHELL_PREFIX):
        cache = await js.caches.open(name)
        found = await cache.match(BASE_URL + "manifest.json")
        if found:
            manifest = json.loads(await found.text())
            if name == SHELL_PREFIX + manifest["build"]:
                return manifest, {request.url: True for request in await cache.keys()}
    return None, {}


async def chunks_of(variant):
    """Return the paths of a model variant's chunks by the stored catalogue."""
    for name in await own_caches(SHELL_PREFIX):
        found = await (await js.caches.open(name)).match(BASE_URL + "models/models.json")
        if found:
            catalogue = json.loads(await found.text())
            return [chunk["path"] for chunk in catalogue["variants"][variant]["chunks"]]
    return []


async def stored_addresses(prefix):
    """Return the addresses in all caches whose name begins with ``prefix``."""
    addresses = {}
    for name in await own_caches(prefix):
        for request in await (await js.caches.open(name)).keys():
            addresses[request.url] = True
    return addresses


async def own_caches(prefix=""):
    """Return the names of the caches that begin with ``prefix``."""
    if not hasattr(js, "caches"):
        return []
    return [name for name in await js.caches.keys() if name.startswith(prefix)]


async def entries_in(name):
    """Return how many answers a cache holds."""
    return (await (await js.caches.open(name)).keys()).length


async def hash_of(path, build=None):
    """Return the SHA-256 of what is kept of a file, ``None`` when nothing is.

    Looks in the page's cache of ``build``, or in every cache.
    """
    where = js.caches if build is None else await js.caches.open(SHELL_PREFIX + build)
    found = await where.match(BASE_URL + path)
    return await sha256(await found.arrayBuffer()) if found else None


async def remove_shell():
    """Delete the page's files."""
    for name in await own_caches(SHELL_PREFIX):
        await js.caches.delete(name)


def counts_of_what_is_not_used():
    """Return how much there is in each kind of :data:`UNUSED`."""
    return {
        "cookies": len(js.document.cookie),
        "localStorage": js.localStorage.length,
        "sessionStorage": js.sessionStorage.length,
    }


async def databases():
    """Return the names of the databases; none of them is ours."""
    if not (hasattr(js, "indexedDB") and hasattr(js.indexedDB, "databases")):
        return []
    return [entry.name for entry in await js.indexedDB.databases()]


async def used_bytes():
    """Return how many bytes all of it takes, and a dict of that by kind; ``None`` if not told."""
    storage = getattr(js.navigator, "storage", None)
    if not storage:
        return None
    estimate = await storage.estimate()
    details = getattr(estimate, "usageDetails", None) or record()
    return estimate.usage, json.loads(json_text(details))


async def ask_to_persist():
    """Ask the browser not to throw away what is kept when space gets short."""
    storage = getattr(js.navigator, "storage", None)
    if storage and hasattr(storage, "persist"):
        await storage.persist()
