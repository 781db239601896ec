"""TIFF files of any layout and packing, made by code so that every expected pixel is known.

No pytest in here: the tests that use it run in Pyodide too.
"""

import importlib
import lzma
import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image

from tests.core.pictures import save

LETTERS = {3: "H", 4: "I", 7: "B"}


def zstandard(content):
    """Return bytes packed with Zstandard: by Python where it can, else by imagecodecs."""
    try:
        return importlib.import_module("compression.zstd").compress(content)
    except ImportError:
        return importlib.import_module("imagecodecs").zstd_encode(content)


def by_pillow(packing):
    """Return what packs bytes as Pillow does a grey picture."""

    def packed(content):
        image = Image.frombytes("L", (len(content), 1), content)
        data = save(image, "TIFF", compression=packing)
        with Image.open(BytesIO(data)) as opened:
            start, size = opened.tag_v2[273][0], opened.tag_v2[279][0]
        return data[start : start + size]

    return packed


PACKERS = {
    1: bytes,
    5: by_pillow("tiff_lzw"),
    8: zlib.compress,
    32773: by_pillow("packbits"),
    32946: zlib.compress,
    34925: lzma.compress,
    50000: zstandard,
}
"""What packs the bytes of a piece, by the packing's number."""


def differences(values, kind):
    """Return what predictor 2 or 3 (for floats) leaves of samples (h, w, samples), as bytes."""
    if kind == 2:
        return np.diff(values, axis=1, prepend=np.zeros_like(values[:, :1]))
    height, _, samples = values.shape
    size = values.dtype.itemsize
    split = values.astype(f">f{size}").view(np.uint8).reshape(height, -1, size)
    rows = split.transpose(0, 2, 1).reshape(height, -1, samples)
    return np.diff(rows, axis=1, prepend=np.zeros_like(rows[:, :1]))


def bits_of(values, bits):
    """Return samples (h, w, samples) of any number of bits as bytes, rows ending at a byte."""
    places = np.arange(bits - 1, -1, -1)
    split = (values.astype(np.uint32)[..., None] >> places & 1).astype(np.uint8)
    return np.packbits(split.reshape(values.shape[0], -1), axis=1).tobytes()


def tiff_file(
    values, photometric=2, packing=1, *, bits=None, planar=1, tile=None, rows=None, order="<",
    predictor=1, tags=(), pack=None
):  # fmt: skip
    """Return a TIFF file of samples (h, w, samples).

    ``tile`` is its (width, height), ``rows`` those of a strip; ``tags`` are further (tag, type,
    values); ``pack`` makes a piece's bytes of its samples where ``packing`` is no plain one.
    """
    height, width, samples = values.shape
    wide, high = tile or (width, rows or height)
    planes = [values[..., i : i + 1] for i in range(samples)] if planar == 2 else [values]
    kind = values.dtype.newbyteorder(order)
    own = bits or values.dtype.itemsize * 8

    def packed(piece):
        if pack:
            return pack(piece)
        if bits and bits not in (8, 16, 32, 64):
            return PACKERS[packing](bits_of(piece, bits))
        piece = differences(piece, predictor) if predictor > 1 else piece
        return PACKERS[packing](piece.astype(piece.dtype if predictor == 3 else kind).tobytes())

    pieces = []
    for plane in planes:
        for top in range(0, height, high):
            for left in range(0, width, wide):
                piece = plane[top : top + high, left : left + wide]
                if tile:
                    below, right = high - piece.shape[0], wide - piece.shape[1]
                    piece = np.pad(piece, ((0, below), (0, right), (0, 0)))
                pieces.append(packed(piece))
    form = {"u": 1, "i": 2, "f": 3}[values.dtype.kind]
    starts = np.cumsum([8, *[len(piece) for piece in pieces]])[:-1].tolist()
    places = (324, 325) if tile else (273, 279)
    fields = [
        (256, 4, [width]),
        (257, 4, [height]),
        (258, 3, [own] * samples),
        (259, 3, [packing]),
        (262, 3, [photometric]),
        (277, 3, [samples]),
        (284, 3, [planar]),
        (317, 3, [predictor]),
        (339, 3, [form] * samples),
        (places[0], 4, starts),
        (places[1], 4, [len(piece) for piece in pieces]),
        *([(322, 4, [wide]), (323, 4, [high])] if tile else [(278, 4, [high])]),
        *tags,
    ]
    return _file(order, b"".join(pieces), sorted(fields))


def _file(order, body, fields):
    """Return a file of pixels and one directory of (tag, type, values)."""
    body += bytes(len(body) % 2)
    table = struct.pack(order + "H", len(fields))
    at = 8 + len(body) + 2 + 12 * len(fields) + 4
    behind = b""
    for tag, kind, values in fields:
        content = struct.pack(f"{order}{len(values)}{LETTERS[kind]}", *values)
        if len(content) > 4:
            place = struct.pack(order + "I", at + len(behind))
            behind += content + bytes(len(content) % 2)
            content = place
        table += struct.pack(order + "HHI", tag, kind, len(values)) + content.ljust(4, b"\0")
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, 8 + len(body))
    return head + body + table + bytes(4) + behind
