"""EXIF blocks are read by ourselves: the same values as Pillow's, and nothing breaks at damage."""

import struct
from unittest.mock import patch

import numpy as np
from PIL import ExifTags, Image

from core.files.camera_data import camera_entries
from core.files.exif_tags import exif_tags
from core.files.metadata import receipt_of_result
from tests.core import camera_file
from tests.core.pictures import save, texture


def plain(value):
    """Return a value of Pillow's in the types of ours."""
    if isinstance(value, tuple):
        return tuple(plain(part) for part in value)
    return value if isinstance(value, int | str | bytes) else float(value)


def test_every_value_is_the_one_that_pillow_reads():
    block = camera_file.exif_block(6)
    other = Image.Exif()
    other.load(block)
    ours = exif_tags(block)
    pairs = (
        (ours.picture, dict(other)),
        (ours.camera, other.get_ifd(ExifTags.IFD.Exif)),
        (ours.position, other.get_ifd(ExifTags.IFD.GPSInfo)),
        (ours.small, other.get_ifd(ExifTags.IFD.IFD1)),
    )
    for found, expected in pairs:
        assert found == {tag: plain(value) for tag, value in expected.items()}


def test_a_finished_file_is_judged_without_pillow():
    block = camera_file.exif_block(1)
    for kind in ("JPEG", "PNG", "WEBP"):
        content = save(texture(16, 16), kind, exif=block)
        with patch.object(Image.Exif, "load", None):
            told = [entry["label"] for entry in receipt_of_result(content)["entries"]]
        assert {"Position", "Photographer"} <= set(told)


def test_damage_anywhere_in_a_block_ends_in_entries():
    block = camera_file.exif_block(6)
    random = np.random.default_rng(5)
    for _ in range(400):
        content = bytearray(block)
        for at in random.integers(6, len(block), 3):
            content[at] = int(random.integers(256))
        camera_entries(bytes(content))
        camera_entries(bytes(content[: int(random.integers(len(block)))]))


def test_values_that_make_no_sense_are_left_out():
    def one(tag, kind, value):
        head = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHI", tag, kind, 1)
        return head + (struct.pack("<I", 26) + bytes(4) + value if len(value) > 4 else value)

    for tag in (0x829A, 0x829D, 0x8827, 0x920A, 0x927C, 0x8769, 0x8825):
        for kind, value in ((5, bytes(8)), (12, struct.pack("<d", float("nan"))), (2, b"a\0\0\0")):
            camera_entries(one(tag, kind, value))
        camera_entries(one(tag, 12, struct.pack("<d", 5e-324)))


def test_what_is_no_block_is_called_damaged():
    for content in (b"", b"Exif\0\0", b"Exif\0\0II*\0", b"Exif\0\0II*\0\xff\xff\0\0", b"nothing"):
        assert [entry.value[:7] for entry in camera_entries(content)] == ["damaged"]
    empty = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"
    assert [entry.value[:5] for entry in camera_entries(empty)] == ["empty"]
