"""Writes every format that Pillow encodes, by the name of its writer in :mod:`common.formats`.

Each function takes a finished picture and returns a file without metadata. What a format cannot
hold (transparency, many colours, many pixels) is taken away in the best way that it allows.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image

from core.picture.flatten import bare, flattened, without_hidden_colours
from core.writing.document import pdf
from core.writing.encode import png

FULL_CHROMA = 90
"""JPEG quality from which colours are kept at full resolution; below, at half (4:2:0)."""

SMALLEST = 9
"""zlib's highest compression level, for those who ask for small files."""

VISIBLE = 128
"""Alpha from which a pixel shows in a format that knows only visible and transparent pixels."""

PALETTE_SIDE = 512
"""Longest side, in pixels, of the copy that a palette is chosen from."""

LARGEST_ICON = 256
"""Longest side of an icon, in pixels: its directory holds a side in one byte, 0 for 256."""

ICON_SIDES = (16, 24, 32, 48, 64, 128, 256)
"""Sides of the pictures in an icon, in pixels, as far as the result is large enough."""

TIFF_OPTIONS: dict[str, Any] = {"compression": "tiff_lzw", "tiffinfo": {317: 2}}
FAX_OPTIONS: dict[str, Any] = {"compression": "group4", "tiffinfo": {}}
"""Lossless packing; tag 317 subtracts neighbouring pixels, which LZW packs better (TIFF 6.0,
section 14). Black and white is packed as by a fax (ITU-T T.6). Not deflate: writing it breaks the
memory of Pyodide's libtiff (4.4.0)."""


def png_with_colours(image: Image.Image, export: dict[str, Any], dpi: int | None = None) -> bytes:
    """Return a PNG file, with a palette if ``export`` asks for few colours."""
    colours = export["codec"]["colours"]
    if colours:
        image = without_hidden_colours(image)
        image = in_palette(image, max(2, colours))
    return png(
        image, SMALLEST if export["format"] == "png-small" or colours else 1, dpi, hidden=False
    )


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


def tiff(image: Image.Image, dpi: int | None = None) -> bytes:
    """Return an image (mode RGB, RGBA, L or 1) as a TIFF file, losslessly packed."""
    options = {"dpi": (dpi, dpi)} if dpi is not None else {}
    return _written(image, "TIFF", **tiff_options(image.mode), **options)


def tiff_options(mode: str) -> dict[str, Any]:
    """Return Pillow's options for a TIFF file of an image of a mode."""
    return FAX_OPTIONS if mode == "1" else TIFF_OPTIONS


def gif(image: Image.Image, colours: int = 0) -> bytes:
    """Return an image (mode RGB or RGBA) as a still GIF; see :func:`gif_frame`."""
    frame, transparent = gif_frame(image, colours)
    return _written(frame, "GIF", **({} if transparent is None else {"transparency": transparent}))


def gif_frame(image: Image.Image, colours: int = 0) -> tuple[Image.Image, int | None]:
    """Return an image (mode RGB or RGBA) with a palette, and the index that is transparent.

    ``colours`` bounds the palette, 0 for as many as there are room for: 256, one of which is the
    transparent one if there are pixels below half alpha. Missing colours are mixed by dithering
    (Floyd and Steinberg, 1976).
    """
    hidden = None
    if image.mode == "RGBA":
        hidden = image.getchannel("A").point([255] * VISIBLE + [0] * (256 - VISIBLE))
        hidden = hidden if hidden.getbbox() else None
        image = image.convert("RGB")
    most = min(colours or 256, 256) - (hidden is not None)
    frame = in_palette(image, max(2, most))
    if hidden is None:
        return frame, None
    transparent = min(max(2, most), 255)
    palette = (frame.getpalette() or [])[: 3 * transparent]
    frame.putpalette(palette + [0] * (3 * (transparent + 1) - len(palette)))
    frame.paste(transparent, mask=hidden)
    return frame, transparent


def in_palette(image: Image.Image, colours: int) -> Image.Image:
    """Return an image (mode RGB or RGBA) in mode P with at most ``colours`` colours, 2..256.

    RGB: colours by median cut (P. Heckbert, 1982) from a reduced copy, dithered. RGBA: an octree
    of colour and alpha together, not dithered, so that soft edges stay soft.
    """
    if image.mode == "RGBA":
        return image.quantize(colours, Image.Quantize.FASTOCTREE)
    if image.mode in ("L", "1"):
        image = image.convert("RGB")
    small = image
    if max(image.size) > PALETTE_SIDE:
        small = image.copy()
        small.thumbnail((PALETTE_SIDE, PALETTE_SIDE), Image.Resampling.NEAREST)
    palette = small.quantize(colours, Image.Quantize.MEDIANCUT)
    return image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)


def bmp(image: Image.Image, colour: str, dpi: int | None = None) -> bytes:
    """Return an image as a BMP file of 24 bits, over ``colour`` where it is transparent.

    BMP files with alpha exist, but most programs show them wrongly.
    """
    options = {"dpi": (dpi, dpi)} if dpi is not None else {}
    return _written(flattened(image, colour), "BMP", **options)


def ico(image: Image.Image) -> bytes:
    """Return an image as a Windows icon: in a transparent square, in all usual sizes up to 256."""
    small = image.convert("RGBA")
    small.thumbnail((LARGEST_ICON, LARGEST_ICON), Image.Resampling.LANCZOS)
    side = max(small.size)
    square = Image.new("RGBA", (side, side))
    square.paste(small, ((side - small.width) // 2, (side - small.height) // 2))
    sides = {edge for edge in ICON_SIDES if edge < side} | {side}
    return _written(square, "ICO", sizes=[(edge, edge) for edge in sorted(sides)])


def _written(image: Image.Image, file_format: str, **options: object) -> bytes:
    """Return an image as a file of a format of Pillow's."""
    output = BytesIO()
    bare(image).save(output, file_format, **options)
    return output.getvalue()


Writer = Callable[[Image.Image, dict[str, Any], int | None], bytes]
"""From a picture (mode RGB or RGBA), a checked export and pixels per inch to a file."""

WRITERS: dict[str, Writer] = {
    "png": png_with_colours,
    "jpeg": lambda image, export, dpi: jpeg(
        flattened(image, export["jpeg_background"]), export["quality"], dpi, export["codec"]
    ),
    "webp": lambda image, export, dpi: webp(
        image,
        export["quality"] if export["format"] == "webp" else None,
        export["codec"]["effort"],
    ),
    "tiff": lambda image, export, dpi: tiff(image, dpi),
    "gif": lambda image, export, dpi: gif(image, export["codec"]["colours"]),
    "bmp": lambda image, export, dpi: bmp(image, export["jpeg_background"], dpi),
    "ico": lambda image, export, dpi: ico(image),
    "pdf": pdf,
}
"""The writers by their name in :mod:`common.formats`."""
