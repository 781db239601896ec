"""What lies around one pixel of the photo before and after the edge stage, to be enlarged."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from lab import neighbours
from lab.bench import Bench
from lab.drawing import Pixels

SPAN = 15
"""Pixels shown on each side of the middle one; enlarged eight times on wide screens."""


def close_up(bench: Bench, x: int, y: int) -> tuple[list[tuple[str, Pixels]], str]:
    """Return pictures around pixel (x, y), the pixel itself in their middle, and it in words.

    The photo, the matte before and after the edge stage, uint8 (31, 31, 4), and what the matting
    Laplacian ties the pixel to. Raises ``KeyError`` before that stage has run.
    """
    image = bench.values["photo"].image
    before, after = bench.values["before"], bench.values["alpha"]
    pictures = [
        (title, crop(picture, x, y))
        for title, picture in (
            ("photo", image),
            ("before", before),
            ("after", after),
        )
    ]
    tied, ties = neighbours.picture(image, x, y)
    pictures.append(("what the pixel is tied to", tied))
    red, green, blue = image.getpixel((x, y))
    words = (
        f"Pixel {x}, {y}: red {red}, green {green}, blue {blue}; alpha {before.getpixel((x, y))} "
        f"before, {after.getpixel((x, y))} after, of 255.\n"
        f"Green neighbours are tied to it, red ones pushed apart:\n{ties}"
    )
    return pictures, words


def crop(picture: Image.Image, x: int, y: int) -> npt.NDArray[np.uint8]:
    """Return the square of 2 * SPAN + 1 pixels around one, uint8 (side, side, 4).

    Beyond the picture its last row or column goes on.
    """
    pixels = np.asarray(picture.convert("RGBA"))
    rows = np.clip(np.arange(y - SPAN, y + SPAN + 1), 0, picture.height - 1)
    columns = np.clip(np.arange(x - SPAN, x + SPAN + 1), 0, picture.width - 1)
    return np.ascontiguousarray(pixels[np.ix_(rows, columns)])


def place(bench: Bench, x: float, y: float) -> tuple[int, int]:
    """Return the pixel at shares of the photo's width and height, 0..1."""
    width, height = bench.values["photo"].image.size
    return min(max(int(x * width), 0), width - 1), min(max(int(y * height), 0), height - 1)
