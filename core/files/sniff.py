"""What kind of file this is, told from its first bytes.

File names and MIME types lie, so neither is asked. Knowing the kind first also lets
:mod:`core.files.decode` hand the file to exactly one of Pillow's readers instead of letting all of
them try, which keeps readers for page description languages and the like out of reach.
"""

from common.errors import Refusal
from common.kinds import KINDS
from core.bare.netpbm import is_float_map
from core.bare.paintbrush import is_paintbrush
from core.bare.targa import is_targa

MAGIC = (
    ("jpeg", b"\xff\xd8\xff"),
    ("png", b"\x89PNG\r\n\x1a\n"),
    ("gif", b"GIF87a"),
    ("gif", b"GIF89a"),
    ("tiff", b"II*\x00"),
    ("tiff", b"MM\x00*"),
    ("tiff", b"II+\x00"),
    ("tiff", b"MM\x00+"),
    ("jpeg2000", b"\x00\x00\x00\x0cjP  \r\n\x87\n"),
    ("jpeg2000", b"\xff\x4f\xff\x51"),
    ("psd", b"8BPS"),
    ("qoi", b"qoif"),
    ("raw", b"FUJIFILMCCD-RAW"),
    ("raw", b"IIRO"),
    ("raw", b"IIRS"),
    ("raw", b"MMOR"),
    ("raw", b"IIU\0"),
    ("raw", b"FOVb"),
    ("raw", b"\0MRM"),
    ("raw", b"II\x1a\0\0\0HEAPCCDR"),
    ("raw", b"IIII"),
    ("raw", b"MMMM"),
    ("jxl", b"\xff\x0a"),
    ("jxl", b"\0\0\0\x0cJXL \r\n\x87\n"),
    ("pam", b"P7\n"),
    ("dds", b"DDS \x7c\0\0\0"),
    ("exr", b"\x76\x2f\x31\x01"),
    ("radiance", b"#?RADIANCE\n"),
    ("radiance", b"#?RGBE\n"),
)
"""Kinds with a constant beginning; formats' own specifications."""

BITMAP_HEADER_SIZES = (12, 16, 40, 52, 56, 64, 108, 124)
"""Sizes of the BMP header variants, needed because plain text may begin with ``BM`` too."""

HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs")
"""Brands of ISO/IEC 23008-12 files whose pictures are coded in HEVC."""

AVIF_BRANDS = (b"avif", b"avis")
"""Brands of AV1 Image File Format 1.1, section 6."""

GENERIC_BRANDS = (b"mif1", b"msf1", b"miaf")
"""Brands that leave the codec open; without an AVIF brand beside them it is HEVC in practice."""


def sniff(data: bytes) -> str | None:
    """Return the kind of a file from its bytes, or ``None`` when it is unknown.

    Kinds are those of :mod:`common.kinds`.
    Only the beginning is looked at (4 KiB at most), and a Targa file's last bytes; the rest may
    still be damaged.
    """
    for kind, magic in MAGIC:
        if data.startswith(magic):
            return OTHER_FORMS[kind][0] if _is_other_form(kind, data) else kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return _iso_media_kind(data)
    if _is_bitmap(data):
        return "bmp"
    if data[:4] == b"\x00\x00\x01\x00" and data[4:6] not in (b"", b"\x00\x00"):
        return "ico"
    if data[:4] == b"\x00\x00\x02\x00" and data[4:6] not in (b"", b"\x00\x00"):
        return "cursor"  # a Targa file begins so, too, but has no pictures to count there
    if is_float_map(data):
        return "pfm"
    if is_paintbrush(data):
        return "pcx"
    if data[:1] == b"P" and data[1:2] in b"123456" and data[2:3] in b" \t\r\n" and data[3:]:
        return "pnm"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if _is_svg(data):
        return "svg"
    return "targa" if is_targa(data) else None  # the last one, because it has no mark


def refuse_unreadable(kind: str | None) -> None:
    """Raise :class:`Refusal` when a kind from :func:`sniff` cannot be opened here.

    Codes: ``not_an_image`` for ``None``, ``is_svg``, ``is_heic``, ``is_avif``, ``is_pdf``.
    """
    if kind is None:
        raise Refusal("not_an_image")
    code = KINDS[kind].refusal
    if code is not None:
        # Only the sentence without a kind's own words asks for its name.
        raise Refusal(code, format=KINDS[kind].label) if code == "no_decoder" else Refusal(code)


OTHER_FORMS = {"png": ("iphone-png", 12, b"CgBI"), "tiff": ("raw", 8, b"CR")}
"""Kinds that begin like another one: their name, where they differ, and by what."""


def _is_other_form(kind: str, data: bytes) -> bool:
    """Return whether a file that begins like one of a kind is really of another one."""
    _, at, mark = OTHER_FORMS.get(kind, ("", 0, b"-"))
    return data[at : at + len(mark)] == mark


def _iso_media_kind(data: bytes) -> str | None:
    """Return heic or avif from the ``ftyp`` box of an ISO base media file, else ``None``."""
    size = min(int.from_bytes(data[:4], "big"), 4096)
    brands = [data[8:12]] + [data[at : at + 4] for at in range(16, size, 4)]
    if brands[0] == b"crx ":  # Canon's CR3
        return "raw"
    if any(brand in AVIF_BRANDS for brand in brands):
        return "avif"
    if any(brand in HEIC_BRANDS + GENERIC_BRANDS for brand in brands):
        return "heic"
    return None


def _is_bitmap(data: bytes) -> bool:
    """Return whether this is a Windows bitmap: ``BM`` and a header size that exists."""
    return data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in BITMAP_HEADER_SIZES


def _is_svg(data: bytes) -> bool:
    """Return whether this is XML (or bare markup) whose root element is ``svg``."""
    text = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = text.replace(b"\x00", b"")[2:]
    text = text.lstrip()
    while text.startswith((b"<?", b"<!")):
        ending = b"-->" if text.startswith(b"<!--") else b">"
        text = text.partition(ending)[2].lstrip()
    return text.startswith(b"<svg") or (b"]>" in text and b"<svg" in text)
