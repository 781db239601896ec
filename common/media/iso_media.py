"""Size and orientation of AVIF and HEIC pictures, read from their first bytes.

Both are ISO base media files (ISO/IEC 23008-12). What is needed stands in their item properties
before the pixels: ``ispe`` (width and height), ``irot`` and ``imir`` (how it is to be turned).
"""

HEAD_BYTES = 16384
"""How much of a file is looked at first."""

MOST_HEAD_BYTES = 4194304
"""How much at most: a colour profile may push what is looked for far back."""


def needed(head: bytes) -> int:
    """Return how many bytes of a file have to be looked at: up to the end of its box ``meta``."""
    at = 0
    while at + 16 <= len(head):
        size = int.from_bytes(head[at : at + 4], "big")
        if size == 1:  # the size stands behind the name, in eight bytes
            size = int.from_bytes(head[at + 8 : at + 16], "big")
        if size < 8:
            return len(head)
        if head[at + 4 : at + 8] == b"meta":
            return min(at + size, MOST_HEAD_BYTES)
        at += size
    return len(head)


def is_moving(head: bytes) -> bool:
    """Tell whether the file is a sequence of pictures (brands ``avis``, ``msf1``, ``hevc``)."""
    brands = head[8 : min(len(head), int.from_bytes(head[:4], "big"))]
    found = [brands[at : at + 4] for at in range(0, len(brands), 4)]
    return b"avis" in found or b"msf1" in found or b"hevc" in found


def upright_size(head: bytes) -> tuple[int, int] | None:
    """Return (width, height) in pixels as the picture is shown, ``None`` if unknown."""
    size = largest_size(head)
    at = head.find(b"irot")
    if size is not None and at >= 0 and head[at + 4] & 1:
        return size[1], size[0]
    return size


def largest_size(head: bytes) -> tuple[int, int] | None:
    """Return (width, height) in pixels of the largest picture in the file, ``None`` if unknown.

    ``head`` are the file's first bytes. A file may hold tiles and thumbnails beside the picture.
    """
    found = None
    start = head.find(b"ispe")
    while start >= 0 and start + 16 <= len(head):
        width = int.from_bytes(head[start + 8 : start + 12], "big")
        height = int.from_bytes(head[start + 12 : start + 16], "big")
        if found is None or width * height > found[0] * found[1]:
            found = (width, height)
        start = head.find(b"ispe", start + 4)
    return found


def is_turned(head: bytes) -> bool:
    """Tell whether the picture is to be turned or mirrored after it is decoded."""
    at = head.find(b"irot")
    turned = at >= 0 and head[at + 4 : at + 5] != b"\x00"
    return turned or head.find(b"imir") >= 0
