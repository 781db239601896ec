"""sRGB in numbers: its curve, and where its colours lie in CIE XYZ.

Sources: IEC 61966-2-1; ICC.1:2022, section 6.3.4 (the reference white D50).
"""

import numpy as np
import numpy.typing as npt

SRGB_TO_XYZ = np.array(
    [
        [0.4360747, 0.3850649, 0.1430804],
        [0.2225045, 0.7168786, 0.0606169],
        [0.0139322, 0.0971045, 0.7141733],
    ]
)
"""Linear sRGB to CIE XYZ relative to D50, the reference white of ICC profiles (IEC 61966-2-1,
adapted with the Bradford matrix)."""

D50 = np.array([0.9642, 1.0, 0.8249])
"""The reference white in XYZ."""

STEPS = 65535
"""Steps of linear light between black and white; a twentieth of an 8-bit step in the shadows."""


def encode_srgb(linear: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return sRGB values 0..1 for linear light 0..1, any shape (IEC 61966-2-1)."""
    high = 1.055 * np.maximum(linear, 0.0031308) ** (1 / 2.4) - 0.055
    return np.where(linear <= 0.0031308, 12.92 * linear, high)


def decode_srgb(encoded: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return linear light 0..1 for sRGB values 0..1, any shape (IEC 61966-2-1)."""
    high = ((np.maximum(encoded, 0.04045) + 0.055) / 1.055) ** 2.4
    return np.where(encoded <= 0.04045, encoded / 12.92, high)


def lab_to_xyz(lab: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return XYZ for L*a*b* relative to D50, (..., 3) both (CIE 15:2004, section 8.2.1)."""
    lightness = (lab[..., 0] + 16) / 116
    cubes = np.stack(
        [lightness + lab[..., 1] / 500, lightness, lightness - lab[..., 2] / 200], axis=-1
    )
    return D50 * np.where(cubes > 6 / 29, cubes**3, (cubes - 4 / 29) * 3 * (6 / 29) ** 2)


def encoded_steps() -> npt.NDArray[np.uint8]:
    """Return the 8-bit sRGB levels of linear light in :data:`STEPS`, (STEPS + 1,)."""
    return np.rint(encode_srgb(np.arange(STEPS + 1) / STEPS) * 255).astype(np.uint8)
