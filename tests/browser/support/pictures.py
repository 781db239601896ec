"""Photos and other files that the tests drop on the page."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import skimage
from PIL import Image

PHOTOS = Path(skimage.__file__).parent / "data"
"""Where scikit-image keeps its pictures."""

ORIENTATION = 0x0112
"""EXIF tag (EXIF 2.32, 4.6.4)."""

TURN_CLOCKWISE = 6
"""Its value for a picture that is shown upright by a quarter turn clockwise."""


def photo(name: str) -> Image.Image:
    """Return one of scikit-image's photographs as RGB."""
    (file,) = [f for f in PHOTOS.glob(f"{name}.*") if f.suffix in (".png", ".jpg")]
    return Image.open(file).convert("RGB")


def save_jpeg(image: Image.Image, file: Path, turned: bool = False) -> Path:
    """Write a JPEG as a camera would; ``turned`` as one that was held upright.

    Then the pixels lie on their side and the EXIF orientation says so.
    """
    exif = Image.Exif()
    exif[ORIENTATION] = TURN_CLOCKWISE if turned else 1
    pixels = image.transpose(Image.Transpose.ROTATE_90) if turned else image
    pixels.save(file, quality=92, exif=exif)
    return file


def spotlight(width: int = 96, height: int = 64, seed: int = 0) -> Image.Image:
    """Return a bright disc on a dark ground, each seed a little different."""
    y, x = np.mgrid[0:height, 0:width]
    centre_x = width / 2 + (seed % 7) - 3
    distance = np.hypot(x - centre_x, y - height / 2) / min(width, height)
    bright = np.clip(1.6 - 4 * distance, 0.05, 0.95) * 255
    pixels = np.stack([bright, bright * 0.9, 255 - bright * 0.9 + seed % 5], axis=-1)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def save_spotlight(file: Path, width: int = 96, height: int = 64, seed: int = 0) -> Path:
    """Write a spotlight picture in the format of the file's ending."""
    spotlight(width, height, seed).save(file, quality=90)
    return file


def encoded(image: Image.Image, file_format: str) -> bytes:
    """Return an image as the bytes of a file."""
    output = BytesIO()
    image.save(output, file_format)
    return output.getvalue()


def png_header(width: int, height: int) -> bytes:
    """Return a PNG that promises ``width`` x ``height`` pixels and holds one row of nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def iso_media(brand: bytes) -> bytes:
    """Return the beginning of an ISO base media file (HEIC, AVIF) of that brand."""
    box = b"ftyp" + brand + bytes(4) + brand + b"mif1"
    return struct.pack(">I", len(box) + 4) + box + bytes(200)
