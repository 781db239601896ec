"""Size and kind of JPEG XL files. Runs on MicroPython too, so headers are written bit by bit."""

from common.media.jxl_media import HEAD_BYTES, MOST_HEAD_BYTES, header, is_jxl, needed

USUAL = ((1, 1),)
"""The metadata of a picture of 8 bits in sRGB: one bit that says so."""


def bits(*values):
    """Return (number, count) pairs as a string of bits, lowest first, behind the mark."""
    number = at = 0
    for value, count in values:
        number |= value << at
        at += count
    return b"\xff\x0a" + number.to_bytes(at // 8 + 1, "little")


def size(width, height):
    """Return the bits of a size, each side in thirty bits."""
    return ((0, 1), (3, 2), (height - 1, 30), (0, 3), (3, 2), (width - 1, 30))


def box(name, content):
    return (len(content) + 8).to_bytes(4, "big") + name + content


START = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ")


def seen(data):
    told = header(data)
    return told and (told.width, told.height, told.moving, told.wide)


def test_sizes_are_read_in_every_way_they_are_written():
    assert seen(bits(*size(4032, 3024), *USUAL)) == (4032, 3024, False, False)
    # Eighths: (5 + 1) * 8 high, and as wide as it is high, or 2 to 1, or of its own width.
    assert seen(bits((1, 1), (5, 5), (1, 3), *USUAL))[:2] == (48, 48)
    assert seen(bits((1, 1), (5, 5), (7, 3), *USUAL))[:2] == (96, 48)
    assert seen(bits((1, 1), (5, 5), (0, 3), (31, 5), *USUAL))[:2] == (256, 48)
    # Nine bits and 16 to 9.
    assert seen(bits((0, 1), (0, 2), (359, 9), (5, 3), *USUAL))[:2] == (640, 360)


def test_a_picture_that_is_to_be_turned_is_measured_as_it_is_shown():
    for orientation, expected in ((1, (40, 30)), (3, (40, 30)), (5, (30, 40)), (8, (30, 40))):
        turned = ((0, 1), (1, 1), (orientation - 1, 3), (0, 1), (0, 1), (0, 1))
        assert seen(bits(*size(40, 30), *turned, (0, 1), (0, 2)))[:2] == expected


def test_animations_and_more_than_8_bits_are_told():
    more = ((0, 1), (1, 1), (0, 3), (1, 1))
    preview = ((1, 1), (0, 1), (0, 2), (9, 6), (1, 3))  # ten by ten
    moving = bits(*size(40, 30), *more, *size(20, 15), *preview, (1, 1))
    assert seen(moving) == (40, 30, True, False)
    plain = ((0, 1), (0, 1))
    assert not seen(bits(*size(40, 30), *plain, (0, 1), (0, 2)))[3]
    assert seen(bits(*size(40, 30), *plain, (0, 1), (1, 2)))[3]
    assert seen(bits(*size(40, 30), *plain, (1, 1)))[3]


def test_the_picture_is_found_behind_the_boxes_before_it():
    stream = bits(*size(40, 30), *USUAL)
    assert seen(START + box(b"jxlc", stream)) == (40, 30, False, False)
    assert seen(START + box(b"jxlp", b"\0\0\0\0" + stream)) == (40, 30, False, False)
    long = START + box(b"Exif", bytes(40000)) + box(b"jxlc", stream)
    assert seen(long[:HEAD_BYTES]) is None
    assert HEAD_BYTES < needed(long[:HEAD_BYTES]) <= MOST_HEAD_BYTES
    assert seen(long) == (40, 30, False, False)


def test_what_is_no_header_says_nothing():
    assert is_jxl(b"\xff\x0a..")
    assert is_jxl(START)
    assert not is_jxl(b"\xff\xd8\xff")
    for broken in (b"", START, START + bytes(200), b"\xff\x0b" + bytes(20)):
        assert header(broken) is None
