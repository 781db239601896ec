"""Makes ICC profiles with lookup tables, as presses, scanners and screens have them.

The colours behind them are made up: inks that swallow light, a screen of its own, a paper that is
no pure white. What counts is that an independent reader takes the files.
"""

import struct

import numpy as np

D50 = np.array([0.9642, 1.0, 0.8249])
INKS = np.array([[0.10, 0.30, 0.75], [0.50, 0.12, 0.30], [0.90, 0.80, 0.08], [0.04, 0.04, 0.05]])
"""XYZ, as shares of the white's, that pure inks leave."""
SCREEN = np.array([[0.48, 0.30, 0.18], [0.24, 0.68, 0.08], [0.01, 0.08, 0.735]])


def lab(xyz):
    """Return L*a*b* of XYZ (CIE 15:2004)."""
    share = np.asarray(xyz) / D50
    cubes = np.where(share > (6 / 29) ** 3, np.cbrt(share), share * (29 / 6) ** 2 / 3 + 4 / 29)
    lightness = 116 * cubes[..., 1] - 16
    red = 500 * (cubes[..., 0] - cubes[..., 1])
    return np.stack([lightness, red, 200 * (cubes[..., 1] - cubes[..., 2])], axis=-1)


def printed(inks, black=0.0):
    """Return XYZ of inks 0..1; ``black`` is light that never goes away."""
    left = np.prod(1 - inks[..., np.newaxis] * (1 - INKS), axis=-2)
    return D50 * (black + (1 - black) * left)


def shown(colours, black=0.0):
    """Return XYZ of a screen's colours 0..1."""
    return D50 * black + (1 - black) * (colours**2.1 @ SCREEN.T)


def grey(levels, black=0.0):
    """Return XYZ of grey levels 0..1."""
    return D50 * (black + (1 - black) * levels**1.8)


MODELS = {"CMYK": (4, printed), "RGB ": (3, shown), "GRAY": (1, grey)}


def nodes(channels, points):
    """Return the colours at the points of a grid, the last channel fastest."""
    axes = np.meshgrid(*[np.linspace(0, 1, points)] * channels, indexing="ij")
    return np.stack([axis.ravel() for axis in axes], axis=-1)


def encoded(xyz, space, old):
    """Return numbers 0..1 for a connection space; ``old`` is L*a*b* in 16 bits as of version 2."""
    if space == b"XYZ ":
        return np.clip(xyz / (1 + 32767 / 32768), 0, 1)
    numbers = (lab(xyz) + np.array([0, 128, 128])) / [100, 255, 255]
    return np.clip(numbers * (65280 / 65535 if old else 1), 0, 1)


def numbers_of(values, wide):
    """Return 0..1 as bytes or as words."""
    most, kind = (65535, ">u2") if wide else (255, "u1")
    return np.rint(np.clip(values, 0, 1) * most).astype(kind).tobytes()


def plain_table(kind, channels, model, space, points, bend, black):
    """Return a lut8Type (``mft1``) or a lut16Type, whose curves bend by an exponent."""
    wide = kind == b"mft2"
    entries = 64 if wide else 256
    curve = np.linspace(0, 1, entries) ** bend
    grid = encoded(model(nodes(channels, points) ** (1 / bend), black), space, wide)
    head = kind + bytes(4) + bytes([channels, 3, points, 0])
    head += b"".join(struct.pack(">i", 65536 * (place % 4 == 0)) for place in range(9))
    head += struct.pack(">HH", entries, 2) if wide else b""
    after = np.linspace(0, 1, 2 if wide else 256)
    curves = numbers_of(np.tile(curve, channels), wide)
    return head + curves + numbers_of(grid, wide) + numbers_of(np.tile(after, 3), wide)


def parametric(function, *numbers):
    """Return a parametricCurveType."""
    fixed = b"".join(struct.pack(">i", round(65536 * number)) for number in numbers)
    return b"para" + struct.pack(">IHH", 0, function, 0) + fixed


def parted_table(channels, model, space, points, bend, black, wide):
    """Return a lutAToBType with all its parts: what squares and halves is undone at the end."""
    grid = encoded(model(nodes(channels, points) ** (1 / bend), black), space, False)
    head = bytes([points] * channels + [0] * (16 - channels)) + bytes([1 + wide, 0, 0, 0])
    numbers = head + numbers_of(np.sqrt(grid), wide)
    halved = [0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5, 0.25, 0.25, 0.25]
    parts = (
        parametric(1, 1, 2, -0.5) * 3,
        b"".join(struct.pack(">i", round(65536 * number)) for number in halved),
        (b"curv" + struct.pack(">IIHH", 0, 1, 512, 0)) * 3,
        numbers + bytes(-len(numbers) % 4),
        parametric(0, bend) * channels,
    )
    at, begins = 32, []
    for part in parts:
        begins.append(at)
        at += len(part)
    return b"mAB " + struct.pack(">I2B2x5I", 0, channels, 3, *begins) + b"".join(parts)


def table_profile(
    colours="CMYK", kind=b"mft2", space=b"Lab ", points=9, bend=1.0, version=2, black=0.0,
    name=b"A2B0", wide=True, further=(),
):  # fmt: skip
    """Return a whole profile; ``further`` are pairs of tags and their content."""
    device = {"CMYK": "CMYK", "RGB": "RGB ", "GRAY": "GRAY"}[colours]
    channels, model = MODELS[device]
    if kind == b"mAB ":
        content = parted_table(channels, model, space, points, bend, black, wide)
    else:
        content = plain_table(kind, channels, model, space, points, bend, black)
    white = b"".join(struct.pack(">i", round(65536 * part)) for part in D50)
    tags = [(name, content), (b"wtpt", b"XYZ " + bytes(4) + white), *further]
    at, table, body = 132 + 12 * len(tags), b"", b""
    for tag, content in tags:
        content += bytes(-len(content) % 4)
        table += struct.pack(">4sII", tag, at + len(body), len(content))
        body += content
    size = at + len(body)
    head = struct.pack(">I4sI4s", size, bytes(4), version << 24, b"prtr") + device.encode() + space
    head += bytes(12) + b"acsp" + bytes(28) + white + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + body
