"""What is pointed at stays, what is not goes, wherever in the photo and however often."""

import numpy as np
import pytest
from PIL import Image

from common.edits.edit import checked
from core.files.decode import Photo
from core.pipeline import look_closer, network_input, part_of
from core.subject.closer import (
    box_of,
    crop_of,
    part_of_matte,
    put_together,
    subject_box,
    with_closer_look,
    with_nearer_look,
)
from tests.core.mattes import as_alpha

SIZE = (800, 400)
LEFT, RIGHT = (0.1, 0.2, 0.4, 0.8), (0.6, 0.2, 0.9, 0.8)
WITHIN = {LEFT: (0.25, 0.5), RIGHT: (0.75, 0.5)}
SIDE = 256


def scene(size=SIZE):
    """Return the matte of two discs in a photo, one in each of the boxes, float32 (h, w)."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    matte = np.zeros((size[1], size[0]), np.float32)
    for across, down in WITHIN.values():
        distance = np.hypot(x - across * size[0], y - down * size[1])
        matte = np.maximum(matte, np.clip(0.14 * size[0] - distance, 0, 1))
    return matte.astype(np.float32)


def photo(size=SIZE):
    """Return a photo of the two discs, bright on dark, with grain so that it is no drawing."""
    levels = np.random.default_rng(4).integers(0, 100, (size[1], size[0], 3), np.uint8)
    levels += np.rint(155 * scene(size)).astype(np.uint8)[..., np.newaxis]
    return Photo(Image.fromarray(levels))


def network(pixels):
    """Answer that what is bright is the subject, from -0.5 to 0.5 as the tensor has it."""
    return (pixels.mean(axis=1, keepdims=True) > 0).astype(np.float32)


def whole(size=SIZE):
    """Return what such a network makes of the whole photo, float32 (SIDE, SIDE)."""
    image = as_alpha(scene(size)).resize((SIDE, SIDE))
    return np.asarray(image, np.float32) / np.float32(255)


def shares(matte):
    """Return how much of the left and of the right half is subject."""
    half = matte.shape[1] // 2
    return float(matte[:, :half].mean()), float(matte[:, half:].mean())


@pytest.mark.parametrize("size", [(800, 400), (400, 800), (300, 299), (3000, 2000)])
@pytest.mark.parametrize("place", [LEFT, RIGHT, (*WITHIN[LEFT], *WITHIN[LEFT])])
def test_only_what_was_pointed_at_stays(size, place):
    matte = look_closer(photo(size), network, whole(size), [place], SIDE)
    truth = np.array(whole(size))
    half = SIDE // 2
    truth[:, half:] *= place[0] > 0.5
    truth[:, :half] *= place[0] < 0.5
    left, right = shares(matte)
    expected = shares(truth)
    assert (left, right) == pytest.approx(expected, abs=0.02)
    assert min(left, right) == 0


def test_places_add_up_in_any_order():
    both = look_closer(photo(), network, whole(), [LEFT, RIGHT], SIDE)
    turned = look_closer(photo(), network, whole(), [RIGHT, LEFT], SIDE)
    assert np.abs(both - turned).max() <= 2 / 255
    assert shares(both) == pytest.approx(shares(whole()), abs=0.02)


def test_nothing_pointed_at_means_the_whole_photo():
    matte = whole()
    assert look_closer(photo(), network, matte, [], SIDE) is matte


def test_a_closer_look_has_more_pixels_for_the_subject():
    matte = look_closer(photo(), network, whole(), [(0.15, 0.3, 0.35, 0.7)], SIDE)
    assert matte.shape[0] > 1.5 * SIDE
    assert (matte * 255 == np.rint(matte * 255)).all()


def test_a_box_drawn_from_its_lower_right_corner_or_beyond_the_photo_is_the_same():
    assert box_of((0.4, 0.8, 0.1, 0.2), whole()) == LEFT
    assert box_of((-0.5, 0.2, 0.4, 1.5), whole()) == (0.0, 0.2, 0.4, 1.0)


def test_a_click_on_the_ground_means_its_surroundings():
    left, top, right, bottom = box_of((0.5, 0.9, 0.5, 0.9), whole())
    assert left < 0.5 < right
    assert top < 0.9 < bottom == 1


def test_a_click_just_beside_a_subject_means_the_subject():
    centre = box_of((0.25, 0.5, 0.25, 0.5), whole())
    beside = box_of((0.25 + 0.145, 0.5, 0.25 + 0.145, 0.5), whole())
    assert beside == centre
    assert centre == pytest.approx((0.11, 0.22, 0.39, 0.78), abs=0.02)


@pytest.mark.parametrize("box", [(0, 0, 0.001, 0.001), (0.999, 0.999, 1, 1), (0.5, 0, 0.5, 1)])
def test_a_tiny_box_is_seen_in_a_crop_that_the_network_takes(box):
    left, top, right, bottom = crop_of(box, (640, 480))
    assert right - left >= 32
    assert bottom - top >= 32
    assert left >= 0
    assert (right, bottom) <= (640, 480)
    look = np.ones((64, 64), np.float32)
    assert with_closer_look(None, look, box, box, (640, 480)).shape[0] <= 2048


def test_what_reaches_out_of_the_box_a_little_stays_and_a_neighbour_that_reaches_in_is_cut():
    look = np.zeros((100, 100), np.float32)
    box = (0.25, 0.25, 0.75, 0.75)
    crop = crop_of(box, (1000, 1000))
    assert crop == (150, 150, 850, 850)
    look[40:60, 40:90] = 1  # to 0.78 of the photo
    look[80:100, 0:100] = 1  # wholly outside
    matte = with_closer_look(None, look, box, box, (1000, 1000))
    side = matte.shape[0]
    assert matte[side // 2, round(0.77 * side)] == 1
    assert matte[round(0.8 * side), side // 2] == 0


def test_a_faint_neighbour_that_touches_the_subject_is_cut_at_the_box():
    look = np.zeros((100, 100), np.float32)
    box = (0.25, 0.25, 0.75, 0.75)
    look[20:80, 40:80] = 1
    look[30:60, 0:40] = 80 / 255
    matte = with_closer_look(None, look, box, box, (1000, 1000))
    side = matte.shape[0]
    assert matte[side // 2, side // 2] == 1
    assert (matte[:, : round(0.24 * side)] == 0).all()


def test_the_part_of_a_transparent_photo_keeps_its_own_alpha():
    translucent = Photo(photo().image, as_alpha(scene()))
    part = part_of(translucent, LEFT)
    assert part.alpha is not None
    assert part.alpha.size == part.image.size


def test_places_stand_in_the_edit_and_a_wrong_one_is_told():
    edit = checked({"subject": {"places": [[0.1, 0.2, 3, 0.8]]}})
    assert edit["subject"] == {"places": [[0.1, 0.2, 1, 0.8]]}
    with pytest.raises(ValueError, match="places"):
        checked({"subject": {"places": [[0.1, 0.2]]}})


def test_a_look_that_sees_nothing_in_a_crop_does_not_take_away_what_the_whole_photo_shows():
    doubtful = np.full((64, 64), 0.3, np.float32)
    believed = put_together(doubtful, whole(), LEFT, SIZE)
    assert believed[32, 32] > 0.9
    assert believed[0, 0] < 0.1


def test_a_look_around_all_that_was_found_is_believed_but_where_the_whole_plainly_differs():
    fine = np.full((64, 64), 0.6, np.float32)
    faint = 0.7 * whole()
    assert np.allclose(put_together(fine, faint, LEFT, SIZE, around=True)[32, 32], 0.6, atol=0.02)
    assert put_together(fine, faint, LEFT, SIZE)[32, 32] > 0.62
    blind = np.zeros((64, 64), np.float32)
    assert put_together(blind, whole(), LEFT, SIZE, around=True)[32, 32] > 0.25


def test_the_second_network_is_heard_about_the_part_where_it_differs():
    blind = np.zeros((64, 64), np.float32)
    opinion = np.zeros((64, 64), np.float32)
    opinion[16:48, 16:48] = 1
    assert put_together(blind, np.zeros((8, 8), np.float32), LEFT, SIZE).max() == 0
    assert put_together(blind, np.zeros((8, 8), np.float32), LEFT, SIZE, opinion)[32, 32] >= 0.4


def test_the_second_network_is_given_the_same_part():
    seen = []

    def second(pixels):
        seen.append(pixels)
        return (pixels[np.newaxis, np.newaxis, ..., :3].mean(axis=-1) > 127).astype(np.float32)

    look_closer(photo(), network, whole(), [LEFT], SIDE, second_network=second)
    assert [pixels.shape for pixels in seen] == [(320, 320, 4)]


def test_a_doubtful_photo_is_seen_from_near_and_keeps_what_lies_around():
    doubtful = 0.4 * whole()
    doubtful[:, SIDE // 2 :] = whole()[:, SIDE // 2 :]
    box = subject_box(np.where(np.arange(SIDE) < SIDE // 2, whole(), 0).astype(np.float32))
    look = put_together(network(as_input(part_of(photo(), box)))[0, 0], doubtful, box, SIZE)
    matte = with_nearer_look(doubtful, look, box, SIZE)
    assert matte.shape == (1024, 1024)
    assert matte[512, 256] > 0.9
    assert matte[512, 768] == 1
    assert matte[:100].max() == 0
    assert np.abs(np.diff(matte, axis=1)).max() <= 1


def as_input(part):
    """Return a part of a photo as the network's input."""
    return network_input(part, SIDE)


def test_without_a_subject_there_is_no_box():
    assert subject_box(np.full((8, 8), 0.4, np.float32)) is None


def test_a_look_from_near_leaves_no_seam_where_it_agrees():
    matte = np.tile(np.linspace(0, 1, 256, dtype=np.float32), (256, 1))
    box = (0.3, 0.3, 0.7, 0.7)
    look = part_of_matte(matte, box, (640, 480), (704, 704))
    result = with_nearer_look(matte, look, box, (640, 480))
    assert np.abs(np.diff(result, axis=0)).max() < 0.02
    assert np.abs(np.diff(result, axis=1)).max() < 0.02
