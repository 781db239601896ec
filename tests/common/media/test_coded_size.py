"""Where AV1 data lies in a file and how large it is. Runs on MicroPython too: all made by hand."""

from common.media.coded_size import OBU_BYTES, Obu, places


def box(kind, content):
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def bits(*values):
    """Return (number, count) pairs as a string of bits, highest first."""
    number = total = 0
    for value, count in values:
        number, total = number << count | value, total + count
    rest = -total % 8
    return (number << rest).to_bytes((total + rest) // 8, "big")


def obu(kind, content):
    return bytes([kind << 3 | 2, len(content)]) + content


def size(width, height):
    """Return the bits of a size, each side in sixteen bits."""
    return ((15, 4), (15, 4), (width - 1, 16), (height - 1, 16))


SHORT = ((0, 3), (1, 1), (1, 1), (8, 5))
"""A still's sequence header up to its size (AV1 specification, section 5.5.1)."""


def item(number, kind):
    return box(b"infe", b"\2\0\0\0" + number.to_bytes(2, "big") + b"\0\0" + kind + b"\0")


def meta(*extents, own=b""):
    """Return a box ``meta`` of a text and a picture; extents are (item, start, length)."""
    items = box(b"iinf", bytes(4) + b"\0\2" + item(1, b"mime") + item(2, b"av01"))
    table = b"\1\0\0\0\x44\0" + len(extents).to_bytes(2, "big")
    for number, start, length in extents:
        inside = 1 if own else 0
        table += number.to_bytes(2, "big") + inside.to_bytes(2, "big") + b"\0\0" + b"\0\1"
        table += start.to_bytes(4, "big") + length.to_bytes(4, "big")
    return box(
        b"meta", bytes(4) + items + box(b"iloc", table) + (box(b"idat", own) if own else b"")
    )


def test_the_short_and_the_long_form_of_a_sequence_header_are_read():
    assert Obu(obu(1, bits(*SHORT, *size(12000, 9000)))).size == (12000, 9000)
    long = ((0, 3), (0, 1), (0, 1), (0, 1), (0, 1), (0, 5), (0, 12), (8, 5), (0, 1))
    assert Obu(obu(1, bits(*long, *size(640, 480)))).size == (640, 480)
    timed = ((0, 3), (0, 1), (0, 1), (1, 1), (1, 32), (25, 32), (1, 1), (1, 1), (1, 1))
    model = ((9, 5), (1, 32), (9, 5), (9, 5))
    point = ((0, 12), (4, 5), (1, 1), (3, 10), (3, 10), (0, 1), (1, 1), (5, 4))
    everything = bits(*timed, *model, (1, 1), (0, 5), *point, *size(64, 48))
    assert Obu(obu(1, everything)).size == (64, 48)


def test_other_pieces_have_a_length_and_no_size():
    delimiter, frame = obu(2, b""), obu(6, bytes(90))
    assert (Obu(delimiter).length, Obu(delimiter).size) == (2, None)
    assert (Obu(frame[:OBU_BYTES]).length, Obu(frame).size) == (92, None)
    long = bytes([6 << 3 | 2, 0x80 | 5, 3])  # 5 + 3 * 128 bytes follow
    assert Obu(long).length == 3 + 389
    assert Obu(b"").length == Obu(b"\x30" + bytes(9)).length == 0


def test_only_the_pictures_of_the_table_of_items_are_looked_for():
    head = box(b"ftyp", b"avif") + meta((1, 900, 40), (2, 500, 300))
    assert places(head) == [(500, 300)]
    inside = box(b"ftyp", b"avif") + meta((2, 3, 30), own=bytes(40))
    assert places(inside) == [(len(inside) - 40 + 3, 30)]


def test_what_is_cut_or_broken_names_no_places():
    head = box(b"ftyp", b"avif") + meta((2, 500, 300))
    for end in range(len(head)):
        assert places(head[:end]) in ([], [(500, 300)], [(0, 0)], [(500, 0)]) or end > 100
    assert places(b"") == places(bytes(100)) == []
