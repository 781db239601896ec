"""Turned, mirrored, cropped pixels are copied; straightened ones show no corner and no fringe."""

import numpy as np
from PIL import Image, ImageDraw

from common.edits.edit import checked
from common.edits.geometry import GEOMETRY, Geometry, moved
from core.files.decode import Photo, decode
from core.output import encoded_picture, export, files_of, result_of
from core.picture.geometry import placed
from core.picture.render import cut_out, render
from tests.core.mattes import disc
from tests.core.pictures import largest_difference, pixels, save, texture

SIZE = (240, 180)


def section(**values):
    return GEOMETRY.clean(values, "geometry")


def edit(**values):
    return checked({"steps": {"cutout": False}, **values})


def test_what_nothing_is_done_to_is_the_picture_itself():
    image = texture(*SIZE)
    assert placed(image, section()) is image


def test_turns_and_flips_move_pixels_and_change_none():
    source = pixels(texture(*SIZE))
    for turns in range(4):
        for mirrored in (False, True):
            expected = np.rot90(source[:, ::-1] if mirrored else source, -turns)
            made = placed(texture(*SIZE), section(turns=turns, mirrored=mirrored))
            assert (pixels(made) == expected).all(), (turns, mirrored)


def test_every_pixel_of_a_crop_lies_where_the_decision_says():
    source = pixels(texture(*SIZE))
    for turns in range(4):
        for mirrored in (False, True):
            values = section(turns=turns, mirrored=mirrored, crop=[0.1, 0.3, 0.55, 0.9])
            one = Geometry(values)
            made = pixels(placed(texture(*SIZE), values))
            left, top, _, _ = one.box(*SIZE)
            assert made.shape[1::-1] == one.size(*SIZE)
            for x, y in ((0, 0), (made.shape[1] - 1, 0), (7, made.shape[0] - 1)):
                place = moved((left + x + 0.5, top + y + 0.5), one.from_sheet(*SIZE))
                assert (made[y, x] == source[int(place[1]), int(place[0])]).all()


def test_a_straightened_picture_lies_where_the_decision_says():
    image = Image.new("RGB", SIZE)
    ImageDraw.Draw(image).ellipse((150, 40, 166, 56), fill="white")  # around (158.5, 48.5)
    for values in ({"tilt": 8}, {"tilt": 8, "mirrored": True}, {"tilt": -5, "turns": 3}):
        one = Geometry(section(**values))
        made = pixels(placed(image, one.values))[..., 0] / 255
        left, top, _, _ = one.box(*SIZE)
        x, y = moved((158.5, 48.5), one.onto_sheet(*SIZE))
        rows, columns = np.mgrid[: made.shape[0], : made.shape[1]] + 0.5
        middle = (made * columns).sum() / made.sum(), (made * rows).sum() / made.sum()
        assert np.abs(np.subtract(middle, (x - left, y - top))).max() < 0.1, values


def test_a_straightened_picture_has_no_empty_corner():
    white = Image.new("RGB", SIZE, "white")
    for tilt in (-15, -3.3, 0.2, 15):
        for crop in ([], [0, 0, 0.2, 0.2], [0.4, 0, 1, 1]):
            made = placed(white, section(tilt=tilt, crop=crop))
            assert made.getextrema() == ((255, 255),) * 3
            opaque = white.copy()
            opaque.putalpha(255)
            assert placed(opaque, section(tilt=tilt, crop=crop)).getextrema() == ((255, 255),) * 4


def test_a_straightened_cutout_has_neither_a_dark_nor_a_light_fringe():
    image = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((60, 40, 180, 140), fill=(200, 120, 40, 255))
    for hidden in ((0, 0, 0), (255, 255, 255)):
        under = Image.new("RGB", SIZE, hidden)
        under.paste(image, mask=image)
        under.putalpha(image.getchannel("A"))
        made = pixels(placed(under, section(tilt=7)))
        seen = made[..., 3] >= 8
        assert (made[..., 3] == 255).sum() > 8000
        assert np.abs(made[seen][:, :3].astype(int) - (200, 120, 40)).max() <= 1
        assert (made[~seen][:, 3] < 8).all()


def test_strips_of_a_straightened_cutout_meet():
    image = texture(300, 700)
    image.putalpha(255)
    made = placed(image, section(tilt=3))
    whole = placed(texture(300, 700), section(tilt=3))
    assert made.height > 520
    assert largest_difference(made.convert("RGB"), whole) <= 1


def test_the_file_of_a_photo_is_made_of_its_own_pixels():
    content = save(texture(*SIZE), "PNG")
    source = pixels(decode(content).image)
    wish = edit(geometry={"turns": 1, "crop": [0.5, 0, 1, 0.5]}, export={"format": "png"})
    (file,) = files_of(result_of(content, None, wish), wish).files
    expected = np.rot90(source, -1)[:120, 90:]
    assert (pixels(encoded_picture(file.content)) == expected).all()


def test_photo_and_cutout_are_turned_alike_and_the_matte_is_asked_for_once():
    photo, matte = Photo(texture(*SIZE)), disc()
    kept = cut_out(photo, matte, checked({}))
    flat = pixels(render(photo, matte, checked({}), cut=kept).image)
    turned = checked({"geometry": {"turns": 3, "mirrored": True}})
    made = pixels(render(photo, matte, turned, cut=kept).image)
    assert (made == np.rot90(flat[:, ::-1], 1)).all()


def test_strokes_stay_on_the_subject():
    stroke = {"kind": "brush", "mode": "erase", "radius": 0.1, "points": [[0.5, 0.3, 1]]}
    photo, matte = Photo(texture(*SIZE)), disc()
    flat = render(photo, matte, checked({"strokes": [stroke]}))
    made = render(photo, matte, checked({"strokes": [stroke], "geometry": {"turns": 1}}))
    assert (pixels(made.image) == np.rot90(pixels(flat.image), -1)).all()


def test_the_frame_goes_around_what_is_left_of_the_subject():
    wish = {"framing": {"kind": "subject", "margin": 0}}
    whole = render(Photo(texture(*SIZE)), disc(), checked(wish))
    half = checked({**wish, "geometry": {"crop": [0, 0, 0.5, 1]}})
    made = render(Photo(texture(*SIZE)), disc(), half)
    assert made.image.height == whole.image.height
    assert abs(made.image.width - whole.image.width / 2) <= 1


def test_a_crop_does_not_make_the_shadow_smaller():
    shadow = {"kind": "drop", "offset": [0.05, 0], "blur": 0, "opacity": 1}
    frame = {"kind": "trim"}
    photo, matte = Photo(texture(*SIZE)), disc()
    crop = {"crop": [0.05, 0.05, 0.95, 0.95]}
    whole = render(photo, matte, checked({"shadow": shadow, "framing": frame}))
    made = render(photo, matte, checked({"shadow": shadow, "framing": frame, "geometry": crop}))
    assert made.image.size == whole.image.size


def test_a_photo_with_its_own_transparency_keeps_it():
    image = texture(*SIZE)
    alpha = Image.new("L", SIZE, 255)
    alpha.paste(0, (0, 0, 60, 60))
    wish = edit(geometry={"mirrored": True})
    made = render(Photo(image, alpha), None, wish).image
    assert made.mode == "RGBA"
    assert pixels(made)[10, 239, 3] == 0
    assert pixels(made)[10, 10, 3] == 255


def test_the_size_comes_after_the_crop():
    wish = edit(geometry={"ratio": "1:1"}, resize={"kind": "longest", "longest": 90})
    assert render(Photo(texture(*SIZE)), None, wish).image.size == (90, 90)
    files = export(Photo(texture(*SIZE)), None, wish)
    assert encoded_picture(files[0].content).size == (90, 90)


def test_a_kept_orientation_still_stands_in_the_file_and_is_undone_by_it():
    lying = texture(*SIZE)
    exif = Image.Exif()
    exif[274] = 6
    content = save(lying, "JPEG", exif=exif, quality=95)
    wish = edit(
        geometry={"turns": 1}, keep={"orientation": True}, export={"format": "jpeg", "quality": 95}
    )
    (file,) = files_of(result_of(content, None, wish), wish).files
    upright = decode(file.content)
    expected = np.rot90(pixels(decode(content).image), -1)
    assert upright.image.size == expected.shape[1::-1]
    assert np.abs(pixels(upright.image).astype(int) - expected).mean() < 4
