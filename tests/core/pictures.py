"""Pictures for the tests of core/, made by code so that every expected pixel is known.

No pytest in here and in the test modules beside it: tests/contract runs the same files inside
Pyodide, where there is none.
"""

import io
import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image

from common.errors import Refusal
from core.files.picture_file import PictureFile


def save(image, file_format, **options):
    """Return an image as the bytes of a file."""
    output = BytesIO()
    image.save(output, file_format, **options)
    return output.getvalue()


def gradient(width=64, height=48):
    """Return an RGB image in which every pixel of the first rows and columns is different."""
    y, x = np.mgrid[0:height, 0:width]
    red, green = x * 255 // (width - 1), y * 255 // (height - 1)
    return Image.fromarray(np.stack([red, green, 255 - red], axis=-1).astype(np.uint8))


def quadrants(width=64, height=48):
    """Return an RGB image: red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (width, height), "white")
    image.paste((255, 0, 0), (0, 0, width // 2, height // 2))
    image.paste((0, 255, 0), (width // 2, 0, width, height // 2))
    image.paste((0, 0, 255), (0, height // 2, width // 2, height))
    return image


def texture(width, height, seed=7):
    """Return an RGB image with shapes and fine noise, about as compressible as a photo."""
    generator = np.random.default_rng(seed)
    coarse = generator.integers(0, 256, (height // 40 + 2, width // 40 + 2, 3), dtype=np.uint8)
    smooth = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    noise = generator.integers(-3, 4, (64, width, 3), dtype=np.int16)
    for top in range(0, height, 64):
        box = (0, top, width, min(top + 64, height))
        strip = np.asarray(smooth.crop(box)).astype(np.int16)
        strip += noise[: strip.shape[0]]
        smooth.paste(Image.fromarray(np.clip(strip, 0, 255).astype(np.uint8)), box)
    return smooth


def header_of(data):
    """Return what a file says about itself before a pixel is decoded."""
    return PictureFile(data).header


def refusal_code(function, *arguments):
    """Return the code of the refusal that a call ends in; fails when there is none."""
    try:
        outcome = function(*arguments)
    except Refusal as refusal:
        return refusal.code
    raise AssertionError(f"no refusal but {outcome!r}")


def complaint_of(function, *arguments):
    """Return the words of the ``ValueError`` that a call ends in; fails when there is none."""
    try:
        outcome = function(*arguments)
    except ValueError as error:
        return str(error)
    raise AssertionError(f"no error but {outcome!r}")


def pixels(image):
    """Return an image's pixels as signed integers, so that differences do not wrap."""
    return np.asarray(image).astype(int)


def largest_difference(one, other):
    """Return the largest absolute difference between two images or arrays of one shape."""
    first, second = pixels(one), pixels(other)
    assert first.shape == second.shape, (first.shape, second.shape)
    return int(np.abs(first - second).max())


def png_chunks(data):
    """Return the chunks of a PNG file as a list of (name, content); checks every CRC."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = [], 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(
            name + content
        )
        chunks.append((name, content))
        at += 12 + size
    return chunks


def png_file(chunks):
    """Return a PNG file of the given (name, content) chunks."""
    parts = [b"\x89PNG\r\n\x1a\n"]
    for name, content in chunks:
        parts.append(struct.pack(">I", len(content)) + name + content)
        parts.append(struct.pack(">I", zlib.crc32(name + content)))
    return b"".join(parts)


def png_header(width, height, depth=8, colour=2):
    """Return the content of an IHDR chunk; ``colour`` 0 grey, 2 RGB, 6 RGBA."""
    return struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)


def png_of_16_bit_rgb(values):
    """Return a PNG file of 16 bits per channel from uint16 values (h, w, 3)."""
    height, width = values.shape[:2]
    rows = b"".join(b"\x00" + row.astype(">u2").tobytes() for row in values)
    header = png_header(width, height, depth=16)
    return png_file([(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")])


def profile(curve, colorants, space=b"RGB "):
    """Return an ICC profile (version 4 display) of one curve tag and three XYZ colorants.

    ``curve`` is the content of a curve tag; ``colorants`` three (X, Y, Z) relative to D50, or
    ``None`` for a grey profile.
    """
    if colorants is None:
        tags = [(b"kTRC", curve)]
    else:
        tags = [(name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")]
        for name, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants, strict=True):
            tags.append((name, b"XYZ \0\0\0\0" + fixed(*xyz)))
    tags.append((b"wtpt", b"XYZ \0\0\0\0" + fixed(0.9642, 1.0, 0.8249)))
    text = "test".encode("utf-16-be")
    words = b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(text), 28) + text
    tags += [(b"desc", words), (b"cprt", words)]
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags:
        table += struct.pack(">4sII", name, start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    total = start + len(body)
    header = struct.pack(">I4sI4s4s4s", total, b"\0\0\0\0", 0x04300000, b"mntr", space, b"XYZ ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    header += fixed(0.9642, 1.0, 0.8249) + bytes(48)
    return header + struct.pack(">I", len(tags)) + table + body


def fixed(*numbers):
    """Return numbers as s15Fixed16, the way ICC profiles hold them."""
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


SRGB_CURVE = b"para\0\0\0\0\0\3\0\0" + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
ADOBE_CURVE = b"curv\0\0\0\0\0\0\0\1" + struct.pack(">H", 0x0233)
LINEAR_CURVE = b"curv\0\0\0\0\0\0\0\0"

SRGB_COLORANTS = (
    (0.4360747, 0.2225045, 0.0139322),
    (0.3850649, 0.7168786, 0.0971045),
    (0.1430804, 0.0606169, 0.7141733),
)
DISPLAY_P3_COLORANTS = (
    (0.515102, 0.241182, -0.001050),
    (0.291965, 0.692236, 0.041882),
    (0.157153, 0.066582, 0.784378),
)
ADOBE_RGB_COLORANTS = (
    (0.609741, 0.311111, 0.019470),
    (0.205276, 0.625671, 0.060867),
    (0.149185, 0.063217, 0.744568),
)
DISPLAY_P3 = profile(SRGB_CURVE, DISPLAY_P3_COLORANTS)
ADOBE_RGB = profile(ADOBE_CURVE, ADOBE_RGB_COLORANTS)


def opened(content):
    """Return a file's content, opened by Pillow."""
    return Image.open(io.BytesIO(content))
