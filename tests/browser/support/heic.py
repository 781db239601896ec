"""HEIC files as phones write them, made by pillow-heif, and what they should look like.

No browser of the tests but Safari reads them, so an independent reader (pillow-heif, and LittleCMS
for colours) says what is right.
"""

import io
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image, ImageCms

from tests.core.pictures import DISPLAY_P3

SRGB = ImageCms.createProfile("sRGB")


def heic(*pictures: Image.Image, **options: Any) -> bytes:
    """Return a HEIC file of pictures; ``options`` are pillow-heif's, colours are not reduced."""
    output = io.BytesIO()
    file = pillow_heif.HeifFile()
    for picture in pictures:
        file.add_from_pillow(picture)
    file.save(output, **{"quality": 95, "chroma": 444, **options})
    return output.getvalue()


def heic_of_16_bits(picture: Image.Image) -> bytes:
    """Return a HEIC file whose encoder got 16 bits for each colour and kept ten."""
    values = np.asarray(picture.convert("RGB")).astype(np.uint16) * 257
    output = io.BytesIO()
    file = pillow_heif.from_bytes("RGB;16", picture.size, values.tobytes())
    file.save(output, quality=95, chroma=444)
    return output.getvalue()


def turned(picture: Image.Image, orientation: int) -> Image.Image:
    """Return a picture that pillow-heif writes with the boxes irot and imir.

    It stores the pixels as EXIF ``orientation`` has them lie, so that turned back they are these.
    """
    exif = Image.Exif()
    exif[0x0112] = orientation
    lying = picture.copy()
    lying.info["exif"] = exif.tobytes()
    return lying


def native(content: bytes) -> Image.Image:
    """Return what pillow-heif reads, upright, in the file's own colours."""
    file = pillow_heif.open_heif(content, convert_hdr_to_8bit=True)
    return file.to_pillow()


def from_display_p3(picture: Image.Image) -> Image.Image:
    """Return a picture's colours converted to sRGB by LittleCMS."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(DISPLAY_P3))
    converted = ImageCms.profileToProfile(picture.convert("RGB"), source, SRGB, outputMode="RGB")
    assert converted is not None
    return converted


def difference(one: Image.Image, other: Image.Image) -> tuple[float, int]:
    """Return the mean and the largest difference of two pictures' colours, of 255."""
    assert one.size == other.size
    pair = [np.asarray(image.convert("RGB")).astype(int) for image in (one, other)]
    apart = np.abs(pair[0] - pair[1])
    return float(apart.mean()), int(apart.max())
