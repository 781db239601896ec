"""Writes the result in the format that the user chose: pixels and nothing else.

No file gets EXIF data, a colour profile, texts or times; pixels are sRGB. Only where a canvas is
measured in millimetres does the resolution go along, so that it prints in its size.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from common.edits.edit import OPAQUE_FORMATS
from common.errors import Refusal
from common.naming import EXTENSIONS, MEDIA_TYPES
from core.picture.flatten import bare, flattened, without_hidden_colours
from core.writing import writers
from core.writing.encode import png

LONGEST = {"webp": ("WebP", 16383), "jpg": ("JPEG", 65535)}
"""Name and longest side in pixels of formats that have one (RFC 9649, section 2.7.1; ITU-T T.81,
section B.2.2)."""

FULL_CHROMA = 90
"""JPEG quality from which colours are kept at full resolution; below, at half (4:2:0)."""

PLAIN = ("png", "png-small", "cutout+mask")
"""Formats whose writer takes hidden colours away itself, strip by strip."""

SMALLEST = 9
"""zlib's highest compression level, for those who ask for small files."""


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
    format cannot hold a picture of that size, ``no_encoder`` for AVIF, which Pillow cannot write
    everywhere.
    """
    kind = export["format"]
    check_length(kind, image.size)
    if kind == "avif":
        raise Refusal("no_encoder", format="AVIF")
    if kind == "mask":
        return [export_file(png(mask, dpi=dpi), kind)]
    if kind not in (*OPAQUE_FORMATS, *PLAIN):
        image = without_hidden_colours(image)
    files = [export_file(_content(image, export, dpi), kind)]
    if kind == "cutout+mask":
        files.append(export_file(png(mask, dpi=dpi), kind))
    return files


def check_length(kind: str, size: tuple[int, int]) -> None:
    """Raise :class:`Refusal` ``side_too_long`` when a format cannot hold a picture of ``size``."""
    name, limit = LONGEST.get(EXTENSIONS[kind], ("", max(size)))
    if max(size) > limit:
        raise Refusal("side_too_long", format=name, limit=limit)


def _content(image: Image.Image, export: dict[str, Any], dpi: int | None) -> bytes:
    """Return the content of the picture's file."""
    kind, quality, colour = export["format"], export["quality"], export["jpeg_background"]
    if kind == "jpeg":
        return jpeg(flattened(image, colour), quality, dpi, export["codec"])
    if kind in ("webp", "webp-lossless"):
        return webp(image, quality if kind == "webp" else None, export["codec"]["effort"])
    if kind == "tiff":
        return writers.tiff(image, dpi)
    if kind == "gif":
        return writers.gif(image, export["codec"]["colours"])
    if kind == "bmp":
        return writers.bmp(image, colour, dpi)
    if kind == "ico":
        return writers.ico(image)
    if kind == "pdf":
        return writers.pdf(image, colour, quality, dpi)
    return png_with_colours(image, export, dpi)


def png_with_colours(image: Image.Image, export: dict[str, Any], dpi: int | None = None) -> bytes:
    """Return a PNG file, with a palette if ``export`` asks for few colours."""
    colours = export["codec"]["colours"]
    if colours:
        image = without_hidden_colours(image)
        image = writers.in_palette(image, max(2, colours))
    return png(
        image, SMALLEST if export["format"] == "png-small" or colours else 1, dpi, hidden=False
    )


def export_file(content: bytes, kind: str) -> ExportFile:
    """Return the content of a file of an export format with the names of its type."""
    extension = EXTENSIONS[kind]
    return ExportFile(content, extension, MEDIA_TYPES[extension])


def jpeg(
    image: Image.Image, quality: int, dpi: int | None = None, codec: dict[str, Any] | None = None
) -> bytes:
    """Return an image (mode RGB) as a JPEG file; ``quality`` is 1..100.

    ``codec`` is the checked one of an export, ``None`` for its defaults.
    """
    output = BytesIO()
    wish = codec or {"chroma": "auto", "progressive": True}
    chroma = wish["chroma"]
    if chroma == "auto":
        chroma = "4:4:4" if quality >= FULL_CHROMA else "4:2:0"
    resolution = {"dpi": (dpi, dpi)} if dpi is not None else {}
    bare(image).save(
        output,
        "JPEG",
        quality=quality,
        subsampling=chroma,
        progressive=wish["progressive"],
        **resolution,
    )
    return output.getvalue()


def webp(image: Image.Image, quality: int | None, effort: int = 4) -> bytes:
    """Return an image (mode RGB or RGBA) as a WebP file.

    ``quality`` is 1..100, alpha being kept exactly in any case; with ``None`` everything is kept
    bit for bit, the colours under full transparency, too. ``effort`` is 0 (quick) .. 10 (small).

    At 3 megapixels with alpha, on one core, natively: lossy at effort 4 (method 2) takes 0.24 s
    for 282 KB, libwebp's default (method 4) 0.42 s for 269 KB; lossless at effort 4 (20, method 1)
    0.5 s for 4.28 MB, libwebp's default (75, method 4) 0.9 s for 4.24 MB.
    """
    output = BytesIO()
    method = effort * 6 // 10
    if quality is None:
        packing = min(100, effort * 5 if effort <= 4 else effort * 10)
        options = {"lossless": True, "exact": True, "quality": packing, "method": method // 2}
    else:
        options = {"quality": quality, "alpha_quality": 100, "method": method}
    bare(image).save(output, "WEBP", **options)
    return output.getvalue()
