"""Puts a profile or an EXIF block into AVIF and JPEG XL files, and comments into GIF files.

The codecs write pictures and nothing else. An AVIF file's table of items says where each begins, so
what is put in goes to the file's end, and the table is made anew.

Sources: ISO/IEC 14496-12 (boxes), 23008-12 (items and their properties, annex A: EXIF), 18181-2
(JPEG XL); GIF89a, section 24.
"""

from collections.abc import Iterator

from core.containers.iso import boxes
from core.files.rights import CLAIMS

FULL = 4
"""Bytes of version and flags."""

JXL_SIGNATURE = b"\0\0\0\x0cJXL \r\n\x87\n"


def box(name: bytes, content: bytes) -> bytes:
    """Return a box."""
    return (len(content) + 8).to_bytes(4, "big") + name + content


def in_jxl(content: bytes, exif: bytes) -> bytes:
    """Return a JPEG XL file with an EXIF block (from its TIFF header on).

    It goes behind a bare picture, so that who looks for the size finds that at the beginning.
    """
    block = box(b"Exif", bytes(4) + exif)
    if content.startswith(JXL_SIGNATURE):
        at = len(JXL_SIGNATURE) + int.from_bytes(content[12:16], "big")
        return content[:at] + block + content[at:]
    kind = box(b"ftyp", b"jxl \0\0\0\0jxl ")
    return JXL_SIGNATURE + kind + box(b"jxlc", content) + block


def in_avif(content: bytes, profile: bytes | None, exif: bytes | None) -> bytes:
    """Return a still AVIF file of a codec's with a profile and an EXIF block (from TIFF's header).

    Raises ``ValueError`` for one whose boxes lie otherwise than libavif writes them.
    """
    parts = list(boxes(content))
    names = [name for name, _ in parts]
    if names.count(b"meta") != 1 or sum(len(body) + 8 for _, body in parts) != len(content):
        raise ValueError("an AVIF file with other boxes")
    meta = dict(boxes(parts[names.index(b"meta")][1][FULL:]))
    primary = int.from_bytes(meta[b"pitm"][FULL : FULL + 2], "big")
    if meta[b"pitm"][0] or meta[b"iloc"][0] or meta[b"iinf"][0]:
        raise ValueError("an AVIF file of another version")
    places = list(_places(meta[b"iloc"]))
    number = max(item for item, _ in places) + 1
    if profile:
        meta[b"iprp"] = _with_profile(meta[b"iprp"], profile, primary)
    payload = b""
    if exif:
        payload = box(b"mdat", bytes(4) + exif)
        meta[b"iinf"] = _with_item(meta[b"iinf"], number)
        link = box(b"cdsc", b"".join(_two(value) for value in (number, 1, primary)))
        meta[b"iref"] = meta.get(b"iref", bytes(FULL)) + link
        places.append((number, [(len(content) + 8, len(exif) + 4)]))
    before = len(parts[names.index(b"meta")][1])
    head = parts[names.index(b"meta")][1][:FULL]
    grown = 0
    for _ in range(2):  # the table has the same length whatever its numbers are
        shifted = [(item, [(at + grown, size) for at, size in spans]) for item, spans in places]
        meta[b"iloc"] = _table(shifted)
        inner = head + b"".join(box(name, body) for name, body in meta.items())
        grown = len(inner) - before
    written = [box(name, inner if name == b"meta" else body) for name, body in parts]
    return b"".join(written) + payload


def _two(value: int) -> bytes:
    """Return a number of two bytes."""
    return value.to_bytes(2, "big")


def _places(iloc: bytes) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield each item's number and its spans in the file (version 0 of the table)."""
    sizes = iloc[FULL] >> 4, iloc[FULL] & 15, iloc[FULL + 1] >> 4
    count, at = int.from_bytes(iloc[FULL + 2 : FULL + 4], "big"), FULL + 4

    def taken(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(iloc[at - size : at], "big")

    for _ in range(count):
        item, _source, base, extents = taken(2), taken(2), taken(sizes[2]), taken(2)
        yield item, [(base + taken(sizes[0]), taken(sizes[1])) for _ in range(extents)]


def _table(places: list[tuple[int, list[tuple[int, int]]]]) -> bytes:
    """Return the content of a table of items, with numbers of four bytes."""
    table = bytes(FULL) + b"\x44\0" + _two(len(places))
    for item, spans in places:
        table += _two(item) + _two(0) + _two(len(spans))
        table += b"".join(at.to_bytes(4, "big") + size.to_bytes(4, "big") for at, size in spans)
    return table


def _with_item(iinf: bytes, number: int) -> bytes:
    """Return the list of items with one more, an EXIF block."""
    count = int.from_bytes(iinf[FULL : FULL + 2], "big") + 1
    entry = b"\2\0\0\0" + _two(number) + _two(0) + b"Exif\0"
    return iinf[:FULL] + _two(count) + iinf[FULL + 2 :] + box(b"infe", entry)


def _with_profile(iprp: bytes, profile: bytes, primary: int) -> bytes:
    """Return the properties with a profile, which belongs to the picture itself."""
    inner = dict(boxes(iprp))
    count = len(list(boxes(inner[b"ipco"])))
    properties = inner[b"ipco"] + box(b"colr", b"prof" + profile)
    table = inner[b"ipma"]
    if table[0] or table[3] & 1 or count > 126:
        raise ValueError("an AVIF file of another version")
    at, changed = FULL + 4, table[: FULL + 4]
    for _ in range(int.from_bytes(table[FULL : FULL + 4], "big")):
        item, links = table[at : at + 2], table[at + 3 : at + 3 + table[at + 2]]
        at += 3 + len(links)
        if int.from_bytes(item, "big") == primary:
            links += bytes([count + 1])
        changed += item + bytes([len(links)]) + links
    return box(b"ipco", properties) + box(b"ipma", changed)


def in_gif(content: bytes, creator: bytes, rights: bytes) -> bytes:
    """Return a GIF file with comments that name creator and rights, in the very bytes.

    Rights that do not say so themselves are led by the word.
    """
    claims = any(rights.lower().startswith(claim.encode()) for claim in CLAIMS)
    comments = [rights if claims or not rights else b"Copyright: " + rights]
    comments += [b"Author: " + creator] if creator else []
    blocks = b"".join(_comment(words) for words in comments if words)
    at = 13 + (3 * 2 ** ((content[10] & 7) + 1) if content[10] & 0x80 else 0)
    return b"GIF89a" + content[6:at] + blocks + content[at:]  # GIF87a had no comments


def _comment(words: bytes) -> bytes:
    """Return a comment block."""
    pieces = [words[i : i + 255] for i in range(0, len(words), 255)]
    return b"\x21\xfe" + b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\0"
