"""Mattes and composites made by code, so that true alpha and true colours are known.

No pytest in here; see pictures.py.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.core.pictures import texture

SIZE = (320, 240)


def hair(size=SIZE, seed=3):
    """Return a matte, float32 (h, w) in 0..1: a head with fine strokes all around."""
    generator = np.random.default_rng(seed)
    width, height = size
    large = Image.new("L", (width * 4, height * 4))
    draw = ImageDraw.Draw(large)
    middle, reach = np.array([width * 2, height * 2.4]), height * 1.1
    box = [*(middle - reach), *(middle + reach)]
    draw.ellipse(box, fill=255)
    for angle in generator.uniform(np.pi * 0.95, np.pi * 2.05, 90):
        start = middle + reach * 0.9 * np.array([np.cos(angle), np.sin(angle)])
        bend = angle + generator.uniform(-0.5, 0.5)
        end = start + generator.uniform(90, 190) * np.array([np.cos(bend), np.sin(bend)])
        draw.line([*start, *end], fill=255, width=int(generator.integers(2, 7)))
    return as_matte(large.resize(size, Image.Resampling.BOX))


def glass(size=SIZE):
    """Return a matte of a bowl that is clearer towards its middle."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = np.hypot(x - width / 2, y - height / 2) / (height * 0.4)
    body = 0.3 + 0.65 * np.clip(distance, 0, 1) ** 2
    edge = np.clip((1 - distance) * height * 0.4 + 0.5, 0, 1)
    return (body * edge).astype(np.float32)


def ring(size=SIZE, outer=0.4, inner=0.25):
    """Return a matte of a ring with smooth edges; radii are parts of the height."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = np.hypot(x - width / 2, y - height / 2)
    outside = np.clip(outer * height - distance + 0.5, 0, 1)
    return np.minimum(outside, np.clip(distance - inner * height + 0.5, 0, 1))


def as_matte(image):
    """Return an image of mode L as float32 in 0..1."""
    return np.asarray(image).astype(np.float32) / np.float32(255)


def as_alpha(matte):
    """Return a matte as an image of mode L."""
    return Image.fromarray(np.rint(matte * 255).astype(np.uint8))


def colours_of_a_subject(size=SIZE, seed=11):
    """Return an RGB image of warm, slowly changing colours."""
    image = texture(*size, seed=seed).filter(ImageFilter.GaussianBlur(6))
    return Image.blend(image, Image.new("RGB", size, (235, 120, 40)), 0.6)


def colours_of_a_background(size=SIZE, seed=12):
    """Return an RGB image of cool, slowly changing colours."""
    image = texture(*size, seed=seed).filter(ImageFilter.GaussianBlur(6))
    return Image.blend(image, Image.new("RGB", size, (20, 90, 190)), 0.6)


def composite(matte, subject, background):
    """Return the photo, mode RGB: subject over background by alpha, rounded to 8 bits."""
    front, behind = (np.asarray(image).astype(np.float32) for image in (subject, background))
    alpha = matte[..., np.newaxis]
    return Image.fromarray(np.rint(front * alpha + behind * (1 - alpha)).astype(np.uint8))


def as_the_network_sees_it(matte, side=96, blur=0.6, excess=0.4):
    """Return a matte as a network would answer: small, square, blurred, and too generous."""
    generous = as_alpha(np.clip(matte * (1 + excess), 0, 1))
    small = generous.resize((side, side), Image.Resampling.BOX)
    return as_matte(small.filter(ImageFilter.GaussianBlur(blur)))


def enlarged(matte, size=SIZE):
    """Return what the network's matte is without refinement, float32 (h, w)."""
    return as_matte(as_alpha(matte).resize(size, Image.Resampling.BICUBIC))


def soft(matte):
    """Return where true alpha is neither 0 nor 1."""
    return (matte > 0) & (matte < 1)


def plate(size=SIZE):
    """Return a matte of a plate with a large hole, a pinhole and a speck beside it."""
    image = Image.new("L", size)
    draw = ImageDraw.Draw(image)
    draw.rectangle([40, 40, 240, 200], fill=255)
    draw.rectangle([90, 80, 190, 160], fill=0)
    draw.rectangle([60, 60, 62, 62], fill=0)
    draw.rectangle([280, 100, 285, 105], fill=255)
    return as_matte(image)


def disc(radius=0.3, softness=0.05, side=96):
    """Return a matte with a disc in the middle; lengths are parts of its side."""
    y, x = (np.mgrid[0:side, 0:side] + 0.5) / side
    distance = np.hypot(x - 0.5, y - 0.5)
    return np.clip((radius - distance) / softness + 0.5, 0, 1).astype(np.float32)
