"""Drawn graphics and ink on paper with their true alpha."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

FINE = 4
"""Shapes are drawn that many times finer and averaged, so edges are antialiased."""


def coverage(size, draw):
    """Return the antialiased coverage of what ``draw(drawing, scale)`` draws, float32 (h, w)."""
    fine = Image.new("L", (size[0] * FINE, size[1] * FINE))
    draw(ImageDraw.Draw(fine), FINE)
    return np.asarray(fine.reduce(FINE), np.float32) / np.float32(255)


def laid(ground, layers):
    """Return a picture of layers (coverage, colour) on a ground, uint8 (h, w, 3)."""
    picture = np.asarray(ground, np.float32)
    for cover, colour in layers:
        picture = picture + cover[..., np.newaxis] * (np.asarray(colour, np.float32) - picture)
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def flat_ground(size, colour):
    """Return a ground of one colour, float32 (h, w, 3)."""
    return np.tile(np.asarray(colour, np.float32), (size[1], size[0], 1))


def paper(size, seed=3, grain=3.0, falloff=45.0):
    """Return paper in uneven light with grain, float32 (h, w, 3)."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    light = 240 - falloff * (0.6 * x / size[0] + 0.4 * y / size[1])
    noise = np.random.default_rng(seed).normal(0, grain, (size[1], size[0], 1))
    return light[..., np.newaxis] + noise + np.array([0, -2, -8])


def signature(size=(900, 400), width=4):
    """Return the coverage of a written line, float32 (h, w)."""
    steps = np.linspace(0, 1, 400)
    across = size[0] * (0.12 + 0.76 * steps)
    down = size[1] * (0.5 + 0.25 * np.sin(23 * steps) * np.cos(7 * steps))

    def draw(drawing, scale):
        points = [(x * scale, y * scale) for x, y in zip(across, down, strict=True)]
        drawing.line(points, fill=255, width=width * scale, joint="curve")

    return coverage(size, draw)


def line_art(size, width=3):
    """Return the coverage of a figure in outlines and of hatching beside it, float32 (h, w)."""

    def draw(drawing, scale):
        across, down = size[0] * scale, size[1] * scale
        for x, y, r in ((0.35, 0.3, 0.14), (0.35, 0.66, 0.24), (0.31, 0.28, 0.02)):
            reach = r * down
            box = [x * across - reach, y * down - reach, x * across + reach, y * down + reach]
            drawing.ellipse(box, outline=255, width=width * scale)
        for step in range(12):
            x = (0.6 + 0.025 * step) * across
            drawing.line([x, 0.25 * down, x - 0.05 * across, 0.75 * down], 255, width * scale)

    return coverage(size, draw)


def disc(size, centre, radius, hole=0.0):
    """Return the coverage of a disc or a ring, float32 (h, w); lengths are parts of the width."""

    def draw(drawing, scale):
        x, y, r = (value * size[0] * scale for value in (*centre, radius))
        drawing.ellipse([x - r, y - r, x + r, y + r], fill=255)
        inner = r * hole
        if hole:
            drawing.ellipse([x - inner, y - inner, x + inner, y + inner], fill=0)

    return coverage(size, draw)


def jpeg(pixels, quality=75):
    """Return a picture as a JPEG file brings it back, mode RGB."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=quality)
    return Image.open(io.BytesIO(stream.getvalue())).convert("RGB")


def scanned(pixels, blur=0.7):
    """Return a picture a little out of focus, mode RGB."""
    return Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(blur))
