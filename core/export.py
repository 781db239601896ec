"""Writes the result in the format that the user chose: pixels and nothing else.

No file gets EXIF data, a colour profile, texts or times; pixels are sRGB. Only where a canvas is
measured in millimetres does the resolution go along, so that it prints in its size.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from common.errors import Refusal
from common.naming import EXTENSIONS, MEDIA_TYPES
from core.encode import png

LONGEST = {"webp": ("WebP", 16383), "jpg": ("JPEG", 65535)}
"""Name and longest side in pixels of formats that have one (RFC 9649, section 2.7.1; ITU-T T.81,
section B.2.2)."""

FULL_CHROMA = 90
"""JPEG quality from which colours are kept at full resolution; below, at half (4:2:0)."""

WEBP_LOSSY_METHOD = 2
"""Effort of the lossy WebP encoder, 0..6. At 3 megapixels with alpha, on one core, natively:
method 2 takes 0.24 s for 282 KB, method 4 (libwebp's default) 0.42 s for 269 KB."""

WEBP_LOSSLESS = {"quality": 20, "method": 1}
"""Effort of the lossless WebP encoder: the same picture takes 0.5 s for 4.28 MB; with the
default effort (75, 4) 0.9 s for 4.24 MB."""


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
    in the same frame, mode L. ``export`` is a checked one. A JPEG of a result without background
    gets its ``jpeg_background``. Raises :class:`Refusal` ``side_too_long`` when the format
    cannot hold a picture of that size.
    """
    kind = export["format"]
    extension = EXTENSIONS[kind]
    name, limit = LONGEST.get(extension, ("", max(image.size)))
    if max(image.size) > limit:
        raise Refusal("side_too_long", format=name, limit=limit)
    if kind == "mask":
        return [_file(png(mask, dpi=dpi), extension)]
    if kind == "jpeg":
        flat = flattened(image, export["jpeg_background"])
        return [_file(jpeg(flat, export["quality"], dpi), extension)]
    image = without_hidden_colours(image)
    if kind in ("webp", "webp-lossless"):
        quality = export["quality"] if kind == "webp" else None
        return [_file(webp(image, quality), extension)]
    files = [_file(png(image, dpi=dpi), extension)]
    if kind == "cutout+mask":
        files.append(_file(png(mask, dpi=dpi), extension))
    return files


def _file(content: bytes, extension: str) -> ExportFile:
    """Return the content with the names of its type."""
    return ExportFile(content, extension, MEDIA_TYPES[extension])


def flattened(image: Image.Image, colour: str) -> Image.Image:
    """Return an image over a colour ``#rrggbb``, mode RGB; an opaque one is returned itself."""
    if image.mode == "RGB":
        return image
    canvas = Image.new("RGB", image.size, colour)
    canvas.paste(image, mask=image)
    return canvas


def jpeg(image: Image.Image, quality: int, dpi: int | None = None) -> bytes:
    """Return an image (mode RGB) as a JPEG file; ``quality`` is 1..100."""
    output = BytesIO()
    subsampling = 0 if quality >= FULL_CHROMA else 2
    resolution = {"dpi": (dpi, dpi)} if dpi is not None else {}
    bare = _without_metadata(image)
    bare.save(output, "JPEG", quality=quality, subsampling=subsampling, **resolution)
    return output.getvalue()


def without_hidden_colours(image: Image.Image) -> Image.Image:
    """Return an image whose fully transparent pixels are black, mode RGBA or RGB as it came.

    Straight alpha would keep the background's colours under an alpha of 0, where any viewer can
    uncover them; who removes a background does not expect to send it along. Files get smaller,
    too. All other pixels stay bit for bit.
    """
    if image.mode != "RGBA":
        return image
    bare = image.copy()
    bare.paste((0, 0, 0, 0), mask=image.getchannel("A").point([255] + [0] * 255))
    return bare


def webp(image: Image.Image, quality: int | None) -> bytes:
    """Return an image (mode RGB or RGBA) as a WebP file.

    ``quality`` is 1..100, alpha being kept exactly in any case; with ``None`` everything is kept
    bit for bit, the colours under full transparency, too.
    """
    output = BytesIO()
    bare = _without_metadata(image)
    if quality is None:
        bare.save(output, "WEBP", lossless=True, exact=True, **WEBP_LOSSLESS)
    else:
        bare.save(output, "WEBP", quality=quality, alpha_quality=100, method=WEBP_LOSSY_METHOD)
    return output.getvalue()


def _without_metadata(image: Image.Image) -> Image.Image:
    """Return an image that shares the pixels and has nothing for Pillow's writers to pick up."""
    bare = image.copy() if image.info else image
    bare.info = {}
    return bare
