"""The directories of a TIFF file or an EXIF block: tags with their values as they stand there.

Source: TIFF 6.0, section 2; BigTIFF (AWare Systems).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
SIZES |= {16: 8, 17: 8, 18: 8}
"""Bytes of one value by its type; 16 to 18 are BigTIFF's."""

INTEGERS = (1, 3, 4, 13, 16, 18)

XMP, IPTC, PHOTOSHOP, PROFILE, CREDENTIALS = 0x02BC, 0x83BB, 0x8649, 0x8773, 0xCD41
"""Tags of blocks that others read (C2PA 2.1, section A.3.8, for the last one)."""

FIRST_PRIVATE = 0x8000
"""Tags from here on belong to whoever asked for them (TIFF 6.0, section 8)."""

KNOWN_PRIVATE = (0x8298, 0x8769, 0x8825, IPTC, PHOTOSHOP, PROFILE)

MOST_DIRECTORIES = 1000
MOST_TAGS = 20_000
"""In all directories together."""

MOST_NUMBERS = 1 << 20
"""Of one value: more strips than any picture has."""


@dataclass(frozen=True)
class Value:
    """A tag's value: its type, the span of its raw bytes, and their order, ``little`` or ``big``.

    ``in_big_file`` tells whether it stands in a BigTIFF.
    Nothing is copied until it is asked for: thousands of tags may claim the same megabytes.
    """

    kind: int
    span: memoryview
    order: str
    in_big_file: bool = False

    @property
    def content(self) -> bytes:
        """The raw bytes."""
        return bytes(self.span)

    def integers(self, most: int = MOST_NUMBERS) -> tuple[int, ...]:
        """Return the first ``most`` whole numbers of the value, none for other types."""
        if self.kind not in INTEGERS:
            return ()
        size = SIZES[self.kind]
        end = min(len(self.span) // size, most) * size
        return tuple(
            int.from_bytes(self.span[at : at + size], self.order)  # type: ignore[arg-type]
            for at in range(0, end, size)
        )


Directory = dict[int, Value]


@dataclass
class Tiff:
    """A file's directories, in the order of their chain; none where it is no TIFF file.

    ``begins_at`` is where the first lies; ``end`` is behind the last byte that the directories read
    so far, or values of theirs, lie in.
    """

    data: bytes
    directories: list[Directory] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Walk the chain."""
        self._view = memoryview(self.data)
        self._tags_left = MOST_TAGS
        self.end = 0
        self.order = "little" if self.data[:2] == b"II" else "big"
        self.is_big = self._number(2, 2) == 43
        at = self._number(8, 8) if self.is_big else self._number(4, 4)
        self.begins_at = at
        seen: set[int] = set()
        while at and at not in seen and len(seen) < MOST_DIRECTORIES:
            seen.add(at)
            directory, at = self.directory(at)
            self.directories.append(directory)

    @property
    def is_whole(self) -> bool:
        """Whether no tag had to be left out for there being too many."""
        return self._tags_left > 0

    def _number(self, at: int, size: int) -> int:
        """Return an unsigned number of the file, 0 beyond its end."""
        raw = self.data[at : at + size]
        return int.from_bytes(raw, self.order) if len(raw) == size else 0  # type: ignore[arg-type]

    def directory(self, at: int) -> tuple[Directory, int]:
        """Return the directory at an offset, and the offset of the next one (0 for none)."""
        head, word, entry = (8, 8, 20) if self.is_big else (2, 4, 12)
        count = self._number(at, head)
        found: Directory = {}
        for number in range(min(count, self._tags_left)):
            place = at + head + entry * number
            tag, kind = self._number(place, 2), self._number(place + 2, 2)
            size = SIZES.get(kind, 0) * self._number(place + 4, word)
            start = place + 4 + word
            if size > word:
                start = self._number(start, word)
            raw = self._view[start : start + size]
            if size and len(raw) == size:
                found[tag] = Value(kind, raw, self.order, self.is_big)
                self.end = max(self.end, start + size)
        self.end = max(self.end, at + head + entry * count + word)
        self._tags_left -= min(count, self._tags_left)
        return found, self._number(at + head + entry * count, word)

    def within(self, directory: Directory, tag: int) -> Iterator[Directory]:
        """Yield the directories that a tag points to (EXIF, GPS, pages within a page)."""
        for at in directory[tag].integers(MOST_DIRECTORIES) if tag in directory else ():
            yield self.directory(at)[0]
