"""An edit becomes the picture that it describes, and opaque pixels stay what they were."""

import io

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.files.decode import Photo
from core.output import export
from core.picture.flatten import without_hidden_colours
from core.picture.render import cut_out, render
from tests.core.mattes import disc
from tests.core.pictures import complaint_of, largest_difference, pixels, texture

SIZE = (240, 180)
PLAIN = {"refinement": "none", "decontamination": 0}


def photo(**values):
    return Photo(texture(*SIZE), **values)


def edit(**sections):
    return checked(sections)


def test_opaque_pixels_are_bit_identical_whatever_lies_around_and_behind():
    source = pixels(texture(*SIZE))
    kept = cut_out(photo(), disc(), edit())
    for background in ("transparent", "colour", "linear", "radial", "image", "blur"):
        for shadow in ("none", "drop", "contact"):
            for framing in ("original", "trim", "subject", "canvas"):
                wish = edit(
                    background={"kind": background},
                    shadow={"kind": shadow},
                    framing={"kind": framing},
                )
                rendering = render(photo(), disc(), wish, texture(50, 40, seed=1), kept)
                left, top = (int(edge) for edge in rendering.frame.box[:2])
                mask, result = pixels(rendering.mask), pixels(rendering.image)
                rows, columns = np.nonzero(mask == 255)
                assert len(rows) > 2000
                same = result[rows, columns, :3] == source[rows + top, columns + left]
                assert same.all(), (background, shadow, framing)


def test_the_default_is_the_photo_with_an_alpha_channel():
    rendering = render(photo(), disc(), edit())
    assert rendering.image.mode == "RGBA"
    assert rendering.image.size == SIZE
    assert largest_difference(rendering.mask, rendering.image.getchannel("A")) == 0
    assert pixels(rendering.mask)[90, 120] == 255
    assert pixels(rendering.mask)[5, 5] == 0


def test_without_decontamination_every_colour_is_the_photos_own():
    rendering = render(photo(), disc(), edit(edges=PLAIN))
    assert largest_difference(rendering.image.convert("RGB"), texture(*SIZE)) == 0


def test_soft_pixels_are_mixed_with_the_background_in_proportion():
    wish = edit(edges=PLAIN, background={"kind": "colour", "colour": "#204060"})
    rendering = render(photo(), disc(softness=0.3), wish)
    assert rendering.image.mode == "RGB"
    share = pixels(rendering.mask)[..., np.newaxis] / 255
    exact = share * pixels(texture(*SIZE)) + (1 - share) * (0x20, 0x40, 0x60)
    assert np.abs(pixels(rendering.image) - exact).max() <= 1


def test_a_shadow_darkens_what_is_behind_and_lets_transparency_through():
    shadow = {"kind": "drop", "opacity": 0.5, "blur": 0.1, "offset": [0.2, 0]}
    white = edit(edges=PLAIN, shadow=shadow, background={"kind": "colour"})
    values = pixels(render(photo(), disc(), white).image)
    assert values[90, 215].tolist() == [127, 127, 127]
    assert values[90, 20].tolist() == [255, 255, 255]
    clear = pixels(render(photo(), disc(), edit(edges=PLAIN, shadow=shadow)).image)
    assert clear[90, 215].tolist() == [0, 0, 0, 128]
    assert clear[90, 20, 3] == 0


def test_a_trimmed_shadow_is_not_cut_off_and_a_trimmed_subject_neither():
    shadow = {"kind": "drop", "opacity": 1, "blur": 0, "offset": [0.5, 0.1]}
    rendering = render(photo(), disc(), edit(shadow=shadow, framing={"kind": "trim"}))
    alpha = rendering.image.getchannel("A")
    assert alpha.getbbox() == (0, 0, *alpha.size)
    assert rendering.frame.box[2] > SIZE[0]


def test_the_photos_own_transparency_stays():
    own = Image.new("L", SIZE, 255)
    own.paste(0, (0, 0, 120, 180))
    alpha = pixels(render(photo(alpha=own), disc(), edit()).mask)
    assert alpha[:, :120].max() == 0
    assert alpha[90, 130] == 255


def test_strokes_change_the_alpha_at_full_size():
    erase = {"kind": "brush", "mode": "erase", "radius": 0.05, "points": [[0.5, 0.5, 1]]}
    add = {"kind": "lasso", "mode": "restore", "points": [[0, 0], [0.1, 0], [0.1, 0.1], [0, 0.1]]}
    alpha = pixels(render(photo(), disc(), edit(strokes=[erase, add])).mask)
    assert alpha[90, 120] == 0
    assert alpha[10, 10] == 255
    assert alpha[90, 160] == 255


def test_the_photo_is_left_as_it_is():
    taken = photo()
    render(taken, disc(), edit(background={"kind": "blur"}, shadow={"kind": "drop"}))
    assert taken.image.mode == "RGB"
    assert largest_difference(taken.image, texture(*SIZE)) == 0


def test_a_cut_that_was_kept_saves_cutting_again():
    taken = photo()
    kept = cut_out(taken, disc(), edit())
    expected = render(taken, disc(), edit())
    again = render(taken, np.zeros((4, 4), np.float32), edit(), cut=kept)
    assert largest_difference(again.image, expected.image) == 0


def test_a_photo_that_is_used_up_gives_the_same_cut_from_its_own_pixels():
    for alpha in (None, Image.linear_gradient("L").resize(SIZE)):
        taken = Photo(texture(*SIZE), alpha)
        image = taken.image
        expected = cut_out(taken, disc(), edit())
        found = cut_out(taken, disc(), edit(), used_up=True)
        assert found.cutout is image
        assert largest_difference(found.cutout, expected.cutout) == 0
        assert largest_difference(found.refined, expected.refined) == 0


def test_blurred_surroundings_do_not_glow_in_the_subjects_colour():
    green = Image.new("RGB", SIZE, (40, 160, 40))
    alpha = render(Photo(green), disc(), edit(edges=PLAIN)).mask
    green.paste((255, 0, 0), mask=alpha)
    wish = edit(edges=PLAIN, background={"kind": "blur", "blur": 0.8})
    rendering = render(Photo(green), disc(), wish)
    outside = pixels(rendering.image)[pixels(rendering.mask) == 0]
    assert outside[:, 0].max() <= 44


def test_files_are_made_of_the_rendering():
    wish = edit(export={"format": "cutout+mask"}, framing={"kind": "subject"})
    rendering = render(photo(), disc(), wish)
    cutout, mask = (Image.open(io.BytesIO(file.content)) for file in export(photo(), disc(), wish))
    assert largest_difference(cutout, without_hidden_colours(rendering.image)) == 0
    assert largest_difference(mask, rendering.mask) == 0


def test_a_passport_photo_has_its_size_in_pixels_and_in_the_file():
    canvas = {"kind": "mm", "width": 35, "height": 45, "dpi": 300}
    wish = edit(
        framing={"kind": "canvas", "margin": 10, "canvas": canvas}, background={"kind": "colour"}
    )
    (file,) = export(photo(), disc(), wish)
    image = Image.open(io.BytesIO(file.content))
    assert image.size == (413, 531)
    assert [round(value) for value in image.info["dpi"]] == [300, 300]


WHOLE = {"cutout": False}


def test_without_the_cutout_the_photo_itself_goes_on_bit_for_bit():
    rendering = render(photo(), None, edit(steps=WHOLE))
    assert rendering.image.mode == "RGB"
    assert largest_difference(rendering.image, texture(*SIZE)) == 0
    assert pixels(rendering.mask).min() == 255


def test_without_the_cutout_edges_and_strokes_change_nothing():
    erase = {"kind": "brush", "mode": "erase", "radius": 0.5, "points": [[0.5, 0.5, 1]]}
    wish = edit(steps=WHOLE, strokes=[erase], edges={"shift": -20})
    assert largest_difference(render(photo(), disc(), wish).image, texture(*SIZE)) == 0


def test_without_the_cutout_the_photos_own_transparency_lies_over_the_background():
    own = Image.linear_gradient("L").resize(SIZE)
    clear = render(photo(alpha=own), None, edit(steps=WHOLE))
    assert largest_difference(clear.image.getchannel("A"), own) == 0
    behind = edit(steps=WHOLE, background={"kind": "colour", "colour": "#102030"})
    filled = render(photo(alpha=own), None, behind).image
    assert filled.mode == "RGB"
    assert np.abs(pixels(filled)[0] - (16, 32, 48)).max() <= 3


def test_without_the_cutout_a_canvas_holds_the_whole_photo():
    canvas = {"kind": "px", "width": 200, "height": 200}
    framing = {"kind": "canvas", "canvas": canvas}
    clear = render(photo(), None, edit(steps=WHOLE, framing=framing))
    assert clear.image.size == (200, 200)
    assert clear.image.mode == "RGBA"
    assert pixels(clear.mask)[100].min() >= 254
    assert pixels(clear.mask)[3].max() == 0
    kept = render(photo(), None, edit(steps=WHOLE, framing={"kind": "trim"}))
    assert kept.image.mode == "RGB"


def test_a_cutout_without_a_matte_is_a_mistake():
    assert complaint_of(render, photo(), None, edit()) == "a cutout without a matte"


def test_the_size_comes_last_for_picture_and_mask():
    for steps in (WHOLE, {}):
        wish = edit(
            steps=steps,
            framing={"kind": "subject", "margin": 0},
            resize={"kind": "longest", "longest": 60},
            export={"format": "cutout+mask"},
        )
        first, second = (Image.open(io.BytesIO(f.content)) for f in export(photo(), disc(), wish))
        assert max(first.size) == 60
        assert first.size == second.size


def test_a_passport_photo_in_half_the_pixels_prints_in_its_size():
    canvas = {"kind": "mm", "width": 35, "height": 45, "dpi": 300}
    wish = edit(
        framing={"kind": "canvas", "canvas": canvas}, resize={"kind": "percent", "percent": 50}
    )
    rendering = render(photo(), disc(), wish)
    assert rendering.image.size == (207, 266)
    assert rendering.frame.dpi == 150
