"""What each kind of file is that somebody may bring: one record for each.

A kind is told from a file's first bytes (:mod:`core.files.sniff`); the record says who reads it,
or with which sentence it is refused. Written formats have their own in :mod:`common.formats`.
"""

from common.formats import FORMATS

PILLOW, OWN, CODEC, BROWSER = "Pillow", "own reader", "codec", "browser"
"""Who reads a kind: a reader of Pillow's, one of our own (:mod:`core.readers`), a codec, or the
browser itself."""


class Kind:
    """A kind of file that is recognised.

    Attributes:
        key: its name in messages, as :func:`core.files.sniff.sniff` gives it.
        label: its name on the screen.
        endings: of file names, small letters without a dot; the first one is the usual one.
        by: who reads it, ``None`` where nobody does.
        reader: the name of Pillow's reader, empty where Pillow does not read it.
        refusal: the error code where nobody reads it here, else ``None``.
        same: the export format that keeps it (:mod:`common.formats`).
        note: what README.md says about it beside that.
    """

    def __init__(
        self,
        key: str,
        label: str,
        endings: "tuple[str, ...]",
        by: "str | None" = PILLOW,
        reader: str = "",
        refusal: "str | None" = None,
        same: str = "png-small",
        note: str = "",
    ) -> None:
        self.key = key
        self.label = label
        self.endings = endings
        self.by = by
        self.reader = reader
        self.refusal = refusal
        self.same = same
        self.note = note


RECORDS = (
    Kind("jpeg", "JPEG", ("jpg", "jpeg", "jfif", "jpe", "jif", "pjpeg", "pjp", "mpo"), PILLOW,
         "JPEG", same="jpeg"),
    Kind("png", "PNG", ("png", "apng"), PILLOW, "PNG"),
    Kind("webp", "WebP", ("webp",), PILLOW, "WEBP", same="webp"),
    Kind("avif", "AVIF", ("avif", "avifs"), CODEC, refusal="is_avif", same="avif",
         note="A picture that is to be turned is read by the browser."),
    Kind("heic", "HEIC", ("heic", "heif", "hif"), CODEC, refusal="is_heic", same="jpeg",
         note="The browser itself where it has one (Safari). Of a burst the first picture."),
    Kind("jxl", "JPEG XL", ("jxl",), CODEC, refusal="no_decoder", same="jxl"),
    Kind("gif", "GIF", ("gif",), PILLOW, "GIF", same="gif"),
    Kind("tiff", "TIFF", ("tif", "tiff"), PILLOW, "TIFF", same="tiff",
         note="The first page. What Pillow lacks is read by itself: deflate, LZMA, Zstandard, "
         "JPEG, WebP and PNG inside, floating point, planes, all numbers of bits."),
    Kind("bmp", "BMP", ("bmp", "dib"), PILLOW, "BMP"),
    Kind("psd", "PSD", ("psd", "psb"), OWN, "PSD",
         note="The picture of all layers, as it was saved; PSB, 16 and 32 bits, too."),
    Kind("qoi", "QOI", ("qoi",), PILLOW, "QOI"),
    Kind("ico", "ICO", ("ico",), PILLOW, "ICO", note="The largest picture."),
    Kind("pnm", "PNM", ("ppm", "pgm", "pbm", "pnm"), PILLOW, "PPM"),
    Kind("jpeg2000", "JPEG 2000", ("jp2", "j2k", "jpf", "jpx", "j2c", "jpc"), CODEC,
         refusal="no_decoder", note="Grey, colours and CMYK, with transparency; what has more than "
         "8 bits gets 8."),
    Kind("raw", "Raw photos", ("dng", "cr2", "cr3", "nef", "nrw", "arw", "sr2", "raf", "orf",
         "rw2", "pef", "srw", "x3f", "iiq", "3fr", "erf", "crw", "kdc", "dcr", "mrw", "mos", "rwl",
         "raw"), PILLOW, "JPEG", same="jpeg", note="The JPEG of full size that is inside."),
    Kind("iphone-png", "iPhone PNG (CgBI)", (), PILLOW, "PNG",
         note="PNG files inside of apps, as Apple's tools make them."),
    Kind("cursor", "Windows cursor", ("cur",), PILLOW, "ICO", note="The largest picture."),
    Kind("pam", "PAM", ("pam",), OWN, "PAM", note="Read by itself; what has 16 bits gets 8."),
    Kind("pfm", "PFM", ("pfm",), OWN, "PFM",
         note="White is the smallest of 1, 255 and 65535 that holds all numbers."),
    Kind("targa", "Targa", ("tga", "icb", "vda", "vst"), OWN, "TGA"),
    Kind("pcx", "PCX", ("pcx",), OWN, "PCX"),
    Kind("dds", "DDS", ("dds",), OWN, "DDS",
         note="The first picture: bare pixels and the blocks BC1 to BC5 and BC7."),
    Kind("exr", "OpenEXR", ("exr",), None, refusal="no_decoder"),
    Kind("radiance", "Radiance HDR", ("hdr",), None, refusal="no_decoder"),
    Kind("svg", "SVG", ("svg",), BROWSER, refusal="is_svg",
         note="To convert and resize, drawn at the size that is asked for. Nothing in it runs, and "
         "nothing is loaded."),
    Kind("pdf", "PDF", ("pdf",), None, refusal="is_pdf"),
)  # fmt: skip
"""Every kind, in the order of README.md's table."""

KINDS = {record.key: record for record in RECORDS}

BY_CODEC = tuple([record.key for record in RECORDS if record.by == CODEC])
"""The kinds that reach the pixel worker as pixels, upright, since Pillow cannot read them here."""

BY_ENDING = {ending: record for record in RECORDS for ending in record.endings}


SYSTEM_FILES = (".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini")


def ending_of(name: str) -> str:
    """Return a file name's ending in small letters, without its dot, empty for none."""
    head, dot, ending = name.rpartition(".")
    return ending.lower() if dot and head else ""


def is_system_file(name: str) -> bool:
    """Tell whether a file is one that an operating system leaves beside the user's own.

    macOS writes ``._photo.jpg`` for what a foreign disk cannot hold (AppleDouble).
    """
    return name.startswith("._") or name.lower() in SYSTEM_FILES


def is_picture_name(name: str) -> bool:
    """Tell whether a file of a dropped folder is taken; one dropped by itself always is."""
    record = BY_ENDING.get(ending_of(name))
    return record is not None and record.key != "pdf" and not is_system_file(name)


def same_format(kind: str, name: str) -> str:
    """Return the export format that keeps a file's own; ``kind`` is empty until it is known."""
    record = KINDS.get(kind.lower()) or (None if kind else BY_ENDING.get(ending_of(name)))
    return record.same if record else "png-small"


def keeps_moving(kind: str, file_format: str) -> bool:
    """Tell whether a moving file of a kind may stay so in a format.

    Nobody who asks for a PNG file of a GIF means a moving one; where one came in, one goes out.
    """
    record = FORMATS[file_format]
    return record.animated and (record.writer != "png" or kind == "png")
