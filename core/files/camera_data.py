"""Puts a file's EXIF block into words: what a camera or phone wrote beside the pixels.

Source: EXIF 2.32 (tags and their meanings), TIFF 6.0 (its directories). A block is data from a
stranger's file: one that cannot be read becomes one entry that says so.
"""

import math
from dataclasses import dataclass
from typing import Any

from PIL.ExifTags import GPSTAGS, TAGS

from common.language.words import phrase
from common.naming import byte_size
from core.files.exif_tags import ExifTags, exif_tags

LONGEST = 200
"""Most characters of a value; a comment may be as long as a book."""


@dataclass(frozen=True)
class Entry:
    """One thing that a file tells beside its pixels.

    ``kind`` is gps, camera, date, serial, thumbnail, icc, xmp, comment, copyright or other;
    ``label`` and ``value`` are words for the user.
    """

    kind: str
    label: str
    value: str


PLAIN_TAGS = {
    0x010E: ("comment", phrase("Description")),
    0x010F: ("camera", phrase("Camera maker")),
    0x0110: ("camera", phrase("Camera")),
    0x0112: ("other", phrase("Orientation")),
    0x0131: ("other", phrase("Software")),
    0x0132: ("date", phrase("Changed")),
    0x013B: ("copyright", phrase("Photographer")),
    0x013C: ("camera", phrase("Computer or phone")),
    0x8298: ("copyright", phrase("Copyright")),
    0x9003: ("date", phrase("Taken")),
    0x9004: ("date", phrase("Digitised")),
    0x9286: ("comment", phrase("Comment")),
    0xA420: ("serial", phrase("Unique number of the picture")),
    0xA430: ("serial", phrase("Owner's name")),
    0xA431: ("serial", phrase("Camera's serial number")),
    0xA432: ("camera", phrase("Lens data")),
    0xA433: ("camera", phrase("Lens maker")),
    0xA434: ("camera", phrase("Lens")),
    0xA435: ("serial", phrase("Lens's serial number")),
    0xC62F: ("serial", phrase("Camera's serial number")),
    0x9C9B: ("comment", phrase("Title")),
    0x9C9C: ("comment", phrase("Comment")),
    0x9C9D: ("copyright", phrase("Author")),
    0x9C9E: ("comment", phrase("Keywords")),
}
"""Tags that are shown as they are: kind and label."""

MAKER_NOTE = 0x927C
EXPOSURE_TAGS = (0x829A, 0x829D, 0x8827, 0x920A)
"""Exposure time (s), aperture (f-number), sensitivity (ISO), focal length (mm)."""

SHORTEST = 1e-9
"""Seconds below which no exposure is meant."""

UTF_16_TAGS = range(0x9C9B, 0x9CA0)
"""Tags of Windows' file properties, texts in UTF-16."""

LAYOUT_TAGS = (
    *range(0x00FE, 0x010E),
    *range(0x0111, 0x0131),
    *range(0x013D, 0x0204),
    *(0x0211, 0x0212, 0x0213, 0x0214, 0x8769, 0x8825, 0xA005, 0x9000, 0x9101, 0xA000),
    *(0xA001, 0xA002, 0xA003, 0x8773, 0x02BC, 0x83BB, 0x8649),
)
"""Tags about how the pixels lie in the file, and those that are looked at elsewhere."""


def camera_entries(exif: bytes, of_picture: bool = False) -> list[Entry]:
    """Return what a raw EXIF block (with or without its ``Exif`` mark) tells.

    ``of_picture``: it is a TIFF file, whose tags about pixels are nothing to tell.
    """
    block = exif_tags(exif)
    if block is None:
        return [Entry("other", phrase("Camera data"), "damaged, " + byte_size(len(exif)))]
    entries = _directory_entries(block)
    if of_picture or entries:
        return entries
    return [Entry("other", phrase("Camera data"), "empty, " + byte_size(len(exif)))]


def _directory_entries(block: ExifTags) -> list[Entry]:
    """Return what the directories of an EXIF block tell."""
    tags = {**block.picture, **block.camera}
    entries = []
    for tag, (kind, label) in PLAIN_TAGS.items():
        value = words(tags.get(tag), tag)
        if value:
            entries.append(Entry(kind, label, value))
    exposure = _exposure(tags)
    if exposure:
        entries.append(Entry("camera", phrase("Exposure"), exposure))
    if tags.get(MAKER_NOTE):
        notes = tags[MAKER_NOTE]
        size = byte_size(len(notes)) if isinstance(notes, bytes | str) else "present"
        entries.append(Entry("camera", phrase("Maker's own notes"), size))
    entries += _position(block.position)
    entries += _thumbnail(block.small)
    shown = {*PLAIN_TAGS, *EXPOSURE_TAGS, *LAYOUT_TAGS, MAKER_NOTE}
    further = [TAGS.get(tag, hex(tag)) for tag in tags if tag not in shown]
    if further:
        entries.append(Entry("other", phrase("Further camera values"), cut(", ".join(further))))
    return entries


def words(value: Any, tag: int = 0) -> str:
    """Return a tag's value as readable text of one line; an empty one for nothing."""
    if isinstance(value, tuple):
        return cut(", ".join(words(part) for part in value))
    if isinstance(value, bytes):
        if tag in UTF_16_TAGS:
            value = value.decode("utf-16-le", "replace")
        else:
            for mark in (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0", bytes(8)):
                value = value.removeprefix(mark)  # EXIF 2.32, table 9: the comment's encoding
            value = value.decode("utf-8", "replace")
    elif isinstance(value, str):
        value = _utf_8(value)
    return "" if value is None else cut(str(value))


def _utf_8(text: str) -> str:
    """Return a text that was read as Latin-1 as what it is in practice, UTF-8, if it can be."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except ValueError:
        return text


def cut(text: str) -> str:
    """Return a text in one line of printable characters, cut after :data:`LONGEST`."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text[: 2 * LONGEST])
    short = " ".join(clean.split())
    return short if len(short) <= LONGEST else short[: LONGEST - 1] + "…"


def _exposure(tags: dict[int, Any]) -> str:
    """Return time, aperture, sensitivity and focal length as far as they are there."""
    time, aperture, _, length = (_number(tags.get(tag)) for tag in EXPOSURE_TAGS)
    speed = words(tags.get(EXPOSURE_TAGS[2]))
    parts = []
    if time:
        parts.append(f"1/{round(1 / time)} s" if SHORTEST < time < 0.5 else f"{time:g} s")
    if aperture:
        parts.append(f"f/{aperture:g}")
    if speed:
        parts.append(f"ISO {speed}")
    if length:
        parts.append(f"{length:g} mm")
    return ", ".join(parts)


def _number(value: Any) -> float | None:
    """Return a value that is one finite number, ``None`` for anything else."""
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _position(gps: dict[int, Any]) -> list[Entry]:
    """Return where the picture was taken, from its GPS directory."""
    if not gps:
        return []
    entries = []
    latitude, longitude = _degrees(gps.get(2)), _degrees(gps.get(4))
    if latitude is not None and longitude is not None:
        south = words(gps.get(1)).upper() == "S"
        west = words(gps.get(3)).upper() == "W"
        place = f"{latitude:.5f}° {'S' if south else 'N'}, {longitude:.5f}° {'W' if west else 'E'}"
        entries.append(Entry("gps", phrase("Position"), place))
    height = _number(gps.get(6))
    if height is not None:
        entries.append(Entry("gps", phrase("Height above the sea"), f"{height:.0f} m"))
    if gps.get(29):
        entries.append(Entry("gps", phrase("Day by satellite"), words(gps[29])))
    shown = {0, 1, 2, 3, 4, 5, 6, 29} if entries else {0}
    further = [GPSTAGS.get(tag, hex(tag)) for tag in gps if tag not in shown]
    if further:
        entries.append(
            Entry(
                "gps", phrase("Further values of the satellite receiver"), cut(", ".join(further))
            )
        )
    return entries or [Entry("gps", phrase("Satellite receiver"), "no position")]


def _degrees(parts: Any) -> float | None:
    """Return degrees, minutes and seconds as degrees, ``None`` when there are none."""
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    degrees, minutes, seconds = (_number(part) for part in parts)
    if degrees is None or minutes is None or seconds is None:
        return None
    total = degrees + minutes / 60 + seconds / 3600
    return total if 0 <= total <= 180 else None


def _thumbnail(directory: dict[int, Any]) -> list[Entry]:
    """Return the small picture that the block carries, which may show what was cropped away."""
    if not directory:
        return []
    size = directory.get(0x0202)
    value = byte_size(size) if isinstance(size, int) else "present"
    return [Entry("thumbnail", phrase("Small copy of the picture"), value)]
