"""What a photo costs in memory stays below what common/limits.py promises to the browser."""

import json
import subprocess
import sys

import numpy as np
from PIL import Image

from common.limits import BYTES_PER_PIXEL
from tests.core.pictures import DISPLAY_P3, save, texture
from tests.core.readers.test_psd_pixels import photoshop
from tests.core.tiff_file import tiff_file
from tools.setup.checkout import ROOT

PEAK = """
def peak():
    # Not getrusage: its peak begins with that of the process that started this one.
    (line,) = [line for line in open("/proc/self/status") if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024
"""
"""What each of the programs below begins with."""

MEASURE = """
import io, json, sys
import numpy as np
from PIL import Image
from core import pipeline

data = sys.stdin.buffer.read()
Image.init()
before = peak()
result = pipeline.cut_out_file(data, lambda tensor: np.abs(tensor[:, :1]) * 2, "fast")
after = peak()
width, height = Image.open(io.BytesIO(result)).size
pixels = width * height
print(json.dumps({"pixels": pixels, "bytes_per_pixel": (after - before) / pixels}))
"""

MEASURE_EDIT = """
import json, sys
import numpy as np
from PIL import Image
from common.edits.edit import checked
from core import output
from core.files.decode import decode

data = sys.stdin.buffer.read()
Image.init()
before = peak()
photo = decode(data)
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

MEASURE_DECODING = """
import json, sys
from PIL import Image
from core.files.decode import decode

data = sys.stdin.buffer.read()
Image.init()
before = peak()
image = decode(data).image
pixels = image.width * image.height
print(json.dumps({"pixels": pixels, "bytes_per_pixel": (peak() - before) / pixels}))
"""


def bytes_per_pixel(data, pixels, measure=MEASURE):
    """Return the growth of a fresh process from before decoding to after finishing, per pixel."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK + measure],
        input=data,
        capture_output=True,
        cwd=ROOT,
        check=False,
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


def test_a_turned_display_p3_jpeg_of_24_megapixels_stays_far_below_the_limit():
    data = save(texture(6000, 4000), "JPEG", quality=90, icc_profile=DISPLAY_P3, exif=turned())
    assert bytes_per_pixel(data, 24_000_000) <= BYTES_PER_PIXEL * 0.75


def test_a_transparent_png_with_a_profile_stays_below_the_limit():
    image = texture(4000, 3000)
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    data = save(image, "PNG", compress_level=1, icc_profile=DISPLAY_P3, exif=turned())
    assert bytes_per_pixel(data, 12_000_000) <= BYTES_PER_PIXEL * 0.75


def test_webp_whose_decoder_wants_most_stays_below_the_limit():
    """And gives it back: 21 bytes when the decoder's canvases live as long as the photo."""
    data = save(texture(4000, 3000), "WEBP", quality=80, method=0)
    assert bytes_per_pixel(data, 12_000_000) <= BYTES_PER_PIXEL * 0.9


def test_wide_and_floating_point_files_stay_below_the_limit():
    plain = np.asarray(texture(3000, 2000))
    wide = tiff_file(plain.astype(np.uint16) * 257, 2, 8, predictor=2)
    floating = tiff_file((plain / 255).astype(np.float32), 2, 8, rows=64)
    large = photoshop(list(plain.transpose(2, 0, 1)), 3, 32)
    for data in (wide, floating, large):
        assert bytes_per_pixel(data, 6_000_000, MEASURE_DECODING) <= BYTES_PER_PIXEL


def test_an_edit_that_uses_everything_stays_below_the_limit():
    data = save(texture(6000, 4000), "JPEG", quality=90)
    assert bytes_per_pixel(data, 24_000_000, MEASURE_EDIT) <= BYTES_PER_PIXEL
