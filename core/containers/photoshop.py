"""What Photoshop and the press write: image resources, and IPTC records in one of them.

Sources: Adobe Photoshop File Formats Specification (2019); IPTC-IIM 4.2.
"""

from collections.abc import Iterator

MARK = b"Photoshop 3.0\0"
"""Begins the segment of a JPEG file that holds image resources."""

IPTC, COPYRIGHTED, PROFILE, THUMBNAIL, EXIF, XMP = 0x0404, 0x040A, 0x040F, 0x040C, 0x0422, 0x0424
"""Numbers of image resources."""

SIGNATURES = (b"8BIM", b"8B64", b"MeSa", b"PHUT", b"AgHg", b"DCSR")


def resources(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each image resource of a block."""
    at = 0
    while at + 12 <= len(block) and block[at : at + 4] in SIGNATURES:
        number = int.from_bytes(block[at + 4 : at + 6], "big")
        name = block[at + 6] + 1
        at += 6 + name + name % 2
        size = int.from_bytes(block[at : at + 4], "big")
        yield number, block[at + 4 : at + 4 + size]
        at += 4 + size + size % 2


def iptc_records(block: bytes) -> dict[tuple[int, int], list[bytes]]:
    """Return the values of an IPTC block by record and data set."""
    found: dict[tuple[int, int], list[bytes]] = {}
    at = 0
    while at + 5 <= len(block) and block[at] == 0x1C:
        size = int.from_bytes(block[at + 3 : at + 5], "big")
        start = at + 5
        if size & 0x8000:  # an extended data set: the bits below count the bytes of the size
            width = size & 0x7FFF
            size = int.from_bytes(block[start : start + width], "big")
            start += width
        value = block[start : start + size]
        found.setdefault((block[at + 1], block[at + 2]), []).append(value)
        at = start + size
    return found


def iptc_text(records: dict[tuple[int, int], list[bytes]], value: bytes) -> str:
    """Return a value as text: UTF-8 where it says so or can be read so, else Latin-1."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        declared = b"\x1b%G" in b"".join(records.get((1, 90), []))  # ISO 2022: UTF-8
        return value.decode("utf-8", "replace") if declared else value.decode("latin-1")


COLOURS = {1: 1, 2: 1, 3: 3, 4: 4, 7: 1, 8: 1, 9: 3}
"""Channels of colour by mode: grey, indexed, RGB, CMYK, several, duotone, Lab."""


MODES = {0: "bitmap", 1: "grey", 2: "indexed", 3: "RGB", 4: "CMYK", 7: "several", 8: "duotone"}
MODES |= {9: "Lab"}


class Document:
    """The header and the image resources of a PSD or PSB file.

    Attributes:
        is_large: whether it is a PSB file.
        channels, depth, mode: their number, the bits of one, the number of the colour mode.
        resource_block: the image resources.
        layers: how many there are; ``size`` (width, height) in pixels; ``pixels`` where the
            picture of all layers together begins in the file.
        first_is_transparency: whether the first channel beyond the colours is the transparency of
            the whole picture, and not a selection that somebody saved.
    """

    def __init__(self, data: bytes) -> None:
        self.is_large = data[4:6] == b"\0\2"
        self.size = (int.from_bytes(data[18:22], "big"), int.from_bytes(data[14:18], "big"))
        self.channels = int.from_bytes(data[12:14], "big")
        self.depth = int.from_bytes(data[22:24], "big")
        self.mode = int.from_bytes(data[24:26], "big")
        at = 26
        at += 4 + int.from_bytes(data[at : at + 4], "big")
        size = int.from_bytes(data[at : at + 4], "big")
        self.resource_block = data[at + 4 : at + 4 + size]
        at += 4 + size
        word = 8 if self.is_large else 4
        size = int.from_bytes(data[at : at + word], "big")
        count = _layer_count(data[at + word : at + word + size], word)
        self.layers = abs(count)
        self.first_is_transparency = count < 0
        self.pixels = at + word + size

    @property
    def colours(self) -> int:
        """How many of the channels are colours."""
        return COLOURS.get(self.mode, 1)

    @property
    def mode_name(self) -> str:
        """What the colour mode is called."""
        return MODES.get(self.mode, str(self.mode))


def _layer_count(section: bytes, word: int) -> int:
    """Return the number of layers, below 0 where the first extra channel is transparency.

    Files of more than 8 bits keep their layers in a block of their own.
    """
    if int.from_bytes(section[:word], "big"):
        return int.from_bytes(section[word : word + 2], "big", signed=True)
    for mark in (b"8BIMLr16", b"8BIMLr32"):
        at = section.find(mark)
        if at >= 0:
            at += len(mark) + word
            return int.from_bytes(section[at : at + 2], "big", signed=True)
    return 0
