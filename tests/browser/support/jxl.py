"""JPEG XL files and what they should look like, by imagecodecs' libjxl, which no page loads."""

import io

import imagecodecs
import numpy as np
from PIL import Image, ImageOps

from tests.browser.support.heic import from_display_p3
from tests.core.pictures import DISPLAY_P3


def jxl(picture: Image.Image) -> bytes:
    """Return a picture as a JPEG XL file without loss."""
    return bytes(imagecodecs.jpegxl_encode(np.asarray(picture), lossless=True))


def native(content: bytes) -> Image.Image:
    """Return what an independent reader makes of a file."""
    return Image.fromarray(imagecodecs.jpegxl_decode(content))


def repacked(picture: Image.Image, orientation: int) -> tuple[bytes, Image.Image]:
    """Return a JPEG file in Display P3 that was packed anew as JPEG XL, and its picture in sRGB.

    It lies as EXIF ``orientation`` says.
    """
    exif = Image.Exif()
    exif[0x0112] = orientation
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=95, icc_profile=DISPLAY_P3, exif=exif)
    content = bytes(imagecodecs.jpegxl_encode_jpeg(output.getvalue(), usecontainer=True))
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(output.getvalue())))
    return content, from_display_p3(upright)
