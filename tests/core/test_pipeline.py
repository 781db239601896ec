"""The whole method, with a network whose answer is known."""

import io

import numpy as np
from PIL import Image

from core import pipeline
from tests.core.pictures import (
    DISPLAY_P3,
    gradient,
    largest_difference,
    pixels,
    quadrants,
    refusal_code,
    save,
)


def redness(tensor):
    """Stand in for a network that finds what is red: (1, 3, s, s) to (1, 1, s, s)."""
    red, green, blue = tensor[0]
    return np.clip(red - np.maximum(green, blue), 0, 1)[np.newaxis, np.newaxis]


def test_a_file_becomes_a_cutout_of_the_same_size_with_the_subject_opaque():
    cutout = Image.open(
        io.BytesIO(pipeline.cut_out_file(save(quadrants(640, 480), "PNG"), redness, size=64))
    )
    assert (cutout.mode, cutout.size) == ("RGBA", (640, 480))
    alpha = pixels(cutout.getchannel("A"))
    assert (alpha[:210, :290] >= 253).all()
    assert (alpha[270:, :] == 0).all()
    assert (alpha[:, 350:] == 0).all()
    assert largest_difference(cutout.convert("RGB"), quadrants(640, 480)) == 0


def test_a_turned_photo_with_a_profile_is_cut_out_upright_in_srgb():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = save(quadrants(640, 480), "PNG", exif=exif, icc_profile=DISPLAY_P3)
    cutout = Image.open(io.BytesIO(pipeline.cut_out_file(data, redness, size=64)))
    assert cutout.size == (480, 640)
    alpha = pixels(cutout.getchannel("A"))
    assert (alpha[:290, 270:] >= 250).all()
    assert (alpha[:, :210] == 0).all()


def test_transparency_of_the_photo_stays_transparent_in_the_cutout():
    image = quadrants(640, 480)
    image.putalpha(255)
    image.paste((255, 0, 0, 0), (0, 0, 100, 100))
    cutout = Image.open(io.BytesIO(pipeline.cut_out_file(save(image, "PNG"), redness, size=64)))
    alpha = pixels(cutout.getchannel("A"))
    assert (alpha[:90, :90] == 0).all()
    assert (alpha[120:220, 120:300] >= 250).all()


def test_the_steps_one_by_one_give_the_same_bytes_as_the_whole():
    data = save(gradient(200, 150), "JPEG")
    photo = pipeline.open_photo(data)
    tensor = pipeline.network_input(photo, 64)
    assert tensor.shape == (1, 3, 64, 64)
    assert float(tensor.min()) >= -0.5
    assert float(tensor.max()) < 0.5
    matte = pipeline.matte(redness(tensor))
    assert matte.shape == (64, 64)
    assert pipeline.finish(photo, matte) == pipeline.cut_out_file(data, redness, size=64)


def test_a_thumbnail_is_small_upright_and_opaque():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = save(quadrants(1600, 1200), "JPEG", exif=exif, quality=95)
    array, width, height = pipeline.thumbnail(data, 96)
    assert (width, height) == (72, 96)
    assert (array[..., 3] == 255).all()
    assert np.abs(array[10, 60, :3].astype(int) - (255, 0, 0)).max() <= 12
    assert refusal_code(pipeline.thumbnail, data, 96, 1) == "too_large"
