"""Drawings and pictures that come as cutouts need no network, from the file to the file."""

import io

import numpy as np
import pytest
from PIL import Image

from common.edits.edit import default_edit
from core.files.decode import Photo
from core.output import export
from core.picture.desk import Desk
from core.pipeline import cut_out_file, look_closer
from core.subject.known import known_matte
from tests.core.pictures import save
from tests.core.subject.drawings import disc, flat_ground, jpeg, laid, paper, signature

INK = (32, 40, 110)
SIZE = (640, 480)
RING, DOT = disc(SIZE, (0.35, 0.4), 0.25, hole=0.6), disc(SIZE, (0.8, 0.45), 0.1)


def no_network(_input):
    """Fail: nobody may ask."""
    raise AssertionError("the network was asked")


def cutout_of(image, name="PNG"):
    """Return the pixels of the finished file of a picture, float32 (h, w, 4)."""
    data = cut_out_file(save(image, name), no_network)
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"), np.float32)


def over(pixels, colour):
    """Return a cutout (h, w, 4) laid over a colour, float32 (h, w, 3)."""
    alpha = pixels[..., 3:] / 255
    return pixels[..., :3] * alpha + np.asarray(colour, np.float32) * (1 - alpha)


@pytest.mark.parametrize("width", [3, 6, 12])
def test_a_scanned_signature_is_ink_on_any_other_ground(width):
    size = (900, 400)
    cover = signature(size, width)
    scan = Image.fromarray(laid(paper(size), [(cover, INK)]))
    for ground in ((255, 210, 60), (10, 30, 20)):
        truth = laid(flat_ground(size, ground), [(cover, INK)]).astype(np.float32)
        found = over(cutout_of(scan), ground)
        assert np.abs(found - truth)[cover > 0].mean() < 16
        assert np.abs(found - truth).mean() < 3


def test_a_logo_of_two_colours_is_itself_on_another_ground():
    layers = [(RING, (200, 30, 40)), (DOT, (20, 90, 60))]
    logo = laid(flat_ground(SIZE, (255, 255, 255)), layers)
    truth = laid(flat_ground(SIZE, (20, 20, 90)), layers).astype(np.float32)
    assert np.abs(over(cutout_of(Image.fromarray(logo)), (20, 20, 90)) - truth).mean() < 0.7
    found = over(cutout_of(jpeg(logo, 85)), (20, 20, 90))
    assert np.abs(found - truth).mean() < 3


def test_a_picture_that_comes_as_a_cutout_keeps_its_transparency_to_the_last_step():
    levels = np.rint(np.maximum(RING, DOT) * 255).astype(np.uint8)
    noise = np.random.default_rng(2).integers(0, 256, (480, 640, 3), np.uint8)
    picture = Image.fromarray(noise)
    picture.putalpha(Image.fromarray(levels))
    found = cutout_of(picture)
    assert np.array_equal(found[..., 3], levels)
    opaque = levels == 255
    assert np.array_equal(found[opaque][:, :3], noise[opaque])


def test_a_photo_with_a_transparent_corner_or_a_veil_is_no_cutout_yet():
    noise = np.random.default_rng(2).integers(0, 256, (480, 640, 3), np.uint8)
    corner = np.full((480, 640), 255, np.uint8)
    corner[:60, :60] = 0
    veil = np.where(RING > 0.5, np.uint8(90), np.uint8(0))
    for levels in (corner, veil):
        assert known_matte(Photo(Image.fromarray(noise), Image.fromarray(levels))) is None


def test_only_one_part_of_a_drawing_can_be_meant():
    layers = [(RING, (200, 30, 40)), (DOT, (20, 90, 60))]
    photo = Photo(Image.fromarray(laid(flat_ground(SIZE, (255, 255, 255)), layers)))
    whole = known_matte(photo)
    matte = look_closer(photo, no_network, whole, [(0.65, 0.2, 0.95, 0.9)], 704)
    (file,) = export(photo, matte, default_edit())
    alpha = np.asarray(Image.open(io.BytesIO(file.content)).getchannel("A"), np.float32) / 255
    assert np.abs(alpha - DOT).mean() < 0.002
    assert (alpha[:, :380] == 0).all()


def test_what_the_desk_shows_of_a_large_drawing_is_what_is_saved():
    size = (2400, 1800)
    ring, dot = disc(size, (0.35, 0.4), 0.25, hole=0.6), disc(size, (0.8, 0.45), 0.1)
    layers = [(ring, (200, 30, 40)), (dot, (20, 90, 60))]
    photo = Photo(Image.fromarray(laid(flat_ground(size, (255, 255, 255)), layers)))
    matte = known_matte(photo)
    shown = Desk(photo, matte).render(default_edit()).image.getchannel("A")
    (file,) = export(photo, matte, default_edit())
    saved = (
        Image.open(io.BytesIO(file.content))
        .getchannel("A")
        .resize(shown.size, Image.Resampling.BOX)
    )
    assert np.abs(np.asarray(shown, np.float32) - np.asarray(saved, np.float32)).mean() < 1.5
