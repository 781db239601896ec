"""How the page draws a picture that lies as the photo does: straightened, turned, cropped, or less.

What is on the stage has four looks. The page draws all but the finished one itself, from pictures
in the photo's own coordinates, so that a hand need not wait for the pixel worker. Plain Python.
"""

from common.edits.geometry import Geometry, moved

RESULT, PHOTO, SHEET, AROUND = "result", "photo", "sheet", "around"
"""What is seen: all that was done; the whole photo, turned and mirrored only, to be pointed at and
painted on; the whole photo, straightened, too, to be cropped; the result's frame and what lies
around it."""


def in_look(values: dict[str, object], look: str) -> Geometry:
    """Return the :class:`Geometry` with which a photo is seen in a look; ``values`` its section."""
    if look == PHOTO:
        return Geometry({"turns": values["turns"], "mirrored": values["mirrored"]})
    if look == SHEET:
        return Geometry(Geometry(values).changed(ratio="free", crop=[]))
    return Geometry(values)


def placing(
    values: dict[str, object], look: str, width: int, height: int, most: int = 0
) -> tuple[int, int, list[float]]:
    """Return (width, height, way) of the canvas on which a picture is drawn in a look.

    ``width`` and ``height`` are the picture's in pixels, ``way`` is as in
    :mod:`common.edits.geometry`, in pixels of the canvas. Unless ``most`` is 0 no side gets longer.
    """
    one = in_look(values, look)
    left, top, size = 0.0, 0.0, one.sheet_size(width, height)
    if look != SHEET:
        left, top, _, _ = one.box(width, height)
        size = one.size(width, height)
    a, b, c, d, e, f = one.onto_sheet(width, height)
    scale = min(1.0, most / max(size)) if most else 1.0
    way = [scale * part for part in (a, b, c - left, d, e, f - top)]
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale)), way


def is_as_it_lies(values: dict[str, object], look: str) -> bool:
    """Tell whether a picture is drawn as it is."""
    return in_look(values, look).is_neutral


def in_photo(
    values: dict[str, object], point: tuple[float, float], width: int, height: int
) -> tuple[float, float]:
    """Return where in the photo (0..1) a point (0..1) of the look :data:`PHOTO` lies.

    ``width`` and ``height`` are what is seen there, in any unit.
    """
    one = in_look(values, PHOTO)
    size = one.sheet_size(width, height)
    x, y = moved((point[0] * width, point[1] * height), one.from_sheet(size[0], size[1]))
    return x / size[0], y / size[1]
