"""From the network's prediction to an alpha channel of the photo's own size."""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops


def normalise(raw: npt.NDArray[Any], low: float, high: float) -> npt.NDArray[np.float32]:
    """Return a prediction as a matte: float32 (h, w) in 0..1, 1 being subject.

    ``raw`` has shape (h, w), or that with leading axes of length one, and values of which ``low``
    means background and ``high`` subject (the model's output range, or the prediction's own
    smallest and largest value); what lies outside is clipped. Where ``high`` does not exceed
    ``low``, as with the extremes of a flat prediction, nothing was found and the matte is 0.

    Raises ``ValueError`` for another shape and for values that are not finite.
    """
    if raw.ndim < 2 or raw.size == 0 or raw.size != raw.shape[-1] * raw.shape[-2]:
        raise ValueError(f"a prediction of shape {raw.shape} is not one picture")
    matte = raw.reshape(raw.shape[-2:]).astype(np.float32)
    if not np.isfinite(matte).all():
        raise ValueError("the prediction holds values that are not finite")
    if not high - low > np.finfo(np.float32).tiny:
        return np.zeros_like(matte)
    matte -= np.float32(low)
    matte /= np.float32(high - low)
    return np.clip(matte, 0, 1, out=matte)


def to_alpha_matte(
    matte: npt.NDArray[np.float32], size: tuple[int, int], existing: Image.Image | None = None
) -> Image.Image:
    """Return a matte as an alpha channel of ``size`` (width, height) in pixels, mode L.

    ``matte`` is float32 (h, w) in 0..1. It is rounded to 8 bits and then enlarged with a bicubic
    filter (Keys, a = -0.5), centres aligned with centres, and clipped to 0..255: at 12 megapixels
    this takes a quarter of the memory of enlarging floating-point numbers and differs by one step
    of 255 at most. ``existing`` is the photo's own alpha (mode L, ``size``), multiplied in.
    """
    levels = Image.fromarray(np.rint(matte * 255).astype(np.uint8))
    alpha = levels.resize(size, Image.Resampling.BICUBIC)
    return alpha if existing is None else ImageChops.multiply(alpha, existing)
