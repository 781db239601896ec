"""From the options of an export to those of the codec's library, and what a codec may use.

Names and ranges of the libraries' options are those of the packages ``@jsquash/...``; an option
that is not named here keeps its default there.
"""

from common.checks import Table, Whole
from common.formats import AVIF, HEIC, JPEG2000, JXL, MOZJPEG, OXIPNG, WEBP

WEBP_METHODS = (0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 6)
WEBP_LOSSLESS = (
    (0, 0), (1, 20), (2, 25), (3, 30), (3, 50), (4, 50), (4, 75), (4, 90), (5, 90), (6, 100),
    (6, 100),
)  # fmt: skip
"""Method and quality for each effort: the levels of ``WebPConfigLosslessPreset`` in libwebp."""

ONE_CHANNEL, YCBCR = 1, 3
"""MozJPEG's colour spaces (``J_COLOR_SPACE`` of libjpeg)."""

ANNEX_K = 0
"""Quantisation table of ITU-T T.81. On four photos at three qualities it gave files 2 to 12 %
smaller than Pillow's progressive ones of equal SSIM; the library's own choice was sometimes larger.
"""

JXL_EFFORTS = (1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 9)
OXIPNG_LEVELS = (0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6)
PATIENCE = {MOZJPEG: 10, WEBP: 20, AVIF: 60, OXIPNG: 60, JXL: 60, HEIC: 10, JPEG2000: 20}
"""Seconds for a megapixel at ordinary effort, several times what a slow device needs."""

PERCENT = Whole(0, 100)
FULL_COLOUR_QUALITY = 90
"""From here on ``chroma: auto`` keeps all colour detail, as cjpeg of MozJPEG does."""


def codec_options(export: dict[str, object], grey: bool = False) -> dict[str, object]:
    """Return the options that the codec's library takes, ``{}`` where Pillow writes the format.

    ``export`` is the section of a checked edit; ``grey`` tells that the pixels have no colours,
    which a JPEG file then has no room for.
    """
    expert = Table().clean(export["codec"], "codec")
    file_format, quality = str(export["format"]), PERCENT.clean(export["quality"], "quality")
    effort = Whole(0, 10).clean(expert["effort"], "effort")
    if file_format == "jpeg":
        return {
            "quality": quality,
            "progressive": bool(expert["progressive"]),
            "color_space": ONE_CHANNEL if grey else YCBCR,
            "auto_subsample": False,
            "chroma_subsample": 1 if _all_colour(str(expert["chroma"]), quality) else 2,
            "quant_table": ANNEX_K,
            "trellis_multipass": effort >= 5,
            "trellis_opt_zero": effort >= 5,
            "trellis_opt_table": effort >= 8,
            "trellis_loops": 4 if effort >= 8 else 1,
        }
    if file_format == "webp":
        return {"quality": quality, "method": WEBP_METHODS[effort], "use_sharp_yuv": effort >= 7}
    if file_format == "webp-lossless":
        method, search = WEBP_LOSSLESS[effort]
        near = PERCENT.clean(expert["near_lossless"], "near_lossless")
        return {"lossless": 1, "method": method, "quality": search, "near_lossless": near}
    if file_format == "avif":
        full = _all_colour(str(expert["chroma"]), quality)
        return {"quality": quality, "speed": 10 - effort, "subsample": 3 if full else 1}
    if file_format == "jxl":
        return {"quality": quality, "effort": JXL_EFFORTS[effort]}
    if file_format == "jxl-lossless":
        return {"quality": 100, "lossless": True, "effort": JXL_EFFORTS[effort]}
    if file_format == "png-small":
        return {"level": OXIPNG_LEVELS[effort], "interlace": False, "optimiseAlpha": True}
    return {}


def _all_colour(chroma: str, quality: int) -> bool:
    """Tell whether colours keep the resolution of brightness."""
    return chroma == "4:4:4" or (chroma == "auto" and quality >= FULL_COLOUR_QUALITY)


def pool_size(cores: int, device_memory_gib: float | None) -> int:
    """Return how many codecs work side by side: at most four, fewer on small devices.

    ``device_memory_gib`` is ``navigator.deviceMemory`` or ``None`` where the browser does not tell.
    """
    most = 4
    if device_memory_gib and device_memory_gib <= 4:
        most = 1 if device_memory_gib <= 2 else 2
    return max(1, min(cores, most))


def megapixels_at_once(device_memory_gib: float | None) -> float:
    """Return how many megapixels all codecs together may hold; one picture is always taken."""
    return 48.0 if not device_memory_gib or device_memory_gib >= 8 else 16.0


def patience(codec: str, megapixels: float, options: dict[str, object]) -> float:
    """Return the seconds after which a codec counts as hung."""
    thorough = options.get("speed") in (0, 1, 2, 3) or options.get("level") in (5, 6)
    thorough = thorough or options.get("effort") in (8, 9)
    return 60 + PATIENCE[codec] * megapixels * (10 if thorough else 1)
