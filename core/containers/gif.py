"""The blocks of a GIF file: its frames with their places and times, and what else it says.

Source: GIF89a specification (CompuServe, 1990).
"""

from dataclasses import dataclass

MOST_FRAMES = 50_000
"""Half an hour at 30 a second; what comes after them is not looked at."""

MOST_EXTRAS = 1000

XMP = "XMP DataXMP"
XMP_TRAILER = bytes([1, *range(255, -1, -1), 0])
"""Leads who walks the blocks by their lengths to the end, wherever in the text he is."""

MOST_BLOCKS = 200_000
"""Frames have up to two each."""

LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


@dataclass(frozen=True)
class Frame:
    """One picture of the file.

    ``box`` is (left, top, right, bottom) on the screen; ``seconds`` hundredths of one to show it;
    ``disposal`` what becomes of it before the next one (section 23); ``parts`` the pieces of a GIF
    file of its own, of the frame's size.
    """

    box: tuple[int, int, int, int]
    seconds: int
    disposal: int
    parts: tuple[bytes, ...]

    @property
    def file(self) -> bytes:
        """The frame as a file of its own."""
        return b"".join(self.parts)


@dataclass(frozen=True)
class Gif:
    """A file's blocks.

    ``size`` is (width, height) of the screen in pixels; ``loops`` how often the frames are
    repeated, ``None`` where that is not said; ``extras`` are name and content of blocks that no
    picture needs; ``trailer`` what follows the end.
    """

    size: tuple[int, int]
    frames: list[Frame]
    loops: int | None
    extras: list[tuple[str, bytes]]
    trailer: bytes


def gif(data: bytes) -> Gif:
    """Return a file's blocks, as far as they are there."""
    size = _pair(data, 6)
    table, at = b"", 13
    if len(data) > 10 and data[10] & 0x80:
        at = 13 + 3 * 2 ** ((data[10] & 7) + 1)
        table = data[13:at]
    frames: list[Frame] = []
    extras: list[tuple[str, bytes]] = []
    loops, control = None, b""
    while at < len(data) and data[at] != 0x3B and len(frames) < MOST_FRAMES:
        if data[at] == 0x21 and at + 1 < len(data):
            label, (content, end) = data[at + 1], _sub_blocks(data, at + 2)
            if label == 0xF9:
                control = content[:4]
            elif label == 0xFF and content[:11] in LOOPS:
                loops = int.from_bytes(content[12:14], "little")
            else:
                name = "comment" if label == 0xFE else content[:11].decode("latin-1")
                whole = _unparted(data[at + 14 : end]) if name == XMP else None
                if len(extras) < MOST_EXTRAS:
                    extras.append((name, whole or content[0 if label == 0xFE else 11 :]))
            at = end
        elif data[at] == 0x2C:
            frame, at = _frame(data, at, table, control)
            frames += [frame] if frame else []
            control = b""
        else:
            at += 1
    right = max([size[0], *(frame.box[2] for frame in frames[:1])])
    bottom = max([size[1], *(frame.box[3] for frame in frames[:1])])
    return Gif((right, bottom), frames, loops, extras, data[at + 1 :])


def has_too_many(data: bytes) -> bool:
    """Return whether there are more than :data:`MOST_BLOCKS`."""
    at = 13 + (3 * 2 ** ((data[10] & 7) + 1) if len(data) > 10 and data[10] & 0x80 else 0)
    for _ in range(MOST_BLOCKS):
        if at + 1 >= len(data) or data[at] not in (0x21, 0x2C):
            return False
        start = at + 2
        if data[at] == 0x2C:
            flags = data[at + 9] if at + 9 < len(data) else 0
            start = at + 11 + (3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0)
        at = _sub_blocks(data, start)[1]
    return True


def _frame(data: bytes, at: int, table: bytes, control: bytes) -> tuple[Frame | None, int]:
    """Return the frame whose descriptor is at ``at``, ``None`` for none, and where it ends."""
    left_top, size = _pair(data, at + 1), _pair(data, at + 5)
    if len(data) < at + 10:
        return None, len(data)
    flags, start = data[at + 9], at + 10
    colours = table
    if flags & 0x80:
        start += 3 * 2 ** ((flags & 7) + 1)
        colours = data[at + 10 : start]
    _, end = _sub_blocks(data, start + 1)
    if not all(size) or not colours:
        colours = colours or bytes(range(256)) * 3
    bits = max(0, (len(colours) // 3 - 1).bit_length() - 1)
    head = b"GIF89a" + b"".join(side.to_bytes(2, "little") for side in size)
    screen = head + bytes([0x80 | bits, 0, 0])
    disposal, seconds, shown = 0, 0, b""
    if len(control) == 4:
        disposal, seconds = control[0] >> 2 & 7, int.from_bytes(control[1:3], "little")
        shown = b"\x21\xf9\x04" + bytes([control[0] & 1, 0, 0, control[3]]) + b"\0"
    descriptor = b"\x2c\0\0\0\0" + data[at + 5 : at + 9] + bytes([flags & 0x40])
    own = (screen, colours, shown, descriptor, data[start:end], b"\x3b")
    box = (*left_top, left_top[0] + size[0], left_top[1] + size[1])
    return (Frame(box, seconds, disposal, own) if all(size) else None), end


def _unparted(text: bytes) -> bytes | None:
    """Return XMP that stands in one piece up to its trailer (XMP specification, part 3, 1.1.2).

    Most programs write it so; where it is cut into sub-blocks as the format wants it, ``None``.
    """
    return text.removesuffix(XMP_TRAILER) if text.endswith(XMP_TRAILER) else None


def _pair(data: bytes, at: int) -> tuple[int, int]:
    """Return two numbers of two bytes."""
    first, second = data[at : at + 2], data[at + 2 : at + 4]
    return int.from_bytes(first, "little"), int.from_bytes(second, "little")


def _sub_blocks(data: bytes, at: int) -> tuple[bytes, int]:
    """Return the content of a row of sub-blocks, and where it ends."""
    parts = []
    while at < len(data) and data[at]:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(parts), at + 1
