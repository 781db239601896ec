"""Which pages of a TIFF file are pictures, and which are small copies of one.

Sources: TIFF 6.0, section 8 (NewSubfileType, SubfileType); DNG 1.7 (raw files are TIFF files).
"""

from common.errors import Refusal
from core.containers.tiff import Directory, Tiff
from core.readers.tiff_packings import PHOTOMETRIC, number

NEW_KIND, OLD_KIND, INNER_PAGES, DNG = 254, 255, 330, 50706
REDUCED, MASK = 1, 4
"""Bits of the new kind."""

OLD_REDUCED = 2
SENSOR = (32803, 34892)
"""How raw files call the colours of a sensor: through its filters, or made linear."""


def full_pages(file: Tiff) -> list[int]:
    """Return the places of the pages that are pictures of their own, in the chain of pages.

    Raises :class:`Refusal` ``damaged`` where there is no page.
    """
    if not file.directories:
        raise Refusal("damaged")
    return _whole(file) or [0]


def is_raw(file: Tiff) -> bool:
    """Return whether a file holds what a camera's sensor saw.

    There the pages of the chain are small copies, or JPEGs (:mod:`core.readers.raw_photo`).
    """
    if not file.directories:
        return False
    inner = [deep for page in file.directories for deep in file.within(page, INNER_PAGES)]
    pages = [*file.directories, *inner]
    if DNG in file.directories[0] or any(number(page, PHOTOMETRIC, 1) in SENSOR for page in pages):
        return True
    return not _whole(file) and any(not _is_copy(page) for page in inner)


def _whole(file: Tiff) -> list[int]:
    """Return the places of the pages that are no copies of others."""
    return [place for place, page in enumerate(file.directories) if not _is_copy(page)]


def _is_copy(page: Directory) -> bool:
    """Return whether a page is a small copy or a mask of another."""
    return bool(
        number(page, NEW_KIND, 0) & (REDUCED | MASK) or number(page, OLD_KIND, 1) == OLD_REDUCED
    )
