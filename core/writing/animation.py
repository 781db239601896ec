"""Moving pictures that stay moving: GIF, PNG or WebP in, GIF, WebP or PNG out, through Pillow.

Every frame is turned, cropped and resized like a still picture. Cutting out, frames and backgrounds
are for stills: with any of them, or another format, the first frame is all that is used.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import Blend, Disposal

from common.edits.geometry import Geometry
from common.formats import FORMATS
from common.kinds import keeps_moving
from core.files import colour, modes
from core.files.decode import bare_pixels
from core.files.picture_file import Header, PictureFile
from core.picture.flatten import without_hidden_colours
from core.picture.geometry import placed
from core.picture.resize import resized, result_size
from core.readers import frames
from core.writing.export import check_length
from core.writing.writers import gif_frame

SOURCES = ("gif", "png", "webp")

MAX_MEGAPIXELS = 60
"""Most pixels, in millions, of all frames of a result together: they lie in memory side by side,
four bytes each."""

DEFAULT_DURATION = 100
"""Milliseconds for a frame whose file names no time, as browsers show it."""

KEEP = 1
CLEAR = 2
"""What becomes of a frame before the next one is drawn (GIF89a, section 23)."""


def stays_animated(header: Header, edit: dict[str, Any]) -> bool:
    """Return whether a checked edit makes a moving picture of a file with that header."""
    return (
        header.frames > 1
        and header.format in SOURCES
        and keeps_moving(header.format, edit["export"]["format"])
        and edit["keep"]["animation"]
        and not edit["steps"]["cutout"]
        and edit["framing"]["kind"] == "original"
        and edit["background"]["kind"] == "transparent"
        and edit["shadow"]["kind"] == "none"
    )


def fits_into_memory(header: Header, edit: dict[str, Any]) -> bool:
    """Return whether all frames of the result, and a frame of the source, may be held at once."""
    size = Geometry(edit["geometry"]).size(header.width, header.height)
    width, height = result_size(edit["resize"], size)
    return width * height * header.frames <= MAX_MEGAPIXELS * 1e6


def animated(
    file: PictureFile, edit: dict[str, Any], scale: float = 1.0
) -> tuple[bytes, Image.Image]:
    """Return the content of a moving GIF, WebP or PNG file, and its first frame as it was encoded.

    ``file`` is one for which :func:`stays_animated` and :func:`fits_into_memory` hold;
    ``scale`` reduces each side further. Times and repetitions stay. Raises :class:`Refusal`.
    """
    export = edit["export"]
    frames, times, loop = _frames(file, edit, scale)
    check_length(export["format"], frames[0].size)
    output = BytesIO()
    if export["format"] == "gif":
        _write_gif(output, frames, times, loop, export["codec"]["colours"])
    elif FORMATS[export["format"]].writer == "png":
        # Each frame is a whole picture that takes the place of the one before.
        replaced = {"blend": Blend.OP_SOURCE, "disposal": Disposal.OP_NONE}
        following = {"save_all": True, "append_images": frames[1:]}
        frames[0].save(output, "PNG", duration=times, loop=loop, **following, **replaced)
    else:
        lossless = export["format"] == "webp-lossless"
        frames[0].save(
            output,
            "WEBP",
            save_all=True,
            append_images=frames[1:],
            duration=times,
            loop=loop,
            lossless=lossless,
            quality=20 if lossless else export["quality"],
            method=export["codec"]["effort"] * 6 // 10,
        )
    return output.getvalue(), frames[0]


def _frames(
    file: PictureFile, edit: dict[str, Any], scale: float
) -> tuple[list[Image.Image], list[int], int]:
    """Return finished frames (mode RGBA), their times in milliseconds, and the repetitions.

    0 repetitions stand for no end.
    """
    loop = _repetitions(file)
    finished, times = [], []
    for image, time in _pictures(file):
        frame = resized(placed(image, edit["geometry"]), edit["resize"])
        if scale < 1:
            size = (max(1, round(frame.width * scale)), max(1, round(frame.height * scale)))
            frame = frame.resize(size, Image.Resampling.LANCZOS)
        finished.append(without_hidden_colours(frame))
        times.append(time or DEFAULT_DURATION)
    return finished, times, loop


def _pictures(file: PictureFile) -> Iterator[tuple[Image.Image, int]]:
    """Yield the pictures of a moving file in sRGB, mode RGBA, and their times in milliseconds."""
    if file.kind == "gif":
        with file.guarded():
            for picture, frame in zip(frames.pictures(file.gif), file.gif.frames, strict=True):
                yield _to_srgb(picture, file.profile), frame.seconds * 10
        return
    with file.opened(used_up=True) as image:
        first = image.tell()
        for number in range(first, first + file.header.frames):
            image.seek(number)
            yield _to_srgb(image, file.profile), round(image.info.get("duration") or 0)


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the frame at hand as an sRGB image of its own, mode RGBA."""
    grey = image.mode in modes.GREY_MODES
    rgb, alpha = modes.to_rgb(image)
    rgb = bare_pixels(rgb)
    if profile:
        colour.to_srgb(rgb, profile, grey)
    rgb.putalpha(alpha or Image.new("L", rgb.size, 255))
    return rgb


def _repetitions(file: PictureFile) -> int:
    """Return how often a file is to be played, 0 for without end.

    A GIF names how often it is repeated after the first time, and is played once without that.
    """
    if file.kind == "gif":
        loops = file.gif.loops
        return 1 if loops is None else (loops + 1 if loops else 0)
    with file.opened() as image:
        return int(image.info.get("loop") or 0)


def _write_gif(
    output: BytesIO, frames: list[Image.Image], times: list[int], loop: int, colours: int
) -> None:
    """Write a moving GIF; each frame has a palette of its own."""
    flat = []
    for frame in frames:
        indexed, transparent = gif_frame(frame, colours)
        indexed.info = {} if transparent is None else {"transparency": transparent}
        flat.append(indexed)
    clear = any("transparency" in frame.info for frame in flat)
    flat[0].save(
        output,
        "GIF",
        save_all=True,
        append_images=flat[1:],
        duration=times,
        disposal=CLEAR if clear else KEEP,
        optimize=False,
        **({} if loop == 1 else {"loop": max(0, loop - 1)}),
    )
