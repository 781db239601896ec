"""Which reader of this room a file is for.

Nothing here decodes before the size is known: a reader is made of the head alone.
"""

from collections.abc import Callable
from typing import Protocol

from PIL import Image

from common.errors import Refusal
from core.bare import bitmaps, netpbm, paintbrush, targa
from core.bare.paintbrush import Paintbrush
from core.bare.targa import Targa
from core.bare.textures import Texture


class Bare(Protocol):
    """The head of a file of bare pixels.

    ``size`` in pixels; ``mode`` Pillow's name of the layout; ``is_wide`` tells whether a sample has
    more than 8 bits.
    """

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""

    @property
    def mode(self) -> str:
        """Pillow's name of the layout."""

    @property
    def is_wide(self) -> bool:
        """Whether a sample has more than 8 bits."""

    def image_of(self, data: bytes) -> Image.Image:
        """Return the picture, 8 bits; raises :class:`Refusal` ``damaged`` if it breaks off."""


READERS: dict[str, Callable[[bytes], Bare]] = {
    "pam": netpbm.Pam,
    "pfm": netpbm.FloatMap,
    "targa": Targa,
    "pcx": Paintbrush,
    "dds": Texture,
}


BEHIND: dict[str | None, Callable[[bytes], bytes]] = {
    "dds": lambda data: data[Texture(data).end :],
    "pcx": paintbrush.behind,
    "targa": targa.behind,
}
"""Who tells what follows a picture whose head does not say where the file ends."""


def behind(data: bytes, kind: str | None) -> bytes:
    """Return what follows the picture, nothing where that is not known or the file is broken."""
    if kind not in BEHIND:
        return b""
    try:
        return BEHIND[kind](data)
    except Refusal:
        return b""  # who decodes the file says why nobody can


def head_of(data: bytes, kind: str | None) -> Bare | None:
    """Return the head of a file that is read in this room, ``None`` for others.

    Raises :class:`Refusal` ``damaged`` for one that says nothing sensible, ``no_decoder`` for a
    layout that nobody here knows.
    """
    if kind == "bmp" and bitmaps.has_fields(data):
        return bitmaps.Fields(data)
    if kind == "bmp" and bitmaps.has_two_bits(data):
        return bitmaps.TwoBits(data)
    return READERS[kind](data) if kind in READERS else None
