"""The whole method, with a network whose answer is known."""

import io

import numpy as np
from PIL import Image

from common.edits.edit import default_edit
from common.options import QUALITIES, SECOND_LOOKS
from core import pipeline
from core.files.decode import decode
from core.output import files_of, result_of
from tests.core.mattes import (
    as_the_network_sees_it,
    colours_of_a_background,
    colours_of_a_subject,
    composite,
    enlarged,
    hair,
    soft,
)
from tests.core.pictures import (
    DISPLAY_P3,
    complaint_of,
    gradient,
    pixels,
    quadrants,
    refusal_code,
    save,
)


def redness(tensor):
    """Stand in for a network that finds what is red: (1, 3, s, s) to (1, 1, s, s)."""
    red, green, blue = tensor[0]
    return np.clip(red - np.maximum(green, blue), 0, 1)[np.newaxis, np.newaxis]


class Answering:
    """Stands in for a network that answers with one matte and notes what it was asked."""

    def __init__(self, matte):
        self.matte = matte
        self.sides = []

    def __call__(self, tensor):
        self.sides.append(tensor.shape[-1])
        return self.matte[np.newaxis, np.newaxis]


def cutout_of(data, network=redness, quality="fast"):
    """Return what the method makes of a file, as an image."""
    return Image.open(io.BytesIO(pipeline.cut_out_file(data, network, quality)))


def test_a_file_becomes_a_cutout_of_the_same_size_with_the_subject_opaque():
    cutout = cutout_of(save(quadrants(640, 480), "PNG"))
    assert (cutout.mode, cutout.size) == ("RGBA", (640, 480))
    alpha = pixels(cutout.getchannel("A"))
    assert (alpha[:230, :310] >= 253).all()
    assert (alpha[250:, :] == 0).all()
    assert (alpha[:, 330:] == 0).all()
    opaque = alpha == 255
    assert (pixels(cutout)[opaque][:, :3] == pixels(quadrants(640, 480))[opaque]).all()


def test_a_turned_photo_with_a_profile_is_cut_out_upright_in_srgb():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = save(quadrants(640, 480), "PNG", exif=exif, icc_profile=DISPLAY_P3)
    cutout = cutout_of(data)
    assert cutout.size == (480, 640)
    alpha = pixels(cutout.getchannel("A"))
    assert (alpha[:310, 250:] >= 250).all()
    assert (alpha[:, :230] == 0).all()


def test_transparency_of_the_photo_stays_transparent_in_the_cutout():
    image = quadrants(640, 480)
    image.putalpha(255)
    image.paste((255, 0, 0, 0), (0, 0, 100, 100))
    alpha = pixels(cutout_of(save(image, "PNG")).getchannel("A"))
    assert (alpha[:90, :90] == 0).all()
    assert (alpha[120:220, 120:300] >= 250).all()


def test_edges_and_colours_are_those_of_the_finished_file():
    """What is taught and measured has the edges that the page's users get."""
    truth = hair()
    background = colours_of_a_background()
    photo = composite(truth, colours_of_a_subject(), background)
    network = Answering(as_the_network_sees_it(truth))
    cutout = pixels(cutout_of(save(photo, "PNG"), network)).astype(float)
    alpha = cutout[..., 3] / 255
    assert np.abs(alpha - truth).mean() < 0.9 * np.abs(enlarged(network.matte) - truth).mean()
    edge = soft(truth) & (alpha > 0.2) & (alpha < 0.8)
    own, seen = (
        np.abs(colours[edge][:, :3] - pixels(colours_of_a_subject())[edge]).mean()
        for colours in (cutout, pixels(photo).astype(float))
    )
    assert own < 0.6 * seen


def test_the_file_is_the_one_that_the_page_makes_of_photo_matte_and_default_edit():
    data = save(gradient(200, 150), "PNG")
    matte = pipeline.find_matte(decode(data), redness, (64,))
    edit = default_edit()
    (file,) = files_of(result_of(data, matte, edit), edit).files
    assert pipeline.cut_out_file(data, Answering(matte), "fast") == file.content


def test_the_network_sees_the_photo_as_often_as_the_quality_says():
    data = save(gradient(200, 150), "PNG")
    sure = np.zeros((64, 64), np.float32)
    sure[16:48, 16:48] = 1
    for quality, sides in QUALITIES.items():
        certain, wavering = Answering(sure), Answering(sure / 2)
        pipeline.cut_out_file(data, certain, quality)
        assert certain.sides == list(sides), quality
        pipeline.cut_out_file(data, wavering, quality)
        more = [SECOND_LOOKS[quality]] if quality in SECOND_LOOKS else []
        assert wavering.sides == [*sides, *more], quality


def test_answers_are_averaged():
    photo = decode(save(gradient(64, 64), "PNG"))
    answers = iter([np.zeros((1, 1, 8, 8), np.float32), np.ones((1, 1, 8, 8), np.float32)])
    matte = pipeline.find_matte(photo, lambda _: next(answers), (64, 128))
    assert matte.shape == (8, 8)
    assert 0 < matte.min() == matte.max() < 1


def test_the_network_is_given_numbers_around_zero():
    tensor = pipeline.network_input(decode(save(gradient(200, 150), "JPEG")), 64)
    assert tensor.shape == (1, 3, 64, 64)
    assert float(tensor.min()) >= -0.5
    assert float(tensor.max()) < 0.5


def test_what_is_no_picture_is_refused_and_an_unknown_quality_is_a_mistake():
    assert refusal_code(pipeline.cut_out_file, b"no picture", redness) == "not_an_image"
    data = save(gradient(64, 64), "PNG")
    assert "finest" in complaint_of(pipeline.cut_out_file, data, redness, "finest")
