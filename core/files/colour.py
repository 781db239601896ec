"""Colour profiles: bring a photo's colours to sRGB, the colour space of the web.

Phones save Display P3 and cameras Adobe RGB. Dropping such a profile without converting would
make skin pale and grass dull. Profiles made of three curves and a matrix, which is what cameras,
phones and monitors use, are applied here in NumPy, so that the result is the same with every
build of Pillow; the one in Pyodide has no LittleCMS. Profiles with lookup tables (print, some
scanners) need LittleCMS and are left alone, with a notice, where it is missing.

Source: ICC.1:2022 (profile version 4.4), annex F.3 (three-component matrix-based profiles).
"""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, features

from core.files import icc

STRIP_PIXELS = 1 << 18
"""Pixels converted at a time; keeps the float copies small beside the photo."""

STEPS = 65535
"""Steps of linear light between black and white; a twentieth of an 8-bit step in the shadows."""

SRGB_TO_XYZ = np.array(
    [
        [0.4360747, 0.3850649, 0.1430804],
        [0.2225045, 0.7168786, 0.0606169],
        [0.0139322, 0.0971045, 0.7141733],
    ]
)
"""Linear sRGB to CIE XYZ relative to D50, the reference white of ICC profiles (IEC 61966-2-1,
adapted with the Bradford matrix)."""


def encode_srgb(linear: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return sRGB values 0..1 for linear light 0..1, any shape (IEC 61966-2-1)."""
    high = 1.055 * np.maximum(linear, 0.0031308) ** (1 / 2.4) - 0.055
    return np.where(linear <= 0.0031308, 12.92 * linear, high)


def decode_srgb(encoded: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return linear light 0..1 for sRGB values 0..1, any shape (IEC 61966-2-1)."""
    high = ((np.maximum(encoded, 0.04045) + 0.055) / 1.055) ** 2.4
    return np.where(encoded <= 0.04045, encoded / 12.92, high)


def to_srgb(image: Image.Image, profile: bytes, grey: bool = False) -> str | None:
    """Convert an RGB image from the colour space of an ICC profile to sRGB, in place.

    ``image`` has mode RGB; out-of-gamut colours are clipped. Pixels whose profile is sRGB to
    within one step of 255 stay bit-identical. ``grey`` tells that the pixels were grey in the
    file: a grey profile says nothing about others, which stay as they are. Returns ``None``, or a
    notice code when the colours were left alone: ``profile_unreadable`` or
    ``profile_not_applied``.
    """
    try:
        space = icc.colour_space(profile)
        if space == "GRAY" and not grey:
            return None
        if space == "GRAY":
            curve = icc.grey_curve(profile)
            curves, matrix = np.stack([curve] * 3), np.eye(3)
        elif space == "RGB" and icc.is_matrix_profile(profile):
            curves, to_xyz = icc.matrix_profile(profile)
            matrix = np.linalg.inv(SRGB_TO_XYZ) @ to_xyz
        elif space == "RGB":
            return _convert_with_littlecms(image, profile)
        else:
            return "profile_unreadable"
    except icc.ProfileError:
        return "profile_unreadable"
    transform(image, curves, matrix)
    return None


def transform(
    image: Image.Image, curves: npt.NDArray[np.float64], matrix: npt.NDArray[np.float64]
) -> None:
    """Convert an RGB image in place: ``curves`` (3, 256) to light, ``matrix`` (3, 3) to sRGB's."""
    prepared = _Transform(curves, matrix)
    if not prepared.is_identity():
        prepared.apply(image)


def cmyk_to_srgb(image: Image.Image, profile: bytes) -> Image.Image | None:
    """Return an sRGB image of a CMYK one through its profile, or ``None`` when that cannot be done.

    Print profiles are lookup tables, so this needs Pillow with LittleCMS.
    """
    if not features.check("littlecms2"):
        return None
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def lab_to_srgb(image: Image.Image) -> Image.Image:
    """Return an sRGB image of one in CIE L*a*b* relative to D50 (mode LAB: L* 0..100 as 0..255).

    Pillow converts this mode only with LittleCMS. Source: CIE 15:2004, section 8.2.1.
    """
    result = Image.new("RGB", image.size)
    rows = max(1, STRIP_PIXELS // image.width)
    to_linear = (np.linalg.inv(SRGB_TO_XYZ) * (SRGB_TO_XYZ @ np.ones(3))).T
    for top in range(0, image.height, rows):
        box = (0, top, image.width, min(top + rows, image.height))
        planes = [np.asarray(plane) for plane in image.crop(box).split()]
        lightness = (planes[0] * (100 / 255) + 16) / 116
        # Pillow holds a* and b* with 128 added.
        a, b = (plane - 128.0 for plane in planes[1:])
        cubes = np.stack([lightness + a / 500, lightness, lightness - b / 200], axis=-1)
        relative = np.where(cubes > 6 / 29, cubes**3, (cubes - 4 / 29) * 3 * (6 / 29) ** 2)
        encoded = encode_srgb(np.clip(relative @ to_linear, 0, 1))
        result.paste(Image.fromarray(np.rint(encoded * 255).astype(np.uint8)), box)
    return result


def _convert_with_littlecms(image: Image.Image, profile: bytes) -> str | None:
    """Convert an RGB image in place with LittleCMS; returns a notice code or ``None``."""
    if not features.check("littlecms2"):
        return "profile_not_applied"
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), inPlace=True)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return "profile_unreadable"
    return None


class _Transform:
    """Curves, a matrix and the sRGB curve, prepared as tables for 8-bit pixels."""

    def __init__(self, curves: npt.NDArray[np.float64], matrix: npt.NDArray[np.float64]) -> None:
        """Take ``curves`` (3, 256) to linear light 0..1 and ``matrix`` (3, 3) to linear sRGB."""
        self.curves = curves.astype(np.float32)
        self.matrix = (matrix.T * STEPS).astype(np.float32)
        encoded = encode_srgb(np.arange(STEPS + 1) / STEPS)
        self.encode = np.rint(encoded * 255).astype(np.uint8)

    def convert(self, pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Return converted pixels; (..., 3) uint8 in and out."""
        linear = np.empty(pixels.shape, np.float32)
        for channel in range(3):
            linear[..., channel] = self.curves[channel].take(pixels[..., channel])
        mixed = linear.reshape(-1, 3) @ self.matrix
        mixed += 0.5
        steps = mixed.astype(np.int32)
        return self.encode.take(steps, mode="clip").reshape(pixels.shape)

    def is_identity(self) -> bool:
        """Return whether no colour moves by more than one step of 255 (tried on 17^3 colours)."""
        levels = np.rint(np.linspace(0, 255, 17)).astype(np.uint8)
        grid = np.stack(np.meshgrid(levels, levels, levels), axis=-1)
        return bool(np.abs(self.convert(grid).astype(int) - grid).max() <= 1)

    def apply(self, image: Image.Image) -> None:
        """Convert an RGB image in place, a strip of rows at a time."""
        rows = max(1, STRIP_PIXELS // image.width)
        for top in range(0, image.height, rows):
            box = (0, top, image.width, min(top + rows, image.height))
            strip = np.asarray(image.crop(box))
            image.paste(Image.fromarray(self.convert(strip)), box)
