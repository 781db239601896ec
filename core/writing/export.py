"""Writes the result in the format that the user chose: pixels and nothing else.

No file gets EXIF data, a colour profile, texts or times; pixels are sRGB. Only where a canvas is
measured in millimetres does the resolution go along, so that it prints in its size.
"""

from dataclasses import dataclass
from typing import Any

from PIL import Image

from common.errors import Refusal
from common.formats import FORMATS
from core.picture.flatten import without_hidden_colours
from core.writing.encode import png
from core.writing.writers import WRITERS


@dataclass(frozen=True)
class ExportFile:
    """One file to save: its ``content``, file ``extension`` and ``media_type``."""

    content: bytes
    extension: str
    media_type: str


def export_files(
    image: Image.Image, mask: Image.Image, export: dict[str, Any], dpi: int | None = None
) -> list[ExportFile]:
    """Return the files of one export, in the order of :func:`common.naming.file_names`.

    ``image`` is the result, mode RGBA or (with a background) RGB; ``mask`` the subject's alpha
    in the same frame, mode L. ``export`` is a checked one. Where the format knows no transparency
    the result lies on its ``jpeg_background``. Raises :class:`Refusal` ``side_too_long`` when the
    format cannot hold a picture of that size, ``no_encoder`` for AVIF, which only a
    codec writes.
    """
    record = FORMATS[export["format"]]
    check_length(record.key, image.size)
    if record.writer is None:
        raise Refusal("no_encoder", format=record.short)
    if record.key == "mask":
        return [export_file(png(mask, dpi=dpi), record.key)]
    if record.transparent and record.writer != "png":  # that one does it strip by strip
        image = without_hidden_colours(image)
    files = [export_file(WRITERS[record.writer](image, export, dpi), record.key)]
    if record.key == "cutout+mask":
        files.append(export_file(png(mask, dpi=dpi), record.key))
    return files


def check_length(kind: str, size: tuple[int, int]) -> None:
    """Raise :class:`Refusal` ``side_too_long`` when a format cannot hold a picture of ``size``."""
    record = FORMATS[kind]
    if record.longest and max(size) > record.longest:
        name = record.short.split(",")[0]
        raise Refusal("side_too_long", format=name, limit=record.longest)


def export_file(content: bytes, kind: str) -> ExportFile:
    """Return the content of a file of an export format with the names of its type."""
    record = FORMATS[kind]
    return ExportFile(content, record.extension, record.media_type)
