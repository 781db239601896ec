"""Size and kind of JPEG XL pictures, read from their first bytes (ISO/IEC 18181-1 and -2).

The codestream's header is a string of bits, lowest first. In a file with boxes it stands at the
beginning of the box ``jxlc`` or of the first ``jxlp``; bare files begin with it.
"""

CONTAINER = b"\0\0\0\x0cJXL \r\n\x87\n"
CODESTREAM = b"\xff\x0a"

HEAD_BYTES = 16384
"""How much of a file is looked at first."""

MOST_HEAD_BYTES = 4194304
"""How much at most: a camera's block may stand before the picture."""

RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
"""Width to height by their number, from 1 on (18181-1, table of SizeHeader)."""

LONG, PREVIEW_LONG, PREVIEW_EIGHTS = (
    ((9, 1), (13, 1), (18, 1), (30, 1)),
    ((6, 1), (8, 65), (10, 321), (12, 1345)),
    ((0, 16), (0, 32), (5, 1), (9, 33)),
)
"""Four ways to write a length: bits, and what is added to their number."""

DEPTHS = ((0, 8), (0, 10), (0, 12), (6, 1))


class Head:
    """What the header says.

    ``width`` and ``height`` in pixels as the picture is shown; ``moving`` tells of an animation,
    ``wide`` of more than 8 bits for each colour.
    """

    def __init__(self, width: int, height: int, moving: bool, wide: bool) -> None:
        self.width, self.height = width, height
        self.moving, self.wide = moving, wide


class Bits:
    """A string of bits, lowest of each byte first; past its end they are zero."""

    def __init__(self, data: bytes) -> None:
        self._number = int.from_bytes(data[:128], "little")

    def take(self, count: int) -> int:
        """Return the number in the next ``count`` bits."""
        found = self._number & ((1 << count) - 1)
        self._number >>= count
        return found

    def one_of(self, ways: "tuple[tuple[int, int], ...]") -> int:
        """Return a number that is written in one of four ways (18181-1, U32)."""
        bits, added = ways[self.take(2)]
        return self.take(bits) + added


def is_jxl(head: bytes) -> bool:
    """Tell whether a file's first bytes are those of JPEG XL."""
    return head[:2] == CODESTREAM or head[:12] == CONTAINER


def needed(head: bytes) -> int:
    """Return how many bytes of a file have to be looked at to find its header."""
    start = _codestream(head)
    return min(max(len(head), start + 128), MOST_HEAD_BYTES)


def header(head: bytes) -> "Head | None":
    """Return what a file's first bytes say of the picture, ``None`` where they say nothing."""
    start = _codestream(head)
    if head[start : start + 2] != CODESTREAM:
        return None
    bits = Bits(head[start + 2 :])
    width, height = _size(bits)
    if bits.take(1):  # all as usual
        return Head(width, height, False, False)
    moving = False
    if bits.take(1):
        turned = bits.take(3) >= 4
        if turned:
            width, height = height, width
        if bits.take(1):
            _size(bits)
        if bits.take(1):
            _preview(bits)
        moving = bool(bits.take(1))
        if moving:
            return Head(width, height, True, False)
    is_float = bits.take(1)
    return Head(width, height, moving, bool(is_float) or bits.one_of(DEPTHS) > 8)


def _codestream(head: bytes) -> int:
    """Return where the codestream begins, as far as the boxes before it are in ``head``."""
    if head[:12] != CONTAINER:
        return 0
    at = 0
    while at + 8 <= len(head):
        size, name = int.from_bytes(head[at : at + 4], "big"), head[at + 4 : at + 8]
        start = at + 8
        if size == 1:  # the size stands behind the name, in eight bytes
            size, start = int.from_bytes(head[at + 8 : at + 16], "big"), at + 16
        if name == b"jxlc":
            return start
        if name == b"jxlp":  # after the number of the part
            return start + 4
        if size < 8:
            return len(head)
        at += size
    return at


def _size(bits: Bits) -> "tuple[int, int]":
    """Return (width, height) of a SizeHeader."""
    small = bits.take(1)
    height = (bits.take(5) + 1) * 8 if small else bits.one_of(LONG)
    ratio = bits.take(3)
    if ratio:
        across, down = RATIOS[ratio - 1]
        return height * across // down, height
    return (bits.take(5) + 1) * 8 if small else bits.one_of(LONG), height


def _preview(bits: Bits) -> None:
    """Pass over a PreviewHeader."""
    ways = PREVIEW_EIGHTS if bits.take(1) else PREVIEW_LONG
    bits.one_of(ways)
    if not bits.take(3):
        bits.one_of(ways)
