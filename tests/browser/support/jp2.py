"""JPEG 2000 files, made by imagecodecs and Pillow, of which no page loads either."""

import io
import struct
from typing import Any

import imagecodecs
import numpy as np
from PIL import Image

SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"


def jp2(picture: Image.Image, **options: Any) -> bytes:
    """Return a picture as a file with boxes, without loss unless ``options`` say otherwise."""
    output = io.BytesIO()
    picture.save(output, "JPEG2000", **options)
    return output.getvalue()


def codestream(values: np.ndarray[Any, Any]) -> bytes:
    """Return samples (h, w) or (h, w, channels) of 8 or 16 bits as a bare codestream."""
    return bytes(imagecodecs.jpeg2k_encode(values, codecformat="j2k", level=0))


def boxed(content: bytes, colr: bytes, more: bytes = b"", beside: bytes = b"") -> bytes:
    """Return a codestream in boxes of our own: ``colr`` tells of the colours.

    ``more`` are further boxes of the header, ``beside`` stands behind it.
    """
    width, height = struct.unpack(">II", content[8:16])
    (count,) = struct.unpack(">H", content[40:42])
    head = struct.pack(">IIHBBBB", height, width, count, content[42], 7, 0, 0)
    header = box(b"ihdr", head) + box(b"colr", colr) + more
    start = SIGNATURE + box(b"ftyp", b"jp2 \0\0\0\0jp2 ")
    return start + box(b"jp2h", header) + beside + box(b"jp2c", content)


def box(name: bytes, content: bytes) -> bytes:
    """Return a box."""
    return struct.pack(">I4s", len(content) + 8, name) + content


def numbered(space: int) -> bytes:
    """Return the content of a box ``colr`` for a numbered colour space."""
    return b"\1\0\0" + struct.pack(">I", space)


def profiled(profile: bytes) -> bytes:
    """Return the content of a box ``colr`` with a profile."""
    return b"\2\0\0" + profile


def described(*kinds: int) -> bytes:
    """Return a box that describes channels by their types: 0 colour, 1 and 2 alpha."""
    entries = [
        struct.pack(">HHH", index, kind, 0 if kind else index + 1)
        for index, kind in enumerate(kinds)
    ]
    return box(b"cdef", struct.pack(">H", len(kinds)) + b"".join(entries))
