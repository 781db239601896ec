"""Colour profiles: bring a photo's colours to sRGB, the colour space of the web.

Phones save Display P3 and cameras Adobe RGB. Dropping such a profile without converting would
make skin pale and grass dull. Profiles made of three curves and a matrix, which is what cameras,
phones and monitors use, are applied here, those with lookup tables (print, some scanners) in
:mod:`core.icc.conversion`: in NumPy, so that the result is the same with every build of Pillow;
the one in Pyodide has no LittleCMS. Where a profile has both, its table counts, as in LittleCMS
and in browsers.

Source: ICC.1:2022 (profile version 4.4), section 8.10 (what counts first), annex F.3
(three-component matrix-based profiles).
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.icc import profile as icc
from core.icc.conversion import conversion, leaves_alone, strips
from core.icc.srgb import SRGB_TO_XYZ, STEPS, encode_srgb, encoded_steps, lab_to_xyz


def to_srgb(image: Image.Image, profile: bytes, grey: bool = False) -> str | None:
    """Convert an RGB image from the colour space of an ICC profile to sRGB, in place.

    ``image`` has mode RGB; out-of-gamut colours are clipped. Pixels whose profile is sRGB to
    within one step of 255 stay bit-identical. ``grey`` tells that the pixels were grey in the
    file: a grey profile says nothing about others, which stay as they are. Returns ``None``, or a
    notice code when the colours were left alone: ``profile_unreadable``.
    """
    try:
        space = icc.colour_space(profile)
        if space == "GRAY" and not grey:
            return None
        by_table = conversion(profile) if space in ("GRAY", "RGB") else None
        if by_table is not None:
            if not by_table.is_identity():
                image.paste(by_table.converted(image))
            return None
        if space == "GRAY":
            curve = icc.grey_curve(profile)
            curves, matrix = np.stack([curve] * 3), np.eye(3)
        elif space == "RGB" and icc.is_matrix_profile(profile):
            curves, to_xyz = icc.matrix_profile(profile)
            matrix = np.linalg.inv(SRGB_TO_XYZ) @ to_xyz
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

    At 255 all the ink is there. Print profiles are lookup tables.
    """
    try:
        by_table = conversion(profile) if icc.colour_space(profile) == "CMYK" else None
    except icc.ProfileError:
        return None
    return by_table.converted(image) if by_table else None


def lab_to_srgb(image: Image.Image) -> Image.Image:
    """Return an sRGB image of one in CIE L*a*b* relative to D50 (mode LAB: L* 0..100 as 0..255).

    Pillow converts this mode only with LittleCMS. Source: CIE 15:2004, section 8.2.1.
    """
    result = Image.new("RGB", image.size)
    to_linear = np.linalg.inv(SRGB_TO_XYZ).T
    for box in strips(image):
        planes = [np.asarray(plane) for plane in image.crop(box).split()]
        # Pillow holds a* and b* with 128 added.
        lab = np.stack([planes[0] * (100 / 255), planes[1] - 128.0, planes[2] - 128.0], axis=-1)
        encoded = encode_srgb(np.clip(lab_to_xyz(lab) @ to_linear, 0, 1))
        result.paste(Image.fromarray(np.rint(encoded * 255).astype(np.uint8)), box)
    return result


class _Transform:
    """Curves, a matrix and the sRGB curve, prepared as tables for 8-bit pixels."""

    def __init__(self, curves: npt.NDArray[np.float64], matrix: npt.NDArray[np.float64]) -> None:
        """Take ``curves`` (3, 256) to linear light 0..1 and ``matrix`` (3, 3) to linear sRGB."""
        self.curves = curves.astype(np.float32)
        self.matrix = (matrix.T * STEPS).astype(np.float32)
        self.encode = encoded_steps()

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
        return leaves_alone(self.convert, 3)

    def apply(self, image: Image.Image) -> None:
        """Convert an RGB image in place, a strip of rows at a time."""
        for box in strips(image):
            strip = np.asarray(image.crop(box))
            image.paste(Image.fromarray(self.convert(strip)), box)
