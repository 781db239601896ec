"""Size, channels and colours of JPEG 2000 files. Runs on MicroPython too."""

from common.media.jp2_media import HEAD_BYTES, MOST_HEAD_BYTES, header, is_jpeg2000, needed


def number(value, size):
    return value.to_bytes(size, "big")


def box(name, content):
    return number(len(content) + 8, 4) + name + content


def stream(width=40, height=30, channels=((7, 1, 1),) * 3, left=0, top=0):
    """Return the beginning of a codestream; a channel is (depth - 1, steps across and down)."""
    sides = [width + left, height + top, left, top, 64, 64, 0, 0]
    fields = b"".join([number(side, 4) for side in sides])
    parts = b"".join([bytes(channel) for channel in channels])
    content = number(0, 2) + fields + number(len(channels), 2) + parts
    return b"\xff\x4f\xff\x51" + number(len(content) + 2, 2) + content + b"\xff\x52"


USUAL = b"\1\0\0\0\0\0\x10"
"""The colour space with the number 16: sRGB."""


def file(code, colr=USUAL, more=b"", before=b""):
    """Return a file with boxes; ``more`` stands in the header box."""
    inner = box(b"ihdr", bytes(14)) + box(b"colr", colr) + more
    start = b"\0\0\0\x0cjP  \r\n\x87\n" + box(b"ftyp", b"jp2 \0\0\0\0jp2 ") + before
    return start + box(b"jp2h", inner) + box(b"jp2c", code + bytes(100))


def described(*kinds):
    """Return a box that describes channels by their types."""
    entries = [
        number(index, 2) + number(kind, 2) + number(0 if kind else index + 1, 2)
        for index, kind in enumerate(kinds)
    ]
    return box(b"cdef", number(len(kinds), 2) + b"".join(entries))


def channels(count, depth=7):
    return ((depth, 1, 1),) * count


def told(data):
    found = header(data)
    return found.colours, found.alpha, found.trouble


def test_the_size_is_that_of_the_picture_within_its_grid():
    for code in (stream(4032, 3024), file(stream(4032, 3024)), stream(4032, 3024, left=7, top=9)):
        found = header(code)
        assert (found.width, found.height) == (4032, 3024)
        assert is_jpeg2000(code)
    assert not is_jpeg2000(b"\xff\xd8\xff\xe0")


def test_a_second_or_fourth_channel_is_alpha_unless_the_file_says_otherwise():
    assert told(stream(channels=channels(1))) == (1, False, "")
    assert told(stream(channels=channels(2))) == (1, True, "")
    assert told(stream()) == (3, False, "")
    assert told(file(stream(channels=channels(4)))) == (3, True, "")
    assert told(file(stream(channels=channels(4)), more=described(0, 0, 0, 1))) == (3, True, "")
    multiplied = header(file(stream(channels=channels(4)), more=described(0, 0, 0, 2)))
    assert multiplied.options() == {"width": 40, "height": 30, "alpha": True, "multiplied": True}
    spot = told(file(stream(channels=channels(4)), more=described(0, 0, 0, 65535)))
    assert spot == (4, False, "4 channels")


def test_a_palette_counts_with_the_channels_that_it_makes():
    palette = box(b"pclr", bytes(9)) + box(b"cmap", bytes(12))
    assert told(file(stream(channels=channels(1)), more=palette)) == (3, False, "")


def test_print_colours_are_read_without_a_profile_only():
    cmyk = header(file(stream(channels=channels(4)), b"\1\0\0" + number(12, 4)))
    assert (cmyk.colours, cmyk.alpha, cmyk.printed, cmyk.trouble) == (4, False, True, "")
    for space, trouble in ((b"RGB ", ""), (b"CMYK", "colour space"), (b"Lab ", "colour space")):
        profile = b"\2\0\0" + bytes(16) + space + bytes(20)
        assert header(file(stream(), profile)).trouble == trouble
    grey = b"\2\0\0" + bytes(16) + b"GRAY" + bytes(20)
    assert told(file(stream(channels=channels(1)), grey)) == (1, False, "")
    assert told(file(stream(), b"\1\0\0" + number(14, 4)))[2] == "colour space"


def test_what_a_decoder_would_get_wrong_is_told():
    assert told(stream(channels=((7, 1, 1), (7, 2, 2), (7, 2, 2))))[2] == ""
    assert told(stream(channels=((7, 1, 1), (7, 4, 4), (7, 4, 4))))[2] == "reduced channels"
    assert told(stream(channels=((7, 1, 1),) * 3 + ((7, 2, 2),)))[2] == "reduced channels"
    assert told(stream(channels=channels(3, 7 | 128)))[2] == "signed"
    assert told(stream(channels=channels(7)))[2] == "7 channels"
    turned = file(stream(channels=channels(4)), b"\1\0\0" + number(18, 4))
    assert told(turned)[2] == "colour space with transparency"


def test_more_than_eight_bits_are_told():
    assert header(stream(channels=channels(3, 15))).wide
    assert not header(stream()).wide


def test_more_of_a_file_is_asked_for_where_a_block_stands_before_the_picture():
    plain = file(stream())
    assert needed(plain[:HEAD_BYTES]) == len(plain)
    large = file(stream(), before=box(b"uuid", bytes(50000)))
    assert header(large[:HEAD_BYTES]) is None
    assert needed(large[:HEAD_BYTES]) > 50000
    assert header(large[:MOST_HEAD_BYTES]).width == 40
    endless = file(stream(), before=box(b"uuid", bytes(100))[:4] + b"uuid")
    assert needed(endless) <= MOST_HEAD_BYTES


def test_broken_heads_tell_nothing():
    whole = file(stream())
    for cut in range(len(whole) - 102):
        assert header(whole[:cut]) is None, cut
    assert header(stream(width=0)) is None
    assert header(stream(channels=())) is None
    assert header(whole.replace(b"jp2c", b"jp2x")) is None
