"""The chunks of a PNG file: what Pillow gets of them, and what the rest says.

Source: PNG specification, third edition.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

SIGNATURE = b"\x89PNG\r\n\x1a\n"

ANIMATION = (b"acTL", b"fcTL", b"fdAT")
PIXELS = (b"tRNS", *ANIMATION)
"""Ancillary chunks that decide about pixels; a decoder needs no others."""

TEXTS = (b"tEXt", b"zTXt", b"iTXt")

HARMLESS = frozenset(
    b"gAMA cHRM sRGB iCCP cICP sBIT pHYs bKGD hIST eXIf tIME mDCV cLLI oFFs".split()
).union(PIXELS, TEXTS)
"""Ancillary chunks that say nothing of anybody, or are looked at by themselves."""

END = b"\0\0\0\0IEND\xaeB`\x82"

MOST_CHUNKS = 50_000
"""Of a file; libpng cuts 400 megabytes of packed pixels into so many."""

RAW_PROFILE = "Raw profile type "
"""Begins the keywords of texts that hold other blocks in hexadecimal digits (ImageMagick)."""

INFLATED_BYTES = 8_000_000
"""Most bytes that a compressed chunk may become; what is beyond is cut off."""


@dataclass(frozen=True)
class Chunk:
    """One chunk: its ``name``, where it ``start``s in the file, and its content's ``size``."""

    name: bytes
    start: int
    size: int

    @property
    def end(self) -> int:
        """Where the next chunk begins."""
        return self.start + 12 + self.size

    @property
    def is_ancillary(self) -> bool:
        """Whether a decoder may do without it (section 5.4: the fifth bit of the first letter)."""
        return bool(self.name[:1] and self.name[0] & 0x20)


def chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks up to ``IEND`` or to where the file breaks off."""
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        chunk = Chunk(data[at + 4 : at + 8], at, int.from_bytes(data[at : at + 4], "big"))
        yield chunk
        if chunk.name == b"IEND":
            return
        at = chunk.end


def has_too_many(data: bytes) -> bool:
    """Return whether there are more than :data:`MOST_CHUNKS`."""
    return sum(1 for _ in islice(chunks(data), MOST_CHUNKS + 1)) > MOST_CHUNKS


def content(data: bytes, chunk: Chunk) -> bytes:
    """Return what a chunk holds."""
    return data[chunk.start + 8 : chunk.start + 8 + chunk.size]


def is_sound(data: bytes, chunk: Chunk) -> bool:
    """Return whether a chunk's checksum is right."""
    checksum = zlib.crc32(data[chunk.start + 4 : chunk.start + 8 + chunk.size])
    return data[chunk.end - 4 : chunk.end] == checksum.to_bytes(4, "big")


def first(data: bytes, name: bytes) -> bytes | None:
    """Return the content of the first sound chunk called ``name``, ``None`` without one."""
    for chunk in chunks(data):
        if chunk.name == name and is_sound(data, chunk):
            return content(data, chunk)
    return None


def pixels_only(data: bytes) -> bytes:
    """Return the file without the chunks that no pixel needs, itself where it has none.

    A damaged or overlong text is no reason to refuse a picture; browsers show it, and so Pillow,
    which would stop there, does not get to see it. Damaged chunks of an animation leave a still.
    """
    kept: list[Chunk] = []
    still = False
    for chunk in chunks(data):
        needed = not chunk.is_ancillary or chunk.name == b"fdAT"
        if needed or (_fits(data, chunk) and is_sound(data, chunk)):
            kept.append(chunk)
        elif chunk.name in ANIMATION:
            still = True
    if kept and kept[-1].end > len(data):  # it breaks off, often only in its last bytes
        kept.pop()
    if still or not _animates(data, kept):
        kept = [chunk for chunk in kept if chunk.name not in ANIMATION]
    if kept and kept[-1].name != b"IEND":
        whole = b"".join([data[chunk.start : chunk.end] for chunk in kept])
        return data[:8] + whole + END
    if kept and sum(chunk.size + 12 for chunk in kept) + 8 == len(data):
        return data
    return data[:8] + b"".join([data[chunk.start : chunk.end] for chunk in kept])


def _animates(data: bytes, kept: list[Chunk]) -> bool:
    """Return whether the chunks of an animation follow each other as they must.

    Their numbers count from 0, and each frame has pixels (section 11.3.6). Where they do not,
    browsers show the still picture.
    """
    if not any(chunk.name == b"acTL" for chunk in kept):
        return False
    number, waiting, begun = 0, False, False
    for chunk in kept:
        if chunk.name in (b"fcTL", b"fdAT"):
            if content(data, chunk)[:4] != number.to_bytes(4, "big"):
                return False
            number += 1
        if chunk.name == b"fcTL":
            if waiting:
                return False
            waiting = begun = True
        elif chunk.name == b"fdAT" or (chunk.name == b"IDAT" and begun):
            if not begun:
                return False
            waiting = False
    return begun and not waiting


def _fits(data: bytes, chunk: Chunk) -> bool:
    """Return whether an ancillary chunk decides about pixels and has the length that it must."""
    if chunk.name == b"tRNS":
        sizes = {0: range(2, 3), 2: range(6, 7), 3: range(1, 257)}
        return chunk.size in sizes.get(data[25], ())
    if chunk.name == b"acTL":
        return chunk.size == 8 and any(content(data, chunk)[:4])
    return chunk.name == b"fcTL" and chunk.size == 26


def texts(data: bytes) -> Iterator[tuple[str, str, int]]:
    """Yield keyword, text and the chunk's size of every text; damaged ones are empty.

    All of them together are unpacked to :data:`INFLATED_BYTES` at most.
    """
    left = INFLATED_BYTES
    for chunk in chunks(data):
        if chunk.name in TEXTS:
            keyword, _, rest = content(data, chunk).partition(b"\0")
            text = _text(chunk.name, rest, left)
            left -= min(left, len(text))
            yield keyword.decode("latin-1"), text, chunk.size


def _text(name: bytes, rest: bytes, most: int) -> str:
    """Return the text of a chunk from what follows its keyword (section 11.3.3)."""
    if name == b"tEXt":
        return _latin_or_utf_8(rest)
    if name == b"zTXt":
        return _latin_or_utf_8(inflated(rest[1:], most))
    compressed = rest[:1] == b"\1"
    parts = rest[2:].split(b"\0", 2)
    if len(parts) < 3:
        return ""
    return (inflated(parts[2], most) if compressed else parts[2]).decode("utf-8", "replace")


def raw_profile(text: str) -> bytes:
    """Return what a text of :data:`RAW_PROFILE` holds: name, length and digits, one a line."""
    parts = text.split(None, 2)
    try:
        return bytes.fromhex(parts[2]) if len(parts) == 3 else b""
    except ValueError:
        return b""


def _latin_or_utf_8(text: bytes) -> str:
    """Return a text of bytes, which should be Latin-1 and often is UTF-8."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def profile(data: bytes) -> bytes | None:
    """Return the ICC profile of the chunk ``iCCP``, ``None`` without a sound one."""
    packed = first(data, b"iCCP")
    if packed is None:
        return None
    return inflated(packed.partition(b"\0")[2][1:]) or None


def inflated(packed: bytes, most: int = INFLATED_BYTES) -> bytes:
    """Return what zlib's stream holds, ``most`` bytes of it, nothing where it is damaged."""
    if most <= 0:
        return b""
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
