"""What the page decodes and what the browser decodes is the same picture, within 3 of 255."""

import base64
import struct

import numpy as np
import pytest
from PIL import Image

from core.files.decode import decode
from tests.core.camera_file import DISPLAY_P3, camera_jpeg, camera_png
from tests.core.pictures import (
    ADOBE_CURVE,
    ADOBE_RGB_COLORANTS,
    LINEAR_CURVE,
    SRGB_COLORANTS,
    SRGB_CURVE,
    pixels,
    png_chunks,
    png_file,
    png_of_16_bit_rgb,
    profile,
    save,
    texture,
)
from tests.core.table_profile import table_profile

BY_BROWSER = """async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]), {premultiplyAlpha: 'none'});
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return [bitmap.width, bitmap.height, Array.from(data)];
}"""

WITHIN = 3


def coloured(*chunks):
    """Return a PNG file with ancillary chunks behind its head."""
    plain = png_chunks(save(texture(48, 36), "PNG"))
    return png_file([plain[0], *chunks, *plain[1:]])


def transparent():
    """Return a picture whose alpha has every value."""
    image = texture(48, 36).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize((48, 36)))
    return image


def moving(kind, **options):
    """Return a moving file whose first frame is not the last."""
    first = texture(48, 36).convert("RGBA")
    first.paste((0, 0, 0, 0), (0, 0, 20, 36))
    following = [first.rotate(180), first.rotate(90)]
    return save(first, kind, save_all=True, append_images=following, duration=90, **options)


def printed():
    """Return a picture of inks but black, all of whose colours lie inside sRGB.

    Chromium makes levels of light of all four inks first and asks the profile for those without
    black: with it, black alone and all inks are one colour there (LittleCMS judges those).
    """
    inks = [band.point(lambda level: 150 - level // 2) for band in texture(48, 36).split()]
    return Image.merge("CMYK", [*inks, Image.new("L", (48, 36))])


WIDE = np.linspace(0, 65535, 36 * 48 * 3).reshape(36, 48, 3).astype(np.uint16)
ADOBE = profile(ADOBE_CURVE, ADOBE_RGB_COLORANTS)
LINEAR = profile(LINEAR_CURVE, SRGB_COLORANTS)

FILES = {
    "jpeg": lambda: save(texture(48, 36), "JPEG", quality=90),
    "jpeg-progressive": lambda: save(texture(48, 36), "JPEG", quality=90, progressive=True),
    "jpeg-grey": lambda: save(texture(48, 36).convert("L"), "JPEG", quality=90),
    "jpeg-p3": camera_jpeg,
    "jpeg-adobe": lambda: save(texture(48, 36), "JPEG", quality=95, icc_profile=ADOBE),
    "jpeg-linear": lambda: save(texture(48, 36), "JPEG", quality=95, icc_profile=LINEAR),
    "jpeg-print-table": lambda: save(
        printed(), "JPEG", quality=95, icc_profile=table_profile("CMYK", b"mft1", points=17)
    ),
    "jpeg-table": lambda: save(
        texture(48, 36), "JPEG", quality=95, icc_profile=table_profile("RGB", b"mft1", points=17)
    ),
    **{
        f"jpeg-turned-{turn}": lambda turn=turn: camera_jpeg(orientation=turn) for turn in (3, 5, 6)
    },
    "png-p3": camera_png,
    "png-grey-profile-on-rgb": lambda: save(
        texture(48, 36), "PNG", icc_profile=profile(SRGB_CURVE, None, b"GRAY")
    ),
    "png-16": lambda: png_of_16_bit_rgb(WIDE),
    "png-alpha": lambda: save(transparent(), "PNG"),
    "png-palette": lambda: save(texture(48, 36).quantize(60), "PNG"),
    "png-grey-alpha": lambda: save(transparent().convert("LA"), "PNG"),
    "png-gamma": lambda: coloured((b"gAMA", struct.pack(">I", 100000))),
    "png-cicp-p3": lambda: coloured((b"cICP", bytes([12, 13, 0, 1]))),
    "png-moving": lambda: moving("PNG"),
    "png-hidden-first": lambda: moving("PNG", default_image=True),
    "webp": lambda: save(texture(48, 36), "WEBP", quality=90),
    "webp-p3-alpha": lambda: save(transparent(), "WEBP", lossless=True, icc_profile=DISPLAY_P3),
    "gif": lambda: save(texture(48, 36).quantize(200), "GIF"),
    "gif-moving": lambda: moving("GIF", disposal=2),
    "bmp": lambda: save(texture(48, 36), "BMP"),
    "ico": lambda: save(transparent().resize((32, 32)), "ICO", sizes=[(16, 16), (32, 32)]),
}


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    return open_shared_page(made_server.url).page


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_picture_is_what_the_browser_shows(page, name):
    data = FILES[name]()
    width, height, values = page.evaluate(BY_BROWSER, base64.b64encode(data).decode())
    browser = np.array(values).reshape(height, width, 4)
    photo = decode(data)
    assert photo.image.size == (width, height)
    alpha = 255 if photo.alpha is None else pixels(photo.alpha)
    assert np.abs(browser[..., 3] - alpha).max() <= 1
    opaque = browser[..., 3] > 250  # a canvas multiplies by alpha and divides again
    wrong = np.abs(browser[..., :3] - pixels(photo.image))[opaque]
    assert wrong.max(initial=0) <= WITHIN, float(wrong.mean())
