"""All that a file holds beside its pixels, taken out of its container once.

No decoder is asked, so a finished file is judged by other eyes than those of its writer.
"""

from collections.abc import Callable

from core.bare import heads, targa
from core.containers import bitmap, ends, gif, iso, jpeg, photoshop, png, tiff, webp
from core.files.beside import EXIF_MARK, MOST_TEXTS, Blocks

XMP_MARK, MORE_XMP_MARK = b"/ns.adobe.com/xap/1.0/", b"/ns.adobe.com/xmp/extension/"
"""Ends of the addresses that begin the segments of XMP in a JPEG file."""
XMP_KEYWORD = "XML:com.adobe.xmp"
"""Keyword of the PNG text that holds XMP (XMP specification, part 3, section 1.1.5)."""

CREDENTIALS = "Content credentials (C2PA)"

JFIF_BYTES, ADOBE_BYTES = 14, 12
"""Of segments that say nothing but what the pixels are (JFIF 1.02; Adobe, Technical Note 5116)."""

MOST_PICTURES = 1000
"""In an icon: its directory rarely names more than ten."""


def blocks(data: bytes, kind: str | None) -> Blocks:
    """Return what a file of a kind (:mod:`common.kinds`) holds beside its pixels."""
    found = Blocks()
    if kind in WALKS:
        WALKS[kind](data, found)
    found.add_behind(ends.behind(data, kind) or heads.behind(data, kind))
    return found


def _jpeg(data: bytes, found: Blocks) -> None:
    """Take in the segments of a JPEG file."""
    pieces: dict[int, bytes] = {}
    resources = more = b""
    for marker, content in jpeg.segments(data):
        if marker == 0xE1 and content.startswith(EXIF_MARK):
            found.exif = found.exif or content
        elif marker == 0xE1 and content.partition(b"\0")[0].endswith(XMP_MARK):
            found.xmp = found.xmp or content.partition(b"\0")[2]
        elif marker == 0xE1 and content.partition(b"\0")[0].endswith(MORE_XMP_MARK):
            more += content.partition(b"\0")[2][40:]  # after a digest, the length, the place
        elif marker == 0xE2 and content.startswith(b"ICC_PROFILE\0"):
            pieces.setdefault(content[12] if len(content) > 12 else 0, content[14:])
        elif marker == 0xE2 and content.startswith(b"MPF\0"):
            found.pictures = jpeg.further_pictures(content[4:])
        elif marker == 0xED and content.startswith(photoshop.MARK):
            resources += content[len(photoshop.MARK) :]
        elif marker == 0xFE:
            found.add_text("", content.decode("utf-8", "replace"), len(content))
        elif marker == 0xE0 and content.startswith((b"JFIF\0", b"JFXX\0")):
            if len(content) > JFIF_BYTES or content.startswith(b"JFXX"):
                found.thumbnails.append(len(content))
        elif marker == 0xEB and b"c2pa" in content:
            found.add_other(CREDENTIALS, len(content))
        elif marker == 0xEE and content.startswith(b"Adobe") and len(content) <= ADOBE_BYTES:
            pass  # what the numbers of the colours mean
        elif marker >= 0xE0:
            name = f"APP{marker - 0xE0}" if marker <= 0xEF else f"JPG{marker - 0xF0}"
            label = content[:32].partition(b"\0")[0].decode("ascii", "replace")
            found.add_other(f"Private block {name} {label}".strip(), len(content))
    if more:
        found.xmp = (found.xmp or b"") + more
    if pieces:
        found.profile = b"".join([pieces[number] for number in sorted(pieces)])
    if resources:
        found.add_resources(resources)
    found.add_behind(jpeg.trailer(data))


def _png(data: bytes, found: Blocks) -> None:
    """Take in the chunks of a PNG file, damaged ones too."""
    end = len(data)
    for chunk in png.chunks(data):
        content = png.content(data, chunk)
        if chunk.name == b"eXIf":
            found.exif = found.exif or EXIF_MARK + content
        elif chunk.name == b"tIME":
            found.changed = content
        elif chunk.name == b"caBX":
            found.add_other(CREDENTIALS, chunk.size)
        elif chunk.is_ancillary and chunk.name not in png.HARMLESS:
            name = chunk.name.decode("ascii", "replace")
            found.add_other(f"Private block {name}", chunk.size)
        elif chunk.name == b"IEND":
            end = chunk.end
    for keyword, text, size in png.texts(data):
        if keyword == XMP_KEYWORD:
            found.xmp = found.xmp or text.encode()
        elif keyword.startswith(png.RAW_PROFILE) and png.raw_profile(text):
            _raw_profile(keyword.removeprefix(png.RAW_PROFILE), png.raw_profile(text), found)
        else:
            found.add_text(keyword, text, size)
        if len(found.texts) >= MOST_TEXTS:
            break
    found.profile = png.profile(data)
    found.add_behind(data[end:])


def _raw_profile(name: str, content: bytes, found: Blocks) -> None:
    """Take in a block that ImageMagick has written into a PNG file as a text."""
    if name in ("exif", "APP1") and content.startswith(EXIF_MARK):
        found.exif = found.exif or content
    elif name in ("xmp", "APP1"):
        found.xmp = found.xmp or content
    elif name in ("iptc", "8bim"):
        found.add_resources(content.removeprefix(photoshop.MARK))
    else:
        found.add_other(f"Private block {name}", len(content))


def _webp(data: bytes, found: Blocks) -> None:
    """Take in the chunks of a WebP file."""
    for name, content in webp.chunks(data):
        if name == b"EXIF":
            found.exif = EXIF_MARK + content.removeprefix(EXIF_MARK)
        elif name == b"XMP ":
            found.xmp = content
        elif name == b"ICCP":
            found.profile = content
        elif name == b"C2PA":
            found.add_other(CREDENTIALS, len(content))
        elif name not in webp.PICTURE:
            label = name.decode("ascii", "replace").strip()
            found.add_other(f"Private block {label}", len(content))
    found.add_behind(webp.trailer(data))


def _gif(data: bytes, found: Blocks) -> None:
    """Take in the blocks of a GIF file."""
    parts = gif.gif(data)
    for name, content in parts.extras:
        if name == "comment":
            found.add_text("", content.decode("utf-8", "replace"), len(content))
        elif name == "XMP DataXMP":
            found.xmp = content
        elif name == "ICCRGBG1012":
            found.profile = content
        else:
            private = f"Private block {name}"
            found.add_other(CREDENTIALS if name.startswith("C2PA") else private, len(content))
    found.add_behind(parts.trailer)


def _tiff(data: bytes, found: Blocks) -> None:
    """Take in the tags of a TIFF file, which is an EXIF block itself and so has no other."""
    for directory in tiff.Tiff(data).directories:
        found.xmp = found.xmp or _content(directory, tiff.XMP)
        found.iptc = found.iptc or _content(directory, tiff.IPTC)
        found.profile = found.profile or _content(directory, tiff.PROFILE)
        resources = _content(directory, tiff.PHOTOSHOP)
        if resources and not found.photoshop:
            found.add_resources(resources)
        for tag, value in directory.items():
            if tag == tiff.CREDENTIALS:
                found.add_other(CREDENTIALS, len(value.span))
            elif tag >= tiff.FIRST_PRIVATE and tag not in tiff.KNOWN_PRIVATE:
                found.add_other(f"Private value {tag}", len(value.span))


def _content(directory: tiff.Directory, tag: int) -> bytes | None:
    """Return a tag's raw bytes, ``None`` without it."""
    return directory[tag].content if tag in directory else None


def _psd(data: bytes, found: Blocks) -> None:
    """Take in the image resources and count the layers of a PSD file."""
    document = photoshop.Document(data)
    found.add_resources(document.resource_block)
    found.pictures = document.layers


def _ico(data: bytes, found: Blocks) -> None:
    """Take in what the PNG files in an icon tell."""
    at = data.find(png.SIGNATURE)
    for _ in range(MOST_PICTURES):
        if at < 0:
            break
        following = data.find(png.SIGNATURE, at + 8)
        _png(data[at : following if following >= 0 else len(data)], found)
        at = following
    found.profile = None


def _pnm(data: bytes, found: Blocks) -> None:
    """Take in the comments in the head of a PNM file."""
    for line in data[:4096].split(b"\n")[:8]:
        if line.startswith(b"#"):
            found.add_text("", line[1:].decode("utf-8", "replace").strip(), len(line))


def _bmp(data: bytes, found: Blocks) -> None:
    """Take in the profile of a BMP file, or that it names one on somebody's disk."""
    found.profile = bitmap.profile(data)
    path = bitmap.linked(data)
    if path:
        found.add_other("Private block LINK", len(path))


def _targa(data: bytes, found: Blocks) -> None:
    """Take in the words and the small copy of a Targa file."""
    for keyword, text, size in targa.words_of(data):
        found.add_text(keyword, text, size)
    found.thumbnails += [size for size in [targa.small_copy(data)] if size]


def _pdf(data: bytes, found: Blocks) -> None:
    """Take in the XMP of a PDF document, as far as it is not packed."""
    found.xmp = iso.xmp(data)


def _iso(data: bytes, found: Blocks) -> None:
    """Take in the blocks of an AVIF or HEIC file."""
    found.exif = iso.exif(data)
    found.xmp = iso.xmp(data)
    found.profile = iso.profile(data)
    if b"c2pa" in data:
        found.add_other(CREDENTIALS, 0)
    for name, content in iso.beside_heif(data):
        if name == iso.FILM:
            found.film = True
        elif b"c2pa" not in content and not content.startswith(iso.JP2_XMP):
            found.add_other(f"Private block {name.decode('ascii', 'replace')}", len(content))


def _jpeg2000(data: bytes, found: Blocks) -> None:
    """Take in the boxes of a JPEG 2000 file, and the words in its codestream."""
    for name, content in iso.beside_jp2(data):
        number, body = content[:16], content[16:]
        if name == b"colr":
            found.profile = content[3:] if content[:1] == b"\2" else None
        elif name == b"COM":
            found.add_text("", content.decode("latin-1"), len(content))
        elif name == b"uuid" and number == iso.JP2_XMP:
            found.xmp = found.xmp or body
        elif name == b"uuid" and number == iso.JP2_EXIF:
            found.exif = found.exif or EXIF_MARK + body.removeprefix(EXIF_MARK)
        elif name == b"uuid" and number == iso.JP2_IPTC:
            found.iptc = found.iptc or body
        else:
            private = f"Private block {name.decode('ascii', 'replace')}"
            found.add_other(CREDENTIALS if b"c2pa" in content else private, len(content))


def _jxl(data: bytes, found: Blocks) -> None:
    """Take in the boxes of a JPEG XL file; a bare codestream has none."""
    for name, content in iso.beside_jxl(data):
        if name == b"Exif":  # after four bytes that tell where the block begins
            found.exif = EXIF_MARK + content[4 + int.from_bytes(content[:4], "big") :]
        elif name == b"xml ":
            found.xmp = found.xmp or content
        else:
            private = f"Private block {name.decode('ascii', 'replace')}"
            found.add_other(CREDENTIALS if b"c2pa" in content else private, len(content))


WALKS: dict[str | None, Callable[[bytes, Blocks], None]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "gif": _gif,
    "tiff": _tiff,
    "psd": _psd,
    "ico": _ico,
    "cursor": _ico,
    "iphone-png": _png,
    "pnm": _pnm,
    "pam": _pnm,
    "bmp": _bmp,
    "targa": _targa,
    "pdf": _pdf,
    "avif": _iso,
    "heic": _iso,
    "jxl": _jxl,
    "jpeg2000": _jpeg2000,
}
