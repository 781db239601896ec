"""Pictures that Pillow cannot read here: AVIF through its codec, HEIC through the browser.

A HEIC decoder of its own would be under the LGPL and large; browsers whose system has one (Safari)
lend it. What comes out is RGBA, which ``open_pixels`` of the pixel worker takes in.
"""

import js
import jsffi

from common import iso_media, limits
from common.errors import Refusal
from common.formats import AVIF

STRIP_PIXELS = 4000000
"""Most pixels of the canvas; some browsers refuse large ones, so it is drawn strip by strip."""

SENTENCES = {"avif": "is_avif", "heic": "is_heic"}


async def read(blob, kind, codecs, limit_megapixels, owner=None):
    """Return (width, height, ``Uint8Array`` of RGBA, finished) of an AVIF or HEIC file.

    ``kind`` is ``"avif"`` or ``"heic"`` (the code of the refusal without ``is_``), ``codecs`` the
    :class:`ui.work.codecs.Codecs`. ``finished`` tells that the browser has already turned the
    picture and converted its colours to sRGB; the codec does neither. Raises :class:`Refusal`
    (``too_large`` before anything is decoded, ``is_heic``, ``is_avif``, ``damaged``, ...).
    """
    head = await blob.slice(0, iso_media.HEAD_BYTES).arrayBuffer()
    head = bytes(js.Uint8Array.new(head))
    size = iso_media.largest_size(head)
    if size is not None:
        limits.check_dimensions(size[0], size[1], limit_megapixels)
    if kind == "avif" and not iso_media.is_turned(head):
        content = js.Uint8Array.new(await blob.arrayBuffer())
        width, height, pixels = await codecs.decode(AVIF, content, owner)
        return width, height, pixels, False
    width, height, pixels = await through_the_browser(blob, SENTENCES[kind])
    return width, height, pixels, True


async def through_the_browser(blob, refusal):
    """Return (width, height, ``Uint8Array`` of RGBA) as the browser shows a picture, upright.

    Raises ``Refusal(refusal)`` when the browser cannot read it.
    """
    options = js.Object.new()
    options.premultiplyAlpha = "none"
    try:
        bitmap = await js.createImageBitmap(blob, options)
    except jsffi.JsException:
        raise Refusal(refusal)
    try:
        return bitmap.width, bitmap.height, _pixels_of(bitmap)
    finally:
        bitmap.close()


def _pixels_of(bitmap):
    """Return the RGBA bytes of an ImageBitmap."""
    width, height = bitmap.width, bitmap.height
    rows = max(1, min(height, STRIP_PIXELS // width))
    canvas = js.OffscreenCanvas.new(width, rows)
    options = js.Object.new()
    options.willReadFrequently = True
    context = canvas.getContext("2d", options)
    pixels = js.Uint8Array.new(width * height * 4)
    for top in range(0, height, rows):
        count = min(rows, height - top)
        context.clearRect(0, 0, width, rows)
        context.drawImage(bitmap, 0, -top)
        pixels.set(context.getImageData(0, 0, width, count).data, top * width * 4)
    return pixels
