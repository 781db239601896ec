"""What is done to a file's bytes before a reader of Pillow's gets them, by the file's kind."""

from collections.abc import Callable

from common.errors import Refusal
from core.bare import bitmaps
from core.containers import gif, jpeg, png
from core.containers.tiff import Directory
from core.readers import endless_jpeg, small_kinds, tiff_layouts

STEPS = {
    "png": png.pixels_only,
    "jpeg": lambda data: jpeg.with_plain_names(endless_jpeg.with_end(data)),
    "raw": jpeg.with_plain_names,
    "ico": small_kinds.as_icon,
    "cursor": small_kinds.as_icon,
    "iphone-png": small_kinds.as_plain_png,
}

CROWDED = {
    "png": png.has_too_many,
    "jpeg": jpeg.has_too_many,
    "raw": jpeg.has_too_many,
    "gif": gif.has_too_many,
    "iphone-png": png.has_too_many,
}
"""Who tells whether a file is cut into more parts than any program writes."""


RARE: dict[str | None, Callable[[bytes], str | None]] = {
    "jpeg": jpeg.rare_form,
    "bmp": bitmaps.rare_form,
}
"""Who names a form of a kind that nobody here reads."""


def refuse_too_many_parts(kind: str, data: bytes) -> None:
    """Raise :class:`Refusal` ``too_many_parts`` where walking through a file would take minutes."""
    if kind in CROWDED and CROWDED[kind](data):
        raise Refusal("too_many_parts")


def refusal_of(kind: str | None, data: bytes, page: Directory | None) -> Refusal:
    """Return why a file that Pillow cannot read is refused: by its name where that is the cause.

    ``page`` is the one of a TIFF file, ``None`` for others.
    """
    rare = RARE[kind](data) if kind in RARE else None
    return Refusal("no_decoder", format=rare) if rare else tiff_layouts.refusal_of(page)


def prepared(kind: str, data: bytes) -> bytes:
    """Return the bytes of a file of a kind as Pillow's reader gets them."""
    return STEPS[kind](data) if kind in STEPS else data
