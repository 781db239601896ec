"""Pictures of numbers: histograms, planes, patches, seams. NumPy and Pillow alone."""

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]

SHOWN_SIDE = 480
"""Longest side in pixels of a picture on the lab's page."""

LIGHT, DARK = (245, 245, 245), (30, 30, 30)
"""The grounds on which the seam of an old background shows."""

SQUARE = 8
"""Side of the checkerboard's squares in pixels."""


def shown(image: Image.Image, nearest: bool = False) -> Pixels:
    """Return an image at the size of the page, uint8 (h, w, 4).

    With ``nearest`` small ones are enlarged so that single pixels can be seen.
    """
    scale = SHOWN_SIDE / max(image.size)
    if scale < 1 or nearest:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        how = Image.Resampling.NEAREST if scale > 1 else Image.Resampling.BOX
        image = image.resize(size, how)
    return np.array(image.convert("RGBA"))


def plane(values: npt.NDArray[np.floating], low: float = 0.0, high: float = 1.0) -> Pixels:
    """Return a plane of numbers (h, w) as greys: ``low`` black, ``high`` white."""
    span = max(high - low, 1e-9)
    levels = np.rint(np.clip((values - low) / span, 0, 1) * 255).astype(np.uint8)
    return shown(Image.fromarray(levels))


def channel(image: Image.Image, index: int) -> Pixels:
    """Return one channel of an RGB image in its own colour."""
    pixels = np.zeros((image.height, image.width, 3), np.uint8)
    pixels[..., index] = np.asarray(image)[..., index]
    return shown(Image.fromarray(pixels))


def histogram(image: Image.Image, height: int = 120) -> Pixels:
    """Return how often each level 0..255 occurs in each channel of an RGB image, (h, 256, 4)."""
    drawn = np.full((height, 256, 3), 255, np.uint8)
    for index in range(3):
        counts = np.bincount(np.asarray(image)[..., index].ravel(), minlength=256)
        bars = np.rint(counts / max(int(counts.max()), 1) * (height - 1)).astype(int)
        inside = np.arange(height)[::-1, np.newaxis] < bars[np.newaxis]
        for other in range(3):
            if other != index:
                drawn[..., other][inside] //= 2
    return np.array(Image.fromarray(drawn).convert("RGBA"))


def trimap_colours(unknown: npt.NDArray[np.bool_], subject: npt.NDArray[np.bool_]) -> Pixels:
    """Return a trimap: the subject white, the unknown band orange, the background black."""
    drawn = np.zeros((*unknown.shape, 3), np.uint8)
    drawn[subject] = 255
    drawn[unknown] = (255, 150, 40)
    return shown(Image.fromarray(drawn))


def over(cutout: Image.Image, ground: tuple[int, int, int]) -> Image.Image:
    """Return a cutout (mode RGBA, straight alpha) on a plain ground, mode RGB."""
    base = Image.new("RGB", cutout.size, ground)
    base.paste(cutout, mask=cutout.getchannel("A"))
    return base


def over_squares(cutout: Image.Image) -> Pixels:
    """Return a cutout on a checkerboard, uint8 (h, w, 4)."""
    small = cutout.copy()
    small.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    rows, columns = np.indices((small.height, small.width)) // SQUARE
    levels = np.where((rows + columns) % 2, 200, 240).astype(np.uint8)
    base = Image.fromarray(levels).convert("RGB")
    base.paste(small, mask=small.getchannel("A"))
    return np.array(base.convert("RGBA"))


def around(image: Image.Image, centre: tuple[int, int], side: int) -> Image.Image:
    """Return the square of ``side`` pixels around a place, moved inside the image."""
    left = min(max(0, centre[0] - side // 2), max(0, image.width - side))
    top = min(max(0, centre[1] - side // 2), max(0, image.height - side))
    return image.crop((left, top, min(left + side, image.width), min(top + side, image.height)))
