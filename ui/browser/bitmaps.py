"""Pictures as the browser itself has them: decoded, drawn small, read back."""

import js
import jsffi

from ui.browser.values import record

STRIP_PIXELS = 4000000
"""Most pixels of the canvas; some browsers refuse large ones, so it is drawn strip by strip."""


async def decoded(blob, **options):
    """Return an ImageBitmap of a file (or of another), ``None`` where the browser cannot read it.

    ``options`` are those of ``createImageBitmap`` (HTML standard): ``resizeWidth``, ...
    """
    try:
        return await js.createImageBitmap(blob, record(**options))
    except jsffi.JsException:
        return None


def image_data(width, height, pixels):
    """Return RGBA bytes (a ``Uint8Array``) as an ImageData of ``width`` x ``height`` pixels."""
    return js.ImageData.new(js.Uint8ClampedArray.new(pixels.buffer), width, height)


def pixels_of(bitmap):
    """Return the RGBA bytes of an ImageBitmap as a ``Uint8Array``."""
    width, height = bitmap.width, bitmap.height
    rows = max(1, min(height, STRIP_PIXELS // width))
    canvas = js.OffscreenCanvas.new(width, rows)
    context = canvas.getContext("2d", record(willReadFrequently=True))
    pixels = js.Uint8Array.new(width * height * 4)
    for top in range(0, height, rows):
        count = min(rows, height - top)
        context.clearRect(0, 0, width, rows)
        context.drawImage(bitmap, 0, -top)
        pixels.set(context.getImageData(0, 0, width, count).data, top * width * 4)
    return pixels


def is_held(image):
    """Tell whether a picture is an ImageBitmap, whose memory :func:`close` gives back at once."""
    return image is not None and hasattr(image, "close")


def close(image):
    """Give back the memory of an ImageBitmap; an ImageData or ``None`` is left to the browser."""
    if is_held(image):
        image.close()
