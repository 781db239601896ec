"""A picture of random dots, and the search for it in addresses.

It is a light disc on a dark ground, so that the network finds a subject and the picture makes the
whole journey to a file; noise alone is now and then no subject to it. Within light and dark the
dots are as random as the browser can make them, six bits of each byte, so eight bytes of them in
a row are found by chance once in a hundred million million tries. Whoever finds them in an address
knows where they come from. The search looks at an address as plain text and undoes hexadecimal,
base64 (both alphabets), percent and decimal writing. What is encrypted or compressed it cannot
find; any refused request fails the audit all the same.

Plain Python without a browser import, so that its rules are tested on CPython too.
"""

import binascii

SIDE = 48
"""Width and height of the picture in pixels; rows of a BMP are then free of padding."""

RADIUS = 15
"""Of the disc, in pixels."""

LIGHT = 0xC0
"""Is added to six random bits in the disc; around it the two highest bits are 0."""

WINDOW = 8
"""Bytes in a row that count as found."""

HEX_DIGITS = "0123456789abcdefABCDEF"
BASE64_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
DECIMAL_DIGITS = "0123456789"


def dots(random):
    """Return SIDE x SIDE x 3 random bytes as the bytes of a light disc on a dark ground."""
    middle = (SIDE - 1) / 2
    made = bytearray([value >> 2 for value in random])
    for place in range(SIDE * SIDE):
        row, column = divmod(place, SIDE)
        if (row - middle) ** 2 + (column - middle) ** 2 < RADIUS**2:
            for channel in range(3):
                made[3 * place + channel] |= LIGHT
    return bytes(made)


def bitmap(pixels):
    """Return a BMP file (BITMAPINFOHEADER, 24 bits) of SIDE x SIDE pixels, blue first."""
    size = 54 + len(pixels)
    header = b"BM" + little(size, 4) + bytes(4) + little(54, 4)
    details = little(40, 4) + little(SIDE, 4) + little(SIDE, 4) + little(1, 2) + little(24, 2)
    return header + details + bytes(4) + little(len(pixels), 4) + bytes(16) + pixels


def little(value, length):
    """Return an integer as little-endian bytes."""
    return value.to_bytes(length, "little")


def token(random):
    """Return random bytes as letters that occur in no hexadecimal number, for the file's name."""
    return "".join([chr(ord("g") + value % 20) for value in random])


def traces(pixels, name):
    """Return what is searched for: the pixels as the file and as a decoder has them, the name.

    ``name`` is the random part of the file's name.
    ``pixels`` are SIDE x SIDE x 3 bytes, blue first, bottom row first, as in the file.
    """
    rows = [pixels[start : start + 3 * SIDE] for start in range(0, len(pixels), 3 * SIDE)]
    upright = b"".join(reversed(rows))
    rgb = bytearray(len(upright))
    rgba = bytearray(b"\xff" * (len(upright) // 3 * 4))
    for place in range(len(upright) // 3):
        for channel in range(3):
            value = upright[3 * place + 2 - channel]
            rgb[3 * place + channel] = value
            rgba[4 * place + channel] = value
    return pixels + bytes(rgb) + bytes(rgba) + name.encode()


def found_in(url, searched):
    """Return how the canary is written in an address ("base64", "hexadecimal", ...), or ``""``."""
    plain = unquoted(url)
    if holds(plain, searched):
        return "plain or percent"
    text = "".join([chr(value) for value in plain])
    for run in runs(text, HEX_DIGITS, 2 * WINDOW):
        for start in (0, 1):
            digits = run[start:]
            if holds(hexadecimal_bytes(digits), searched):
                return "hexadecimal"
    for run in runs(text, BASE64_DIGITS, WINDOW * 4 // 3):
        for start in range(4):
            if holds(base64_bytes(run[start:]), searched):
                return "base64"
    if holds(decimal_bytes(text), searched):
        return "decimal"
    return ""


def holds(content, searched):
    """Tell whether any WINDOW bytes of ``content`` stand in ``searched``."""
    for start in range(len(content) - WINDOW + 1):
        if content[start : start + WINDOW] in searched:
            return True
    return False


def unquoted(url):
    """Return an address as bytes with its percent signs undone (RFC 3986, 2.1)."""
    parts = url.encode().split(b"%")
    made = bytearray(parts[0])
    for part in parts[1:]:
        try:
            made.extend(binascii.unhexlify(part[:2]))
            made.extend(part[2:])
        except ValueError:
            made.extend(b"%" + part)
    return bytes(made)


def runs(text, alphabet, shortest):
    """Return the longest pieces of ``text`` that are written in ``alphabet``."""
    found, piece = [], ""
    for character in text + "\0":
        if character in alphabet:
            piece += character
        else:
            if len(piece) >= shortest:
                found.append(piece)
            piece = ""
    return found


def hexadecimal_bytes(run):
    """Return what a run of hexadecimal digits means."""
    return binascii.unhexlify(run[: len(run) // 2 * 2].encode())


def base64_bytes(run):
    """Return what a run of base64 digits means, of either alphabet (RFC 4648, 4 and 5)."""
    run = run.replace("-", "+").replace("_", "/")
    return binascii.a2b_base64(run[: len(run) // 4 * 4].encode())


def decimal_bytes(text):
    """Return the numbers from 0 to 255 in a text as bytes, whatever stands between them."""
    numbers = [int(run) for run in runs(text, DECIMAL_DIGITS, 1) if len(run) < 4]
    return bytes([number for number in numbers if number < 256])
