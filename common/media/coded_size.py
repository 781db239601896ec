"""The size that the coded pictures of an AVIF file have, whatever its container says.

A decoder makes room for what the AV1 data names, and only then compares it with the container. So
the sequence headers are read first: where they lie says the container's table of items
(ISO/IEC 14496-12, section 8.11.3), what they hold the AV1 Bitstream Specification, section 5.5.
"""

SEQUENCE_HEADER = 1
"""A type of OBU (AV1 specification, section 6.2.2)."""

MOST_OBUS = 64
"""Looked at of one picture; a still has a handful."""

OBU_BYTES = 64
"""Enough for an OBU's own header and the beginning of a sequence header."""

MOST_ITEMS = 4096


class Bits:
    """A string of bits, highest of each byte first; past its end they are zero."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> int:
        """Return the number in the next ``count`` bits."""
        found = 0
        for _ in range(count):
            byte = self._at >> 3
            bit = self._data[byte] >> (7 - (self._at & 7)) & 1 if byte < len(self._data) else 0
            found = found << 1 | bit
            self._at += 1
        return found


def places(head: bytes) -> "list[tuple[int, int]]":
    """Return (offset, length) in the file of all AV1 data; ``head`` reaches behind ``meta``."""
    for name, start, end in _boxes(head, 0, len(head)):
        if name == b"meta":
            inner = {inner[0]: inner[1:] for inner in _boxes(head, start + 4, end)}
            own = inner.get(b"idat", (0, 0))[0]
            if b"iloc" in inner and b"iinf" in inner:
                coded = _coded_items(head, inner[b"iinf"][0], inner[b"iinf"][1])
                return _extents(head[inner[b"iloc"][0] : inner[b"iloc"][1]], own, coded)
    return []


class Obu:
    """The beginning of one piece of AV1 data.

    ``size`` is (width, height) in pixels at most, of a sequence header, else ``None``;
    ``length`` its bytes with all, 0 where it reaches to the end.
    """

    def __init__(self, data: bytes) -> None:
        """Read it from its first :data:`OBU_BYTES`."""
        first = data[0] if data else 0
        start = 2 if first & 4 else 1
        size = shift = 0
        if first & 2:
            for byte in data[start : start + 8]:
                size |= (byte & 127) << shift
                start, shift = start + 1, shift + 7
                if byte < 128:
                    break
        self.length = start + size if first & 2 else 0
        is_header = first >> 3 & 15 == SEQUENCE_HEADER
        self.size = _sequence_size(Bits(data[start:])) if is_header else None


def _boxes(data: bytes, at: int, end: int) -> "list[tuple[bytes, int, int]]":
    """Return name, start and end of the content of the boxes that lie side by side."""
    found = []
    while at + 8 <= end:
        size, start = int.from_bytes(data[at : at + 4], "big"), at + 8
        if size == 1:  # the size stands behind the name, in eight bytes
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        if size < start - at:
            break
        found.append((data[at + 4 : at + 8], start, at + size))
        at += size
    return found


def _coded_items(head: bytes, start: int, end: int) -> "set[int]":
    """Return the numbers of the items that are AV1 data, from the box ``iinf``."""
    found = set()
    first = start + (6 if head[start : start + 1] == b"\0" else 8)
    for name, at, _ in _boxes(head, first, end):
        wide = 2 if head[at : at + 1] <= b"\2" else 4  # bytes of the number
        if name == b"infe" and head[at + 6 + wide : at + 10 + wide] == b"av01":
            found.add(int.from_bytes(head[at + 4 : at + 4 + wide], "big"))
    return found


def _extents(table: bytes, own: int, wanted: "set[int]") -> "list[tuple[int, int]]":
    """Return (offset, length) of each piece of some items in a box ``iloc``.

    ``own`` is where the content of ``idat`` begins.
    """
    bits = Bits(table)
    version = bits.take(8)
    bits.take(24)
    offset, length, base, index = [bits.take(4) * 8 for _ in range(4)]
    index = index if version else 0
    found: "list[tuple[int, int]]" = []
    for _ in range(min(bits.take(16 if version < 2 else 32), MOST_ITEMS)):
        number = bits.take(16 if version < 2 else 32)
        inside = bits.take(16) & 15 == 1 if version else False
        bits.take(16)
        start = bits.take(base) + (own if inside else 0)
        for _ in range(min(bits.take(16), MOST_ITEMS)):
            bits.take(index)
            place = start + bits.take(offset), bits.take(length)
            if number in wanted and len(found) < MOST_ITEMS:
                found.append(place)
    return found


def _sequence_size(bits: Bits) -> "tuple[int, int]":
    """Return the largest (width, height) that a sequence header allows."""
    bits.take(4)
    if bits.take(1):  # the short form of stills
        bits.take(5)
    else:
        _pass_operating_points(bits)
    across, down = bits.take(4) + 1, bits.take(4) + 1
    return bits.take(across) + 1, bits.take(down) + 1


def _pass_operating_points(bits: Bits) -> None:
    """Pass over what a sequence header says of times and levels."""
    delay = 0
    if bits.take(1):
        bits.take(64)
        if bits.take(1):
            _pass_uvlc(bits)
        if bits.take(1):
            delay = bits.take(5) + 1
            bits.take(42)
    shown = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if delay and bits.take(1):
            bits.take(2 * delay + 1)
        if shown and bits.take(1):
            bits.take(4)


def _pass_uvlc(bits: Bits) -> None:
    """Pass over a number of variable length (section 4.10.3)."""
    zeros = 0
    while zeros < 32 and not bits.take(1):
        zeros += 1
    bits.take(zeros if zeros < 32 else 0)
