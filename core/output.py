"""From a photo's file and its edit to the files that the user saves, or to bare pixels.

The one way out for whole photos and cutouts: decode, render, encode, and put back what is to be
kept of the metadata. Formats of the codec workers (:mod:`common.formats`) leave here as pixels.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from common.edits.geometry import Geometry
from common.formats import is_opaque
from common.limits import MAX_MEGAPIXELS
from core.containers.iso import code_points
from core.files import colour, modes, numbered_colours
from core.files.decode import TURNS, Photo, bare_pixels, decode
from core.files.own_profile import has_grey_pixels, profile_of_pixels
from core.files.picture_file import PictureFile, Source, picture_file
from core.picture.flatten import flattened, in_layout, without_hidden_colours
from core.picture.render import Cut, Edit, Rendering, render
from core.picture.resize import result_size
from core.writing.animation import animated, fits_into_memory, stays_animated
from core.writing.encode import png
from core.writing.export import ExportFile, check_length, export_file, export_files
from core.writing.keeping import Kept, kept_of, with_kept

OPPOSITES = {6: 8, 8: 6}
"""Orientations whose turn is undone by another one; all others undo themselves."""

Matte = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Result:
    """A finished picture before it is encoded.

    ``rendering`` holds its pixels; ``notices`` are codes from :mod:`common.notices`; ``kept`` is
    what of the photo's metadata goes into the file; ``layout`` as in
    :class:`core.files.decode.Photo`, empty where something coloured was added.
    """

    rendering: Rendering
    notices: list[str]
    kept: Kept
    layout: str = ""


@dataclass(frozen=True)
class Files:
    """Finished files, in the order of :func:`common.naming.result_names`.

    ``width`` and ``height`` in pixels, ``frames`` the number of pictures in the first file.
    """

    files: list[ExportFile]
    width: int
    height: int
    notices: list[str]
    frames: int = 1


def export(
    photo: Photo,
    matte: Matte | None,
    edit: Edit,
    picture: Image.Image | None = None,
    cut: Cut | None = None,
) -> list[ExportFile]:
    """Return the files that the user saves; see :func:`core.picture.render.render`."""
    rendering = render(photo, matte, edit, picture, cut)
    return export_files(rendering.image, rendering.mask, edit["export"], rendering.frame.dpi)


def animation_of(source: Source, edit: Edit, scale: float = 1.0) -> Files | None:
    """Return the moving picture that an edit makes of a file, ``None`` where it makes a still."""
    photo = picture_file(source)
    if not stays_animated(photo.header, edit) or not fits_into_memory(photo.header, edit):
        return None
    kept = replace(kept_of(photo, edit), profile=None)  # the frames are in sRGB
    content, first = animated(photo, edit, scale)
    kind = edit["export"]["format"]
    file = export_file(with_kept(kind, content, kept), kind)
    return Files([file], *first.size, [], photo.header.frames)


def result_of(
    source: Source,
    matte: Matte | None,
    edit: Edit,
    picture: Image.Image | None = None,
    limit_megapixels: float = MAX_MEGAPIXELS,
    scale: float = 1.0,
) -> Result:
    """Return the finished picture of a photo's file; see :func:`core.picture.render.render`.

    ``scale``, above 0, up to 1, reduces each side once more, for files that must become smaller.
    A size that is too large is refused before anything is decoded, as far as it can be known.
    Raises :class:`Refusal`.
    """
    file = picture_file(source)
    header = file.header
    if edit["framing"]["kind"] == "original":
        size = Geometry(edit["geometry"]).size(header.width, header.height)
        result_size(edit["resize"], size)
    kept = kept_of(file, edit)
    photo = decode(file, limit_megapixels, keep_profile=kept.profile is not None)
    notices = list(photo.notices)
    if stays_animated(header, edit):
        notices = ["animation_too_long", *[code for code in notices if code != "first_frame"]]
    rendering = reduced(render(photo, matte, edit, picture), scale)
    plain = (
        edit["background"]["kind"] in ("transparent", "blur") and edit["shadow"]["kind"] == "none"
    )
    layout = photo.layout if plain else ""
    if kept.dpi and rendering.frame.dpi is None:
        frame = replace(rendering.frame, dpi=kept.dpi)
        rendering = replace(rendering, frame=frame)
    return Result(turned_back(rendering, kept.orientation), notices, kept, layout)


def photo_of_pixels(
    pixels: npt.NDArray[np.uint8], notices: list[str], original: bytes | None = None
) -> Photo:
    """Return a photo from pixels that another decoder made, uint8 (h, w, 4) with straight alpha.

    ``original`` is the file in whose colours they still are, ``None`` for sRGB. Grey ones stay
    grey.
    """
    image = Image.fromarray(pixels)
    alpha = image.getchannel("A")
    opaque = alpha.getextrema() == (255, 255)
    rgb, notice = image.convert("RGB"), None
    file = PictureFile(original) if original is not None else None
    grey = file is not None and has_grey_pixels(file)
    if original is not None and file is not None:
        profile, numbers = file.profile, code_points(original)
        if profile is not None:
            notice = colour.to_srgb(rgb, profile, grey)
        elif numbers is not None:
            notice = numbered_colours.code_points_to_srgb(rgb, *numbers)
    notices = notices + ([notice] if notice else [])
    return Photo(rgb, None if opaque else alpha, notices, layout="L" if grey else "")


def stand_in(photo: Photo, pixels: npt.NDArray[np.uint8], original: bytes | None = None) -> bytes:
    """Return a PNG file that stands in for a photo which another decoder has read, without loss.

    ``pixels`` and ``original`` are what :func:`photo_of_pixels` made it of. Where they are in the
    colours of a profile that can be kept, they stay so, and the profile is in the file.
    """
    profile = profile_of_pixels(original) if original is not None else None
    if profile is None or photo.notices:
        image = photo.image.convert("L") if photo.layout else photo.image
        if photo.alpha is not None:
            image = image.copy()
            image.putalpha(photo.alpha)
        return png(image)
    image = Image.fromarray(pixels)
    if photo.alpha is None:
        image = image.convert("RGB")
    return with_kept("png", png(image), Kept(profile))


def encoded_picture(content: bytes) -> Image.Image:
    """Return the pixels of an encoded result as they lie in its file, mode RGB or RGBA.

    Neither orientation nor profile are applied, for comparison with :func:`visible`.
    """
    with PictureFile(content).opened(used_up=True) as image:
        rgb, alpha = modes.to_rgb(image)
        rgb = bare_pixels(rgb)
    if alpha is not None:
        rgb.putalpha(alpha)
    return rgb


def reduced(rendering: Rendering, scale: float) -> Rendering:
    """Return a rendering with each side ``scale`` times as long, at least one pixel."""
    if scale >= 1:
        return rendering
    image = rendering.image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = image.resize(size, Image.Resampling.LANCZOS)
    mask = rendering.mask.resize(size, Image.Resampling.LANCZOS)
    return Rendering(small, mask, rendering.frame)


def turned_back(rendering: Rendering, orientation: int) -> Rendering:
    """Return an upright rendering as a viewer expects it that turns by EXIF ``orientation``."""
    turn = TURNS.get(OPPOSITES.get(orientation, orientation))
    if turn is None:
        return rendering
    image, mask = rendering.image.transpose(turn), rendering.mask.transpose(turn)
    return Rendering(image, mask, rendering.frame)


def files_of(result: Result, edit: Edit) -> Files:
    """Return the files that Pillow writes of a result, with what is kept of the photo's."""
    rendering, kind = result.rendering, edit["export"]["format"]
    image = in_layout(rendering.image, result.layout)
    files = export_files(image, rendering.mask, edit["export"], rendering.frame.dpi)
    first = export_file(with_kept(kind, files[0].content, result.kept), kind)
    return Files([first, *files[1:]], *rendering.image.size, result.notices)


def pixels_of(result: Result, edit: Edit) -> npt.NDArray[np.uint8]:
    """Return what a codec gets, uint8 (h, w, 4): flattened or with straight alpha.

    Raises :class:`Refusal` ``side_too_long``.
    """
    export = edit["export"]
    image = visible(result, export)
    check_length(export["format"], image.size)
    return np.asarray(image.convert("RGBA"))


def is_grey(result: Result) -> bool:
    """Tell whether a result is opaque and has no colours, so that one channel holds it."""
    return bool(result.layout) and result.rendering.image.mode == "RGB"


def visible(result: Result, export: dict[str, Any]) -> Image.Image:
    """Return the picture that a format can show: on a ground, or without hidden colours."""
    image = result.rendering.image
    if is_opaque(export["format"]):
        return flattened(in_layout(image, result.layout), export["jpeg_background"])
    return in_layout(without_hidden_colours(image), result.layout)
