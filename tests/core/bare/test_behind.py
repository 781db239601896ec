"""What somebody has put behind a picture of bare pixels is on the receipt, and nothing else."""

import struct

from PIL import Image

from core.files.beside import TRAILER
from core.files.metadata import receipt
from tests.core.pictures import save, texture

SECRET = b"SECRET behind the picture " * 9


def labels(data):
    """Return the labels of a receipt."""
    return [entry["label"] for entry in receipt(data)["entries"]]


def files(kind, **options):
    """Return files of a kind, one for each layout that Pillow writes."""
    picture = texture(37, 21)
    layouts = {
        "PCX": ("1", "L", "P", "RGB"),
        "TGA": ("L", "LA", "P", "RGB", "RGBA"),
        "DDS": ("L", "RGB", "RGBA"),
    }[kind]
    return [save(picture.convert(mode), kind, **options) for mode in layouts]


def test_a_picture_alone_has_nothing_behind_it():
    for data in [*files("PCX"), *files("TGA"), *files("TGA", compression="tga_rle")]:
        assert labels(data) == []
    for data in [*files("DDS"), save(texture(37, 21), "DDS", pixel_format="DXT1")]:
        assert labels(data) == []


def test_bytes_behind_the_picture_are_told():
    for data in files("PCX"):
        assert TRAILER in labels(data + SECRET), data[:4]
    for form in ("DXT1", "DXT3", "DXT5", "BC5"):
        assert labels(save(texture(37, 21), "DDS", pixel_format=form) + SECRET) == [TRAILER]
    for data in files("DDS"):
        assert labels(data + SECRET) == [TRAILER]


def test_bytes_between_a_targa_picture_and_its_foot_are_told():
    for data in [*files("TGA"), *files("TGA", compression="tga_rle")]:
        foot = struct.pack("<II", 0, len(data) - 26) + b"TRUEVISION-XFILE.\0"
        assert labels(data[:-26] + SECRET + foot) == [TRAILER]
    old = files("TGA")[3][:-26]
    assert labels(old + SECRET) == [TRAILER]


def test_the_small_copy_in_a_targa_file_is_told_as_one():
    data = save(texture(37, 21), "TGA")[:-26]
    small = bytes([4, 3]) + bytes(range(4 * 3 * 3))
    area = bytearray(495)
    area[:2] = struct.pack("<H", 495)
    area[486:490] = struct.pack("<I", len(data) + 495)
    foot = struct.pack("<II", len(data), 0) + b"TRUEVISION-XFILE.\0"
    assert labels(data + bytes(area) + small + foot) == ["Small copy of the picture"]


def test_smaller_copies_and_sides_of_a_texture_are_part_of_it():
    head = bytearray(save(Image.new("RGBA", (8, 8)), "DDS")[:128])
    head[28:32] = struct.pack("<I", 4)  # 8, 4, 2 and 1 pixels
    pixels = bytes((64 + 16 + 4 + 1) * 4)
    assert labels(bytes(head) + b"x" * len(pixels)) == []
    assert labels(bytes(head) + b"x" * len(pixels) + SECRET) == [TRAILER]
    head[112:116] = struct.pack("<I", 0xFE00)  # six sides
    assert labels(bytes(head) + b"x" * 6 * len(pixels)) == []
    assert labels(bytes(head) + b"x" * 6 * len(pixels) + SECRET) == [TRAILER]
