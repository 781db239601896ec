"""The pictures of a GIF file as browsers show them.

Pillow lays the frames on the palette's first colour, where nothing was drawn yet and where a frame
is taken away again; in browsers those places are transparent. So each frame is decoded by itself,
and they are laid over one another here.

Source: GIF89a, section 23 (disposal methods).
"""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from core.containers.gif import Frame, Gif

CLEAR, RESTORE = 2, 3
"""What becomes of a frame before the next one: it is taken away, or what was before comes back."""


def pictures(gif: Gif) -> Iterator[Image.Image]:
    """Yield each picture of a file, mode RGBA, of the screen's size; the last may be shared.

    Raises whatever Pillow raises on broken frames.
    """
    canvas = Image.new("RGBA", gif.size)
    for frame in gif.frames:
        before = canvas.copy() if frame.disposal == RESTORE else None
        part = _decoded(frame)
        canvas.paste(part, frame.box[:2], part)
        yield canvas.copy()
        if before is not None:
            canvas = before
        elif frame.disposal == CLEAR:
            canvas.paste((0, 0, 0, 0), frame.box)


def _decoded(frame: Frame) -> Image.Image:
    """Return one frame's pixels, mode RGBA, of the frame's own size."""
    with Image.open(BytesIO(frame.file), formats=("GIF",)) as image:
        return image.convert("RGBA")
