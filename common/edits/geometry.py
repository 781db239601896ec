"""Straightened, mirrored, turned, cropped: the section ``geometry`` of an edit, without pixels.

The order is always the same, whatever was pressed first: the upright photo is straightened by
``tilt`` degrees (clockwise) around its middle, ``mirrored`` left to right, turned by ``turns``
quarter turns clockwise, and ``crop`` is cut out of that. What lies there after the first three
steps is called the *sheet*: as large as the photo, lying or standing, with the photo in it, askew
if it is straightened. ``crop`` is given in parts of the sheet's sides.

An empty ``crop`` means as much as there is in the form ``ratio``. A box never leaves the photo: it
is moved, and made smaller where it is too large, until it shows no empty corner.

Boxes are (left, top, right, bottom). Pixels have their middle at a half: 0 is the left edge. A way
is (a, b, c, d, e, f): the point (x, y) comes to (a x + b y + c, d x + e y + f).
"""

from common.checks import Choice, Maybe, Number, Record, Row, Whole, YesOrNo

MOST_TILT = 15
"""Degrees by which a photo can be straightened."""

FREE, ORIGINAL = "free", "original"

PROPORTIONS = {
    "1:1": (1, 1), "4:3": (4, 3), "3:2": (3, 2), "16:9": (16, 9),
    "3:4": (3, 4), "2:3": (2, 3), "9:16": (9, 16),
}  # fmt: skip
"""Width and height of the forms that a crop can be held to."""

UPRIGHT = (("4:3", "3:4"), ("3:2", "2:3"), ("16:9", "9:16"))
"""The lying forms, and what they are called when they stand."""

RATIOS = (FREE, ORIGINAL, "1:1", "4:3", "3:2", "16:9", "3:4", "2:3", "9:16")

PART = Number(0, 1)
TILT = Number(-MOST_TILT, MOST_TILT)
CROP = Maybe(Row(PART, PART, PART, PART))

GEOMETRY = Record(
    tilt=(TILT, 0),
    mirrored=(YesOrNo(), False),
    turns=(Whole(0, 3), 0),
    ratio=(Choice(*RATIOS), FREE),
    crop=(CROP, []),
)
"""The checks of the section with its defaults."""

RADIANS = 0.017453292519943295
"""Radians of a degree."""

LEAST = 1e-9

EVEN = 0.001
"""Pixels that are too few to be seen."""


class Geometry:
    """One checked section; its changes return the values of another one.

    ``width`` and ``height`` are always those of the photo, upright, in pixels.
    """

    def __init__(self, values: dict[str, object]) -> None:
        """Take the section's values; raises ``ValueError`` as its checks do."""
        clean = GEOMETRY.clean(values, "geometry")
        self.values = clean
        self.tilt = TILT.clean(clean["tilt"], "tilt")
        self.mirrored = bool(clean["mirrored"])
        self.turns = Whole(0, 3).clean(clean["turns"], "turns")
        self.ratio = str(clean["ratio"])
        self.crop = [PART.clean(edge, "crop") for edge in CROP.clean(clean["crop"], "crop")]

    @property
    def is_neutral(self) -> bool:
        """Whether every photo is left as it is."""
        lies = not (self.tilt or self.mirrored or self.turns)
        return lies and not self.crop and self.ratio in (FREE, ORIGINAL)

    @property
    def shown_tilt(self) -> float:
        """Degrees, clockwise, by which the photo lies askew on its sheet."""
        return -self.tilt if self.mirrored else self.tilt

    def sheet_size(self, width: int, height: int) -> tuple[int, int]:
        """Return (width, height) of the sheet of a photo."""
        return (height, width) if self.turns % 2 else (width, height)

    def onto_sheet(
        self, width: int, height: int
    ) -> tuple[float, float, float, float, float, float]:
        """Return where the points of a photo lie on its sheet, both in pixels."""
        sine, cosine = sine_and_cosine(self.tilt)
        across, down = (cosine, -sine), (sine, cosine)
        if self.mirrored:
            across = (-cosine, sine)
        for _ in range(self.turns):
            across, down = (-down[0], -down[1]), across
        new = self.sheet_size(width, height)
        return (
            across[0],
            across[1],
            new[0] / 2 - across[0] * width / 2 - across[1] * height / 2,
            down[0],
            down[1],
            new[1] / 2 - down[0] * width / 2 - down[1] * height / 2,
        )

    def from_sheet(
        self, width: int, height: int
    ) -> tuple[float, float, float, float, float, float]:
        """Return the way back: where a point of the sheet lies in the photo."""
        a, b, c, d, e, f = self.onto_sheet(width, height)
        # Nothing is enlarged, so the way back is the transposed one.
        return a, d, -(a * c + d * f), b, e, -(b * c + e * f)

    def proportion(self, width: int, height: int) -> float:
        """Return width by height of the form that the crop is held to, 0 for a free one."""
        if self.ratio == FREE:
            return 0.0
        if self.ratio == ORIGINAL:
            across, down = self.sheet_size(width, height)
            return across / max(1, down)
        across, down = PROPORTIONS[self.ratio]
        return across / down

    def wished(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Return the box to be cut out, in pixels of the sheet, not yet rounded."""
        across, down = self.sheet_size(width, height)
        crop = self.crop or [0, 0, 1, 1]
        box = (crop[0] * across, crop[1] * down, crop[2] * across, crop[3] * down)
        box = with_form(box, self.proportion(width, height))
        return held(box, across, down, self.shown_tilt)

    def box(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Return the box that is cut out, in pixels of the sheet.

        Its sides are whole numbers of pixels, at least one. So are its edges, unless the photo is
        straightened, which resamples it anyway.
        """
        across, down = self.sheet_size(width, height)
        left, top, right, bottom = self.wished(width, height)
        x, y = (left + right) / 2, (top + bottom) / 2
        if self.tilt:
            wide = max(1, int(right - left + LEAST))
            high = max(1, int(bottom - top + LEAST))
            return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2
        if self.ratio in PROPORTIONS:
            ratio = self.proportion(width, height)
            wide = max(1, min(across, int(right - left + 0.5)))
            high = max(1, min(down, int(wide / ratio + 0.5)))
            left = max(0, min(across - wide, int(x - wide / 2 + 0.5)))
            top = max(0, min(down - high, int(y - high / 2 + 0.5)))
            return left, top, left + wide, top + high
        left, top = min(across - 1, int(left + 0.5)), min(down - 1, int(top + 0.5))
        return left, top, max(left + 1, int(right + 0.5)), max(top + 1, int(bottom + 0.5))

    def shows_only_photo(
        self, box: tuple[float, float, float, float], width: int, height: int
    ) -> bool:
        """Tell whether a box, in pixels of the sheet, lies within the photo."""
        back = self.from_sheet(width, height)
        for corner in ((box[0], box[1]), (box[2], box[1]), (box[0], box[3]), (box[2], box[3])):
            x, y = moved(corner, back)
            if x < -EVEN or y < -EVEN or x > width + EVEN or y > height + EVEN:
                return False
        return True

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Return (width, height) in pixels of what comes out."""
        left, top, right, bottom = self.box(width, height)
        return int(right - left + 0.5), int(bottom - top + 0.5)

    def changed(self, **values: object) -> dict[str, object]:
        """Return the section with other values."""
        section = dict(self.values)
        section.update(values)
        return GEOMETRY.clean(section, "geometry")

    def turned(self) -> dict[str, object]:
        """Return the section turned by one more quarter clockwise, with its crop."""
        crop = self.crop
        if crop:
            crop = [1 - crop[3], crop[0], 1 - crop[1], crop[2]]
        ratio = other_way(self.ratio)
        return self.changed(turns=(self.turns + 1) % 4, ratio=ratio, crop=crop)

    def flipped(self, upside_down: bool = False) -> dict[str, object]:
        """Return the section flipped as it is seen: left to right, or ``upside_down``."""
        crop = self.crop
        if crop and upside_down:
            crop = [crop[0], 1 - crop[3], crop[2], 1 - crop[1]]
        elif crop:
            crop = [1 - crop[2], crop[1], 1 - crop[0], crop[3]]
        turns = ((2 if upside_down else 0) - self.turns) % 4
        return self.changed(mirrored=not self.mirrored, turns=turns, crop=crop)

    def straightened(self, degrees: float) -> dict[str, object]:
        """Return the section with the photo seen turned by ``degrees`` clockwise."""
        return self.changed(tilt=-degrees if self.mirrored else degrees)

    def in_form(self, ratio: str) -> dict[str, object]:
        """Return the section held to another form, as large as it can be in the photo."""
        return self.changed(ratio=ratio, crop=[])


def sine_and_cosine(degrees: float) -> tuple[float, float]:
    """Return sine and cosine of an angle of at most :data:`MOST_TILT` degrees.

    By their series, to 1e-10, since this room uses built-ins only.
    """
    x = degrees * RADIANS
    square = x * x
    sine = x * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
    cosine = 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56)))
    return sine, cosine


def moved(
    point: tuple[float, float], way: tuple[float, float, float, float, float, float]
) -> tuple[float, float]:
    """Return where a point (x, y) comes to."""
    a, b, c, d, e, f = way
    return a * point[0] + b * point[1] + c, d * point[0] + e * point[1] + f


def other_way(ratio: str) -> str:
    """Return the name of a form turned by a quarter."""
    for lying, standing in UPRIGHT:
        if ratio == lying:
            return standing
        if ratio == standing:
            return lying
    return ratio


def with_form(
    box: tuple[float, float, float, float], ratio: float
) -> tuple[float, float, float, float]:
    """Return the largest box of a form (width by height, 0 for any) with the middle of ``box``."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if ratio:
        width, height = min(width, height * ratio), min(height, width / ratio)
    x, y = (left + right) / 2, (top + bottom) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def held(
    box: tuple[float, float, float, float], width: float, height: float, tilt: float
) -> tuple[float, float, float, float]:
    """Return a box of the form of ``box`` that lies within the photo on its sheet.

    It is made smaller only where it is too large, and then moved the shortest way. All in pixels
    of the sheet, of ``width`` x ``height``, on which the photo lies askew by ``tilt`` degrees.
    """
    sine, cosine = sine_and_cosine(tilt)
    steep = abs(sine)
    half = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    reach = cosine * half[0] + steep * half[1], steep * half[0] + cosine * half[1]
    scale = min(1.0, width / 2 / max(reach[0], LEAST), height / 2 / max(reach[1], LEAST))
    room = max(0.0, width / 2 - reach[0] * scale), max(0.0, height / 2 - reach[1] * scale)
    x, y = (box[0] + box[2]) / 2 - width / 2, (box[1] + box[3]) / 2 - height / 2
    # Seen along the photo's own sides, its middle may go as far as there is room.
    along, aside = cosine * x + sine * y, cosine * y - sine * x
    along, aside = max(-room[0], min(room[0], along)), max(-room[1], min(room[1], aside))
    x, y = width / 2 + cosine * along - sine * aside, height / 2 + sine * along + cosine * aside
    half = half[0] * scale, half[1] * scale
    return x - half[0], y - half[1], x + half[0], y + half[1]
