"""The weights: fetched in verified chunks, kept in the Cache API, reopened offline.

``models/models.json`` says which chunks make a variant, with the SHA-256 of each. No byte is
stored or used before its chunk's hash is right. A download that broke off goes on at the first
missing chunk, a cached chunk that has rotted is fetched again, and where the browser gives no
storage the weights stay in memory for this visit.

Chunks are read with plain GET requests to the page's own origin: :func:`ask_host` is the only
function of the workers' Python that can send a request.
"""

import asyncio
import gc
import json

import js
import jsffi

from common.errors import Refusal

CACHE_NAME = "onnx-model-v1"
CACHE_PREFIX = "onnx-model-"
PARALLEL = 4
"""Chunks in flight at once; browsers open six connections to a host, two are left for the page."""

ATTEMPTS = 3
"""Tries for each chunk before the download counts as failed."""


async def load(base_url, catalogue, variant, tell):
    """Return ``(weights, report)`` for a variant of ``models/models.json``, the ``catalogue``.

    ``weights`` is a Uint8Array with the whole variant; ``report`` a dict of what happened:
    ``bytes``, ``fetched`` (bytes from the network), ``stored`` (whether all of it is kept),
    ``repaired`` (rotten chunks replaced) and the network's input ``scaling``, ``None`` for one
    that takes pixels and scales by itself.
    ``tell(stage, done, total)`` is called as bytes come in.
    Raises :class:`Refusal` ``insecure_page``, ``model_unavailable`` or ``model_damaged``.
    """
    if not getattr(js.crypto, "subtle", None):
        raise Refusal("insecure_page")
    description = catalogue["variants"][variant]
    loading = _Loading(base_url, description, tell, await _open_cache())
    weights = await loading.run()
    await _remove_old(base_url, catalogue)
    report = loading.report()
    network = catalogue["networks"][description["network"]]
    report["scaling"] = None if network["takes_pixels"] else network["scaling"]
    return weights, report


class _Loading:
    """One load of one variant: the buffer that fills and the counts that are reported."""

    def __init__(self, base_url, description, tell, cache):
        self.base_url = base_url
        self.chunks = description["chunks"]
        self.total = description["bytes"]
        self.tell = tell
        self.cache = cache
        self.weights = js.Uint8Array.new(self.total)
        self.done = 0
        self.fetched = 0
        self.repaired = 0
        self.stored = cache is not None

    def report(self):
        """Return the counts as JSON values."""
        return {
            "bytes": self.total,
            "fetched": self.fetched,
            "repaired": self.repaired,
            "stored": self.stored,
        }

    async def run(self):
        """Fill the buffer with every chunk, several at a time, and return it."""
        pending = []
        offset = 0
        for chunk in self.chunks:
            pending.append((chunk, offset))
            offset += chunk["bytes"]
        lanes = [self._lane(pending) for _ in range(PARALLEL)]
        for failure in await asyncio.gather(*lanes, return_exceptions=True):
            if isinstance(failure, Exception):
                raise failure
        return self.weights

    async def _lane(self, pending):
        """Take chunk after chunk from ``pending`` until none is left."""
        while pending:
            chunk, offset = pending.pop(0)
            content = await self._from_cache(chunk)
            if content is None:
                content = await self._from_network(chunk)
            self.weights.set(content, offset)
            del content
            # Python's small heap is rarely swept, and what it refers to stays in JavaScript's.
            gc.collect()

    def _count(self, size):
        """Add ``size`` bytes to the progress (a failed try takes them back)."""
        self.done += size
        self.tell("download" if self.fetched else "reopen", self.done, self.total)

    async def _from_cache(self, chunk):
        """Return the chunk's bytes from the Cache API, or ``None``; a rotten entry is deleted."""
        if self.cache is None:
            return None
        url = self.base_url + chunk["path"]
        found = await self.cache.match(url)
        if not found:
            return None
        content = js.Uint8Array.new(await found.arrayBuffer())
        if await _sha256(content) == chunk["sha256"]:
            self._count(chunk["bytes"])
            return content
        await self.cache.delete(url)
        self.repaired += 1
        return None

    async def _from_network(self, chunk):
        """Return the chunk's bytes from this origin, verified, and store them."""
        code = "model_unavailable"
        for attempt in range(ATTEMPTS):
            received = 0
            try:
                parts = []
                # A second try must not get the same damaged answer from the HTTP cache.
                mode = "default" if attempt == 0 else "reload"
                response = await ask_host(self.base_url + chunk["path"], mode)
                if response.ok and response.body:
                    reader = response.body.getReader()
                    piece = await reader.read()
                    while not piece.done:
                        parts.append(piece.value)
                        received += piece.value.length
                        self.fetched += piece.value.length
                        self._count(piece.value.length)
                        piece = await reader.read()
                    content = await _joined(parts)
                    if await _sha256(content) == chunk["sha256"]:
                        await self._keep(chunk, content)
                        return content
                    code = "model_damaged"
            except jsffi.JsException as error:
                js.console.warn("Homecut: " + chunk["path"] + ": " + str(error.args[-1]))
            self._count(-received)
            await asyncio.sleep(0.5 * attempt)
        if code == "model_damaged":
            raise Refusal(code, path=chunk["path"])
        raise Refusal(code)

    async def _keep(self, chunk, content):
        """Store verified bytes; without room for them the rest of the load stays in memory."""
        if self.cache is None:
            return
        headers = {"Content-Type": "application/octet-stream", "X-SHA256": chunk["sha256"]}
        response = js.Response.new(content, jsffi.to_js({"headers": headers}))
        try:
            await self.cache.put(self.base_url + chunk["path"], response)
        except jsffi.JsException as error:
            js.console.warn("Homecut: the model stays in memory: " + str(error.args[-1]))
            self.stored = False
            self.cache = None


async def stored_bytes(base_url):
    """Return how many bytes of weights the Cache API holds, of all variants."""
    cache = await _open_cache()
    if cache is None:
        return 0
    catalogue = await read_catalogue(base_url)
    total = 0
    for path, size in _known_chunks(catalogue).items():
        if await cache.match(base_url + path):
            total += size
    return total


async def forget():
    """Delete every cache of weights, of this and of older versions."""
    for name in await _own_caches():
        await js.caches.delete(name)


async def _remove_old(base_url, catalogue):
    """Delete caches of older formats and chunks that no variant names any more."""
    known = {base_url + path for path in _known_chunks(catalogue)}
    for name in await _own_caches():
        if name != CACHE_NAME:
            await js.caches.delete(name)
    cache = await _open_cache()
    if cache is None:
        return
    for request in list(await cache.keys()):
        if request.url not in known:
            await cache.delete(request)


async def _own_caches():
    """Return the names of all caches that this module has ever used."""
    if not hasattr(js, "caches"):
        return []
    return [name for name in list(await js.caches.keys()) if name.startswith(CACHE_PREFIX)]


async def _open_cache():
    """Return the Cache, or ``None`` where the browser gives no storage."""
    if not hasattr(js, "caches"):
        return None
    try:
        return await js.caches.open(CACHE_NAME)
    except jsffi.JsException as error:
        js.console.warn("Homecut: no storage for the model: " + str(error.args[-1]))
        return None


def _known_chunks(catalogue):
    """Return a dict from chunk path to size in bytes, of all variants."""
    return {
        chunk["path"]: chunk["bytes"]
        for variant in catalogue["variants"].values()
        for chunk in variant["chunks"]
    }


async def read_catalogue(base_url):
    """Return ``models/models.json`` as a dict; raises :class:`Refusal` ``model_unavailable``."""
    try:
        response = await ask_host(base_url + "models/models.json", "default")
        if response.ok:
            return json.loads(await response.text())
    except jsffi.JsException:
        raise Refusal("model_unavailable")
    raise Refusal("model_unavailable")


async def ask_host(url, mode):
    """Send a GET request without credentials or referrer; ``mode`` is the HTTP cache mode."""
    options = {"cache": mode, "credentials": "omit", "referrerPolicy": "no-referrer"}
    return await js.fetch(url, jsffi.to_js(options))


async def _joined(parts):
    """Return a list of Uint8Arrays as one."""
    blob = js.Blob.new(jsffi.to_js(parts))
    return js.Uint8Array.new(await blob.arrayBuffer())


async def _sha256(content):
    """Return the SHA-256 of a Uint8Array as lower-case hexadecimal (FIPS 180-4)."""
    digest = await js.crypto.subtle.digest("SHA-256", content)
    return "".join(["{:02x}".format(byte) for byte in js.Uint8Array.new(digest)])
