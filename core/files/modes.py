"""Turns every pixel layout that Pillow reads into 8-bit RGB and, where there is one, alpha.

Colour and transparency are kept apart because the network sees only colour, and because the
photo's own colours must come out of the cutout bit for bit, also where they are hidden.
"""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.containers import png
from core.files.picture_file import PictureFile
from core.icc.conversion import strips

WIDE_GREY_MODES = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
"""Pillow's modes with more than 8 bits per pixel, all of them grey."""

GREY_MODES = ("1", "L", "LA", *WIDE_GREY_MODES)
"""Pillow's modes without colour."""

GREY, RGB = 0, 2
"""Colour types of PNG files that may have a transparent colour."""

NOMINAL_MAXIMA = (1.0, 255.0, 65535.0)
"""Whites that are usual in files of floating-point or 32-bit numbers."""

TIFF_BITS_PER_SAMPLE = 258
TIFF_PHOTOMETRIC = 262


def to_rgb(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Return an RGB image and its alpha (mode L, or ``None`` when it is opaque everywhere).

    ``image`` is a loaded image of any mode; it may be the returned one. CMYK is converted without
    a profile (see :func:`core.files.colour.cmyk_to_srgb` for the better way). Wide greys are scaled
    so that the file's white becomes 255. Raises ``ValueError`` for a layout without a conversion.
    """
    if image.mode in WIDE_GREY_MODES:
        return grey_to_8_bit(image).convert("RGB"), None
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        straight = image if image.mode == "RGBA" else image.convert("RGBA")
        alpha = straight.getchannel("A")
        opaque = alpha.getextrema() == (255, 255)
        return straight.convert("RGB"), None if opaque else alpha
    return image if image.mode == "RGB" else image.convert("RGB"), None


def is_wide(image: Image.Image, data: bytes) -> bool:
    """Return whether the file holds more than 8 bits per channel.

    Pillow itself reads 16-bit colour PNG and TIFF files as 8-bit RGB, so the file's own header is
    asked: ``data`` is the whole file, ``image`` what Pillow opened from it.
    """
    if image.mode in WIDE_GREY_MODES:
        return True
    if image.format == "PNG":
        return data[24] == 16  # bit depth, in the IHDR chunk
    return any(bits > 8 for bits in _tiff_tag(image, TIFF_BITS_PER_SAMPLE))


def grey_to_8_bit(image: Image.Image) -> Image.Image:
    """Return a wide grey image (one of :data:`WIDE_GREY_MODES`) as mode L, 0..255.

    16-bit files are scaled by their white (65535, or 4095 for 12-bit TIFF). 32-bit integers and
    floating-point numbers have no fixed white: the smallest usual one that holds all values is
    taken (:data:`NOMINAL_MAXIMA`), and where none does the values are stretched from their
    smallest to their largest. Numbers that are not finite become black.
    """
    low, high = _value_range(image)
    result = Image.new("L", image.size)
    for box, values in _strips(image):
        scaled = np.nan_to_num((values - low) * (255 / (high - low)), posinf=0, neginf=0)
        grey = np.rint(np.clip(scaled, 0, 255)).astype(np.uint8)
        result.paste(Image.fromarray(grey), box)
    return result


def _value_range(image: Image.Image) -> tuple[float, float]:
    """Return the values that become black and white."""
    if image.mode.startswith("I;16"):
        bits = next(iter(_tiff_tag(image, TIFF_BITS_PER_SAMPLE)), 16)
        white = float(2 ** min(bits, 16) - 1)
        inverted = _tiff_tag(image, TIFF_PHOTOMETRIC) == (0,)
        return (white, 0.0) if inverted else (0.0, white)
    if image.format in ("PPM", "PNG"):
        return 0.0, 65535.0 if image.mode == "I" else 1.0
    low, high = np.inf, -np.inf
    for _, values in _strips(image):
        finite = values[np.isfinite(values)]
        low = min(low, finite.min(initial=np.inf))
        high = max(high, finite.max(initial=-np.inf))
    if low > high:  # not a single finite number
        return 0.0, 1.0
    for white in NOMINAL_MAXIMA[1 if image.mode == "I" else 0 :]:
        if low >= 0 and high <= white:
            return 0.0, white
    return float(low), float(high)


def _strips(
    image: Image.Image,
) -> Iterator[tuple[tuple[int, int, int, int], npt.NDArray[np.float64]]]:
    """Yield a wide grey image in strips of rows: their box and values."""
    for box in strips(image):
        yield box, np.asarray(image.crop(box)).astype(np.float64)


def colour_key_alpha(image: Image.Image, file: PictureFile) -> Image.Image | None:
    """Return alpha for a PNG file in which one grey or colour means transparent, else ``None``.

    ``image`` is what Pillow has loaded; its own idea of the colour is taken away from it, because
    that fits only samples of 8 bits. Source: PNG, third edition, section 11.3.1.1.
    """
    key = png.first(file.data, b"tRNS") if file.kind == "png" else None
    depth, colour = file.data[24:26] if file.kind == "png" else (0, 0)
    if key is None or colour not in (GREY, RGB) or len(key) != (2 if colour == GREY else 6):
        return None
    image.info.pop("transparency", None)
    wanted = np.frombuffer(key[: 2 if colour == GREY else 6], ">u2") & (2**depth - 1)
    values = np.asarray(image).astype(np.uint16)
    if colour == GREY:
        values = values[..., np.newaxis]
        if depth < 8:
            white = 1 if image.mode == "1" else 255
            wanted = wanted * (white // (2**depth - 1))
    elif depth == 16:
        with Image.open(BytesIO(png.pixels_only(file.data)), formats=("PNG",)) as low:
            low.tile = [tile._replace(args="RGB;16L") for tile in low.tile]
            values = values << 8 | np.asarray(low)
    hidden = (values == wanted).all(axis=-1)
    if not hidden.any():
        return None
    return Image.fromarray(np.where(hidden, 0, 255).astype(np.uint8))


def _tiff_tag(image: Image.Image, tag: int) -> tuple[int, ...]:
    """Return a TIFF tag's integers, or an empty tuple for other formats or without the tag."""
    tags = getattr(image, "tag_v2", None)
    if image.format != "TIFF" or tags is None:
        return ()
    value = tags.get(tag, ())
    return tuple(value) if isinstance(value, tuple) else (value,)
