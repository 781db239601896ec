"""Draw the project's icons: ``python -m tools.pages.draw_icons`` writes ``assets/icons``.

The mark is a paper house on a vermilion tile, with scissors cut out of it. One geometry, in units
of a tile of 512, is written as SVG for the tab and painted as PNG for home screens.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from tools.setup.cache import write_atomically
from tools.setup.checkout import ROOT

FOLDER = ROOT / "assets" / "icons"

TILE = 512
"""Side of the square that the geometry is given in."""

TILE_RADIUS = 116
OVERSAMPLING = 4
"""Each PNG is painted this many times larger and reduced, which smooths the edges."""

MASKABLE_SCALE = 0.75
"""Keeps the mark inside the circle, 80 % wide, that a maskable icon may be cut to (W3C)."""

VERMILION, SHADE, PAPER = "#e4572e", "#bf3f1a", "#faf7f2"

Point = tuple[float, float]


@dataclass(frozen=True)
class Polygon:
    """A filled polygon whose corners are rounded by an outline of the same colour."""

    points: tuple[Point, ...]
    outline: float
    colour: str


@dataclass(frozen=True)
class Disc:
    """A filled circle."""

    centre: Point
    radius: float
    colour: str


Shape = Polygon | Disc

HOUSE: tuple[Point, ...] = ((256, 88), (414, 226), (414, 410), (98, 410), (98, 226))
PIVOT: Point = (256, 270)


def blade(side: int) -> Polygon:
    """Return a scissor's blade with its shank; ``side`` is 1 for the tip on the right, else -1."""
    half = ((27.0, 14.0), (52.0, -128.0), (42.0, -132.0), (-24.0, -18.0))
    points = [(PIVOT[0] + side * x, PIVOT[1] + y) for x, y in half]
    shank = (PIVOT[0] - side * 34, PIVOT[1] + 62)
    return Polygon((shank, *points, (shank[0] - side * 16, shank[1] - 8)), 8, VERMILION)


def mark() -> list[Shape]:
    """Return the mark's shapes from back to front."""
    lifted = tuple((x + 16, y + 20) for x, y in HOUSE)
    rings: list[Shape] = []
    for side in (-1, 1):
        centre = (PIVOT[0] + side * 57, PIVOT[1] + 92)
        rings += [Disc(centre, 50, VERMILION), Disc(centre, 25, PAPER)]
    return [
        Polygon(lifted, 48, SHADE),
        Polygon(HOUSE, 48, PAPER),
        blade(1),
        blade(-1),
        *rings,
        Disc(PIVOT, 10, PAPER),
    ]


def paint(size: int, scale: float = 1.0, rounded: bool = True) -> Image.Image:
    """Return the icon as RGBA, ``size`` pixels a side.

    ``scale`` shrinks the mark towards the middle; without ``rounded`` the tile fills the square.
    """
    side = size * OVERSAMPLING
    canvas = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(canvas)
    unit = side / TILE
    pen.rounded_rectangle(
        (0, 0, side - 1, side - 1), TILE_RADIUS * unit if rounded else 0, fill=VERMILION
    )

    def at(point: Point) -> Point:
        x, y = (TILE / 2 + (value - TILE / 2) * scale for value in point)
        return x * unit, y * unit

    def disc(centre: Point, radius: float, colour: str) -> None:
        x, y = at(centre)
        reach = radius * scale * unit
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)

    for shape in mark():
        if isinstance(shape, Disc):
            disc(shape.centre, shape.radius, shape.colour)
            continue
        corners = [at(point) for point in shape.points]
        pen.polygon(corners, fill=shape.colour)
        width = round(shape.outline * scale * unit)
        pen.line([*corners, corners[0]], fill=shape.colour, width=width)
        for point in shape.points:
            disc(point, shape.outline / 2, shape.colour)
    # Reduced with its alpha multiplied in, or the corners would darken.
    return canvas.convert("RGBa").resize((size, size), Image.Resampling.BOX).convert("RGBA")


def svg() -> str:
    """Return the icon as SVG text."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {TILE} {TILE}">',
        "<title>Homecut</title>",
        f'<rect width="{TILE}" height="{TILE}" rx="{TILE_RADIUS}" fill="{VERMILION}"/>',
    ]
    for shape in mark():
        if isinstance(shape, Disc):
            x, y = shape.centre
            lines.append(
                f'<circle cx="{x:g}" cy="{y:g}" r="{shape.radius:g}" fill="{shape.colour}"/>'
            )
        else:
            points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
            lines.append(
                f'<polygon points="{points}" fill="{shape.colour}" stroke="{shape.colour}" '
                f'stroke-width="{shape.outline:g}" stroke-linejoin="round"/>'
            )
    return "\n".join([*lines, "</svg>", ""])


def files() -> dict[str, bytes]:
    """Return the content of every icon file by name."""
    images = {
        "icon-192.png": paint(192),
        "icon-512.png": paint(512),
        "maskable-192.png": paint(192, MASKABLE_SCALE, rounded=False).convert("RGB"),
        "maskable-512.png": paint(512, MASKABLE_SCALE, rounded=False).convert("RGB"),
        "apple-touch-icon.png": paint(180, rounded=False).convert("RGB"),
    }
    contents = {"favicon.svg": svg().encode("utf-8")}
    for name, image in images.items():
        stream = io.BytesIO()
        image.save(stream, "PNG", optimize=True)
        contents[name] = stream.getvalue()
    return contents


if __name__ == "__main__":
    for name, content in files().items():
        write_atomically(FOLDER / name, content)
