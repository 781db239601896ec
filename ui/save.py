"""Where finished cutouts leave the page: as a download or on the clipboard."""

import asyncio

import js
import jsffi

from common import naming
from common.errors import sentence
from ui import dom, items

_links = {}
"""Object URLs of finished results by item, so that each Blob is linked only once."""


def link(item):
    """Return the ``blob:`` URL of an item's finished PNG."""
    known = _links.get(item.identifier)
    if known is None or known[0] is not item.result:
        if known is not None:
            js.URL.revokeObjectURL(known[1])
        known = (item.result, js.URL.createObjectURL(item.result))
        _links[item.identifier] = known
    return known[1]


def release(item):
    """Give back what an item that left the queue holds."""
    known = _links.pop(item.identifier, None)
    if known is not None:
        js.URL.revokeObjectURL(known[1])


def point(anchor, item):
    """Let a link download the item's result under its own name, or hide the link."""
    ready = item.state == items.DONE
    dom.show(anchor, ready)
    if ready:
        anchor.href = link(item)
        anchor.download = naming.cutout_name(item.name)


def offer(item):
    """Show the stage's buttons for what can be saved of ``item``."""
    point(dom.element("download"), item)
    dom.show("copy", item.state == items.DONE and hasattr(js, "ClipboardItem"))


def copy(item):
    """Put the item's cutout on the clipboard as a PNG."""
    asyncio.create_task(_copy(item))


async def _copy(item):
    """Write to the clipboard and say whether it worked."""
    contents = js.Object.new()
    setattr(contents, "image/png", item.result)
    try:
        entry = js.ClipboardItem.new(contents)
        await js.navigator.clipboard.write(js.Array.of(entry))
        words = "Copied. Paste it where you need it."
    except jsffi.JsException as error:
        dom.report(error.args[-1])
        words = sentence("copy_failed")
    dom.element("stage-facts").textContent = words
    dom.announce(words)
