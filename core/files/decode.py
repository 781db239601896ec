"""From the bytes of any picture file to upright 8-bit sRGB pixels.

A :class:`~core.files.picture_file.PictureFile` tells size and kind without touching a pixel, so
that refusals cost nothing; :func:`decode` does the work and reports as notices what it changed.
"""

import math
from dataclasses import dataclass, field

from PIL import Image

from common.limits import MAX_MEGAPIXELS, check_dimensions
from core.containers import png
from core.files import colour, modes, numbered_colours
from core.files.own_profile import keepable_profile
from core.files.picture_file import PictureFile, Source, picture_file
from core.readers import frames, psd_pixels, small_kinds, tiff_layouts, tiff_packings, tiff_pixels

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


@dataclass
class Photo:
    """A decoded picture.

    ``image`` is upright sRGB, mode RGB; ``alpha`` the file's own transparency, mode L of the same
    size, or ``None`` when opaque; ``notices`` are codes from :mod:`common.notices`; ``format`` is a
    kind from :mod:`core.files.sniff`; ``layout`` is ``L`` or ``1`` where the file is grey or black
    and white; ``reduced`` a smaller copy of the colours, for :func:`core.picture.preview.reduced`.
    """

    image: Image.Image
    alpha: Image.Image | None = None
    notices: list[str] = field(default_factory=list)
    format: str = ""
    layout: str = ""
    reduced: Image.Image | None = field(default=None, repr=False)


def decode(
    source: Source,
    limit_megapixels: float = MAX_MEGAPIXELS,
    draft_side: int | None = None,
    keep_profile: bool = False,
) -> Photo:
    """Decode a picture file into upright sRGB pixels.

    ``source`` is the whole file. Of several pictures in one file the first is taken. With
    ``draft_side`` a JPEG may come out smaller, by a power of two and never below that many pixels
    on its longer side: several times faster, for thumbnails.

    Raises :class:`Refusal` as :attr:`PictureFile.header` does, and ``too_large``
    (more than ``limit_megapixels`` million pixels) before anything is decoded.
    """
    file = picture_file(source)
    header = file.header
    check_dimensions(header.width, header.height, limit_megapixels)
    notices = ["first_frame"] if header.frames > 1 else []
    notices += ["built_in_jpeg"] if header.format == "raw" else []
    rgb, alpha, turn = _read(file, limit_megapixels, draft_side, keep_profile, notices)
    if turn in TURNS:
        rgb = rgb.transpose(TURNS[turn])
        alpha = alpha and alpha.transpose(TURNS[turn])
    layout = "1" if header.mode == "1" else "L" if header.mode in modes.GREY_MODES else ""
    return Photo(rgb, alpha, notices, header.format, layout)


def _read(
    file: PictureFile,
    limit_megapixels: float,
    draft_side: int | None,
    keep_profile: bool,
    notices: list[str],
) -> tuple[Image.Image, Image.Image | None, int | None]:
    """Return sRGB colours, alpha and the orientation that they lie in; adds to ``notices``.

    A function of its own so that the picture in the file's own layout is gone when it returns.
    """
    turn = file.orientation
    if turn is None:
        notices.append("orientation_unreadable")
    kept = keep_profile and keepable_profile(file) is not None
    numbers = png.first(file.data, b"cICP") if file.kind == "png" else None
    profile = None if kept or numbers else file.profile
    own, alpha = _own_pixels(file, int(limit_megapixels * 1e6), notices)
    if own is not None:
        if file.kind == "psd" and file.document.depth == psd_pixels.LIGHT:
            profile = None  # it tells of light, which sRGB's curve has taken the place of
        rgb, alpha = _to_srgb(own, profile, notices, alpha)
        return bare_pixels(rgb), alpha and bare_pixels(alpha), turn
    with file.opened(int(limit_megapixels * 1e6), used_up=True) as image:
        if modes.is_wide(image, file.data):
            notices.append("reduced_to_8_bit")
        if draft_side is not None:
            # Pillow keeps both sides at least as long as asked, so ask in proportion.
            scale = min(1.0, draft_side / max(image.size))
            image.draft(None, (math.ceil(image.width * scale), math.ceil(image.height * scale)))
        image.load()
        plain = small_kinds.from_iphone(image) if file.kind == "iphone-png" else image
        rgb, alpha = _to_srgb(plain, profile, notices, modes.colour_key_alpha(image, file))
        if file.kind == "png" and not kept and (numbers or not file.profile):
            notice = numbered_colours.png_to_srgb(rgb, file.data)
            notices += [notice] if notice else []
    return bare_pixels(rgb), alpha and bare_pixels(alpha), turn


def _own_pixels(
    file: PictureFile, limit_pixels: int, notices: list[str]
) -> tuple[Image.Image | None, Image.Image | None]:
    """Return the picture of a file that Pillow alone reads wrongly, ``None`` for all others.

    Beside it its alpha where that is not a channel of it.
    """
    with file.guarded(limit_pixels):
        if file.kind == "gif":
            return next(frames.pictures(file.gif)), None
        if file.plain is not None:
            notices += ["reduced_to_8_bit"] if file.plain.is_wide else []
            return file.plain.image_of(file.data), None
        if file.kind == "psd":
            if file.document.depth > 8:
                notices.append("reduced_to_8_bit")
            return psd_pixels.image_of(file.data, file.document)
        if file.kind == "tiff" and tiff_layouts.needs_help(file.tiff.directories[file.page]):
            page = file.tiff.directories[file.page]
            if tiff_packings.number(page, tiff_packings.BITS, 8) > 8:
                notices.append("reduced_to_8_bit")
            return tiff_pixels.image_of(file.data, page)
    return None, None


def bare_pixels(image: Image.Image) -> Image.Image:
    """Return the pixels of an opened picture as an image of their own, which knows no file.

    Pillow's writers look into what they are given: a TIFF file that was opened and is passed on
    takes all of its tags along, whatever ``info`` says; and one of a WebP file keeps its decoder,
    which holds two canvases. Here is the only place where pixels leave
    a stranger's file, and nothing else does.
    """
    plain = image if type(image) is Image.Image else image.copy()
    plain.info = {}
    return plain


def _to_srgb(
    image: Image.Image,
    profile: bytes | None,
    notices: list[str],
    key: Image.Image | None = None,
) -> tuple[Image.Image, Image.Image | None]:
    """Return sRGB colours and alpha of a loaded picture; adds to ``notices``.

    ``key`` is alpha that is no channel of the picture, such as what follows from a transparent
    colour.
    """
    if image.mode == "CMYK":
        converted = colour.cmyk_to_srgb(image, profile) if profile else None
        if converted is not None:
            return converted, key
        notices.append("approximate_colours")
        return image.convert("RGB"), key
    if image.mode == "LAB":
        return colour.lab_to_srgb(image), key
    grey = image.mode in modes.GREY_MODES
    rgb, alpha = modes.to_rgb(image)
    if profile:
        notices += [code for code in [colour.to_srgb(rgb, profile, grey)] if code]
    return rgb, key or alpha
