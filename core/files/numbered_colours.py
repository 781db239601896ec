"""Colours that a file describes by numbers instead of a profile.

PNG files name a gamma and the places of their primaries (``gAMA``, ``cHRM``), or two numbers of a
table (``cICP``), as AVIF and HEIC files do. All of them become sRGB here; what is brighter than
sRGB's white is rolled off, which the user is told.

Sources: PNG, third edition, sections 4.3 and 11.3.2; ITU-T H.273; ITU-R BT.2100 (PQ, HLG) and
BT.2408 (white of graphics at 203 nits).
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.containers import png
from core.files.colour import transform
from core.icc.srgb import D50, SRGB_TO_XYZ, decode_srgb

Plane = npt.NDArray[np.float64]

D65 = (0.3127, 0.3290)
BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)

P3_PRIMARIES = 12

PRIMARIES = {
    1: None,
    2: None,
    5: None,
    6: None,
    9: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    P3_PRIMARIES: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}
"""Places of red, green and blue by their number in H.273, table 2, white being D65; ``None`` for
those that are sRGB's or so near that nobody converts them."""

GAMMA_22, GAMMA_28, LINEAR, PQ, HLG = 4, 5, 8, 16, 18
SRGB_LIKE = (1, 2, 6, 13, 14, 15)
"""Transfer characteristics of H.273, table 3, that pictures use for about sRGB's curve."""

GRAPHICS_WHITE = 203
"""Nits that white paper has in a film for brighter screens."""

KNEE = 0.7
"""Light, relative to white, above which bright light is rolled off."""

INPUT = np.arange(256) / 255


def code_points_to_srgb(image: Image.Image, primaries: int, transfer: int) -> str | None:
    """Convert an RGB image from the colour space that two numbers of H.273 name, in place.

    Returns ``None``, ``toned_down`` where it was made for brighter screens, or
    ``profile_not_applied`` when the colours were left alone.
    """
    curve = _curve(transfer)
    if primaries not in PRIMARIES or curve is None:
        return "profile_not_applied"
    places = PRIMARIES[primaries]
    if places is None and transfer in SRGB_LIKE:
        return None
    matrix = np.eye(3) if places is None else _to_srgb(places, D65)
    transform(image, np.stack([curve] * 3), matrix)
    return "toned_down" if transfer in (PQ, HLG) else None


def png_to_srgb(image: Image.Image, data: bytes) -> str | None:
    """Convert an RGB image of a PNG file without a profile, in place; returns a notice or ``None``.

    ``cICP`` counts before all others, ``sRGB`` before gamma and primaries.
    """
    numbers = png.first(data, b"cICP")
    if numbers and len(numbers) == 4:
        return code_points_to_srgb(image, numbers[0], numbers[1])
    if png.first(data, b"sRGB"):
        return None
    gamma, places = png.first(data, b"gAMA"), png.first(data, b"cHRM")
    curve, matrix = decode_srgb(INPUT), np.eye(3)
    encoded = int.from_bytes(gamma, "big") / 100000 if gamma and len(gamma) == 4 else 0
    # Within 5 % of the usual 1/2.2 nobody means another curve than sRGB's (libpng's threshold).
    if encoded and abs(encoded * 2.2 - 1) > 0.05:
        curve = INPUT ** (1 / encoded)
    if places and len(places) == 32:
        x_y = np.frombuffer(places, ">u4").reshape(4, 2) / 100000
        if (x_y[:, 1] > 0).all():
            matrix = _to_srgb(x_y[1:], x_y[0])
    transform(image, np.stack([curve] * 3), matrix)
    return None


def _curve(transfer: int) -> Plane | None:
    """Return the curve (256,) to linear light 0..1, ``None`` for one that is not known."""
    if transfer in SRGB_LIKE:
        return decode_srgb(INPUT)
    if transfer in (GAMMA_22, GAMMA_28):
        return np.asarray(INPUT ** (2.2 if transfer == GAMMA_22 else 2.8))
    if transfer == LINEAR:
        return INPUT.copy()
    if transfer == PQ:
        root = INPUT ** (1 / 78.84375)
        base = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
        return _rolled_off(base ** (1 / 0.1593017578125) * (10000 / GRAPHICS_WHITE))
    if transfer == HLG:
        return _rolled_off(_hlg(INPUT) / _hlg(np.array([0.75])))
    return None


def _hlg(signal: Plane) -> Plane:
    """Return the light 0..1 of a scene for HLG values 0..1 (BT.2100, table 5)."""
    bright = (np.exp((np.maximum(signal, 0.5) - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return np.where(signal <= 0.5, signal**2 / 3, bright)


def _rolled_off(light: Plane) -> Plane:
    """Return light relative to white, any brightness, as 0..1; below :data:`KNEE` it stays."""
    beyond = np.maximum(light - KNEE, 0) / (1 - KNEE)
    return np.where(light <= KNEE, light, KNEE + (1 - KNEE) * (1 - np.exp(-beyond)))


def _to_srgb(places: npt.ArrayLike, white: npt.ArrayLike) -> Plane:
    """Return the matrix (3, 3) to linear sRGB from linear light of primaries at places x, y.

    Whites are adapted with the Bradford matrix (ICC.1:2022, annex E.3).
    """
    columns = np.array([_xyz(place) for place in np.asarray(places)]).T
    source = _xyz(np.asarray(white))
    if abs(np.linalg.det(columns)) < 1e-6:
        return np.eye(3)
    matrix = columns * np.linalg.solve(columns, source)
    scale = (BRADFORD @ D50) / (BRADFORD @ source)
    adapted = np.linalg.inv(BRADFORD) @ np.diag(scale) @ BRADFORD @ matrix
    return np.asarray(np.linalg.inv(SRGB_TO_XYZ) @ adapted)


def _xyz(place: Plane) -> Plane:
    """Return X, Y, Z of a place x, y at brightness 1."""
    x, y = float(place[0]), float(place[1])
    return np.array([x / y, 1.0, (1 - x - y) / y])
