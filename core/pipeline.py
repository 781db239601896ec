"""The whole method on one screen.

A photo becomes upright sRGB pixels; squashed to a square it goes through the network, which
answers how much each place belongs to the subject, the matte; enlarged to the photo's size the
matte becomes its alpha channel; photo and alpha are saved as PNG. The page runs the steps around
its own network session; :func:`cut_out_file` does all of it for everybody else.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from common.limits import MAX_MEGAPIXELS
from common.options import QUALITIES
from core.compose import cut_out
from core.files.decode import Photo, decode
from core.matte.mask import normalise, to_alpha_matte
from core.matte.tensor import to_tensor, visible_rgb
from core.picture.preview import preview_rgba
from core.writing.encode import png

MEAN = (128.0, 128.0, 128.0)
"""What ISNet wants subtracted from the channels' values 0..255; see ``models/models.json``."""

DIVISOR = (256.0, 256.0, 256.0)
"""What ISNet wants them divided by afterwards."""


def open_photo(data: bytes, limit_megapixels: float = MAX_MEGAPIXELS) -> Photo:
    """Decode a picture file; see :func:`core.files.decode.decode` for the refusals."""
    return decode(data, limit_megapixels)


def thumbnail(
    data: bytes, side: int, limit_megapixels: float = MAX_MEGAPIXELS
) -> tuple[npt.NDArray[np.uint8], int, int]:
    """Return a picture file as small RGBA pixels; see :func:`core.picture.preview.preview_rgba`."""
    return preview_rgba(decode(data, limit_megapixels, draft_side=side), None, side)


def network_input(
    photo: Photo, size: int, mean: Sequence[float] = MEAN, divisor: Sequence[float] = DIVISOR
) -> npt.NDArray[np.float32]:
    """Return the photo as float32 (1, 3, size, size), each channel ``(value - mean) / divisor``."""
    return to_tensor(visible_rgb(photo), size, mean, divisor)


def matte(
    raw: npt.NDArray[np.float32], low: float = 0.0, high: float = 1.0
) -> npt.NDArray[np.float32]:
    """Return the network's prediction (..., h, w) in ``low`` .. ``high`` as a matte, 0..1 (h, w).

    Raises ``ValueError`` for a prediction that cannot be one.
    """
    return normalise(raw, low, high)


def finish(photo: Photo, matte: npt.NDArray[np.float32], compression: int = 1) -> bytes:
    """Return the cutout as a PNG file of the photo's own size.

    ``matte`` is float32 (h, w) in 0..1. Uses up the photo: its image becomes the cutout (see
    :func:`core.compose.cut_out`).
    """
    alpha = to_alpha_matte(matte, photo.image.size, photo.alpha)
    return png(cut_out(photo, alpha), compression)


def cut_out_file(
    data: bytes,
    infer: Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]],
    size: int = QUALITIES["standard"][0],
) -> bytes:
    """Cut the subject out of a picture file; returns a PNG file with transparency.

    ``infer`` is the network: float32 (1, 3, size, size) in, (1, 1, h, w) out. With ONNX Runtime::

        session = onnxruntime.InferenceSession("isnet.onnx")
        result = cut_out_file(data, lambda pixels: session.run(None, {"input": pixels})[0])
    """
    photo = open_photo(data)
    prediction = infer(network_input(photo, size))
    return finish(photo, matte(prediction))
