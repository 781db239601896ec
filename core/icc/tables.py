"""Lookup tables of ICC profiles: from the colours of a press or a scanner to CIE XYZ.

Sources: ICC.1:2022, sections 6.3.4 (encodings of XYZ and L*a*b*), 9.2.1 (AToB0Tag), 10.10
(lut16Type), 10.11 (lut8Type), 10.12 (lutAToBType). Between the points of a grid it is interpolated
along the tetrahedra of a cube (Kasson and others, Journal of Electronic Imaging 4(3), 1995), which
keeps greys grey; a fourth colour, the first of them, in straight lines, as LittleCMS does.
"""

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.icc.profile import ProfileError, colour_space, curve_bytes, evaluated, fixed, tags_of
from core.icc.srgb import lab_to_xyz

Plane = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Stage = Callable[[Plane], Plane]

CHANNELS = {"GRAY": 1, "RGB": 3, "CMYK": 4}
"""How many numbers a colour has that we have pixels of."""

TABLES = (b"A2B0", b"A2B1", b"A2B2")
"""For pictures as they are to please, for true colours, for charts; the first one that is there."""

XYZ_WHOLE = 1 + 32767 / 32768
"""What 1 stands for where XYZ is kept as 16 bits (section 6.3.4.2)."""

OLD_LAB = 65535 / 65280
"""lut16Type keeps L*a*b* as version 2 did, 0xFF00 being 100 (section 10.10, table 42)."""

MOST = 4.0
"""A multiple of what any curve gives that is right."""

LARGEST_GRID = 1 << 23
"""Numbers of a grid; 33 points for each of four colours have 3.6 million."""


@dataclass(frozen=True)
class Table:
    """A profile's lookup table: ``channels`` of a device colour, ``points`` of its grid, or 0."""

    channels: int
    points: int
    stages: tuple[Stage, ...]
    is_lab: bool

    def to_xyz(self, colours: Plane) -> Plane:
        """Return XYZ relative to D50 (n, 3) of device colours (n, channels) within 0..1."""
        for stage in self.stages:
            colours = stage(colours)
        if self.is_lab:
            return lab_to_xyz(colours * [100, 255, 255] - [0, 128, 128])
        return colours * XYZ_WHOLE


def table(profile: bytes) -> Table | None:
    """Return the table that a profile is read by, ``None`` without one.

    Raises :class:`ProfileError` for one that is damaged, or of colours that we have no pixels of.
    """
    tags = tags_of(profile)
    tag = next((tags[name] for name in TABLES if name in tags), None)
    if tag is None:
        return None
    channels, space = CHANNELS.get(colour_space(profile), 0), profile[20:24]
    if len(tag) < 32 or tag[8] != channels or tag[9] != 3 or space not in (b"Lab ", b"XYZ "):
        raise ProfileError("a table of other colours than the profile's")
    is_lab = space == b"Lab "
    if tag[:4] in (b"mft1", b"mft2"):
        return _plain_table(tag, channels, is_lab)
    if tag[:4] == b"mAB ":
        return _parted_table(tag, channels, is_lab)
    raise ProfileError("a table of an unknown type")


def _plain_table(tag: bytes, channels: int, is_lab: bool) -> Table:
    """Read a lut8Type or lut16Type: curves, a grid, curves.

    Their matrix counts only for colours that are XYZ (section 10.10).
    """
    points, wide = tag[10], tag[:4] == b"mft2"
    at, entries, results = (52, *struct.unpack(">HH", tag[48:52])) if wide else (48, 256, 256)
    parts = channels * entries, points**channels * 3, 3 * results
    body = tag[at : at + sum(parts) * (2 if wide else 1)]
    if points < 2 or min(entries, results) < 2 or sum(parts) > LARGEST_GRID:
        raise ProfileError("a table without points")
    if len(body) != sum(parts) * (2 if wide else 1):
        raise ProfileError("a table is cut off")
    numbers = np.frombuffer(body, ">u2" if wide else "u1") / (65535 if wide else 255)
    before, grid, after = np.split(numbers, np.cumsum(parts)[:2])
    stages = [
        _samples(before.reshape(channels, entries)),
        _grid(grid.reshape(*[points] * channels, 3)),
        _samples(after.reshape(3, results)),
    ]
    if wide and is_lab:
        stages.append(lambda colours: colours * OLD_LAB)
    return Table(channels, points, tuple(stages), is_lab)


def _parted_table(tag: bytes, channels: int, is_lab: bool) -> Table:
    """Read a lutAToBType: curves, a grid, curves, a matrix, curves; most of them may be absent."""
    b, matrix, m, grid, a = struct.unpack(">5I", tag[12:32])
    stages: list[Stage] = []
    points = 0
    if grid:
        stages += [_curves(tag, a, channels)] if a else []
        sides = tuple(tag[grid : grid + channels])
        stages.append(_grid(_points_of(tag, grid, sides)))
        points = sides[0]
    elif channels != 3:
        raise ProfileError("a table without a grid")
    stages += [_curves(tag, m, 3)] if m else []
    stages += [_matrix(tag, matrix)] if matrix else []
    stages += [_curves(tag, b, 3)] if b else []
    return Table(channels, points, tuple(stages), is_lab)


def _points_of(tag: bytes, at: int, sides: tuple[int, ...]) -> Plane:
    """Return the grid of a lutAToBType, of any number of points for each colour."""
    width, begin = tag[at + 16 : at + 17], at + 20
    count = math.prod(sides) * 3
    if not sides or min(sides) < 2 or count > LARGEST_GRID or width not in (b"\1", b"\2"):
        raise ProfileError("a table without points")
    body = tag[begin : begin + count * width[0]]
    if len(body) != count * width[0]:
        raise ProfileError("a table is cut off")
    unit, most = ("u1", 255) if width == b"\1" else (">u2", 65535)
    return np.frombuffer(body, unit).reshape(*sides, 3) / most


def _samples(rows: Plane) -> Stage:
    """Return what one sampled curve for each channel does; rows (channels, entries)."""
    places = np.linspace(0, 1, rows.shape[1])

    def through(colours: Plane) -> Plane:
        """Return the colours behind the curves."""
        pairs = zip(colours.T, rows, strict=True)
        return np.stack([np.interp(values, places, row) for values, row in pairs], axis=-1)

    return through


def _curves(tag: bytes, at: int, channels: int) -> Stage:
    """Return what the curves do that stand one behind another, each at a multiple of four."""
    rows = []
    for _ in range(channels):
        rows.append(tag[at : at + curve_bytes(tag[at : at + 12])])
        at += -(-len(rows[-1]) // 4) * 4
    for row in rows:
        evaluated(row, np.zeros(1))  # a damaged one is told now

    def through(colours: Plane) -> Plane:
        """Return the colours behind the curves; broken ones leave the range of any colour."""
        pairs = zip(colours.T, rows, strict=True)
        levels = np.stack([evaluated(row, values) for values, row in pairs], axis=-1)
        return np.clip(np.nan_to_num(levels), -MOST, MOST)

    return through


def _matrix(tag: bytes, at: int) -> Stage:
    """Return what nine numbers and three that are added do."""
    numbers = fixed(tag[at : at + 48]) if len(tag) >= at + 48 else []
    if not numbers:
        raise ProfileError("a matrix is cut off")
    factors, added = np.array(numbers[:9]).reshape(3, 3).T, np.array(numbers[9:])

    def through(colours: Plane) -> Plane:
        """Return the mixed colours."""
        return np.asarray(colours @ factors + added)

    return through


def _grid(points: Plane) -> Stage:
    """Return what a grid (side, side, ..., 3) does to colours (n, channels)."""
    sides = points.shape[:-1]
    flat = np.ascontiguousarray(points.reshape(-1, 3))
    steps = np.array([math.prod(sides[axis + 1 :]) for axis in range(len(sides))])
    most = np.array(sides) - 1

    def through(colours: Plane) -> Plane:
        """Return the colours between the points."""
        places = np.clip(colours, 0, 1) * most
        low = np.minimum(places.astype(np.int64), most - 1)
        parts, start = places - low, low @ steps
        if len(sides) < 4:
            return _between(flat, start, parts, steps)
        near = _between(flat, start, parts[:, 1:], steps[1:])
        far = _between(flat, start + steps[0], parts[:, 1:], steps[1:])
        return np.asarray(near + (far - near) * parts[:, :1])

    return through


def _between(flat: Plane, start: Places, parts: Plane, steps: Places) -> Plane:
    """Return values between the corners of cells that begin at ``start``; parts (n, axes) 0..1.

    From corner to corner along the axes, the one with the largest part first.
    """
    order = np.argsort(-parts, axis=1, kind="stable")
    sizes = np.take_along_axis(parts, order, axis=1)
    corner, value = start, flat[start]
    result = value * (1 - sizes[:, :1])
    for number in range(parts.shape[1]):
        corner = corner + steps[order[:, number]]
        following = sizes[:, number + 1 : number + 2] if number + 1 < parts.shape[1] else 0
        result = result + flat[corner] * (sizes[:, number : number + 1] - following)
    return result
