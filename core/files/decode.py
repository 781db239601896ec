"""From the bytes of any picture file to upright 8-bit sRGB pixels.

Two steps: :func:`read_header` tells size and kind without touching a pixel, so that refusals
cost nothing; :func:`decode` then does the work and reports as notices what it had to change.
"""

import math
from dataclasses import dataclass, field

from PIL import Image

from common.errors import Refusal
from common.limits import MAX_MEGAPIXELS, check_dimensions
from core.files import colour, modes
from core.files.picture_file import exif_of, open_picture, orientation, webp_canvas
from core.files.sniff import sniff

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to set a picture upright, by EXIF orientation (EXIF 2.32, tag 274)."""

STILL_FORMATS = ("JPEG", "MPO", "PSD", "ICO")
"""Formats in which further frames are not further pictures but depth maps, layers or sizes."""


@dataclass
class Header:
    """What a file says about itself.

    ``width`` and ``height`` in pixels, upright (after EXIF orientation); ``format`` is a kind
    from :mod:`core.files.sniff`, ``mode`` Pillow's name of the pixel layout, ``frames`` the number
    of pictures in the file (1 for a still).
    """

    format: str
    width: int
    height: int
    mode: str
    frames: int


@dataclass
class Photo:
    """A decoded picture.

    ``image`` is upright sRGB, mode RGB (mode RGBA once :func:`core.compose.cut_out` has used it);
    ``alpha`` the file's own transparency, mode L of the same size, or ``None`` when opaque;
    ``notices`` are codes from :mod:`common.notices`; ``format`` is a kind from
    :mod:`core.files.sniff`; ``reduced`` a smaller copy of the colours, for
    :func:`core.picture.preview.reduced`.
    """

    image: Image.Image
    alpha: Image.Image | None = None
    notices: list[str] = field(default_factory=list)
    format: str = ""
    reduced: Image.Image | None = field(default=None, repr=False)


def read_header(data: bytes) -> Header:
    """Read size and kind of a picture without decoding pixels; ``data`` is the whole file.

    Raises :class:`Refusal`: ``empty_file``, ``file_too_large``, ``not_an_image``, ``is_svg``,
    ``is_heic``, ``is_avif``, ``is_pdf``, ``no_decoder``, ``damaged``.
    """
    kind = sniff(data)
    if kind == "webp":
        canvas = webp_canvas(data)
        if canvas is None:
            raise Refusal("damaged")
        if canvas[0] * canvas[1] > MAX_MEGAPIXELS * 1e6:
            return Header("webp", *canvas, mode="RGBA", frames=1)
    with open_picture(data, limit_pixels=None) as image:
        width, height = image.size
        if (orientation(exif_of(image, data)) or 1) >= 5:
            width, height = height, width
        frames = 1 if image.format in STILL_FORMATS else getattr(image, "n_frames", 1)
        return Header(kind or "", width, height, image.mode, frames)


def decode(
    data: bytes,
    limit_megapixels: float = MAX_MEGAPIXELS,
    draft_side: int | None = None,
    keep_profile: bool = False,
) -> Photo:
    """Decode a picture file into upright sRGB pixels; ``data`` is the whole file.

    Of several pictures in one file the first is taken. With ``draft_side`` a JPEG may come out
    smaller, by a power of two and never below that many pixels on its longer side: several times
    faster, for thumbnails.

    Raises :class:`Refusal` as :func:`read_header` does, and ``too_small`` or ``too_large`` (more
    than ``limit_megapixels`` million pixels) before anything is decoded.
    """
    header = read_header(data)
    check_dimensions(header.width, header.height, limit_megapixels)
    notices = ["first_frame"] if header.frames > 1 else []
    rgb, alpha, turn = _read(data, limit_megapixels, draft_side, keep_profile, notices)
    if turn in TURNS:
        rgb = rgb.transpose(TURNS[turn])
        alpha = alpha and alpha.transpose(TURNS[turn])
    return Photo(rgb, alpha, notices, header.format)


def _read(
    data: bytes,
    limit_megapixels: float,
    draft_side: int | None,
    keep_profile: bool,
    notices: list[str],
) -> tuple[Image.Image, Image.Image | None, int | None]:
    """Return sRGB colours, alpha and the orientation that they lie in; adds to ``notices``.

    A function of its own so that the picture in the file's own layout is gone when it returns.
    """
    with open_picture(data, limit_pixels=int(limit_megapixels * 1e6)) as image:
        turn = orientation(exif_of(image, data))
        if turn is None:
            notices.append("orientation_unreadable")
        if modes.is_wide(image, data):
            notices.append("reduced_to_8_bit")
        kept = keep_profile and colour.keepable_profile(image) is not None
        profile = None if kept else image.info.get("icc_profile")
        if draft_side is not None:
            # Pillow keeps both sides at least as long as asked, so ask in proportion.
            scale = min(1.0, draft_side / max(image.size))
            image.draft(None, (math.ceil(image.width * scale), math.ceil(image.height * scale)))
        image.load()
        rgb, alpha = _to_srgb(image, profile, notices)
    rgb.info.clear()
    return rgb, alpha, turn


def _to_srgb(
    image: Image.Image, profile: bytes | None, notices: list[str]
) -> tuple[Image.Image, Image.Image | None]:
    """Return sRGB colours and alpha of a loaded picture; adds to ``notices``."""
    if image.mode == "CMYK":
        converted = colour.cmyk_to_srgb(image, profile) if profile else None
        if converted is not None:
            return converted, None
        notices.append("approximate_colours")
        return image.convert("RGB"), None
    if image.mode == "LAB":
        return colour.lab_to_srgb(image), None
    rgb, alpha = modes.to_rgb(image)
    if profile:
        notice = colour.to_srgb(rgb, profile)
        if notice is not None:
            notices.append(notice)
    return rgb, alpha
