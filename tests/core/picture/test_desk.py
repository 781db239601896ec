"""What the user sees while editing is what the export will be, only smaller and at once."""

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.files.decode import Photo
from core.picture.desk import DRAFT_SIDE, Desk, render_preview
from core.picture.render import cut_out, render
from tests.core.mattes import disc
from tests.core.pictures import largest_difference, pixels, texture

SIZE = (480, 360)
ERASE = {"kind": "brush", "mode": "erase", "radius": 0.1, "points": [[0.4, 0.5, 1], [0.6, 0.5, 1]]}
EDITS = [
    {},
    {"edges": {"refinement": "fast"}},
    {"edges": {"feather": 12}},
    {"edges": {"shift": -6, "contrast": 0.4}},
    {"edges": {"decontamination": 0.3}},
    {"strokes": [ERASE]},
    {"strokes": [ERASE, {"kind": "region", "mode": "erase", "point": [0.5, 0.7], "tolerance": 1}]},
    {"strokes": [ERASE], "edges": {"feather": 5}},
    {"background": {"kind": "blur"}},
    {"background": {"kind": "blur"}, "strokes": [ERASE]},
    {"background": {"kind": "linear", "angle": 30}},
    {"background": {"kind": "image"}},
    {"shadow": {"kind": "drop"}, "background": {"kind": "colour"}},
    {"shadow": {"kind": "contact"}, "framing": {"kind": "trim"}},
    {"framing": {"kind": "subject", "margin": 20, "margin_unit": "px"}},
    {"framing": {"kind": "canvas", "canvas": {"kind": "ratio", "width": 4, "height": 5}}},
    {"framing": {"kind": "canvas", "canvas": {"kind": "px", "width": 700, "height": 300}}},
    {"geometry": {"turns": 1, "mirrored": True}},
    {"geometry": {"turns": 1}, "background": {"kind": "blur"}, "shadow": {"kind": "drop"}},
    {"geometry": {"crop": [0.25, 0.25, 0.75, 1]}, "framing": {"kind": "trim"}, "strokes": [ERASE]},
    {"framing": {"kind": "subject", "place": [0.25, -0.25, 0.75, 0.75]}},
]


def desk(side=240):
    return Desk(Photo(texture(*SIZE)), disc(), side)


def complete(wish):
    """Return a whole edit; refinement, which takes longest, only where it is named."""
    return checked({**wish, "edges": {"refinement": "none", **wish.get("edges", {})}})


def shown(place, wish, **options):
    return render_preview(place, complete(wish), texture(60, 40, seed=2), **options)[0]


def test_a_desk_that_was_used_before_shows_the_same_as_a_fresh_one():
    used = desk()
    order = [*range(len(EDITS)), *reversed(range(len(EDITS))), 5, 7, 5, 0]
    fresh = [shown(desk(), wish) for wish in EDITS]
    for number in order:
        assert np.abs(shown(used, EDITS[number]).astype(int) - fresh[number]).max() <= 1, number


def test_the_preview_is_the_export_reduced():
    place = desk()
    for wish in EDITS:
        preview, rendering = render_preview(place, complete(wish), texture(60, 40, seed=2))
        full = render(Photo(texture(*SIZE)), disc(), complete(wish), texture(60, 40, seed=2)).image
        ratio = rendering.image.width / rendering.image.height
        assert abs(ratio / (full.width / full.height) - 1) < 0.02, wish
        reduced = full.convert("RGBA").resize(rendering.image.size, Image.Resampling.BOX)
        ours, theirs = preview.astype(float), pixels(reduced).astype(float)
        ours[..., :3] *= ours[..., 3:] / 255
        theirs[..., :3] *= theirs[..., 3:] / 255
        assert np.abs(ours - theirs).mean() < 4, wish


def test_the_copy_is_reduced_but_never_enlarged():
    assert desk(240).image.size == (240, 180)
    assert desk(240).scale == 0.5
    assert desk(4000).image.size == SIZE
    assert desk(4000).scale == 1


def test_the_whole_photo_can_be_shown_although_the_frame_cuts_it():
    wish = {"framing": {"kind": "canvas", "canvas": {"kind": "px", "width": 70, "height": 30}}}
    assert shown(desk(), wish).shape == (30, 70, 4)
    assert shown(desk(), wish, whole=True).shape == (180, 240, 4)
    wish = {"geometry": {"turns": 1, "crop": [0, 0, 0.5, 0.5]}}
    assert shown(desk(), wish).shape == (120, 90, 4)
    assert shown(desk(), wish, whole=True).shape == (180, 240, 4)


def test_a_huge_canvas_is_shown_in_the_size_of_the_desk():
    wish = {"framing": {"kind": "canvas", "canvas": {"kind": "px", "width": 8000, "height": 4000}}}
    assert shown(desk(), wish).shape == (120, 240, 4)


def test_the_photos_own_transparency_is_seen():
    own = Image.new("L", SIZE, 255)
    own.paste(0, (0, 0, 240, 360))
    place = Desk(Photo(texture(*SIZE), own), disc(), 240)
    assert shown(place, {})[:, :118, 3].max() == 0


def test_the_photo_is_left_as_it_is():
    taken = Photo(texture(*SIZE))
    shown(Desk(taken, disc(), 240), EDITS[8])
    assert largest_difference(taken.image, texture(*SIZE)) == 0


def test_without_a_matte_or_the_cutout_the_whole_photo_lies_on_the_desk():
    whole = checked({"steps": {"cutout": False}, "strokes": [ERASE]})
    for place, wish in ((desk(), whole), (Desk(Photo(texture(*SIZE)), None, 240), checked({}))):
        shown, _ = render_preview(place, wish)
        assert shown[..., 3].min() == 255
        assert largest_difference(shown[..., :3], place.image) == 0


def test_the_cutout_can_be_switched_off_and_on_again():
    place = desk()
    first, _ = render_preview(place, checked({}))
    render_preview(place, checked({"steps": {"cutout": False}}))
    again, _ = render_preview(place, checked({}))
    assert largest_difference(first, again) == 0
    assert first[..., 3].min() == 0


def test_a_new_form_shows_and_a_new_size_does_not():
    wish = {"kind": "pixels", "width": 100, "height": 100}
    for fit, shape in (("fit", (180, 240)), ("fill", (240, 240)), ("stretch", (240, 240))):
        shown, _ = render_preview(desk(), checked({"resize": {"fit": fit, **wish}}))
        assert shown.shape[:2] == shape, fit
    small = checked({"resize": {"kind": "percent", "percent": 10}})
    assert render_preview(desk(), small)[0].shape[:2] == (180, 240)


def test_a_draft_is_the_exact_picture_at_a_part_of_its_size_and_costs_no_refinement():
    place = Desk(Photo(texture(1200, 900)), disc())
    for number in (1, 2, 3, 4, 6, 8, 12, 14):
        wish = EDITS[number]
        exact, draft = (
            Image.fromarray(shown(place, wish, draft=quick)).convert("RGBa")
            for quick in (False, True)
        )
        assert max(draft.size) <= DRAFT_SIDE, wish
        reduced = exact.resize(draft.size, Image.Resampling.BOX)
        assert np.abs(pixels(draft) - pixels(reduced)).mean() < 2.5, wish
    assert place.draft().scale == 640 / 1200


def test_the_draft_of_a_small_photo_is_the_exact_picture():
    place = desk()
    assert place.draft() is place
    assert np.array_equal(shown(place, {}), shown(place, {}, draft=True))


def test_the_strength_of_decontamination_mixes_what_was_estimated_once():
    place, wish = desk(), {"edges": {"decontamination": 1}}
    full = shown(place, wish).astype(float)
    none = shown(place, {"edges": {"decontamination": 0}}).astype(float)
    half = shown(place, {"edges": {"decontamination": 0.5}}).astype(float)
    assert np.abs(full - none).max() > 10
    assert np.abs(half - (full + none) / 2).max() <= 1


def test_a_desk_of_the_photos_own_size_shows_a_cut_that_it_took_over_exactly():
    photo = Photo(texture(*SIZE))
    for wish in ({}, {"edges": {"refinement": "fast", "feather": 3}}):
        edit = complete(wish)
        seeded = Desk(photo, disc(), max(SIZE))
        seeded.seed(edit, cut_out(photo, disc(), edit))
        assert np.array_equal(
            render_preview(seeded, edit)[0], render_preview(Desk(photo, disc(), max(SIZE)), edit)[0]
        )


def test_a_smaller_desk_shows_a_cut_that_it_took_over_as_if_it_were_its_own():
    photo = Photo(texture(*SIZE))
    edit = complete({})
    seeded, own = desk(), desk()
    seeded.seed(edit, cut_out(photo, disc(), edit))
    first, second = (render_preview(place, edit)[0].astype(int) for place in (seeded, own))
    assert np.abs(first[..., 3] - second[..., 3]).mean() < 2
    inside = second[..., 3] > 250
    assert np.abs(first - second)[inside].mean() < 2
    # And it goes on from there like any other.
    wider = complete({"edges": {"shift": 4}})
    assert render_preview(seeded, wider)[0][..., 3].sum() > first[..., 3].sum()
