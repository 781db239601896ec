"""Puts back into a finished file what the user wants to keep of its photo's metadata.

Encoders get bare pixels, so a finished file holds nothing; what is to stay is put in afterwards,
into the file's container: the same way for Pillow's files and for those of the codecs, and never
more than three things: the colour profile, the orientation, and who owns the rights.

Sources: JPEG: ITU-T T.81, annex B, and ICC.1:2022, annex B.4; PNG: third edition, section 11.3;
WebP: RFC 9649, section 2.7; EXIF 2.32.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from common.formats import FORMATS
from common.kinds import KINDS
from core.containers import webp
from core.containers.resolution import METRE, dots_per_inch
from core.files.beside import EXIF_MARK
from core.files.metadata import exif_block
from core.files.own_profile import keepable_profile
from core.files.picture_file import ORIENTATION_TAG, PictureFile
from core.files.rights import ARTIST_TAG, COPYRIGHT_TAG, rights
from core.writing.boxes import in_avif, in_gif, in_jxl
from core.writing.document import with_rights, xmp_of
from core.writing.writers import tiff_options

PARTING = b"\x01"
"""Stands for the zero between the halves of a copyright while libtiff, which ends texts at it,
writes a file."""

X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT, INCH = 0x011A, 0x011B, 0x0128, 2

SEGMENT_BYTES = 65519
"""Most bytes of a profile in one JPEG segment."""


@dataclass(frozen=True)
class Kept:
    """What goes into the file: an ICC ``profile``, an EXIF block ``exif``, or ``None`` each.

    ``orientation`` (1..8) is the one that stands in the block; the pixels lie as it says. ``dpi``
    are the pixels per inch; ``words`` photographer and copyright by EXIF tag, for files that have
    no EXIF block.
    """

    profile: bytes | None = None
    exif: bytes | None = None
    orientation: int = 1
    dpi: int | None = None
    words: dict[int, bytes] | None = None


def kept_of(file: PictureFile, edit: dict[str, Any], shown: PictureFile | None = None) -> Kept:
    """Return what a checked edit keeps of the photo's file.

    ``shown`` is the file that the pixels come from, where that is another one: the stand-in of a
    photo that a codec has read. Raises :class:`Refusal` as :func:`core.files.metadata.receipt`
    does.
    """
    wish, record = edit["keep"], FORMATS[edit["export"]["format"]]
    dpi = _dpi_kept(file) if wish["resolution"] else None
    exif = Image.Exif()
    turn = orientation_kept(shown or file, edit)
    if turn != 1:
        exif[ORIENTATION_TAG] = turn
    words = rights(file) if wish["copyright"] and "copyright" in record.holds else {}
    if record.container in ("gif", "pdf"):
        return Kept(dpi=dpi, words=words or None)
    for tag, text in words.items():
        exif[tag] = text
    if dpi and record.container == "webp":
        exif[X_RESOLUTION] = exif[Y_RESOLUTION] = float(dpi)
        exif[RESOLUTION_UNIT] = INCH
    block = exif.tobytes() if dict(exif) else None
    return Kept(profile_kept(shown or file, edit), block, turn, dpi)


def _dpi_kept(file: PictureFile) -> int | None:
    """Return the pixels per inch that the photo's file names."""
    block = (file.exif or b"").removeprefix(EXIF_MARK)
    return dots_per_inch(file.data, file.kind, block)


def profile_kept(file: PictureFile, edit: dict[str, Any]) -> bytes | None:
    """Return the ICC profile whose colours the result keeps, ``None`` for sRGB.

    The pixels are left in the photo's own colour space only if the file can hold its profile,
    the profile is one for RGB and the pixels are RGB, and nothing is laid behind or around them
    that is given in sRGB.
    """
    background, shadow = edit["background"]["kind"], edit["shadow"]["kind"]
    mixed = background not in ("transparent", "blur") or shadow != "none"
    if not edit["keep"]["profile"] or mixed or not _can_hold(edit, file, "profile"):
        return None
    return keepable_profile(file)


def orientation_kept(file: PictureFile, edit: dict[str, Any]) -> int:
    """Return the EXIF orientation that the result keeps, 1 for one that stands upright."""
    if not edit["keep"]["orientation"] or not _can_hold(edit, file, "orientation"):
        return 1
    value = exif_block(file).get(ORIENTATION_TAG, 1)
    return value if value in range(1, 9) else 1


def _can_hold(edit: dict[str, Any], file: PictureFile, what: str) -> bool:
    """Return whether the result may be in the layout and the colours of the photo's file.

    What codecs and the browser read comes upright and in sRGB; a raw photo's JPEG may lie otherwise
    than its first directory says.
    """
    own = file.kind != "raw" and file.kind in KINDS and KINDS[file.kind].refusal is None
    return what in FORMATS[edit["export"]["format"]].holds and own


def with_kept(kind: str, content: bytes, kept: Kept) -> bytes:
    """Return a finished file of an export format with what is kept put into it.

    ``content`` is the file of an encoder, without metadata. Formats that can hold nothing, and
    files that get nothing, are returned unchanged.
    """
    container = FORMATS[kind].container
    if container is None or kept == Kept():
        return content
    return WAYS[container](content, kept)


def _in_jpeg(content: bytes, kept: Kept) -> bytes:
    """Return a JPEG file with segments APP1 (EXIF) and APP2 (ICC) after its first ones."""
    at = 2
    if content[2:4] == b"\xff\xe0":  # JFIF wants to be first
        at = 4 + int.from_bytes(content[4:6], "big")
    head = content[:at]
    if kept.dpi and head[6:11] == b"JFIF\0":
        density = kept.dpi.to_bytes(2, "big")
        head = head[:13] + b"\1" + density + density + head[18:]
    parts = [head]
    if kept.exif:
        parts.append(_segment(b"\xff\xe1", kept.exif))
    profile = kept.profile or b""
    pieces = [profile[i : i + SEGMENT_BYTES] for i in range(0, len(profile), SEGMENT_BYTES)]
    for number, piece in enumerate(pieces, 1):
        mark = b"ICC_PROFILE\0" + bytes([number, len(pieces)])
        parts.append(_segment(b"\xff\xe2", mark + piece))
    return b"".join([*parts, content[at:]])


def _segment(marker: bytes, content: bytes) -> bytes:
    """Return a JPEG segment."""
    return marker + (len(content) + 2).to_bytes(2, "big") + content


def _in_png(content: bytes, kept: Kept) -> bytes:
    """Return a PNG file with chunks iCCP (instead of sRGB) and eXIf after its header."""
    parts, at = [content[:33]], 33
    if kept.profile:
        parts.append(_chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(kept.profile)))
    if kept.exif:
        parts.append(_chunk(b"eXIf", kept.exif.removeprefix(b"Exif\0\0")))
    if kept.dpi:
        per_metre = round(kept.dpi * METRE).to_bytes(4, "big")
        parts.append(_chunk(b"pHYs", per_metre + per_metre + b"\1"))
    while at < len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        replaced = (b"sRGB", b"gAMA", b"cHRM") if kept.profile else ()
        if content[at + 4 : at + 8] not in (*replaced, *((b"pHYs",) if kept.dpi else ())):
            parts.append(content[at:end])
        at = end
    return b"".join(parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    """Return a PNG chunk."""
    checksum = zlib.crc32(name + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + name + content + checksum


def _in_webp(content: bytes, kept: Kept) -> bytes:
    """Return a WebP file in its extended form, with chunks ICCP and EXIF around the picture."""
    size = webp.canvas(content)
    if size is None:
        raise ValueError("not a WebP file")
    flags, body = 0, content[12:]
    if body[:4] == b"VP8X":
        flags, body = body[8], body[18:]
    elif body[:4] == b"VP8L" and body[12] & 0x10:  # the bit "alpha is used" of its header
        flags = 0x10
    flags |= (0x20 if kept.profile else 0) | (0x08 if kept.exif else 0)
    sides = b"".join((side - 1).to_bytes(3, "little") for side in size)
    chunks = _riff(b"VP8X", bytes([flags, 0, 0, 0]) + sides)
    chunks += _riff(b"ICCP", kept.profile) if kept.profile else b""
    chunks += body + b"\0" * (len(body) % 2)
    chunks += _riff(b"EXIF", kept.exif) if kept.exif else b""
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks


def _riff(name: bytes, content: bytes) -> bytes:
    """Return a RIFF chunk, padded to an even length."""
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _in_tiff(content: bytes, kept: Kept) -> bytes:
    """Return a TIFF file written once more (it is lossless) with the tags beside its own."""
    output = BytesIO()
    with Image.open(BytesIO(content), formats=("TIFF",)) as image:
        block = Image.Exif()
        if kept.exif:
            block.load(kept.exif)
        dpi = (kept.dpi, kept.dpi) if kept.dpi else image.info.get("dpi")
        # Pillow reads texts as Latin-1 and would write them as ASCII.
        texts = {tag: v.encode("latin-1") if isinstance(v, str) else v for tag, v in block.items()}
        options = tiff_options(image.mode)
        parted = [text for text in texts.values() if isinstance(text, bytes) and b"\0" in text]
        texts = {
            tag: text.replace(b"\0", PARTING) if text in parted else text
            for tag, text in texts.items()
        }
        tags = {**options["tiffinfo"], **texts}
        own = image.info.get("icc_profile")
        image.load()
        bare = image.copy()
    bare.info = {}
    options = {**options, "tiffinfo": tags, "icc_profile": kept.profile or own}
    bare.save(output, "TIFF", **options, **({"dpi": dpi} if dpi else {}))
    written = output.getvalue()
    for text in parted:
        written = written.replace(text.replace(b"\0", PARTING), text)
    return written


def _in_avif(content: bytes, kept: Kept) -> bytes:
    """Return an AVIF file with a property for the profile and an item for the EXIF block."""
    return in_avif(content, kept.profile, kept.exif and kept.exif.removeprefix(EXIF_MARK))


def _in_jxl(content: bytes, kept: Kept) -> bytes:
    """Return a JPEG XL file with a box for the EXIF block."""
    return in_jxl(content, kept.exif.removeprefix(EXIF_MARK)) if kept.exif else content


def _in_gif(content: bytes, kept: Kept) -> bytes:
    """Return a GIF file with the words as comments."""
    words = kept.words or {}
    creator, owner = words.get(ARTIST_TAG, b""), words.get(COPYRIGHT_TAG, b"")
    return in_gif(content, creator, owner) if words else content


def _in_pdf(content: bytes, kept: Kept) -> bytes:
    """Return a PDF document with the words as its XMP."""
    words = kept.words or {}
    creator, owner = words.get(ARTIST_TAG, b""), words.get(COPYRIGHT_TAG, b"")
    return with_rights(content, xmp_of(creator, owner)) if words else content


WAYS: dict[str, Callable[[bytes, Kept], bytes]] = {
    "jpeg": _in_jpeg,
    "png": _in_png,
    "webp": _in_webp,
    "tiff": _in_tiff,
    "avif": _in_avif,
    "jxl": _in_jxl,
    "gif": _in_gif,
    "pdf": _in_pdf,
}
"""How something is put into a file, by its container."""
