"""The strips and tiles of a TIFF page as samples; :mod:`core.readers.tiff_packings` unpacks them.

Source: TIFF 6.0, sections 3, 14, 15 and 21; Adobe Photoshop TIFF Technical Notes (predictor 3).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from common.errors import Refusal
from core.containers.tiff import Directory
from core.readers.depth import portions
from core.readers.tiff_packings import (
    BITS,
    HEIGHT,
    PACKED,
    PACKING,
    PHOTOMETRIC,
    PICTURES,
    ROWS,
    SAMPLES,
    STRIP_SIZES,
    STRIPS,
    WIDTH,
    YCBCR,
    Bytes,
    Shape,
    Values,
    number,
)

FILL_ORDER, PLANAR, PREDICTOR, FORMAT, SUBSAMPLING = 266, 284, 317, 339, 530
TILE_WIDTH, TILE_HEIGHT, TILES, TILE_SIZES = 322, 323, 324, 325

WHOLE, SIGNED, FLOAT = 1, 2, 3
"""Formats of samples."""

MOST_PIECES = 100_000
"""Of a page; a strip has one row at least."""

SMALL_PIECE = 1 << 26
"""Bytes that a tile may have although the picture is smaller."""

BITS_AT_ONCE = 1 << 22
"""Samples of unusual width are taken apart in portions of about so many bits."""

REVERSED = bytes(int(format(value, "08b")[::-1], 2) for value in range(256))
"""Each byte with its bits in the other order."""


@dataclass(frozen=True)
class Piece:
    """A strip or tile: where it lies, and its samples, (h, w, samples), cut at the picture's edge.

    ``plane`` is the first of its samples, ``left`` and ``top`` are pixels.
    """

    plane: int
    left: int
    top: int
    values: Values


def pieces(data: bytes, directory: Directory) -> Iterator[Piece]:
    """Yield the pieces of a page; raises :class:`Refusal` ``damaged`` where one is missing."""
    width, height = number(directory, WIDTH, 0), number(directory, HEIGHT, 0)
    count = number(directory, SAMPLES, 1)
    planes = count if number(directory, PLANAR, 1) == 2 else 1
    wide, high = _piece_size(directory)
    across, down = -(-width // wide), -(-height // high)
    if across * down * planes > MOST_PIECES:
        raise Refusal("too_many_parts")
    spans = list(_spans(data, directory))
    if len(spans) < across * down * planes:
        raise Refusal("damaged")
    inner = count // planes
    for place, (start, size) in enumerate(spans[: across * down * planes]):
        plane, rest = divmod(place, across * down)
        left, top = rest % across * wide, rest // across * high
        rows = high if TILES in directory else min(high, height - top)
        shape = Shape(rows, wide, inner, number(directory, BITS, 1))
        if shape.size > SMALL_PIECE + 2 * height * Shape(1, width, inner, shape.bits).row:
            raise Refusal("damaged")
        values = _samples(data[start : start + size], directory, shape)
        yield Piece(plane * inner, left, top, values[: height - top, : width - left])


def _piece_size(directory: Directory) -> tuple[int, int]:
    """Return (width, height) of a tile or a strip, in pixels."""
    if TILES in directory:
        return max(1, number(directory, TILE_WIDTH, 1)), max(1, number(directory, TILE_HEIGHT, 1))
    height = max(1, number(directory, HEIGHT, 1))
    rows = number(directory, ROWS, height)
    return max(1, number(directory, WIDTH, 1)), max(1, min(height, rows))


def _spans(data: bytes, directory: Directory) -> Iterator[tuple[int, int]]:
    """Yield where each piece begins, and its bytes."""
    places, sizes = (TILES, TILE_SIZES) if TILES in directory else (STRIPS, STRIP_SIZES)
    if places not in directory:
        raise Refusal("damaged")
    starts = directory[places].integers()
    if sizes in directory:
        yield from zip(starts, directory[sizes].integers(), strict=False)
    else:  # some old writers leave them out
        ends = [*starts[1:], len(data)]
        yield from ((start, max(0, end - start)) for start, end in zip(starts, ends, strict=True))


def _samples(raw: bytes, directory: Directory, shape: Shape) -> Values:
    """Return a piece's samples, (h, w, samples), in a type that holds them."""
    packing = number(directory, PACKING, 1)
    if packing in PICTURES:
        return _fitting(PICTURES[packing](raw, directory, shape), shape)
    across, down = subsampling(directory)
    if across * down > 1:
        columns, rows = -(-shape.width // across), -(-shape.height // down)
        blocks = _unpacked(raw, directory, Shape(rows, columns, across * down + 2, 8))
        return _spread(blocks, across, down)[: shape.height, : shape.width]
    return _unpacked(raw, directory, shape)


def subsampling(directory: Directory) -> tuple[int, int]:
    """Return across and down how many pixels share their colour, of which only YCbCr has any."""
    if number(directory, PHOTOMETRIC, 1) != YCBCR or number(directory, PLANAR, 1) == 2:
        return 1, 1
    found = directory[SUBSAMPLING].integers(2) if SUBSAMPLING in directory else (2, 2)
    return (found[0], found[1]) if len(found) == 2 and set(found) <= {1, 2, 4} else (2, 2)


def _spread(blocks: Values, across: int, down: int) -> Values:
    """Return samples (h, w, 3) of blocks whose pixels share their colour (section 21).

    ``blocks`` are (rows, columns, brightness of each pixel and the two of the colour).
    """
    rows, columns = blocks.shape[:2]
    light = blocks[..., :-2].reshape(rows, columns, down, across).transpose(0, 2, 1, 3)
    result = np.empty((rows * down, columns * across, 3), np.uint8)
    result[..., 0] = light.reshape(rows * down, columns * across)
    for place in (1, 2):
        shared = np.repeat(blocks[..., place - 3], down, axis=0)
        result[..., place] = np.repeat(shared, across, axis=1)
    return result


def _unpacked(raw: bytes, directory: Directory, shape: Shape) -> Values:
    """Return the samples of a piece that is no file of its own."""
    packing = number(directory, PACKING, 1)
    if number(directory, FILL_ORDER, 1) == 2:
        raw = raw.translate(REVERSED)
    unpack = PACKED.get(packing)
    content: Bytes = unpack(raw, shape) if unpack else raw
    if len(content) < shape.size:
        raise Refusal("damaged")
    exact = content if len(content) == shape.size else content[: shape.size]
    return _numbers(exact, directory, shape)


def _numbers(content: Bytes, directory: Directory, shape: Shape) -> Values:
    """Return the samples that a piece's unpacked bytes are, the predictor taken back."""
    size = (shape.height, shape.width, shape.samples)
    if shape.bits not in (8, 16, 32, 64):
        return _narrow(content, shape)
    predictor = number(directory, PREDICTOR, 1)
    if predictor == 3:
        return _floating_differences(content, shape.bits, size)
    order = "<" if directory[WIDTH].order == "little" else ">"
    letter = {SIGNED: "i", FLOAT: "f"}.get(number(directory, FORMAT, 1), "u")
    if letter == "f" and shape.bits == 8:
        raise Refusal("damaged")
    values = np.frombuffer(content, f"{order}{letter}{shape.bits // 8}").reshape(size)
    if predictor == 2:
        kind = np.dtype(f"u{shape.bits // 8}")
        whole = values.view(f"{order}u{shape.bits // 8}").astype(kind)
        for rows in portions(whole):
            whole[rows] = np.add.accumulate(whole[rows], axis=1, dtype=kind)
        values = whole.view(values.dtype.newbyteorder("="))
    return values


def _narrow(content: Bytes, shape: Shape) -> Values:
    """Return samples of an unusual number of bits, 1 to 31, the rows of which end at a byte."""
    rows = np.frombuffer(content, np.uint8).reshape(shape.height, shape.row)
    kind = np.uint8 if shape.bits < 8 else np.uint16 if shape.bits < 16 else np.uint32
    weights: Values = (1 << np.arange(shape.bits - 1, -1, -1)).astype(kind)
    count = shape.width * shape.samples
    result = np.zeros((shape.height, count), kind)
    step = max(1, BITS_AT_ONCE // max(1, shape.row * 8))
    for top in range(0, shape.height, step):
        bits = np.unpackbits(rows[top : top + step], axis=1)[:, : count * shape.bits]
        parts = bits.reshape(-1, count, shape.bits)
        result[top : top + step] = (parts * weights).sum(axis=2, dtype=kind)
    return result.reshape(shape.height, shape.width, shape.samples)


def _floating_differences(content: Bytes, bits: int, size: tuple[int, int, int]) -> Values:
    """Return the samples of predictor 3: bytes by their weight, as differences along the row."""
    height, width, samples = size
    rows = np.frombuffer(content, np.uint8).reshape(height, -1, samples)
    summed = np.add.accumulate(rows, axis=1, dtype=np.uint8).reshape(height, bits // 8, -1)
    joined = np.ascontiguousarray(summed.transpose(0, 2, 1)).view(f">f{bits // 8}")
    return joined.reshape(height, width, samples)


def _fitting(values: Values, shape: Shape) -> Values:
    """Return the samples of a file in a piece as (h, w, samples); refuses what does not fit."""
    values = values if values.ndim == 3 else values[..., np.newaxis]
    if values.shape[2] > shape.samples:  # WebP tells alpha where there is none
        values = values[..., : shape.samples]
    wanted = (shape.height, shape.width, shape.samples)
    if any(have < want for have, want in zip(values.shape, wanted, strict=True)):
        raise Refusal("damaged")
    return values[: shape.height, : shape.width]
