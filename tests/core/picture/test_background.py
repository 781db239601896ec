"""Backgrounds have the colours, places and smoothness that the user chose."""

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.picture.background import backdrop, fitted, linear_gradient, radial_gradient
from core.picture.surroundings import blurred_surroundings
from tests.core.pictures import gradient, largest_difference, pixels, quadrants, texture


def background(**values):
    return checked({"background": values})["background"]


def disc(width, height, radius):
    """Return an alpha channel with an opaque disc in the middle."""
    y, x = np.mgrid[0:height, 0:width] + 0.5
    inside = np.hypot(x - width / 2, y - height / 2) < radius
    return Image.fromarray(inside.astype(np.uint8) * np.uint8(255))


def test_a_colour_fills_the_canvas():
    canvas = backdrop(background(kind="colour", colour="#fc8001"), (30, 20))
    assert canvas.size == (30, 20)
    assert canvas.getcolors() == [(600, (252, 128, 1))]


def test_linear_gradients_run_as_in_css():
    down = pixels(linear_gradient((50, 100), "#000000", "#ffffff", 180))[..., 0]
    exact = (np.arange(100) + 0.5) * 2.55
    assert np.abs(down.mean(axis=1) - exact).max() < 0.6
    assert np.abs(down - exact[:, np.newaxis]).max() <= 1
    up = pixels(linear_gradient((50, 100), "#000000", "#ffffff", 0))[..., 0]
    assert np.abs(up.mean(axis=1) - exact[::-1]).max() < 0.6
    right = pixels(linear_gradient((100, 50), "#ff0000", "#0000ff", 90))
    assert right[:, 0, 0].min() >= 253
    assert right[:, -1, 2].min() >= 253
    corner = pixels(linear_gradient((80, 60), "#000000", "#ffffff", 135))[..., 0]
    assert corner[0, 0] <= 3
    assert corner[-1, -1] >= 252


def test_a_slow_gradient_has_no_bands():
    """Sixteen pixels across, the mean follows the ideal line although it has only five levels."""
    values = pixels(linear_gradient((16, 800), "#404040", "#444444", 180))[..., 0]
    exact = 64 + 4 * (np.arange(800) + 0.5) / 800
    means = values.mean(axis=1).reshape(-1, 4).mean(axis=1)
    assert np.abs(means - exact.reshape(-1, 4).mean(axis=1)).max() < 0.1


def test_radial_gradients_go_from_their_centre_to_the_farthest_corner():
    values = pixels(radial_gradient((101, 81), "#ffffff", "#000000", (0.5, 0.5)))[..., 0]
    assert values[40, 50] >= 254
    assert values[0, 0] <= 2
    assert abs(values[40, 75] - 255 * (1 - 25 / np.hypot(50.5, 40.5))) < 1.5
    aside = pixels(radial_gradient((100, 80), "#ffffff", "#000000", (0, 0)))[..., 0]
    assert aside[0, 0] >= 253
    assert aside[-1, -1] <= 2


def test_a_gradient_of_one_colour_is_that_colour():
    for canvas in (
        linear_gradient((70, 50), "#102030", "#102030", 33),
        radial_gradient((70, 50), "#102030", "#102030"),
    ):
        assert canvas.getcolors() == [(3500, (16, 32, 48))]


def test_large_gradients_have_no_seams():
    values = pixels(linear_gradient((1001, 1003), "#000000", "#ffffff", 180))[..., 0]
    assert np.abs(np.diff(values.mean(axis=1))).max() < 1


def test_cover_fills_the_canvas_and_keeps_the_chosen_part():
    picture = quadrants(80, 40)  # red, green over blue, white
    left = pixels(fitted(picture, (40, 40), "cover", (0.0, 0.5), (0, 0, 0)))
    assert (left[:18, :, 0] > 250).all()
    assert (left[:18, :, 1] < 5).all()
    right = pixels(fitted(picture, (40, 40), "cover", (1.0, 0.5), (0, 0, 0)))
    assert (right[:18, :, 1] > 250).all()
    assert fitted(picture, (37, 91), "cover", (0.3, 0.9), (0, 0, 0)).size == (37, 91)


def test_contain_shows_everything_over_the_colour():
    canvas = pixels(fitted(quadrants(80, 40), (40, 40), "contain", (0.5, 0.0), (9, 8, 7)))
    assert canvas[0, 0].tolist() == [255, 0, 0]
    assert canvas[19, 39].tolist() == [255, 255, 255]
    assert (canvas[20:] == (9, 8, 7)).all()
    lower = pixels(fitted(quadrants(80, 40), (40, 40), "contain", (0.5, 1.0), (9, 8, 7)))
    assert (lower[:20] == (9, 8, 7)).all()


def test_an_own_picture_of_the_canvas_size_is_copied():
    picture = gradient(60, 40)
    canvas = backdrop(background(kind="image"), (60, 40), picture)
    assert largest_difference(canvas, picture) == 0


def test_a_translucent_picture_lies_over_the_colour():
    picture = Image.new("RGBA", (20, 20), (255, 255, 255, 0))
    canvas = backdrop(background(kind="image", colour="#0a0b0c"), (20, 20), picture)
    assert canvas.getcolors() == [(400, (10, 11, 12))]


def test_without_its_picture_an_image_background_is_its_colour():
    canvas = backdrop(background(kind="image", colour="#0a0b0c"), (4, 4))
    assert canvas.getcolors() == [(16, (10, 11, 12))]


def test_the_blurred_surroundings_hold_nothing_of_the_subject():
    """A red disc on a grey gradient: without filling, red would reach far out of it."""
    y, x = np.mgrid[0:300, 0:400]
    grey = np.repeat((60 + x * 0.3 + y * 0.1)[..., np.newaxis], 3, axis=2)
    photo = Image.fromarray(np.rint(grey).astype(np.uint8))
    alpha = disc(400, 300, 80)
    with_subject = photo.copy()
    with_subject.paste((255, 0, 0), mask=alpha)
    for blur in (0, 0.3, 1):
        result = pixels(blurred_surroundings(with_subject, alpha, blur))
        assert result.shape == (300, 400, 3)
        redness = result[..., 0] - result[..., 1]
        assert np.abs(redness).max() <= 1, blur
    naive = pixels(with_subject.resize((40, 30)).resize((400, 300)))
    assert (naive[..., 0] - naive[..., 1]).max() > 100


def test_blur_goes_from_nearly_sharp_to_very_soft():
    photo = texture(400, 300)
    nothing = Image.new("L", photo.size)
    detail = []
    for blur in (0, 0.25, 0.5, 1):
        values = pixels(blurred_surroundings(photo, nothing, blur))[..., 1]
        detail.append(np.abs(np.diff(values, axis=1)).mean())
    assert detail[0] > detail[1] > detail[2] > detail[3]
    sharp = np.abs(np.diff(pixels(photo)[..., 1], axis=1)).mean()
    assert detail[3] < 0.5 * sharp


def test_a_part_of_the_surroundings_lies_where_it_lay_and_its_edge_goes_on():
    photo = quadrants(200, 100)
    nothing = Image.new("L", photo.size)
    part = pixels(blurred_surroundings(photo, nothing, 0, (100, 0, 200, 50), (100, 50)))
    assert (part[5:40, 10:] == (0, 255, 0)).all()
    beyond = pixels(blurred_surroundings(photo, nothing, 0, (-100, -50, 100, 50), (200, 100)))
    assert np.abs(beyond[:90, :190] - (255, 0, 0)).max() <= 2


def test_a_subject_that_fills_the_photo_leaves_something_to_show():
    photo = Image.new("RGB", (64, 48), (200, 10, 10))
    result = blurred_surroundings(photo, Image.new("L", (64, 48), 255), 0.5)
    assert result.size == (64, 48)
