"""Write the sample photo: ``python -m tools.pages.draw_sample`` writes
``assets/sample/sample.jpg``.

It comes out of the scikit-image package, which the test environment has, at its full size.
"""

import io

import numpy as np
from PIL import Image
from skimage import data

from tools.setup.cache import write_atomically
from tools.setup.checkout import ROOT

TARGET = ROOT / "assets" / "sample" / "sample.jpg"

QUALITY = 90
"""JPEG quality, 0 to 100; with colour at full resolution, for red edges are what is looked at."""


def photo() -> Image.Image:
    """Return the photograph, RGB, 600 x 400 pixels."""
    return Image.fromarray(np.asarray(data.coffee()))  # type: ignore[no-untyped-call]


def jpeg(image: Image.Image) -> bytes:
    """Return the image as a JPEG file without metadata."""
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=QUALITY, subsampling=0, optimize=True, progressive=True)
    return stream.getvalue()


if __name__ == "__main__":
    write_atomically(TARGET, jpeg(photo()))
