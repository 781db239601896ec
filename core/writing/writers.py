"""Writes the formats that Pillow encodes besides PNG, JPEG and WebP: TIFF, GIF, BMP, ICO, PDF.

Each function takes a finished picture and returns a file without metadata. What a format cannot
hold (transparency, many colours, many pixels) is taken away in the best way that it allows.
"""

from io import BytesIO
from typing import Any

from PIL import Image

from core.picture.flatten import bare, flattened

VISIBLE = 128
"""Alpha from which a pixel shows in a format that knows only visible and transparent pixels."""

PALETTE_SIDE = 512
"""Longest side, in pixels, of the copy that a palette is chosen from."""

LARGEST_ICON = 256
"""Longest side of an icon, in pixels: its directory holds a side in one byte, 0 for 256."""

ICON_SIDES = (16, 24, 32, 48, 64, 128, 256)
"""Sides of the pictures in an icon, in pixels, as far as the result is large enough."""

TIFF_OPTIONS: dict[str, Any] = {"compression": "tiff_lzw", "tiffinfo": {317: 2}}
"""Lossless packing; tag 317 subtracts neighbouring pixels, which LZW packs better (TIFF 6.0,
section 14). Not deflate: writing it breaks the memory of Pyodide's libtiff (4.4.0)."""

PDF_RESOLUTION = 300
"""Pixels per inch of a page whose size nobody asked for."""


def tiff(image: Image.Image, dpi: int | None = None) -> bytes:
    """Return an image (mode RGB, RGBA or L) as a TIFF file, losslessly packed with LZW."""
    options = {"dpi": (dpi, dpi)} if dpi is not None else {}
    return _written(image, "TIFF", **TIFF_OPTIONS, **options)


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


def pdf(image: Image.Image, colour: str, quality: int, dpi: int | None = None) -> bytes:
    """Return an image as a PDF document of one page of its size, over ``colour``.

    The page holds a JPEG of ``quality`` 1..100. Times and names are left out.
    """
    nothing = {"creationDate": None, "modDate": None, "title": None, "producer": None}
    flat = flattened(image, colour)
    resolution = float(dpi or PDF_RESOLUTION)
    return _written(flat, "PDF", quality=quality, resolution=resolution, **nothing)


def _written(image: Image.Image, file_format: str, **options: object) -> bytes:
    """Return an image as a file of a format of Pillow's."""
    output = BytesIO()
    bare(image).save(output, file_format, **options)
    return output.getvalue()
