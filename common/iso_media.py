"""Size and orientation of AVIF and HEIC pictures, read from their first bytes.

Both are ISO base media files (ISO/IEC 23008-12). What is needed stands in their item properties
before the pixels: ``ispe`` (width and height), ``irot`` and ``imir`` (how it is to be turned).
"""

HEAD_BYTES = 16384
"""How much of a file is looked at."""


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
