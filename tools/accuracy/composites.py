"""Photos with a known matte, made: ``python -m tools.accuracy.composites FOLDER``.

Ground truth of full resolution is rare. Here subjects of every awkward kind are drawn with their
true alpha, filled from one of scikit-image's photographs and laid over another one, at 2 to 12
megapixels: hair, fur, glass, motion blur, white on white, dark on dark, thin rods, holes. The pairs
are for ``dev.py accuracy``; they are never shipped. The same folder content on every run.
"""

import argparse
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter
from skimage import data

from tools.setup.progress import make_console

Matte = npt.NDArray[np.float32]
Random = np.random.Generator

SIZES = ((1760, 1170), (2800, 1860), (4240, 2830))
"""Width and height of 2, 5 and 12 megapixels."""

FINE = 2
"""Shapes are drawn that many times finer and averaged."""

SUBJECTS = ("chelsea", "coffee", "astronaut")
GROUNDS = ("brick", "gravel", "grass", "rocket")
GRAIN = 2.5
"""Standard deviation of a camera's noise, in levels of 255."""


def canvas(size: tuple[int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw, float]:
    """Return an empty mask to draw on, its drawing, and the length that shapes are parts of."""
    image = Image.new("L", (size[0] * FINE, size[1] * FINE))
    return image, ImageDraw.Draw(image), min(size) * FINE


def body(draw: ImageDraw.ImageDraw, middle: tuple[float, float], radius: float) -> None:
    """Draw a head and shoulders."""
    x, y = middle
    draw.ellipse([x - radius, y - 1.2 * radius, x + radius, y + 1.2 * radius], fill=255)
    draw.ellipse([x - 1.9 * radius, y + radius, x + 1.9 * radius, y + 4 * radius], fill=255)


def reduced(image: Image.Image) -> Matte:
    """Return a finely drawn mask as float32 (h, w) in 0..1."""
    return np.asarray(image.reduce(FINE), np.float32) / np.float32(255)


def strands(size: tuple[int, int], random: Random, length: float, count: int) -> Matte:
    """Return a head with hair (or fur, where it is short), float32 (h, w) in 0..1."""
    image, draw, unit = canvas(size)
    middle, radius = (image.width / 2, image.height * 0.42), unit * 0.16
    body(draw, middle, radius)
    width = max(1, round(unit / 1100))
    for angle in random.uniform(0, 2 * math.pi, count):
        at, turn = angle, random.normal(0, 0.6)
        reach, points = radius * 0.95, []
        for _ in range(8):
            x = middle[0] + reach * math.cos(at)
            points.append((x, middle[1] + 1.2 * reach * math.sin(at)))
            reach += length * unit * random.uniform(0.5, 1) / 8
            at += turn * length
        draw.line(points, fill=255, width=width, joint="curve")
    return reduced(image)


def hair(size: tuple[int, int], random: Random) -> Matte:
    """Return long, sparse hair."""
    return strands(size, random, 0.12, 900)


def fur(size: tuple[int, int], random: Random) -> Matte:
    """Return short, dense fur."""
    return strands(size, random, 0.035, 5000)


def glass(size: tuple[int, int], _random: Random) -> Matte:
    """Return a goblet: clear sides, an opaque rim and foot."""
    image, draw, unit = canvas(size)
    x, y, radius = image.width / 2, image.height * 0.4, unit * 0.22
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=95)
    draw.arc([x - radius, y - radius, x + radius, y + radius], 0, 360, 200, round(unit / 90))
    draw.rectangle([x - unit / 60, y + radius, x + unit / 60, y + 2 * radius], fill=180)
    draw.ellipse([x - radius / 2, y + 1.9 * radius, x + radius / 2, y + 2.1 * radius], fill=230)
    return reduced(image)


def blurred(size: tuple[int, int], _random: Random) -> Matte:
    """Return a figure that moved while the shutter was open."""
    image, draw, unit = canvas(size)
    body(draw, (image.width / 2, image.height * 0.4), unit * 0.15)
    sharp, travel = reduced(image), max(2, round(min(size) / 25))
    total = np.zeros_like(sharp)
    for step in range(-travel, travel + 1):
        total += np.roll(sharp, step, axis=1)
    return total / np.float32(2 * travel + 1)


def plain(size: tuple[int, int], _random: Random) -> Matte:
    """Return a jug with a handle."""
    image, draw, unit = canvas(size)
    x, y, radius = image.width * 0.45, image.height / 2, unit * 0.24
    draw.ellipse([x, y - radius * 0.7, x + 1.8 * radius, y + radius * 0.7], fill=255)
    draw.ellipse([x, y - radius * 0.45, x + 1.5 * radius, y + radius * 0.45], fill=0)
    draw.rounded_rectangle(
        [x - radius, y - 1.4 * radius, x + radius, y + 1.4 * radius], radius / 2, fill=255
    )
    return reduced(image)


def rods(size: tuple[int, int], _random: Random) -> Matte:
    """Return a wheel with thin spokes on a stand."""
    image, draw, unit = canvas(size)
    x, y, radius = image.width / 2, image.height * 0.45, unit * 0.32
    wide, thin = round(unit / 45), max(1, round(unit / 400))
    draw.arc([x - radius, y - radius, x + radius, y + radius], 0, 360, 255, wide)
    for spoke in range(24):
        angle = spoke * math.pi / 12
        draw.line([x, y, x + radius * math.cos(angle), y + radius * math.sin(angle)], 255, thin)
    draw.ellipse([x - wide, y - wide, x + wide, y + wide], fill=255)
    draw.line([x, y, x, image.height * 0.97], 255, wide)
    return reduced(image)


def holes(size: tuple[int, int], random: Random) -> Matte:
    """Return a sheet with holes of many sizes."""
    image, draw, unit = canvas(size)
    left, top = image.width / 2 - 0.3 * unit, 0.18 * unit
    draw.rounded_rectangle([left, top, left + 0.6 * unit, top + 0.64 * unit], unit / 20, fill=255)
    for row in range(5):
        for column in range(5):
            x, y = left + (0.08 + 0.11 * column) * unit, top + (0.1 + 0.11 * row) * unit
            radius = unit * random.uniform(0.008, 0.04)
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=0)
    return reduced(image)


KINDS: dict[str, Callable[[tuple[int, int], Random], Matte]] = {
    "hair": hair,
    "fur": fur,
    "glass": glass,
    "motion-blur": blurred,
    "white-on-white": plain,
    "dark-on-dark": plain,
    "rods": rods,
    "holes": holes,
}
"""The matte of each kind for a size (width, height) in pixels."""

TONES = {"white-on-white": (225, 245), "dark-on-dark": (38, 22)}
"""Where both are plain: the mean level of the subject and that of the ground."""


def texture(name: str, size: tuple[int, int]) -> npt.NDArray[np.float32]:
    """Return one of scikit-image's photographs in a size, float32 (h, w, 3) in 0..255."""
    image = Image.fromarray(getattr(data, name)()).convert("RGB")
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC), np.float32)


def toned(colours: npt.NDArray[np.float32], level: float) -> npt.NDArray[np.float32]:
    """Return colours of little contrast about a level."""
    return np.asarray(level + 0.06 * (colours - colours.mean()), np.float32)


def composite(
    kind: str, size: tuple[int, int], number: int
) -> tuple[Image.Image, npt.NDArray[np.float32]]:
    """Return a made photo (mode RGB) and its true alpha, float32 (h, w) in 0..1."""
    random = np.random.default_rng([number, len(kind), *size])
    alpha = KINDS[kind](size, random)
    subject = texture(SUBJECTS[number % len(SUBJECTS)], size)
    ground = texture(GROUNDS[number % len(GROUNDS)], size)
    depth = Image.fromarray(np.rint(ground).astype(np.uint8))
    soft = depth.filter(ImageFilter.GaussianBlur(min(size) / 150))
    ground = np.asarray(soft, np.float32)
    if kind in TONES:
        subject, ground = toned(subject, TONES[kind][0]), toned(ground, TONES[kind][1])
    mixed = ground + alpha[..., np.newaxis] * (subject - ground)
    mixed += random.normal(0, GRAIN, mixed.shape).astype(np.float32)
    return Image.fromarray(np.clip(np.rint(mixed), 0, 255).astype(np.uint8)), alpha


def write(folder: Path, sizes: tuple[tuple[int, int], ...] = SIZES) -> list[Path]:
    """Write a pair of each kind in each size; return the photos' files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, kind in enumerate(KINDS):
        for size in sizes:
            photo, alpha = composite(kind, size, number)
            stem = f"{kind}-{size[0]}x{size[1]}"
            photo.save(folder / f"{stem}.jpg", quality=92)
            mask = Image.fromarray(np.rint(alpha * 255).astype(np.uint8))
            mask.save(folder / f"{stem}.mask.png", compress_level=1)
            written.append(folder / f"{stem}.jpg")
    return written


def main() -> None:
    """Write all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    console = make_console()
    for file in write(parser.parse_args().folder):
        console.print(str(file))


if __name__ == "__main__":
    main()
