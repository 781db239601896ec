"""The edit of an item: everything the user chose about its result, as JSON values.

An edit is small and complete: together with the photo and the network's matte it gives the same
picture again, at any resolution, today and after a reload. Touch-up is kept as strokes, not as
pixels. Nothing here computes pixels; :mod:`core.picture.render` does.

It is also the recipe of a batch: which steps are done (cut out or not), the frame, the size
(:mod:`common.edits.resizing`), the format, and what is kept of the file's metadata.

The section ``geometry`` (:mod:`common.edits.geometry`) straightens, mirrors, turns and crops the
photo. Strokes and what is meant of it stand in the photo's own coordinates, the frame's ``place``
in those of what the geometry has made of it.

Coordinates x and y are parts of the photo's width and height, from the top left; lengths such as
a brush's radius are parts of its longer side; px are pixels of the photo at full size. Points may
lie a little outside of the picture, where a hand that paints goes.
"""

from common.checks import (
    Choice,
    Colour,
    Many,
    Maybe,
    Number,
    Record,
    Row,
    Table,
    Text,
    Typed,
    Whole,
    YesOrNo,
)
from common.edits.geometry import FREE, GEOMETRY
from common.formats import CHOICES
from common.limits import MAX_MEGAPIXELS, MAX_SIDE

MILLIMETRES_PER_INCH = 25.4

REFINEMENTS = ("none", "fast", "thorough")
BACKGROUNDS = ("transparent", "colour", "linear", "radial", "image", "blur")
SHADOWS = ("none", "drop", "contact")
FRAMINGS = ("original", "trim", "subject", "canvas")
RESIZINGS = ("none", "pixels", "percent", "longest")
FITS = ("fit", "fill", "stretch")
CHROMAS = ("auto", "4:4:4", "4:2:0")

PRESET_SECTIONS = ("steps", "background", "shadow", "framing", "resize", "export", "keep")
"""The parts of an edit that make sense for other photos, too, as they are."""

SHARED_BY_PRESETS = PRESET_SECTIONS + ("geometry",)
"""The parts of an edit in which a preset may change something."""

SIDE = Number(0.01, 20000)
RESOLUTION = Whole(36, 1200)
CANVAS = Record(
    kind=(Choice("ratio", "px", "mm"), "ratio"),
    width=(SIDE, 1),
    height=(SIDE, 1),
    dpi=(RESOLUTION, 300),  # for millimetres
)

CODEC = Record(
    chroma=(Choice(*CHROMAS), "auto"),
    progressive=(YesOrNo(), True),
    effort=(Whole(0, 10), 4),  # 0 quick .. 10 small
    near_lossless=(Whole(0, 100), 100),  # 100 exact
    colours=(Whole(0, 256), 0),  # in a palette; 0 for none
    limit_kilobytes=(Whole(0, 100000), 0),  # 0 for none
    shrink=(YesOrNo(), False),  # fewer pixels, where quality alone does not reach the limit
)
"""The expert options of an export; :mod:`common.formats` says which format takes which."""

PLACE = Row(Number(0, 1), Number(0, 1), Number(0, 1), Number(0, 1))
"""A box (left, top, right, bottom) or, where it is a point, a click.

See :mod:`core.subject.closer`."""

BESIDE = Number(-4, 5)
"""A place in the photo or, where a frame reaches beyond it, next to it."""

SECTIONS = {
    "steps": Record(cutout=(YesOrNo(), True)),
    "geometry": GEOMETRY,
    "subject": Record(places=(Many(PLACE, 0), [])),  # what is meant; all of the photo for none
    "edges": Record(
        refinement=(Choice(*REFINEMENTS), "fast"),
        shift=(Number(-20, 20), 0),  # px, positive outwards
        feather=(Number(0, 50), 0),  # px
        contrast=(Number(0, 1), 0),
        decontamination=(Number(0, 1), 1.0),
        speck=(Number(0, 1), 0),  # percent of the picture's area
        largest_only=(YesOrNo(), False),
    ),
    "background": Record(
        kind=(Choice(*BACKGROUNDS), "transparent"),
        colour=(Colour(), "#ffffff"),
        colours=(Row(Colour(), Colour()), ["#ffffff", "#c9d3df"]),
        angle=(Number(-360, 360), 180),  # degrees as in CSS: 0 upwards, 90 to the right
        fit=(Choice("cover", "contain"), "cover"),
        position=(Row(Number(0, 1), Number(0, 1)), [0.5, 0.5]),
        blur=(Number(0, 1), 0.4),
    ),
    "shadow": Record(
        kind=(Choice(*SHADOWS), "none"),
        opacity=(Number(0, 1), 0.4),
        blur=(Number(0, 1), 0.3),
        offset=(Row(Number(-1, 1), Number(-1, 1)), [0.01, 0.02]),
        colour=(Colour(), "#000000"),
    ),
    "framing": Record(
        kind=(Choice(*FRAMINGS), "original"),
        margin=(Number(0, 10000), 5),
        margin_unit=(Choice("%", "px"), "%"),  # percent of the subject's longer side
        canvas=(CANVAS, {}),
        place=(Maybe(Row(BESIDE, BESIDE, BESIDE, BESIDE)), []),  # the frame, moved by hand
    ),
    "resize": Record(
        kind=(Choice(*RESIZINGS), "none"),
        width=(Typed(0, MAX_SIDE), 0),  # px of the result; 0 follows from the other
        height=(Typed(0, MAX_SIDE), 0),
        percent=(Typed(1, 400), 100),
        longest=(Typed(1, MAX_SIDE), 2000),  # px of the longer side
        fit=(Choice(*FITS), "fit"),
        enlarge=(YesOrNo(), False),
        linear=(YesOrNo(), False),  # average light instead of encoded values
    ),
    "export": Record(
        format=(Choice(*CHOICES), "png"),
        quality=(Whole(1, 100), 90),
        name=(Text(200), "{name}-cutout"),
        jpeg_background=(Colour(), "#ffffff"),
        codec=(CODEC, {}),
        page=(Choice("picture", "a4", "letter"), "picture"),  # of a PDF document
        never_larger=(YesOrNo(), False),  # what would be larger stays the file it was
    ),
    "keep": Record(  # of the file's metadata; all else is left out
        profile=(YesOrNo(), False),
        orientation=(YesOrNo(), False),
        copyright=(YesOrNo(), False),
        resolution=(YesOrNo(), False),  # dots per inch
        animation=(YesOrNo(), True),
    ),
}
"""The sections of an edit with their checks and defaults."""

MODE = (Choice("restore", "erase"), None)
COORDINATE = Number(-1, 2)
POINT = Row(COORDINATE, COORDINATE)

STROKES = {
    "brush": Record(
        kind=(Choice("brush"), None),
        mode=MODE,
        radius=(Number(0, 1), None),
        hardness=(Number(0, 1), 0.7),
        opacity=(Number(0, 1), 1.0),
        points=(Many(Row(COORDINATE, COORDINATE, Number(0, 1)), 1), None),  # x, y, pressure
    ),
    "region": Record(
        kind=(Choice("region"), None), mode=MODE, point=(POINT, None), tolerance=(Number(0, 1), 0.1)
    ),
    "lasso": Record(kind=(Choice("lasso"), None), mode=MODE, points=(Many(POINT, 3), None)),
}
"""The kinds of strokes with their checks."""


def default_edit() -> dict[str, object]:
    """Return the edit of an item that nobody has touched, a new dict each time."""
    return checked({})


def checked(edit: object) -> dict[str, object]:
    """Return a complete, clean copy of an edit.

    ``edit`` is what came out of a JSON text. Missing values get their defaults, numbers are
    clamped to their ranges, unknown names are dropped. Raises ``ValueError`` with one sentence
    for the user when a value is of the wrong kind, a typed size is out of range or the canvas
    would have more pixels than can be worked on.
    """
    given = Table().clean(edit, "The edit")
    complete: dict[str, object] = {}
    for name in SECTIONS:
        complete[name] = SECTIONS[name].clean(given.get(name, {}), name)
    strokes = Many(Table(), 0).clean(given.get("strokes", []), "strokes")
    complete["strokes"] = [_checked_stroke(stroke) for stroke in strokes]
    framing = Table().clean(complete["framing"], "framing")
    canvas_size(Table().clean(framing["canvas"], "canvas"))
    return complete


def _checked_stroke(stroke: object) -> dict[str, object]:
    """Return a clean copy of one stroke."""
    given = Table().clean(stroke, "A stroke")
    kind = Choice(*STROKES).clean(given.get("kind"), "stroke > kind")
    return STROKES[kind].clean(given, kind)


def canvas_size(canvas: dict[str, object]) -> tuple[int, int] | None:
    """Return the (width, height) in pixels that a canvas asks for, ``None`` for a mere ratio.

    ``canvas`` is the checked ``canvas`` of a framing. Raises ``ValueError`` with one sentence
    when that is more than can be worked on.
    """
    clean = CANVAS.clean(canvas, "canvas")
    if clean["kind"] == "ratio":
        return None
    scale = 1.0
    if clean["kind"] == "mm":
        scale = RESOLUTION.clean(clean["dpi"], "dpi") / MILLIMETRES_PER_INCH
    width = max(1, round(SIDE.clean(clean["width"], "width") * scale))
    height = max(1, round(SIDE.clean(clean["height"], "height") * scale))
    if width * height > MAX_MEGAPIXELS * 1000000:
        size = str(width) + " x " + str(height)
        limit = str(MAX_MEGAPIXELS)
        raise ValueError("The canvas has " + size + " pixels, more than " + limit + " million.")
    return width, height


def preset_of(edit: dict[str, object]) -> dict[str, object]:
    """Return a copy of the part of an edit that makes sense for other photos, too.

    Where a hand has put a frame is this photo's alone; of its geometry only the form of the crop
    is for others, too, if it is held to one.
    """
    complete = checked(edit)
    preset = {name: complete[name] for name in PRESET_SECTIONS}
    framing = dict(Table().clean(complete["framing"], "framing"))
    framing["place"] = []
    preset["framing"] = framing
    ratio = Table().clean(complete["geometry"], "geometry")["ratio"]
    if ratio != FREE:
        preset["geometry"] = {"ratio": ratio}
    return preset


def with_preset(edit: dict[str, object], preset: dict[str, object]) -> dict[str, object]:
    """Return a copy of ``edit`` in which the sections of ``preset`` replace its own.

    A preset may hold only some of :data:`PRESET_SECTIONS`; edges and strokes stay the item's
    own whatever it holds, and of the geometry all but the form of the crop, which becomes as
    large as it can be. Raises ``ValueError`` as :func:`checked` does.
    """
    given = Table().clean(preset, "The preset")
    merged = dict(edit)
    for name in PRESET_SECTIONS:
        if name in given:
            merged[name] = given[name]
    if "geometry" in given:
        own = dict(Table().clean(merged.get("geometry", {}), "geometry"))
        own["ratio"] = Table().clean(given["geometry"], "geometry").get("ratio", FREE)
        own["crop"] = []
        merged["geometry"] = own
    return checked(merged)
