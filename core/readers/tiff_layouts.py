"""How the pixels of a TIFF page lie, and who can read them: Pillow, we, or nobody.

Pillow takes each plane of 16 bits for one of 8, knows no floating-point colours and neither whole
numbers of 32 bits nor unusual ones, no inks with alpha and no BigTIFF whose bytes are reversed, and
its libtiff in Pyodide lacks most packings. What it cannot be trusted with goes to
:mod:`core.readers.tiff_pixels`, on every machine alike.

Source: TIFF 6.0, sections 3 to 8 and 20 to 23.
"""

from common.errors import Refusal
from core.containers.tiff import Directory
from core.readers.tiff_packings import (
    BITS,
    HEIGHT,
    PACKED,
    PACKING,
    PHOTOMETRIC,
    PICTURES,
    SAMPLES,
    WIDTH,
    number,
)
from core.readers.tiff_pieces import FLOAT, FORMAT, PLANAR, SIGNED, WHOLE

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
    33003: "JPEG 2000",
    33004: "JPEG 2000",
    33005: "JPEG 2000",
    34661: "JBIG",
    34712: "JPEG 2000",
    34887: "LERC",
    34892: "lossy JPEG",
    34925: "LZMA",
    34933: "PNG",
    34934: "JPEG XR",
    50000: "Zstandard",
    50001: "WebP",
    50002: "JPEG XL",
    52546: "JPEG XL",
}
"""Names of packings by their number."""

HERE = (1, *PACKED, *PICTURES)
"""Packings that are read here."""

EVERYWHERE = (1, 2, 3, 4, 5, 32773)
"""Packings that every build of libtiff can read."""

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, SEPARATED, YCBCR, CIELAB, ICCLAB = (
    *range(4),
    5,
    6,
    8,
    9,
)

INKS = {WHITE_IS_ZERO: 1, BLACK_IS_ZERO: 1, RGB: 3, PALETTE: 1, SEPARATED: 4, YCBCR: 3, CIELAB: 3}
INKS |= {ICCLAB: 3}
"""Samples of a pixel that are its colour, by photometric interpretation."""


def size_of(directory: Directory) -> tuple[int, int]:
    """Return (width, height) of a page in pixels."""
    return number(directory, WIDTH, 0), number(directory, HEIGHT, 0)


def mode_of(directory: Directory) -> str:
    """Return Pillow's name of a page's layout, without alpha; palettes become RGB."""
    kind = colours_of(directory)
    if kind in (WHITE_IS_ZERO, BLACK_IS_ZERO):
        return "1" if number(directory, BITS, 1) == 1 else "L"
    return {SEPARATED: "CMYK", CIELAB: "LAB", ICCLAB: "LAB"}.get(kind, "RGB")


def colours_of(directory: Directory) -> int:
    """Return the photometric interpretation of the samples as they come out of the pieces."""
    kind = number(directory, PHOTOMETRIC, BLACK_IS_ZERO)
    return RGB if kind == YCBCR and number(directory, PACKING, 1) in PICTURES else kind


def packing_name(directory: Directory) -> str:
    """Return the name of how a page's pixels are packed."""
    found = number(directory, PACKING, 1)
    return PACKINGS.get(found, str(found))


def needs_help(directory: Directory) -> bool:
    """Return whether Pillow cannot be trusted with a page, but :func:`image_of` can."""
    if not _is_known_here(directory):
        return False
    bits, samples = number(directory, BITS, 1), number(directory, SAMPLES, 1)
    kind, form = number(directory, PHOTOMETRIC, 1), number(directory, FORMAT, WHOLE)
    wide_planes = bits > 8 and samples > 1 and number(directory, PLANAR, 1) == 2
    floating = form == FLOAT and (samples > 1 or bits != 32 or directory[WIDTH].order == "big")
    unusual = bits not in (1, 2, 4, 8, 16) and form == WHOLE and not (bits == 12 and samples == 1)
    grey_with_alpha = bits > 8 and samples > 1 and kind in (WHITE_IS_ZERO, BLACK_IS_ZERO)
    strange = number(directory, PACKING, 1) not in EVERYWHERE or kind == YCBCR
    inks_with_more = kind == SEPARATED and samples > INKS[SEPARATED]
    reversed_big = directory[WIDTH].in_big_file and directory[WIDTH].order == "big"
    strange = strange or inks_with_more or reversed_big
    return wide_planes or floating or unusual or grey_with_alpha or strange


def _is_known_here(directory: Directory) -> bool:
    """Return whether :func:`image_of` can read a page."""
    packing, kind = number(directory, PACKING, 1), number(directory, PHOTOMETRIC, 1)
    bits, samples = number(directory, BITS, 1), number(directory, SAMPLES, 1)
    if packing not in HERE or kind not in INKS or samples < INKS[kind] or WIDTH not in directory:
        return False
    if packing in PICTURES and bits != 8:
        return False
    if kind == YCBCR and packing not in PICTURES and (bits, samples) != (8, 3):
        return False
    form = number(directory, FORMAT, WHOLE)
    if form == FLOAT:
        return bits in (16, 32, 64) and kind in (WHITE_IS_ZERO, BLACK_IS_ZERO, RGB)
    if form == SIGNED:
        return bits in (8, 16, 32) and kind in (WHITE_IS_ZERO, BLACK_IS_ZERO)
    return 1 <= bits <= 32


def refuse_what_is_read_wrongly(directory: Directory) -> None:
    """Raise :class:`Refusal` ``no_decoder`` for a page that Pillow would show in wrong colours."""
    planes = number(directory, SAMPLES, 1) > 1 and number(directory, PLANAR, 1) == 2
    if planes and number(directory, BITS, 8) > 8 and not needs_help(directory):
        raise Refusal("no_decoder", format=f"TIFF (wide planes, {packing_name(directory)})")


def refusal_of(directory: Directory | None) -> Refusal:
    """Return why a page that Pillow cannot read is refused: by its name where that is the cause.

    ``None`` stands for a file of another kind.
    """
    if directory is None or _is_known_here(directory):
        return Refusal("damaged")
    if number(directory, PACKING, 1) not in EVERYWHERE:
        return Refusal("no_decoder", format=f"TIFF ({packing_name(directory)})")
    if number(directory, FORMAT, WHOLE) == FLOAT:
        return Refusal("no_decoder", format="TIFF (floating point)")
    return Refusal("damaged")
