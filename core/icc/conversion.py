"""From the pixels of a press or a scanner to sRGB, through a profile's lookup table.

Each colour of a strip is worked out once and exactly: a grid of results in between, as fast
libraries have it, was off by 30 of 255 in dark colours. What the profile calls its darkest becomes
black (black point compensation: ISO 18619), as LittleCMS does it for sRGB; else prints would look
foggy on a screen.
"""

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
from PIL import Image

from core.icc.profile import is_matrix_profile, tags_of
from core.icc.srgb import D50, SRGB_TO_XYZ, STEPS, encoded_steps
from core.icc.tables import Plane, Table, table

STRIP_PIXELS = 1 << 18
"""Pixels converted at a time; keeps the copies small beside the photo."""

VERSION_4_BLACK = np.array([0.00336, 0.0034731, 0.00287])
"""Black of every perceptual table since version 4 of the standard (section 6.3.3)."""

LIGHTEST_BLACK = 0.184
"""Light (L* of 50) above which nothing is a darkest colour; such profiles are broken."""

PALEST, FULL = 0.0, 1.0
"""What stands for the darkest colour: no light of a screen, all the ink of a press."""


class Conversion:
    """The way from 8-bit colours with a profile that has a lookup table to 8-bit sRGB."""

    def __init__(self, found: Table, black: Plane) -> None:
        """Take a table, and the XYZ (3,) of what becomes black."""
        self.found = found
        scale = D50 / (D50 - black)
        to_linear = np.linalg.inv(SRGB_TO_XYZ).T * STEPS
        self._factors = scale[:, np.newaxis] * to_linear
        self._added = (D50 - D50 * scale) @ to_linear + 0.5
        self._encode = encoded_steps()

    def colours(self, given: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Return sRGB (n, 3) of device colours (n, channels)."""
        packed = np.zeros((len(given), 4), np.uint8)
        packed[:, : given.shape[1]] = given
        once, places = np.unique(packed.view(np.uint32).ravel(), return_inverse=True)
        levels = once[:, np.newaxis].view(np.uint8)[:, : given.shape[1]]
        light = self.found.to_xyz(levels / 255) @ self._factors + self._added
        steps = np.clip(light, 0, STEPS).astype(np.int32)
        return np.asarray(self._encode[steps][places])

    def converted(self, image: Image.Image) -> Image.Image:
        """Return the sRGB image of one whose bands are the device's; a grey one is in RGB."""
        result = Image.new("RGB", image.size)
        for box in strips(image):
            strip = np.asarray(image.crop(box))
            colours = self.colours(strip.reshape(-1, strip.shape[2])[:, : self.found.channels])
            result.paste(Image.fromarray(colours.reshape(*strip.shape[:2], 3)), box)
        return result

    def is_identity(self) -> bool:
        """Return whether no colour moves by more than one step of 255 (tried on 17^3 colours)."""
        return self.found.channels < 4 and leaves_alone(self.colours, self.found.channels)


def conversion(profile: bytes) -> Conversion | None:
    """Return the way to sRGB through a profile's lookup table, ``None`` where it has none.

    Raises :class:`core.icc.profile.ProfileError` for a table that is damaged.
    """
    found = table(profile)
    return Conversion(found, _black(profile, found)) if found else None


def _black(profile: bytes, found: Table) -> Plane:
    """Return the XYZ of what becomes black, as LittleCMS finds it for a picture that is to please.

    Tables of version 4 have one and the same; else it is the device's darkest colour.
    """
    if profile[8] >= 4 and b"A2B0" in tags_of(profile) and not is_matrix_profile(profile):
        return VERSION_4_BLACK
    darkest = found.to_xyz(np.full((1, found.channels), FULL if found.channels == 4 else PALEST))[0]
    return darkest if 0 <= darkest[1] <= LIGHTEST_BLACK else np.zeros(3)


def leaves_alone(
    convert: Callable[[npt.NDArray[np.uint8]], npt.NDArray[np.uint8]], channels: int
) -> bool:
    """Return whether ``convert`` moves none of 17 levels of each channel by more than one step.

    It takes device colours (n, channels) and returns sRGB (n, 3).
    """
    levels = np.rint(np.linspace(0, 255, 17)).astype(np.uint8)
    axes = np.meshgrid(*[levels] * channels)
    given = np.stack([axis.ravel() for axis in axes], axis=-1)
    return bool(np.abs(convert(given).astype(int) - given).max() <= 1)


def strips(image: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """Yield the boxes (left, top, right, bottom) of a picture's strips, a few rows each."""
    rows = max(1, STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        yield 0, top, image.width, min(top + rows, image.height)
