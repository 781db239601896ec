"""Reads an ICC profile: its head and tags, curves and the matrix of cameras, phones and monitors.

Nothing here touches pixels. A profile is data from a stranger's file: whatever does not fit ends
in :class:`ProfileError`, never in another exception. Lookup tables: :mod:`core.icc.tables`.

Source: ICC.1:2022, sections 7.2 (header), 7.3 (tag table), 10.6 (curveType),
10.18 (parametricCurveType), 10.31 (XYZType).
"""

import struct

import numpy as np
import numpy.typing as npt

HEADER_BYTES = 128
MAX_TAGS = 256
NUMBERS = (1, 3, 4, 5, 7)
"""How many numbers the functions of a parametric curve have (table 68)."""

INPUT = np.arange(256) / 255
"""The 256 values of an 8-bit channel, as 0..1."""


class ProfileError(ValueError):
    """The profile is damaged or holds something that its own header does not announce."""


def colour_space(profile: bytes) -> str:
    """Return the device colour space, such as ``RGB``, ``GRAY``, ``CMYK``.

    Raises :class:`ProfileError` when the header is not that of an ICC profile.
    """
    if len(profile) < HEADER_BYTES + 4 or profile[36:40] != b"acsp":
        raise ProfileError("no ICC profile header")
    return profile[16:20].decode("latin-1").strip()


def is_matrix_profile(profile: bytes) -> bool:
    """Return whether the profile has three curves and a matrix to XYZ, perhaps beside tables.

    Raises :class:`ProfileError`.
    """
    tags = tags_of(profile)
    return profile[20:24] == b"XYZ " and all(
        name in tags for name in (b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC")
    )


def description(profile: bytes) -> str:
    """Return what the profile calls itself, an empty text when that cannot be read.

    Versions 4 (multiLocalizedUnicodeType, section 10.15) and 2 (textDescriptionType).
    """
    try:
        tag = tags_of(profile).get(b"desc", b"")
    except ProfileError:
        return ""
    if tag[:4] == b"mluc" and len(tag) >= 28:
        size, start = struct.unpack(">II", tag[20:28])
        text = tag[start : start + min(size, 200)].decode("utf-16-be", "replace")
    else:
        size = int.from_bytes(tag[8:12], "big")
        text = tag[12 : 12 + min(size, 100)].decode("latin-1")
    return "".join(letter for letter in text if letter.isprintable()).strip()


def matrix_profile(profile: bytes) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return curves (3, 256) to linear light and the matrix (3, 3) from linear light to XYZ (D50).

    Raises :class:`ProfileError` for curves or colorants that cannot be right.
    """
    tags = tags_of(profile)
    curves = np.stack([_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")])
    columns = [_xyz(tags[name]) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
    matrix = np.array(columns).T
    if abs(np.linalg.det(matrix)) < 1e-6:
        raise ProfileError("the colorants lie in one plane")
    return curves, matrix


def grey_curve(profile: bytes) -> npt.NDArray[np.float64]:
    """Return the curve (256,) of a grey profile to linear light; raises :class:`ProfileError`."""
    tags = tags_of(profile)
    if b"kTRC" not in tags:
        raise ProfileError("a grey profile without a curve")
    return _curve(tags[b"kTRC"])


def tags_of(profile: bytes) -> dict[bytes, bytes]:
    """Return the tags by signature; raises :class:`ProfileError`."""
    colour_space(profile)
    count = int.from_bytes(profile[HEADER_BYTES : HEADER_BYTES + 4], "big")
    table = profile[HEADER_BYTES + 4 : HEADER_BYTES + 4 + 12 * count]
    if count > MAX_TAGS or len(table) != 12 * count:
        raise ProfileError("the tag table is cut off")
    tags = {}
    for name, offset, size in struct.iter_unpack(">4sII", table):
        if offset + size > len(profile):
            raise ProfileError("a tag lies outside the profile")
        tags[name] = profile[offset : offset + size]
    return tags


def fixed(data: bytes) -> list[float]:
    """Return s15Fixed16 numbers: 32-bit big-endian integers in units of 1/65536."""
    return [value / 65536 for (value,) in struct.iter_unpack(">i", data)]


def _xyz(tag: bytes) -> list[float]:
    """Return the three numbers of an XYZType tag."""
    if tag[:4] != b"XYZ " or len(tag) < 20:
        raise ProfileError("a colorant that is not XYZ")
    return fixed(tag[8:20])


def _curve(tag: bytes) -> npt.NDArray[np.float64]:
    """Return a curve tag sampled at the 256 values of an 8-bit channel, within 0..1."""
    curve = evaluated(tag, INPUT)
    if not np.isfinite(curve).all():
        raise ProfileError("a curve that is not a number")
    return np.clip(curve, 0, 1)


def evaluated(tag: bytes, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return what a curve makes of values, any shape, not all of them numbers in broken ones.

    Raises :class:`ProfileError` for what is no curve, or cut off.
    """
    if tag[:4] == b"curv":
        return _sampled_curve(tag, values)
    if tag[:4] == b"para":
        return _parametric_curve(tag, values)
    raise ProfileError("a curve of an unknown type")


def curve_bytes(tag: bytes) -> int:
    """Return how many bytes a curve has that stands at the beginning of ``tag``."""
    if tag[:4] == b"curv":
        return 12 + 2 * int.from_bytes(tag[8:12], "big")
    function = int.from_bytes(tag[8:10], "big")
    return 12 + 4 * NUMBERS[function] if function < len(NUMBERS) else len(tag)


def _sampled_curve(tag: bytes, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Evaluate a curveType: no entry is the identity, one a gamma, more a table."""
    count = int.from_bytes(tag[8:12], "big")
    body = tag[12 : 12 + 2 * count]
    if len(tag) < 12 or len(body) != 2 * count:
        raise ProfileError("a curve is cut off")
    entries = np.frombuffer(body, ">u2").astype(np.float64)
    if count == 0:
        return values.copy()
    if count == 1:
        return np.asarray(np.maximum(values, 0) ** (entries[0] / 256))
    return np.interp(values, np.linspace(0, 1, count), entries / 65535)


def _parametric_curve(tag: bytes, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Evaluate a parametricCurveType, functions 0 to 4 of table 68."""
    function = int.from_bytes(tag[8:10], "big")
    if function >= len(NUMBERS) or len(tag) < curve_bytes(tag):
        raise ProfileError("a parametric curve is cut off")
    numbers = fixed(tag[12 : curve_bytes(tag)])
    gamma, a, b, c, d, e, f = numbers + [0.0] * (7 - len(numbers))
    if function == 0:
        a = 1.0
    if function in (1, 2):
        if a == 0:
            raise ProfileError("a parametric curve without a slope")
        # Below -b/a the curve is the constant that is added above it.
        d, e, f, c = -b / a, c, c, 0.0
    with np.errstate(divide="ignore", over="ignore"):  # who calls looks for what is not finite
        power = np.maximum(a * values + b, 0) ** gamma + e
    return np.where(d <= values, power, c * values + f)
