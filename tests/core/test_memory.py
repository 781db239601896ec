"""What a photo costs in memory stays below what common/limits.py promises to the browser."""

import json
import subprocess
import sys

from PIL import Image

from common.limits import BYTES_PER_PIXEL
from tests.core.pictures import DISPLAY_P3, save, texture
from tools.setup.checkout import ROOT

MEASURE = """
import json, resource, sys
import numpy as np
from PIL import Image
from core import pipeline

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts KiB

data = sys.stdin.buffer.read()
Image.init()
before = peak()
photo = pipeline.open_photo(data)
pixels = photo.image.width * photo.image.height
tensor = pipeline.network_input(photo, 768)
matte = pipeline.matte(np.abs(tensor[0, :1]) * 2)
result = pipeline.finish(photo, matte)
print(json.dumps({"pixels": pixels, "bytes_per_pixel": (peak() - before) / pixels}))
"""

MEASURE_EDIT = """
import json, resource, sys
import numpy as np
from PIL import Image
from common.edits.edit import checked
from core import pipeline
from core import output

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts KiB

data = sys.stdin.buffer.read()
Image.init()
before = peak()
photo = pipeline.open_photo(data)
pixels = photo.image.width * photo.image.height
y, x = np.mgrid[-1:1:768j, -1:1:768j].astype(np.float32)
matte = np.clip((0.6 - np.hypot(x, y) + 0.05 * np.sin(50 * x)) * 30, 0, 1)
line = [[0.1 + 0.08 * at, 0.5, 1] for at in range(10)]
brush = {"kind": "brush", "mode": "erase", "radius": 0.01, "points": line}
click = {"kind": "region", "mode": "erase", "point": [0.5, 0.3], "tolerance": 0.1}
edit = checked({
    "edges": {"feather": 4, "shift": 2, "speck": 0.1, "largest_only": True},
    "strokes": [brush, click],
    "background": {"kind": "blur"},
    "shadow": {"kind": "drop"},
})
output.export(photo, matte, edit)
print(json.dumps({"pixels": pixels, "bytes_per_pixel": (peak() - before) / pixels}))
"""


def bytes_per_pixel(data, pixels, measure=MEASURE):
    """Return the growth of a fresh process from before decoding to after finishing, per pixel."""
    done = subprocess.run(
        [sys.executable, "-c", measure], input=data, capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    answer = json.loads(done.stdout)
    assert answer["pixels"] == pixels
    return answer["bytes_per_pixel"]


def turned():
    """Return an EXIF block of a photo that was taken upright."""
    block = Image.Exif()
    block[0x0112] = 6
    return block.tobytes()


def test_a_turned_display_p3_jpeg_of_24_megapixels_stays_below_half_of_the_limit():
    data = save(texture(6000, 4000), "JPEG", quality=90, icc_profile=DISPLAY_P3, exif=turned())
    assert bytes_per_pixel(data, 24_000_000) <= BYTES_PER_PIXEL / 2


def test_a_transparent_png_with_a_profile_stays_below_the_limit():
    image = texture(4000, 3000)
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    data = save(image, "PNG", compress_level=1, icc_profile=DISPLAY_P3, exif=turned())
    assert bytes_per_pixel(data, 12_000_000) <= BYTES_PER_PIXEL * 0.75


def test_webp_whose_decoder_wants_most_stays_below_the_limit():
    data = save(texture(4000, 3000), "WEBP", quality=80, method=0)
    assert bytes_per_pixel(data, 12_000_000) <= BYTES_PER_PIXEL


def test_an_edit_that_uses_everything_stays_below_the_limit():
    data = save(texture(6000, 4000), "JPEG", quality=90)
    assert bytes_per_pixel(data, 24_000_000, MEASURE_EDIT) <= BYTES_PER_PIXEL
