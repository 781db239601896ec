"""Frames have the asked-for size and hold the subject; whole-pixel frames copy pixels."""

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.picture.framing import Frame, frame_for, framed
from tests.core.pictures import gradient, largest_difference, pixels

SIZE = (300, 200)


def framing(**values):
    return checked({"framing": values})["framing"]


def alpha_of(box, size=SIZE):
    alpha = Image.new("L", size)
    alpha.paste(255, box)
    return alpha


def cutout(box, size=SIZE):
    image = gradient(*size)
    image.putalpha(alpha_of(box, size))
    return image


def test_the_original_frame_is_the_photo():
    frame = frame_for(framing(kind="original"), alpha_of((10, 20, 30, 40)))
    assert frame == Frame((0, 0, 300, 200), (300, 200))
    assert frame.is_exact
    assert frame.scale == 1


def test_trimming_leaves_everything_visible_and_nothing_else():
    alpha = alpha_of((100, 50, 180, 120))
    alpha.putpixel((20, 30), 1)
    frame = frame_for(framing(kind="trim"), alpha)
    assert frame == Frame((20, 30, 180, 120), (160, 90))


def test_trimming_spares_the_shadow():
    frame = frame_for(
        framing(kind="trim"), alpha_of((100, 50, 180, 120)), shadow=(105.0, 60.0, 330.4, 125.2)
    )
    assert frame.box == (100, 50, 330, 125)


def test_a_margin_is_a_percentage_of_the_longer_side_or_pixels():
    alpha = alpha_of((100, 50, 200, 110))
    percent = frame_for(framing(kind="subject", margin=10), alpha)
    assert percent == Frame((90, 40, 210, 120), (120, 80))
    in_pixels = frame_for(framing(kind="subject", margin=25, margin_unit="px"), alpha)
    assert in_pixels == Frame((75, 25, 225, 135), (150, 110))
    preview = frame_for(framing(kind="subject", margin=50, margin_unit="px"), alpha, scale=0.5)
    assert preview == in_pixels


def test_faint_traces_do_not_count_as_the_subject():
    alpha = alpha_of((100, 50, 200, 110))
    alpha.paste(20, (0, 0, 30, 30))
    frame = frame_for(framing(kind="subject", margin=0), alpha)
    assert frame.box == (100, 50, 200, 110)


def test_a_subject_that_the_photo_cuts_off_gets_no_margin_there():
    frame = frame_for(framing(kind="subject", margin=10), alpha_of((100, 100, 200, 200)))
    assert frame.box == (90, 90, 210, 200)
    tall = framing(kind="canvas", margin=0, canvas={"kind": "ratio", "width": 1, "height": 2})
    frame = frame_for(tall, alpha_of((100, 100, 200, 200)))
    assert frame.box == (100, 0, 200, 200)


def test_a_canvas_with_a_ratio_is_the_smallest_around_subject_and_margin():
    for width, height in ((1, 1), (4, 5), (16, 9), (9, 16)):
        canvas = {"kind": "ratio", "width": width, "height": height}
        frame = frame_for(
            framing(kind="canvas", margin=0, canvas=canvas), alpha_of((90, 60, 190, 140))
        )
        assert frame.is_exact
        assert abs(frame.size[0] / frame.size[1] / (width / height) - 1) < 0.01
        assert frame.size[0] == 100 or frame.size[1] == 80
        assert frame.box[0] <= 90
        assert frame.box[2] >= 190
        centre = (frame.box[0] + frame.box[2]) / 2, (frame.box[1] + frame.box[3]) / 2
        assert abs(centre[0] - 140) <= 0.5
        assert abs(centre[1] - 100) <= 0.5


def test_a_canvas_in_pixels_or_millimetres_has_exactly_that_size():
    canvas = {"kind": "px", "width": 500, "height": 400}
    frame = frame_for(framing(kind="canvas", margin=0, canvas=canvas), alpha_of((90, 60, 190, 140)))
    assert frame == Frame((90, 60, 190, 140), (500, 400))
    passport = {"kind": "mm", "width": 35, "height": 45, "dpi": 300}
    frame = frame_for(framing(kind="canvas", canvas=passport), alpha_of((90, 60, 190, 140)))
    assert frame.size == (413, 531)
    assert frame.dpi == 300


def test_a_margin_in_pixels_on_a_fixed_canvas_is_one_of_the_result():
    canvas = {"kind": "px", "width": 1000, "height": 1000}
    wish = framing(kind="canvas", margin=100, margin_unit="px", canvas=canvas)
    subject = (100, 60, 180, 140)
    frame = frame_for(wish, alpha_of(subject))
    box = framed(cutout(subject), frame).getchannel("A").point(lambda a: 255 * (a > 127)).getbbox()
    assert np.abs(np.array(box) - (100, 100, 900, 900)).max() <= 2


def test_a_frame_of_an_empty_matte_is_the_whole_photo():
    for kind in ("trim", "subject"):
        assert frame_for(framing(kind=kind), Image.new("L", SIZE)).box == (0, 0, 300, 200)


def test_no_frame_is_larger_than_what_can_be_worked_on():
    canvas = {"kind": "ratio", "width": 20000, "height": 0.01}
    for wish in (
        framing(kind="canvas", margin=10000, canvas=canvas),
        framing(kind="subject", margin=10000),
    ):
        frame = frame_for(wish, alpha_of((10, 10, 290, 190)))
        assert frame.size[0] * frame.size[1] <= 50e6
    canvas = {"kind": "px", "width": 7000, "height": 3500}
    frame = frame_for(framing(kind="canvas", canvas=canvas), alpha_of((9, 9, 99, 99)), largest=1600)
    assert frame.size == (1600, 800)


def test_whole_pixel_frames_copy_and_add_nothing():
    image = cutout((100, 50, 200, 110))
    part = framed(image, Frame((90, 40, 350, 240), (260, 200)))
    assert part.size == (260, 200)
    assert largest_difference(part.crop((0, 0, 210, 160)), image.crop((90, 40, 300, 200))) == 0
    assert pixels(part)[:, 210:].max() == 0


def test_resampled_frames_lie_where_they_should():
    image = cutout((0, 0, 300, 200))
    frame = Frame((-60.0, -40.0, 300.0, 200.0), (180, 120))
    small = framed(image, frame)
    assert small.size == (180, 120)
    expected = image.resize((150, 100), Image.Resampling.HAMMING)
    assert pixels(small)[:20].max() == 0
    assert pixels(small)[:, :30].max() == 0
    assert largest_difference(small.crop((30, 20, 180, 120)), expected) <= 1
    far = framed(image, Frame((400.0, 0.0, 700.0, 150.0), (30, 15)))
    assert pixels(far).max() == 0


def test_a_frame_far_larger_than_the_photo_costs_no_memory():
    image = cutout((0, 0, 300, 200))
    frame = Frame((-1e6, -1e6, 1e6, 1e6), (500, 500))
    assert framed(image, frame).size == (500, 500)
