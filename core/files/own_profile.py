"""Profiles that a result may keep: the photo's own, or Display P3 where numbers stand for it.

Sources: ICC.1:2022, sections 7 and 9; ITU-T H.273; SMPTE EG 432-1 (Display P3's primaries), adapted
to D50 with the Bradford matrix.
"""

import struct

from common.media import jp2_media
from core.containers import iso, png
from core.files.modes import GREY_MODES
from core.files.numbered_colours import P3_PRIMARIES, SRGB_LIKE
from core.files.picture_file import PictureFile
from core.icc import profile as icc
from core.readers import psd_pixels

COLORANTS = {
    b"rXYZ": (0.515102, 0.241182, -0.001050),
    b"gXYZ": (0.291965, 0.692236, 0.041882),
    b"bXYZ": (0.157153, 0.066582, 0.784378),
    b"wtpt": (0.964203, 1.0, 0.824905),
}
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
ADAPTATION = (
    *(1.047882, 0.022918, -0.050217),
    *(0.029587, 0.990479, -0.017059),
    *(-0.009232, 0.015076, 0.751678),
)
"""From D65 to D50 (ICC.1:2022, annex E.3)."""

WORDS = {b"desc": "Display P3", b"cprt": "No copyright, use freely"}


def keepable_profile(file: PictureFile) -> bytes | None:
    """Return the ICC profile of a picture if its colours may stay in it, else ``None``.

    That is one for RGB, of pixels that become RGB by themselves: grey and print profiles describe
    values that a finished picture does not have any more. Raises :class:`Refusal`.
    """
    numbers = png.first(file.data, b"cICP") if file.kind == "png" else None
    if numbers:
        return of_numbers(*numbers[:2]) if len(numbers) == 4 else None
    if file.profile is None or file.header.mode in ("CMYK", "LAB", *GREY_MODES):
        return None
    if file.kind == "psd" and file.document.depth == psd_pixels.LIGHT:
        return None
    return file.profile if _is_rgb(file.profile) else None


def profile_of_pixels(original: bytes) -> bytes | None:
    """Return the profile for RGB of an AVIF, HEIC or JPEG 2000 file that a codec has read."""
    file = PictureFile(original)
    profile, numbers = file.profile, iso.code_points(original)
    if has_grey_pixels(file):
        return None
    if profile is not None:
        return profile if _is_rgb(profile) else None
    return of_numbers(*numbers) if numbers else None


def has_grey_pixels(file: PictureFile) -> bool:
    """Return whether the pixels of a file that only a codec reads are grey, as far as is told."""
    told = None
    if file.kind == "jpeg2000":
        told = jp2_media.header(file.data[: jp2_media.MOST_HEAD_BYTES])
    return told is not None and told.colours == 1


def _is_rgb(profile: bytes) -> bool:
    """Return whether a profile is one for RGB."""
    try:
        return icc.colour_space(profile) == "RGB"
    except icc.ProfileError:
        return False


def of_numbers(primaries: int, transfer: int) -> bytes | None:
    """Return a profile for Display P3 where two numbers of H.273 stand for that."""
    return display_p3() if primaries == P3_PRIMARIES and transfer in SRGB_LIKE else None


def display_p3() -> bytes:
    """Return a profile of Display P3, always the same bytes."""
    curve = b"para\0\0\0\0\0\3\0\0" + _fixed(*SRGB_CURVE)
    tags = {name: b"XYZ \0\0\0\0" + _fixed(*place) for name, place in COLORANTS.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    tags[b"chad"] = b"sf32\0\0\0\0" + _fixed(*ADAPTATION)
    tags |= {name: _words(text) for name, text in WORDS.items()}
    start = 128 + 4 + 12 * len(tags)
    table, body, places = b"", b"", dict[bytes, int]()
    for name, content in tags.items():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, places[content], len(content))
    head = struct.pack(
        ">I4sI4s4s4s", start + len(body), bytes(4), 0x04400000, b"mntr", b"RGB ", b"XYZ "
    )
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    head += _fixed(0.9642, 1.0, 0.8249) + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + body


def _fixed(*numbers: float) -> bytes:
    """Return numbers as s15Fixed16."""
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _words(text: str) -> bytes:
    """Return a tag of one text in English."""
    content = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(content), 28) + content
