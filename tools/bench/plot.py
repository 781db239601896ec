"""One picture of the benchmark: bars beside the peer's, drawn with Pillow."""

import io

from PIL import Image, ImageDraw, ImageFont

from tools.bench.figures import BASELINE, MEASURES, PEER, Figure

PANELS = ("warm_cutout", "peak_memory")
"""Measures that are drawn, one panel below the other."""

SCALE = 2
WIDTH, MARGIN, LABELS, VALUES = 760, 24, 150, 110
BAR, GAP, GROUP_GAP, TITLE = 18, 4, 14, 40
"""Lengths in points; ``SCALE`` pixels each."""

PAPER, INK, FAINT = "#ffffff", "#222222", "#666666"
PEER_COLOUR = "#9a9a9a"
COLOURS = ("#f2b27f", "#d9692b", "#b04a16", "#7d2f08")
"""Homecut's modes, lightest first, in the order of the table; more than four start again."""


def plot_of(figures: list[Figure]) -> bytes:
    """Return a PNG file with a panel for each of :data:`PANELS` that was measured."""
    panels = [
        (key, rows)
        for key in PANELS
        if (rows := [f for f in figures if f.measure == key and f.subject != BASELINE])
    ]
    height = MARGIN + sum(panel_height(rows) for _, rows in panels)
    image = Image.new("RGB", (WIDTH * SCALE, max(height, 2 * MARGIN) * SCALE), PAPER)
    pen = Pen(image)
    top = MARGIN
    for key, rows in panels:
        draw_panel(pen, top, key, rows)
        top += panel_height(rows)
    stream = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def panel_height(rows: list[Figure]) -> int:
    """Return the points that a panel takes."""
    groups = len({row.megapixels for row in rows})
    return TITLE + len(rows) * (BAR + GAP) + groups * GROUP_GAP + MARGIN


class Pen:
    """Draws in points on a picture of ``SCALE`` pixels per point."""

    def __init__(self, image: Image.Image) -> None:
        self.draw = ImageDraw.Draw(image)
        self.font = ImageFont.load_default(13 * SCALE)
        self.title_font = ImageFont.load_default(16 * SCALE)

    def text(self, x: float, y: float, words: str, anchor: str, title: bool = False) -> None:
        """Write words at a point; ``anchor`` as Pillow names it."""
        font = self.title_font if title else self.font
        self.draw.text((x * SCALE, y * SCALE), words, INK, font, anchor=anchor)

    def bar(self, x: float, y: float, width: float, colour: str) -> None:
        """Draw a bar of at least one point, ``BAR`` points high."""
        corner = ((x + max(width, 1)) * SCALE - 1, (y + BAR) * SCALE - 1)
        self.draw.rectangle(((x * SCALE, y * SCALE), corner), colour)


def draw_panel(pen: Pen, top: float, key: str, rows: list[Figure]) -> None:
    """Draw one measure's bars, grouped by the photos' size."""
    measure = MEASURES[key]
    pen.text(MARGIN, top, f"{measure.title}, {measure.unit} (shorter is better)", "la", True)
    modes = list(dict.fromkeys(row.subject for row in rows if row.subject != PEER))
    largest = max(row.median for row in rows) or 1
    room = WIDTH - 2 * MARGIN - LABELS - VALUES
    y = top + TITLE
    for megapixels in dict.fromkeys(row.megapixels for row in rows):
        for row in (row for row in rows if row.megapixels == megapixels):
            is_peer = row.subject == PEER
            colour = PEER_COLOUR if is_peer else COLOURS[modes.index(row.subject) % len(COLOURS)]
            width = room * row.median / largest
            size = "" if megapixels is None else f", {megapixels:g} MP"
            value = f"{row.median:.{measure.decimals}f}"
            value += "" if row.ratio is None else f" ({row.ratio:.2f})"
            pen.text(MARGIN + LABELS - 8, y + BAR / 2, f"{row.subject}{size}", "rm")
            pen.bar(MARGIN + LABELS, y, width, colour)
            pen.text(MARGIN + LABELS + width + 8, y + BAR / 2, value, "lm")
            y += BAR + GAP
        y += GROUP_GAP
