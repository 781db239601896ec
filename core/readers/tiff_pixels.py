"""TIFF files that Pillow reads wrongly or not at all: planes of 16 bits, floating point, deflate.

Pillow takes each plane of 16 bits for one of 8, knows no floating-point colours, and its libtiff
in Pyodide (4.4.0) lacks zlib, which Python has. What is neither packed nor packed with zlib needs
nothing else, so these are put together here. All other packings that the build at hand lacks are
refused by their name.

Source: TIFF 6.0, sections 3 to 15; Adobe Photoshop TIFF Technical Notes (deflate, predictor 3).
"""

import sys
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.errors import Refusal
from core.containers.tiff import Directory

WIDTH, HEIGHT, BITS, PACKING, PHOTOMETRIC = 256, 257, 258, 259, 262
STRIPS, SAMPLES, ROWS, STRIP_SIZES, PLANAR, PREDICTOR = 273, 277, 278, 279, 284, 317
TILE_WIDTH, TILE_HEIGHT, TILES, TILE_SIZES, EXTRA, FORMAT = 322, 323, 324, 325, 338, 339

PACKINGS = {
    1: "no packing",
    2: "CCITT",
    3: "fax, group 3",
    4: "fax, group 4",
    5: "LZW",
    6: "old JPEG",
    7: "JPEG",
    8: "deflate",
    32773: "PackBits",
    32946: "deflate",
    34712: "JPEG 2000",
    34887: "LERC",
    34892: "lossy JPEG",
    34925: "LZMA",
    50000: "Zstandard",
    50001: "WebP",
    52546: "JPEG XL",
}
"""Names of packings by their number."""

HERE = (1, 8, 32946)
"""Packings that are read here."""

COMMON = (1, 2, 3, 4, 5, 32773, *HERE)
"""Packings that every build can read; what cannot be read in one of these is damaged."""

WHITES = (1.0, 255.0, 65535.0)
"""Usual whites of floating-point numbers; the smallest that holds all of them is taken."""

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB = 0, 1, 2
FLOAT = 3

Samples = npt.NDArray[np.float32]


def number(directory: Directory, tag: int, default: int) -> int:
    """Return a tag's first number."""
    values = directory[tag].integers(1) if tag in directory else ()
    return values[0] if values else default


def size_of(directory: Directory) -> tuple[int, int]:
    """Return (width, height) of a page in pixels."""
    return number(directory, WIDTH, 0), number(directory, HEIGHT, 0)


def is_colour(directory: Directory) -> bool:
    """Return whether a page is made of red, green and blue."""
    return number(directory, PHOTOMETRIC, 1) == RGB


def packing_name(directory: Directory) -> str:
    """Return the name of how a page's pixels are packed."""
    found = number(directory, PACKING, 1)
    return PACKINGS.get(found, str(found))


def needs_help(directory: Directory) -> bool:
    """Return whether Pillow cannot be trusted with a page, but :func:`image_of` can."""
    if number(directory, PACKING, 1) not in HERE:
        return False
    if number(directory, PHOTOMETRIC, 1) not in (WHITE_IS_ZERO, BLACK_IS_ZERO, RGB):
        return False
    bits, samples = number(directory, BITS, 1), number(directory, SAMPLES, 1)
    is_float = number(directory, FORMAT, 1) == FLOAT
    if bits not in (8, 16, 32, 64) or (bits > 16 and not is_float):
        return False
    wide_planes = bits > 8 and samples > 1 and number(directory, PLANAR, 1) == 2
    unpacked_by_us = sys.platform == "emscripten" and number(directory, PACKING, 1) != 1
    return wide_planes or (is_float and (samples > 1 or bits != 32)) or unpacked_by_us


def refuse_what_is_read_wrongly(directory: Directory) -> None:
    """Raise :class:`Refusal` ``no_decoder`` for a page that Pillow would show in wrong colours."""
    planes = number(directory, SAMPLES, 1) > 1 and number(directory, PLANAR, 1) == 2
    if planes and number(directory, BITS, 8) > 8 and not needs_help(directory):
        raise Refusal("no_decoder", format=f"TIFF (wide planes, {packing_name(directory)})")


def refusal_of(directory: Directory | None) -> Refusal:
    """Return why a page that Pillow cannot read is refused: by its name where that is the cause.

    ``None`` stands for a file of another kind.
    """
    if directory is None:
        return Refusal("damaged")
    if number(directory, FORMAT, 1) == FLOAT:
        return Refusal("no_decoder", format="TIFF (floating point)")
    if number(directory, PACKING, 1) not in COMMON:
        return Refusal("no_decoder", format=f"TIFF ({packing_name(directory)})")
    return Refusal("damaged")


def image_of(data: bytes, directory: Directory) -> Image.Image:
    """Return a page's pixels, mode L, LA, RGB or RGBA, 8 bits.

    Floating-point values are taken as encoded ones, 0 being black; see :data:`WHITES`.
    Channels beyond colours and alpha are left out. Raises :class:`Refusal` ``damaged``.
    """
    values = _samples(data, directory)
    count = values.shape[-1]
    colours = 3 if is_colour(directory) else 1
    if count < colours:
        raise Refusal("damaged")
    if number(directory, PHOTOMETRIC, 1) == WHITE_IS_ZERO:
        values[..., 0] = 1 - values[..., 0]
    extra = number(directory, EXTRA, 0) if count > colours else 0
    values = values[..., : colours + (1 if extra in (1, 2) else 0)]
    levels = np.rint(np.clip(np.nan_to_num(values), 0, 1) * 255).astype(np.uint8)
    if levels.shape[-1] == 1:
        return Image.fromarray(levels[..., 0])
    return Image.fromarray(levels)


def _samples(data: bytes, directory: Directory) -> Samples:
    """Return a page's samples, float32 (h, w, samples), 0..1 for whole numbers."""
    width, height = number(directory, WIDTH, 0), number(directory, HEIGHT, 0)
    count = number(directory, SAMPLES, 1)
    planes = count if number(directory, PLANAR, 1) == 2 else 1
    inner = count // planes
    result = np.zeros((height, width, count), np.float32)
    pieces = list(_pieces(data, directory))
    across = -(-width // _piece_size(directory)[0])
    down = -(-height // _piece_size(directory)[1])
    if len(pieces) < across * down * planes:
        raise Refusal("damaged")
    for place, raw in enumerate(pieces[: across * down * planes]):
        plane, rest = divmod(place, across * down)
        row, column = divmod(rest, across)
        wide, high = _piece_size(directory)
        left, top = column * wide, row * high
        if TILES not in directory:
            high = min(high, height - top)
        block = _unpacked(raw, directory, (high, wide, inner))
        part = result[top : top + high, left : left + wide, plane * inner : (plane + 1) * inner]
        part[:] = block[: part.shape[0], : part.shape[1]]
    if number(directory, FORMAT, 1) == FLOAT:
        largest = float(np.nanmax(result, initial=0))
        return result / next((white for white in WHITES if largest <= white), largest)
    return result / np.float32(2 ** number(directory, BITS, 8) - 1)


def _piece_size(directory: Directory) -> tuple[int, int]:
    """Return (width, height) of a tile or a strip, in pixels."""
    if TILES in directory:
        return max(1, number(directory, TILE_WIDTH, 1)), max(1, number(directory, TILE_HEIGHT, 1))
    height = number(directory, HEIGHT, 1)
    return number(directory, WIDTH, 1), max(1, min(height, number(directory, ROWS, height)))


def _pieces(data: bytes, directory: Directory) -> Iterator[bytes]:
    """Yield the packed bytes of each strip or tile."""
    tags = (TILES, TILE_SIZES) if TILES in directory else (STRIPS, STRIP_SIZES)
    if not all(tag in directory for tag in tags):
        raise Refusal("damaged")
    for at, size in zip(*(directory[tag].integers() for tag in tags), strict=False):
        yield data[at : at + size]


def _unpacked(raw: bytes, directory: Directory, shape: tuple[int, int, int]) -> Samples:
    """Return a piece's samples, float32 (h, w, samples); ``shape`` is what it should hold."""
    bits = number(directory, BITS, 8)
    size = shape[0] * shape[1] * shape[2] * bits // 8
    if number(directory, PACKING, 1) != 1:
        try:
            raw = zlib.decompressobj().decompress(raw, size)
        except zlib.error as error:
            raise Refusal("damaged") from error
    if len(raw) < size:
        raise Refusal("damaged")
    order = "<" if directory[WIDTH].order == "little" else ">"
    is_float = number(directory, FORMAT, 1) == FLOAT
    predictor = number(directory, PREDICTOR, 1)
    if predictor == 3:
        return _floating_differences(raw[:size], bits, shape)
    values = np.frombuffer(raw[:size], f"{order}{'f' if is_float else 'u'}{bits // 8}")
    values = values.reshape(shape)
    if predictor == 2:
        native = values.astype(values.dtype.newbyteorder("="))
        values = np.add.accumulate(native, axis=1, dtype=native.dtype)
    return values.astype(np.float32)


def _floating_differences(raw: bytes, bits: int, shape: tuple[int, int, int]) -> Samples:
    """Return the samples of predictor 3: bytes by their weight, as differences along the row."""
    height, width, samples = shape
    rows = np.frombuffer(raw, np.uint8).reshape(height, -1, samples)
    summed = np.add.accumulate(rows, axis=1, dtype=np.uint8).reshape(height, bits // 8, -1)
    joined = np.ascontiguousarray(summed.transpose(0, 2, 1)).view(f">f{bits // 8}")
    return joined.reshape(height, width, samples).astype(np.float32)
