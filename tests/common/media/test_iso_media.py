"""Size and orientation of AVIF and HEIC files. Runs on MicroPython too, so the boxes are made."""

from common.media.iso_media import (
    HEAD_BYTES,
    is_moving,
    is_turned,
    largest_size,
    needed,
    upright_size,
)


def box(kind, content):
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def extent(width, height):
    return box(b"ispe", bytes(4) + width.to_bytes(4, "big") + height.to_bytes(4, "big"))


def test_the_largest_of_picture_tiles_and_thumbnail_counts():
    head = box(b"ftyp", b"avif") + extent(512, 512) + extent(4032, 3024) + extent(160, 120)
    assert largest_size(head) == (4032, 3024)


def test_nothing_is_made_up_where_the_file_says_nothing():
    assert largest_size(b"") is None
    assert largest_size(b"....ispe" + bytes(4) + b"\x00\x00") is None


def test_rotated_and_mirrored_pictures_are_told_from_upright_ones():
    assert not is_turned(extent(4, 3))
    assert not is_turned(extent(4, 3) + box(b"irot", b"\x00"))
    assert is_turned(extent(4, 3) + box(b"irot", b"\x03"))
    assert is_turned(extent(4, 3) + box(b"imir", b"\x00"))


def test_the_orientation_behind_a_long_profile_is_looked_for():
    profile = box(b"colr", b"prof" + bytes(40000))
    meta = box(b"meta", bytes(4) + profile + extent(4, 3) + box(b"irot", b"\x01"))
    data = box(b"ftyp", b"avif") + meta + box(b"mdat", bytes(90000))
    assert needed(data[:HEAD_BYTES]) == len(box(b"ftyp", b"avif")) + len(meta)
    head = data[: needed(data[:HEAD_BYTES])]
    assert is_turned(head)
    assert upright_size(head) == (3, 4)
    for short in (b"", box(b"ftyp", b"avif"), bytes(40)):
        assert needed(short) == len(short)


def test_sequences_are_told_from_stills():
    assert is_moving(box(b"ftyp", b"avis" + bytes(4) + b"avifavismsf1"))
    assert is_moving(box(b"ftyp", b"avif" + bytes(4) + b"avifmif1msf1"))
    assert not is_moving(box(b"ftyp", b"avif" + bytes(4) + b"avifmif1miaf"))
    assert not is_moving(b"")
