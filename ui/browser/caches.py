"""What lies in this browser's caches: the page's files and the networks' weights.

The service worker and the model store write them; the page only looks.
"""

import json

import js

from ui.browser.worker_link import BASE_URL

SHELL_PREFIX = "homecut-shell-"
MODEL_PREFIX = "onnx-model-"


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


async def own_caches(prefix):
    """Return the names of the caches that begin with ``prefix``."""
    return [name for name in await js.caches.keys() if name.startswith(prefix)]
