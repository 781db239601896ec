"""Size and orientation of AVIF and HEIC files. Runs on MicroPython too, so the boxes are made."""

from common.iso_media import is_turned, largest_size


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
