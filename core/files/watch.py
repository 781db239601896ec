"""Watches over Pillow's readers: what they may allocate, and what becomes of what they raise."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PIL import Image

from common.errors import Refusal


@contextmanager
def watched(limit_pixels: int | None, broken: Callable[[], Refusal]) -> Iterator[None]:
    """Watch over Pillow's readers for the length of a ``with`` block.

    ``limit_pixels`` bounds what Pillow may allocate for pictures inside pictures (icons hold
    PNG files); ``None`` while only headers are read. Whatever Pillow finds wrong becomes the
    refusal that ``broken`` returns; ``MemoryError`` and refusals pass through.
    """
    limit_before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = limit_pixels
    try:
        with warnings.catch_warnings():
            # Pillow warns of damaged metadata and between one and two times the pixel limit;
            # the first is not the user's concern, the second is an error here.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # Pillow's readers raise nearly anything on broken files
        raise broken() from error
    finally:
        Image.MAX_IMAGE_PIXELS = limit_before
