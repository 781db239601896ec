"""Pictures as the browser itself has them: decoded, drawn small, read back."""

import js
import jsffi

from common.buffers import give_back
from ui.browser import blobs
from ui.browser.values import record

STRIP_PIXELS = 4000000
"""Most pixels of the canvas; some browsers refuse large ones, so it is drawn strip by strip."""

PROBE_SIDE = 8
PROBE_COLOUR = (64, 129, 194)
"""Pixels and colour (red, green, blue) of the square that is drawn and read back as a trial."""


async def decoded(blob, **options):
    """Return an ImageBitmap of a file (or of another), ``None`` where the browser cannot read it.

    ``options`` are those of ``createImageBitmap`` (HTML standard): ``resizeWidth``, ...
    """
    try:
        return await js.createImageBitmap(blob, record(**options))
    except jsffi.JsException:
        return None


async def drawn(blob, width, height):
    """Return an ImageBitmap of a drawing (a Blob of ``image/svg+xml``), ``None`` if it is none.

    It is drawn as a picture: no script in it runs, and nothing that it refers to is loaded (SVG
    Integration, secure static mode).
    """
    picture = js.Image.new()
    picture.src = blobs.for_a_moment(blob)
    try:
        await picture.decode()
        return await js.createImageBitmap(picture, record(resizeWidth=width, resizeHeight=height))
    except jsffi.JsException:
        return None


def image_data(width, height, pixels):
    """Return RGBA bytes (a ``Uint8Array``) as an ImageData of ``width`` x ``height`` pixels."""
    return js.ImageData.new(js.Uint8ClampedArray.new(pixels.buffer), width, height)


def pixels_of(bitmap, backdrop=""):
    """Return the RGBA bytes of an ImageBitmap as a ``Uint8Array``.

    ``backdrop`` is a colour of CSS to lie behind what is transparent.
    """
    width, height = bitmap.width, bitmap.height
    rows = max(1, min(height, STRIP_PIXELS // width))
    canvas = js.OffscreenCanvas.new(width, rows)
    context = canvas.getContext("2d", record(willReadFrequently=True))
    pixels = js.Uint8Array.new(width * height * 4)
    for top in range(0, height, rows):
        count = min(rows, height - top)
        context.clearRect(0, 0, width, rows)
        if backdrop:
            context.fillStyle = backdrop
            context.fillRect(0, 0, width, rows)
        context.drawImage(bitmap, 0, -top)
        pixels.set(context.getImageData(0, 0, width, count).data, top * width * 4)
    return pixels


def reads_back():
    """Tell whether a canvas of this browser gives back the very pixels that were drawn.

    Browsers that resist fingerprinting give others; some have no canvas apart from the page.
    """
    if not hasattr(js, "OffscreenCanvas"):
        return False
    context = js.OffscreenCanvas.new(PROBE_SIDE, PROBE_SIDE).getContext("2d")
    if not context:
        return False
    context.fillStyle = "#%02x%02x%02x" % PROBE_COLOUR
    context.fillRect(0, 0, PROBE_SIDE, PROBE_SIDE)
    found = context.getImageData(0, 0, PROBE_SIDE, PROBE_SIDE).data
    return bytes(found) == bytes(PROBE_COLOUR + (255,)) * (PROBE_SIDE * PROBE_SIDE)


def cut_out(bitmap, mask, side):
    """Return an ImageBitmap as ImageData whose alpha is a mask, enlarged.

    ``mask`` is a ``Uint8Array`` of ``side`` x ``side`` values, 255 for what is kept.
    """
    # Each value becomes the first of four bytes and then, shifted by three, a pixel's alpha.
    wide = js.Uint8Array.new(js.Uint32Array.new(mask).buffer)
    alpha = js.Uint8ClampedArray.new(wide.length)
    alpha.set(wide.subarray(0, wide.length - 3), 3)
    small = js.OffscreenCanvas.new(side, side)
    small.getContext("2d").putImageData(js.ImageData.new(alpha, side, side), 0, 0)
    width, height = bitmap.width, bitmap.height
    canvas = js.OffscreenCanvas.new(width, height)
    context = canvas.getContext("2d", record(willReadFrequently=True))
    context.drawImage(bitmap, 0, 0)
    context.globalCompositeOperation = "destination-in"
    context.imageSmoothingQuality = "high"
    context.drawImage(small, 0, 0, width, height)
    return context.getImageData(0, 0, width, height)


def is_held(image):
    """Tell whether a picture is an ImageBitmap, whose memory :func:`close` gives back at once."""
    return image is not None and hasattr(image, "close")


def let_go(image):
    """Give back the memory of an ImageBitmap or an ImageData that nobody looks at any more."""
    if is_held(image):
        image.close()
    elif image is not None and image.data.length:
        give_back(image.data.buffer)


def close(image):
    """Give back the memory of an ImageBitmap; an ImageData or ``None`` is left to the browser."""
    if is_held(image):
        image.close()
