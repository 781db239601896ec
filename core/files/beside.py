"""What stands in a file beside its pixels, in one record for all kinds of files."""

from dataclasses import dataclass, field

from core.containers import photoshop

EXIF_MARK = b"Exif\0\0"

TRAILER = "Data behind the picture"

MOST_OTHERS = MOST_TEXTS = 200
"""Entries of a receipt; a file may hold a million blocks."""


@dataclass
class Blocks:
    """What stands beside the pixels.

    ``exif``, ``xmp``, ``iptc`` and ``profile`` are raw blocks or ``None``; ``photoshop`` the size
    of the block that the press data lie in; ``texts`` are keyword, text and size (an empty keyword
    is a comment); ``others`` name and size of what nobody here reads; ``pictures`` counts further
    ones in a still's file, ``thumbnails`` sizes of small copies; ``film`` tells of one behind it.
    """

    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    profile: bytes | None = None
    photoshop: int = 0
    changed: bytes | None = None
    texts: list[tuple[str, str, int]] = field(default_factory=list)
    others: list[tuple[str, int]] = field(default_factory=list)
    thumbnails: list[int] = field(default_factory=list)
    pictures: int = 0
    film: bool = False

    def add_other(self, name: str, size: int) -> None:
        """Take in the name and size of what nobody here reads, as long as there is room."""
        if len(self.others) < MOST_OTHERS:
            self.others.append((name, size))

    def add_text(self, keyword: str, text: str, size: int) -> None:
        """Take in a text, as long as there is room."""
        if len(self.texts) < MOST_TEXTS:
            self.texts.append((keyword, text, size))

    def add_behind(self, trailer: bytes) -> None:
        """Take in what follows a picture's end; zeros only fill up a sector."""
        if any(mark in trailer for mark in (b"ftypmp4", b"ftypisom", b"ftypqt")):
            self.film = True
        elif trailer.strip(b"\0\r\n") and not self.pictures:
            self.add_other(TRAILER, len(trailer))

    def add_resources(self, block: bytes) -> None:
        """Take in Photoshop's image resources."""
        self.photoshop += len(block)
        for number, content in photoshop.resources(block):
            if number == photoshop.IPTC:
                self.iptc = self.iptc or content
            elif number == photoshop.EXIF:
                self.exif = self.exif or EXIF_MARK + content
            elif number == photoshop.XMP:
                self.xmp = self.xmp or content
            elif number == photoshop.PROFILE:
                self.profile = self.profile or content
            elif number == photoshop.THUMBNAIL:
                self.thumbnails.append(len(content))
