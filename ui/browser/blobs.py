"""Files and Blobs in memory, and the ``blob:`` addresses that let the page name them.

An address keeps its Blob in memory until it is given back, so each has one owner here: either the
row whose file it is (:func:`link`, :func:`release`) or a moment (:func:`for_a_moment`).
"""

import js

from common.buffers import give_back
from ui.browser import clock
from ui.browser.values import record

MOMENT_SECONDS = 60
"""By then a browser has surely begun to save what it was given an address of."""

_links = {}


def make(kind, *parts):
    """Return a Blob of the media type ``kind`` out of texts, buffers and Blobs."""
    return js.Blob.new(js.Array.of(*parts), record(type=kind))


def file(name, kind, *parts):
    """Return a File of that name and media type."""
    return js.File.new(js.Array.of(*parts), name, record(type=kind))


async def content(blob):
    """Return a Blob's bytes as a ``Uint8Array``."""
    return js.Uint8Array.new(await blob.arrayBuffer())


async def head(blob, count):
    """Return the first bytes of a Blob, at most ``count``, as Python's bytes."""
    return await part(blob, 0, count)


async def part(blob, start, end):
    """Return the bytes of a Blob from ``start`` to before ``end``, fewer where it ends sooner."""
    return bytes(js.Uint8Array.new(await blob.slice(start, end).arrayBuffer()))


def view(buffer):
    """Return an ``ArrayBuffer`` as a ``Uint8Array`` of the same memory."""
    return js.Uint8Array.new(buffer)


def buffer_of(content, keep):
    """Return the ArrayBuffer of exactly a ``Uint8Array``'s bytes, a copy of it when ``keep``."""
    whole = content.byteLength == content.buffer.byteLength
    return content.buffer if whole and not keep else content.slice().buffer


def split(kinds, sizes, joined):
    """Return the files that lie one after the other in a ``Uint8Array`` as Blobs; empties it.

    ``kinds`` are their media types, ``sizes`` their bytes.
    """
    made, start = [], 0
    for kind, size in zip(kinds, sizes):
        made.append(make(kind, joined.subarray(start, start + size)))
        start += size
    give_back(joined.buffer)
    return made


def link(owner, blob):
    """Return the address of ``blob``, under which ``owner`` (any key) offers it now.

    The address of what the same owner offered before is given back.
    """
    known = _links.get(owner)
    if known is None or known[0] is not blob:
        release(owner)
        known = (blob, js.URL.createObjectURL(blob))
        _links[owner] = known
    return known[1]


def release(owner):
    """Give back the address that ``owner`` has offered, if there is one."""
    known = _links.pop(owner, None)
    if known is not None:
        js.URL.revokeObjectURL(known[1])


def for_a_moment(blob):
    """Return an address of ``blob`` that is given back by itself."""
    address = js.URL.createObjectURL(blob)
    clock.later(MOMENT_SECONDS, lambda: js.URL.revokeObjectURL(address))
    return address
