"""The values of an EXIF block, read by ourselves.

Finished files are read again to show what is left in them, and it is Pillow that writes their EXIF
blocks: who judges them should have other eyes (:mod:`core.containers.tiff`).

Sources: TIFF 6.0, section 2; EXIF 2.32, section 4.6.
"""

import struct
from dataclasses import dataclass, field
from typing import Any

from core.containers.tiff import SIZES, Directory, Tiff, Value
from core.files.beside import EXIF_MARK

HEADS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

CAMERA, POSITION = 0x8769, 0x8825
"""Tags that point to what the camera and what the satellite receiver wrote."""

BYTE, ASCII, UNDEFINED = 1, 2, 7
RATIONAL, SIGNED_RATIONAL = 5, 10
NUMBERS = {3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 16: "Q", 17: "q"}
NUMBERS |= {RATIONAL: "II", SIGNED_RATIONAL: "ii", 18: "Q"}
"""How a number of a type is packed; a fraction is two of them."""

MOST = 1000
"""Numbers of a value that are read; none that is shown has more than a few."""

Tags = dict[int, Any]


@dataclass(frozen=True)
class ExifTags:
    """Values by tag: of the picture, the camera, the satellite receiver and the small copy.

    Texts are ``str`` (as Latin-1), untyped ones ``bytes``, numbers ``int`` or ``float`` and, if
    there are several, in a tuple; a fraction without a denominator is ``None``.
    """

    picture: Tags = field(default_factory=dict)
    camera: Tags = field(default_factory=dict)
    position: Tags = field(default_factory=dict)
    small: Tags = field(default_factory=dict)


def exif_tags(block: bytes) -> ExifTags | None:
    """Return the values of an EXIF block (with or without its mark), or of a TIFF file.

    ``None`` where it is neither, or breaks off before its first directory.
    """
    content = block.removeprefix(EXIF_MARK)
    tiff = Tiff(content) if content.startswith(HEADS) else None
    if tiff is None or not tiff.directories or tiff.begins_at >= len(content):
        return None
    first = tiff.directories[0]
    camera, position = (next(tiff.within(first, tag), {}) for tag in (CAMERA, POSITION))
    small = tiff.directories[1] if len(tiff.directories) > 1 else {}
    return ExifTags(*(_values(directory) for directory in (first, camera, position, small)))


def _values(directory: Directory) -> Tags:
    """Return a directory's values."""
    return {tag: _value(value) for tag, value in directory.items()}


def _value(value: Value) -> Any:
    """Return a value as :class:`ExifTags` has it."""
    if value.kind == ASCII:
        return value.content.removesuffix(b"\0").decode("latin-1")
    if value.kind not in NUMBERS:
        return value.content
    size = SIZES[value.kind]
    content = bytes(value.span[: min(len(value.span) // size, MOST) * size])
    order = "<" if value.order == "little" else ">"
    numbers = list(struct.iter_unpack(order + NUMBERS[value.kind], content))
    if value.kind in (RATIONAL, SIGNED_RATIONAL):
        told = tuple(above / below if below else None for above, below in numbers)
    else:
        told = tuple(number for (number,) in numbers)
    return told[0] if len(told) == 1 else told
