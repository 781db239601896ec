"""Better than one pass of the network: several, averaged."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image


def mean_matte(mattes: Sequence[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """Return the mean of several mattes of one photo, float32 (h, w) in 0..1.

    ``mattes`` are float32 (h, w) in 0..1 of any sizes; the smaller ones are enlarged to the
    largest with a bilinear filter. Averaging the answers to inputs of different sizes lets
    their errors cancel (Dietterich 2000, Ensemble Methods in Machine Learning). Raises
    ``ValueError`` for none.
    """
    if not mattes:
        raise ValueError("there is no matte to average")
    if len(mattes) == 1:
        return mattes[0]
    height, width = max((matte.shape for matte in mattes), key=lambda shape: shape[0] * shape[1])
    total = np.zeros((height, width), np.float32)
    for matte in mattes:
        image = Image.fromarray(matte)
        total += np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))
    return total / np.float32(len(mattes))


def kept_matte(mattes: Sequence[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """Return :func:`mean_matte` in the 256 steps in which the page keeps it with the item.

    So a cutout that was edited, or opened again in another visit, is the same as at first, bit
    for bit.
    """
    matte: npt.NDArray[np.float32] = np.rint(mean_matte(mattes) * 255).astype(np.float32)
    matte /= 255
    return matte
