"""Size, channels and colours of JPEG 2000 pictures, read from their first bytes.

A file is a codestream, or boxes with one in them. What a decoder would get wrong without a word
(channels without colours, print colours with a profile, halved alpha) is told as ``trouble``.

Source: ISO/IEC 15444-1, annexes A (SIZ) and I (boxes).
"""

CONTAINER = b"\0\0\0\x0cjP  \r\n\x87\n"
CODESTREAM = b"\xff\x4f\xff\x51"

HEAD_BYTES = 16384
"""How much of a file is looked at first."""

MOST_HEAD_BYTES = 4194304
"""How much at most: a profile or a camera's block may stand before the picture."""

SIZ_BYTES = 42
"""From the codestream's beginning to the fields of its channels, three bytes each."""

MOST_CHANNELS = 16384

CMYK, SRGB, GREY, SYCC, ESYCC = 12, 16, 17, 18, 24
"""Numbers of colour spaces (table I.10, and 15444-2, table M.25)."""

PROFILES = {b"GRAY": GREY, b"RGB ": SRGB}
"""The colour spaces of profiles whose values are read."""

OPACITY, MULTIPLIED = 1, 2
"""Types of channels that are no colour."""


class Head:
    """What a file says of its picture.

    ``width`` and ``height`` in pixels; ``colours`` how many channels are colours; ``alpha`` tells
    of transparency, ``multiplied`` that the colours are multiplied by it, ``wide`` of more than 8
    bits, ``printed`` of CMYK; ``trouble`` is empty, or in English what no decoder here reads.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.colours, self.trouble = 3, ""
        self.alpha = self.multiplied = self.wide = self.printed = False

    def options(self) -> "dict[str, object]":
        """Return what the decoder has to know (``assets/js/jpeg2000.js``)."""
        return {
            "width": self.width,
            "height": self.height,
            "alpha": self.alpha,
            "multiplied": self.multiplied,
        }


class Boxes:
    """What the boxes before the codestream say.

    ``space`` is the number of a colour space, 0 where none is told, -1 for one of a profile that
    is neither grey nor RGB; ``kinds`` the types of the channels that are described; ``mapped`` how
    many a palette makes; ``start`` where the codestream begins, as far as it is in ``head``.
    """

    def __init__(self, head: bytes) -> None:
        self.space = self.mapped = 0
        self.kinds = []  # type: list[int]
        self.start = 0
        if head[:12] == CONTAINER:
            self.start = self._walk(head, 0, len(head))

    def _walk(self, head: bytes, at: int, end: int) -> int:
        """Take in the boxes of a part; return where the codestream begins, or where they end."""
        while at + 8 <= end:
            size, name, start = _number(head, at, 4), head[at + 4 : at + 8], at + 8
            if size == 1:  # the size stands behind the name, in eight bytes
                size, start = _number(head, at + 8, 8), at + 16
            if name == b"jp2c":
                return start
            if size < 8:
                return end
            self._take(head, name, start, at + size)
            at += size
        return at

    def _take(self, head: bytes, name: bytes, start: int, end: int) -> None:
        """Take in one box."""
        if name == b"jp2h":
            self._walk(head, start, min(end, len(head)))
        elif name == b"colr" and not self.space:  # only the first one counts
            self.space = _space(head[start : min(end, start + 64)])
        elif name == b"cmap":
            self.mapped = (end - start) // 4
        elif name == b"cdef":
            count = min(_number(head, start, 2), MOST_CHANNELS)
            self.kinds = [_number(head, start + 4 + 6 * each, 2) for each in range(count)]


def is_jpeg2000(head: bytes) -> bool:
    """Tell whether a file's first bytes are those of JPEG 2000."""
    return head[:4] == CODESTREAM or head[:12] == CONTAINER


def needed(head: bytes) -> int:
    """Return how many bytes of a file have to be looked at to find its header."""
    start = Boxes(head).start
    count = _number(head, start + SIZ_BYTES - 2, 2) if len(head) >= start + SIZ_BYTES else 4
    return min(max(len(head), start + SIZ_BYTES + 3 * count), MOST_HEAD_BYTES)


def header(head: bytes) -> "Head | None":
    """Return what a file's first bytes say of the picture, ``None`` where they say nothing."""
    boxes = Boxes(head)
    code = head[boxes.start :]
    count = _number(code, SIZ_BYTES - 2, 2)
    fields = code[SIZ_BYTES : SIZ_BYTES + 3 * count]
    if code[:4] != CODESTREAM or not count or len(fields) < 3 * count:
        return None
    right, bottom, left, top = [_number(code, at, 4) for at in (8, 12, 16, 20)]
    if left >= right or top >= bottom:
        return None
    told = Head(right - left, bottom - top)
    depths = [fields[at] for at in range(0, len(fields), 3)]
    told.wide = any(depth & 127 > 7 for depth in depths)
    _describe(told, boxes, boxes.mapped or count)
    steps = [(fields[at + 1], fields[at + 2]) for at in range(0, len(fields), 3)]
    if told.trouble == "" and any(depth > 127 for depth in depths):
        told.trouble = "signed"
    if told.trouble == "" and not _is_even(steps, told):
        told.trouble = "reduced channels"
    return told


def _describe(told: Head, boxes: Boxes, count: int) -> None:
    """Tell which of ``count`` channels are colours and which is alpha."""
    told.printed = boxes.space == CMYK
    if boxes.kinds:
        told.alpha = OPACITY in boxes.kinds or MULTIPLIED in boxes.kinds
        told.multiplied = MULTIPLIED in boxes.kinds
    else:
        told.alpha = count in (2, 4) and not told.printed
    told.colours = count - told.alpha
    if boxes.space not in (0, CMYK, SRGB, GREY, SYCC, ESYCC):
        told.trouble = "colour space"
    elif told.colours not in ((4,) if told.printed else (1, 3)):
        told.trouble = str(count) + " channels"
    elif told.alpha and boxes.space in (CMYK, SYCC, ESYCC):
        told.trouble = "colour space with transparency"


def _is_even(steps: "list[tuple[int, int]]", told: Head) -> bool:
    """Return whether all channels have all pixels, or colours as much fewer as is usual."""
    if told.colours == 3 and len(steps) == 3 and steps[0] == (1, 1):
        return steps[1] == steps[2] and steps[1] in ((1, 1), (2, 1), (2, 2))
    return all(step == (1, 1) for step in steps)


def _space(content: bytes) -> int:
    """Return the number of the colour space that a box ``colr`` tells of."""
    if content[:1] == b"\1":
        return _number(content, 3, 4)
    if content[:1] == b"\2":
        return PROFILES.get(content[19:23], -1)
    return 0


def _number(data: bytes, at: int, size: int) -> int:
    """Return a number, highest byte first."""
    return int.from_bytes(data[at : at + size], "big")
