"""What each export format is, who writes it and which options it has, in words for the screen.

:mod:`common.edits.codec_options` turns the options into those of the library that writes the
format.
"""

MOZJPEG, WEBP, AVIF, OXIPNG = "mozjpeg", "webp", "avif", "oxipng"

CODECS = {
    MOZJPEG: {"name": "MozJPEG", "folder": "jpeg"},
    WEBP: {"name": "WebP", "folder": "webp"},
    AVIF: {"name": "AVIF", "folder": "avif"},
    OXIPNG: {"name": "OxiPNG", "folder": "oxipng"},
}
"""The codecs that are programs of their own, by their name in messages.

``name`` is for the screen, ``folder`` lies in ``assets/vendor/codecs``.
"""

OPTIONS: dict[str, dict[str, object]] = {
    "quality": {
        "label": "Quality",
        "hint": "Lower makes a smaller file; too low shows as blocks and smears.",
        "low": 1,
        "high": 100,
        "ends": ("smaller", "better"),
    },
    "effort": {
        "label": "Effort",
        "hint": "How long the encoder may look for a smaller file. The picture stays as good.",
        "low": 0,
        "high": 10,
        "ends": ("quick", "small"),
    },
    "chroma": {
        "label": "Colour detail",
        "hint": "Half the colour detail is hard to see in photos, but blurs red text and thin "
        "coloured lines.",
        "choices": (
            ("auto", "As the quality asks"),
            ("4:4:4", "All of it"),
            ("4:2:0", "Half (smaller)"),
        ),
    },
    "progressive": {
        "label": "Progressive",
        "hint": "Shows the whole picture early and sharpens it while it loads; usually smaller.",
    },
    "near_lossless": {
        "label": "Nearly lossless",
        "hint": "100 keeps every pixel exactly; less lets values change a little for a smaller "
        "file.",
        "low": 0,
        "high": 100,
        "ends": ("smaller", "exact"),
    },
    "colours": {
        "label": "Colours in a palette",
        "hint": "A drawing with few colours gets much smaller. 0 keeps all colours.",
        "low": 0,
        "high": 256,
        "ends": ("all", "many"),
    },
    "limit_kilobytes": {
        "label": "Fit under (KB)",
        "hint": "The best quality that stays below this size is looked for. 0 sets no limit.",
        "low": 0,
        "high": 100000,
    },
    "shrink": {
        "label": "May get fewer pixels",
        "hint": "Where quality alone does not reach the limit, the picture is made smaller.",
    },
}
"""Options in plain words. Ranges have ``low``, ``high`` and mostly ``ends``; ``choices`` are pairs
of value and words; what has neither is a switch. ``quality`` belongs to the export itself, the
others to its expert options.
"""

LIMIT = ("limit_kilobytes", "shrink")

FORMATS: dict[str, dict[str, object]] = {
    "png": {
        "short": "PNG",
        "words": "Every pixel exactly, with transparency. Written quickly.",
        "codec": None,
        "transparent": True,
        "quality": False,
        "options": ("colours",),
    },
    "png-small": {
        "short": "PNG, smaller",
        "words": "The same picture as PNG; OxiPNG takes its time to find a smaller file.",
        "codec": OXIPNG,
        "transparent": True,
        "quality": False,
        "options": ("effort", "colours"),
    },
    "webp": {
        "short": "WebP",
        "words": "Small, with transparency; all present browsers show it.",
        "codec": WEBP,
        "transparent": True,
        "animated": True,
        "quality": True,
        "options": ("effort",) + LIMIT,
    },
    "webp-lossless": {
        "short": "WebP, lossless",
        "words": "Every pixel exactly, usually smaller than PNG.",
        "codec": WEBP,
        "transparent": True,
        "animated": True,
        "quality": False,
        "options": ("effort", "near_lossless"),
    },
    "jpeg": {
        "short": "JPEG",
        "words": "Opens everywhere; no transparency. MozJPEG writes small ones.",
        "codec": MOZJPEG,
        "transparent": False,
        "quality": True,
        "options": ("effort", "chroma", "progressive") + LIMIT,
    },
    "avif": {
        "short": "AVIF",
        "words": "The smallest files for photos, with transparency; slow to write.",
        "codec": AVIF,
        "transparent": True,
        "quality": True,
        "options": ("effort", "chroma") + LIMIT,
    },
    "tiff": {
        "short": "TIFF",
        "words": "Every pixel exactly, for print and archives; large.",
        "codec": None,
        "transparent": True,
        "quality": False,
        "options": (),
    },
    "gif": {
        "short": "GIF",
        "words": "At most 256 colours; pixels are opaque or not there.",
        "codec": None,
        "transparent": True,
        "animated": True,
        "quality": False,
        "options": ("colours",),
    },
    "bmp": {
        "short": "BMP",
        "words": "Uncompressed, for old programs; no transparency.",
        "codec": None,
        "transparent": False,
        "quality": False,
        "options": (),
    },
    "ico": {
        "short": "Icon (ICO)",
        "words": "For Windows and favicons; at most 256 pixels a side.",
        "codec": None,
        "transparent": True,
        "quality": False,
        "options": (),
    },
    "pdf": {
        "short": "PDF",
        "words": "One page that holds the picture.",
        "codec": None,
        "transparent": False,
        "quality": True,
        "options": (),
    },
    "mask": {
        "short": "Mask only",
        "words": "The cutout's outline in grey, white where the subject is.",
        "codec": None,
        "transparent": False,
        "quality": False,
        "options": (),
    },
    "cutout+mask": {
        "short": "Cutout and mask",
        "words": "Two PNG files.",
        "codec": None,
        "transparent": True,
        "quality": False,
        "options": (),
    },
}
"""Export format (:data:`common.edits.edit.FORMATS`): its words, its codec (``None``: Pillow writes
it), whether it holds transparency and animation, whether it has a quality, and which expert options
apply, in the order of the screen. (The formats' own order is that of
:data:`common.edits.edit.FORMATS`; a dict has none in MicroPython.)
"""


def expert_options(file_format: str) -> tuple[str, ...]:
    """Return the keys of ``export.codec`` that a format has, without those of a size limit."""
    options = FORMATS[file_format]["options"]
    return tuple(key for key in options if key not in LIMIT) if isinstance(options, tuple) else ()


def codec_of(file_format: str) -> str | None:
    """Return the codec that writes an export format, ``None`` where Pillow does.

    Raises ``KeyError`` for an unknown format.
    """
    codec = FORMATS[file_format]["codec"]
    return None if codec is None else str(codec)
