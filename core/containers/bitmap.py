"""The colour profile of a BMP file. Source: Microsoft, BITMAPV5HEADER."""

HEAD, LONGEST_HEAD = 14, 124
"""Bytes before the head that tells of the picture, and of one that has room for a profile."""

EMBEDDED, LINKED = b"DEBM", b"KNIL"
"""What the colours go by, read backwards: a profile in the file, or one whose path stands there."""


def profile(data: bytes) -> bytes | None:
    """Return the profile, ``None`` without one."""
    return _described(data, EMBEDDED)


def linked(data: bytes) -> bytes | None:
    """Return the path of a profile on the disk of whoever made the file, ``None`` without one."""
    return _described(data, LINKED)


def _described(data: bytes, kind: bytes) -> bytes | None:
    """Return what a head has room for, if it is of a kind."""
    head = data[HEAD : HEAD + LONGEST_HEAD]
    if int.from_bytes(head[:4], "little") < LONGEST_HEAD or head[56:60] != kind:
        return None
    start, size = (int.from_bytes(head[at : at + 4], "little") for at in (112, 116))
    return data[HEAD + start : HEAD + start + size] or None
