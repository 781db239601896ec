"""A photo that the pixel worker has open: a glimpse of it at once, all of its pixels when asked.

The first look needs few pixels, and a JPEG file gives those in a fraction of the time that all of
them take (its blocks are decoded to fewer pixels each). The rest is decoded when the first look is
on the screen.
"""

from collections.abc import Callable

from common.limits import MAX_MEGAPIXELS
from core.files.decode import Photo, decode
from core.files.picture_file import Source, picture_file

GLIMPSE = 800
"""Pixels of the longer side that a glimpse has at least, more than twice the first look's."""


class Opened:
    """One photo; ``size`` is (width, height) of the whole of it, upright."""

    def __init__(
        self,
        photo: Photo,
        size: tuple[int, int] | None = None,
        rest: Callable[[], Photo] | None = None,
    ) -> None:
        """Keep a decoded photo, or one that is reduced and ``rest``, which decodes the whole."""
        self._photo = photo
        self._rest = rest
        self.size = size or photo.image.size

    def glimpse(self) -> Photo:
        """Return the photo as it is known so far, perhaps smaller than it is."""
        return self._photo

    def whole(self) -> Photo:
        """Return the whole photo; raises :class:`Refusal` when it cannot be decoded."""
        if self._rest is not None:
            self._photo, self._rest = self._rest(), None
        return self._photo


def opened(
    source: Source, limit_megapixels: float = MAX_MEGAPIXELS, glimpse: bool = False
) -> Opened:
    """Return a picture file's photo, or with ``glimpse`` only as much as a first look needs.

    Raises :class:`Refusal` as :func:`core.files.decode.decode` does.
    """
    file = picture_file(source)
    photo = decode(file, limit_megapixels, GLIMPSE if glimpse else None)
    size = file.header.width, file.header.height
    whole = photo.image.size == size
    return Opened(photo, size, None if whole else lambda: decode(file, limit_megapixels))
