"""What the channels of a layer inside a network answer, as a grid of small pictures."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from lab.drawing import Pixels

GRID_SIDE = 960
"""Longest side in pixels of the whole grid."""

LARGEST_TILE = 112
"""Side in pixels of one channel's picture, at most."""

GAP = 2
"""Pixels between two channels."""

GROUND = 110
"""Grey level between the channels."""


def grid(values: npt.NDArray[np.float32]) -> Pixels:
    """Return the channels of ``values``, float32 (channels, h, w), side by side: uint8 (H, W, 4).

    Row by row in their order. Each channel runs from its own least value (black) to its own largest
    (white), for some are a hundred times stronger than others; one that is even is black.
    """
    channels = len(values)
    columns = int(np.ceil(np.sqrt(channels)))
    rows = -(-channels // columns)
    tile = min(LARGEST_TILE if channels > 1 else GRID_SIDE // 2, GRID_SIDE // columns - GAP)
    drawn = np.full((rows * (tile + GAP), columns * (tile + GAP)), GROUND, np.uint8)
    for index, channel in enumerate(values):
        top, left = (index // columns) * (tile + GAP), (index % columns) * (tile + GAP)
        drawn[top : top + tile, left : left + tile] = _tile(channel, tile)
    return np.array(Image.fromarray(drawn[: -GAP or None, : -GAP or None]).convert("RGBA"))


def told(name: str, values: npt.NDArray[np.float32]) -> str:
    """Return a sentence about what a layer answers, with its least, mean and largest value."""
    silent = int(np.sum(values.reshape(len(values), -1).max(axis=1) <= 0))
    shape = " x ".join(map(str, values.shape))
    return (
        f"{name} answers {shape} values: least {values.min():.3f}, mean {values.mean():.3f}, "
        f"largest {values.max():.3f}. {silent} of its {len(values)} channels are nowhere above "
        "zero on this photo."
    )


def _tile(channel: npt.NDArray[np.float32], side: int) -> npt.NDArray[np.uint8]:
    """Return one channel as grey levels, uint8 (side, side)."""
    least, largest = float(channel.min()), float(channel.max())
    span = largest - least
    levels = (channel - least) * np.float32(255 / span) if span else np.zeros_like(channel)
    how = Image.Resampling.BOX if max(channel.shape) > side else Image.Resampling.NEAREST
    small = Image.fromarray(np.rint(levels).astype(np.uint8)).resize((side, side), how)
    return np.asarray(small)
