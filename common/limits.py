"""How large a picture may be, decided from its header before a pixel is decoded.

Every refusal for size is made here, from numbers that cost nothing to read, so that a
decompression bomb or a mistyped export never reaches the decoder.
"""

from common.errors import Refusal

MIN_SIDE = 16
"""Shortest side in pixels that has anything to cut out."""

MAX_MEGAPIXELS = 50
"""Largest photo on a device with enough memory, in millions of pixels."""

MAX_SIDE = 20000
"""Longest side in pixels that can be asked for; a longer one is a slip of the hand."""

MAX_FILE_BYTES = 512 * 1024 * 1024
"""Largest file that is read into memory, in bytes."""

BYTES_PER_PIXEL = 20
"""Peak bytes per photo pixel in the pixel worker while a cutout is finished.

Pillow keeps RGB as four bytes; decoding, the matte, the composed picture and the encoded file
stand beside it for a moment. Measured by ``tests/core/test_memory.py``, beside the file itself:
JPEG 13, PNG with alpha and a colour profile 14, WebP (whose decoder keeps two canvases) 16, an
edit that uses everything 18.
"""

SHARE_OF_MEMORY = 0.25
"""Part of the device's memory that one photo may take."""


def allowed_megapixels(device_memory_gib: float | None) -> int:
    """Return the pixel limit, in megapixels, for a device.

    ``device_memory_gib`` is ``navigator.deviceMemory`` (GiB, rounded down and capped at 8 by the
    browser, see the W3C Device Memory draft) or ``None`` where the browser does not tell, which
    counts as enough.
    """
    if not device_memory_gib:
        return MAX_MEGAPIXELS
    budget = device_memory_gib * 1024**3 * SHARE_OF_MEMORY
    return min(MAX_MEGAPIXELS, int(budget / BYTES_PER_PIXEL / 1e6))


def check_file_size(size: int) -> None:
    """Raise :class:`Refusal` when a file of ``size`` bytes is empty or too large to open."""
    if size == 0:
        raise Refusal("empty_file")
    if size > MAX_FILE_BYTES:
        raise Refusal("file_too_large", megabytes=size // 1000000, limit=MAX_FILE_BYTES // 1000000)


def check_cutout(width: int, height: int) -> None:
    """Raise :class:`Refusal` when a picture of that size, in pixels, is too small to cut out."""
    if min(width, height) < MIN_SIDE:
        raise Refusal("too_small", width=width, height=height, limit=MIN_SIDE)


def check_dimensions(width: int, height: int, limit_megapixels: float = MAX_MEGAPIXELS) -> None:
    """Raise :class:`Refusal` when a picture of that size, in pixels, must not be decoded."""
    if min(width, height) < 1:
        raise Refusal("damaged")
    megapixels = width * height / 1e6
    if megapixels > limit_megapixels:
        raise Refusal("too_large", megapixels=round(megapixels, 1), limit=limit_megapixels)
