"""What is done to a file's bytes before a reader of Pillow's gets them, by the file's kind."""

from core.containers import jpeg, png
from core.readers import small_kinds

STEPS = {
    "png": png.pixels_only,
    "jpeg": jpeg.with_plain_names,
    "raw": jpeg.with_plain_names,
    "ico": small_kinds.as_icon,
    "cursor": small_kinds.as_icon,
    "iphone-png": small_kinds.as_plain_png,
}


def prepared(kind: str, data: bytes) -> bytes:
    """Return the bytes of a file of a kind as Pillow's reader gets them."""
    return STEPS[kind](data) if kind in STEPS else data
