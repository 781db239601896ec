"""What each file format is: one record for each format that is written, one for each that is read.

Everybody reads these records: the panels their words, the names their extension, the writers their
limits, the tables of the README all of it. A new format is a record here, a writer in
:mod:`core.writing.writers` (or a codec's options in :mod:`common.edits.codec_options`) and a test.
"""

from common.language.words import say

MOZJPEG, WEBP, AVIF, OXIPNG = "mozjpeg", "webp", "avif", "oxipng"
JXL, HEIC, JPEG2000 = "jxl", "heic", "jpeg2000"

CODECS = {
    MOZJPEG: {"name": "MozJPEG", "folder": "jpeg"},
    WEBP: {"name": "WebP", "folder": "webp"},
    AVIF: {"name": "AVIF", "folder": "avif"},
    OXIPNG: {"name": "OxiPNG", "folder": "oxipng"},
    JXL: {"name": "JPEG XL", "folder": "jxl"},
    HEIC: {"name": "HEIC", "folder": "heic"},
    JPEG2000: {"name": "JPEG 2000", "folder": "jpeg2000"},
}
"""The codecs that are programs of their own, by their name in messages.

``name`` is for the screen, ``folder`` lies in ``assets/vendor/codecs``.
"""

ALL = ("profile", "orientation", "copyright", "resolution")

HOLDS = {
    "jpeg": ALL,
    "png": ALL,
    "webp": ALL,
    "tiff": ALL,
    "avif": ("profile", "copyright"),
    "jxl": ("copyright",),
    "gif": ("copyright",),
    "pdf": ("copyright",),
}
"""What of a photo's metadata a container holds. How AVIF and JPEG XL files are to be turned, their
picture itself says; a JPEG XL file's colours, too, and its codec (@jsquash/jxl) takes neither a
profile nor other colours than sRGB, so pixels in Display P3 are converted for it."""

LIMIT = ("limit_kilobytes", "shrink")
"""The options of formats that can be fitted below a size."""


class Format:
    """A format that is written.

    Attributes:
        key: its name in an edit.
        short: its name on the screen; ``choice`` the one in the list for cutouts, ``words`` a
            sentence about it.
        extension, media_type: of its files.
        writer: the name of the function in :mod:`core.writing.writers`, ``None`` where only a
            codec can write it.
        codec: a key of :data:`CODECS` where a program of its own writes it better, else ``None``.
        transparent, animated: whether it holds transparency, moving pictures.
        quality: whether it has a quality 1..100; ``options`` the expert options that apply, in
            the order of the screen.
        longest: most pixels of a side, 0 where that does not matter (see :mod:`common.limits`).
        container: the name of the way in which metadata can be kept in it, ``None`` for none;
            ``holds`` says which (:data:`HOLDS`).
        whole: whether it holds a whole picture, so that photos can be converted to it.
        compresses: whether the tab for small files offers it.
    """

    def __init__(
        self,
        key: str,
        short: str,
        choice: str,
        words: str,
        extension: str,
        media_type: str,
        writer: "str | None",
        codec: "str | None" = None,
        transparent: bool = True,
        animated: bool = False,
        quality: bool = False,
        options: "tuple[str, ...]" = (),
        longest: int = 0,
        container: "str | None" = None,
        whole: bool = True,
        compresses: bool = False,
    ) -> None:
        self.key = key
        self.short = short
        self.choice = choice
        self.words = words
        self.extension = extension
        self.media_type = media_type
        self.writer = writer
        self.codec = codec
        self.transparent = transparent
        self.animated = animated
        self.quality = quality
        self.options = options
        self.longest = longest
        self.container = container
        self.holds = HOLDS[container] if container else ()
        self.whole = whole
        self.compresses = compresses


WRITTEN = (
    Format(
        "png",
        "PNG",
        say("PNG, exact, transparent"),
        say("Every pixel exactly, with transparency. Written quickly."),
        "png",
        "image/png",
        "png",
        animated=True,
        options=("colours",),
        container="png",
    ),
    Format(
        "png-small",
        "PNG, smaller",
        say("PNG, exact, smaller and slower"),
        say("The same picture as PNG; OxiPNG takes its time to find a smaller file."),
        "png",
        "image/png",
        "png",
        OXIPNG,
        animated=True,
        options=("effort", "colours"),
        container="png",
        compresses=True,
    ),
    Format(
        "webp",
        "WebP",
        say("WebP, small, transparent"),
        say("Small, with transparency; all present browsers show it."),
        "webp",
        "image/webp",
        "webp",
        WEBP,
        animated=True,
        quality=True,
        options=("effort",) + LIMIT,
        longest=16383,  # RFC 9649, section 2.7.1
        container="webp",
        compresses=True,
    ),
    Format(
        "webp-lossless",
        say("WebP, lossless"),
        say("WebP, exact, transparent"),
        say("Every pixel exactly, usually smaller than PNG."),
        "webp",
        "image/webp",
        "webp",
        WEBP,
        animated=True,
        options=("effort", "near_lossless"),
        longest=16383,
        container="webp",
        compresses=True,
    ),
    Format(
        "jpeg",
        "JPEG",
        say("JPEG, no transparency"),
        say("Opens everywhere; no transparency. MozJPEG writes small ones."),
        "jpg",
        "image/jpeg",
        "jpeg",
        MOZJPEG,
        transparent=False,
        quality=True,
        options=("effort", "chroma", "progressive") + LIMIT,
        longest=65535,  # ITU-T T.81, section B.2.2
        container="jpeg",
        compresses=True,
    ),
    Format(
        "avif",
        "AVIF",
        say("AVIF, smallest, transparent"),
        say("The smallest files for photos, with transparency; slow to write."),
        "avif",
        "image/avif",
        None,
        AVIF,
        quality=True,
        options=("effort", "chroma") + LIMIT,
        container="avif",
        compresses=True,
    ),
    Format("jxl", "JPEG XL", say("JPEG XL, small, transparent"),
           say("Small, fine and transparent; few programs show it yet."), "jxl", "image/jxl", None,
           JXL, quality=True, options=("effort",) + LIMIT, container="jxl", compresses=True),
    Format("jxl-lossless", say("JPEG XL, lossless"), say("JPEG XL, exact, transparent"),
           say("Every pixel exactly, smallest of the exact formats; few programs show it yet."),
           "jxl", "image/jxl", None, JXL, options=("effort",), container="jxl", compresses=True),
    Format(
        "tiff",
        "TIFF",
        say("TIFF, exact, transparent"),
        say("Every pixel exactly, for print and archives; large."),
        "tiff",
        "image/tiff",
        "tiff",
        container="tiff",
    ),
    Format("gif", "GIF", say("GIF, 256 colours"),
           say("At most 256 colours; pixels are opaque or not there."), "gif", "image/gif", "gif",
           animated=True, options=("colours",), longest=65535,  # GIF89a, section 18
           container="gif"),
    Format("bmp", "BMP", say("BMP, no transparency"),
           say("Uncompressed, for old programs; no transparency."), "bmp", "image/bmp", "bmp",
           transparent=False),
    Format("ico", say("Icon (ICO)"), say("Icon, 256 px at most"),
           say("For Windows and favicons; at most 256 pixels a side."), "ico", "image/x-icon",
           "ico"),
    Format(
        "pdf",
        "PDF",
        say("PDF, one page"),
        say("One page that holds the picture; several photos can be saved as one document."),
        "pdf",
        "application/pdf",
        "pdf",
        transparent=False,
        quality=True,
        container="pdf",
    ),
    Format(
        "mask",
        say("Mask only"),
        say("Only the mask, grey PNG"),
        say("The cutout's outline in grey, white where the subject is."),
        "png",
        "image/png",
        "png",
        transparent=False,
        whole=False,
    ),
    Format(
        "cutout+mask",
        say("Cutout and mask"),
        say("Cutout and mask"),
        say("Two PNG files."),
        "png",
        "image/png",
        "png",
        container="png",
        whole=False,
    ),
)  # fmt: skip
"""The formats that are written, in the order of the screen."""

FORMATS = {record.key: record for record in WRITTEN}

CHOICES = tuple([record.key for record in WRITTEN])
"""The keys in the order of the screen; a dict has none in MicroPython."""


def expert_options(file_format: str) -> "tuple[str, ...]":
    """Return the keys of ``export.codec`` that a format has, without those of a size limit."""
    return tuple([key for key in FORMATS[file_format].options if key not in LIMIT])


def has_limit(file_format: str) -> bool:
    """Tell whether files of a format can be fitted below a size."""
    return LIMIT[0] in FORMATS[file_format].options


def is_opaque(file_format: str) -> bool:
    """Tell whether a result lies on a colour because its format knows no transparency.

    A mask is grey by itself and lies on nothing.
    """
    return not FORMATS[file_format].transparent and FORMATS[file_format].whole
