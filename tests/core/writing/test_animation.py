"""What moves stays moving from GIF and WebP to WebP and GIF, with its times and its size."""

import io
from dataclasses import replace

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.files.metadata import receipt
from core.files.picture_file import PictureFile
from core.output import animation_of, files_of, result_of
from core.writing.animation import animated, fits_into_memory, stays_animated
from tests.core.camera_file import DISPLAY_P3
from tests.core.pictures import header_of, pixels, save, texture

TIMES = [100, 250, 40]


def frames(size=(60, 40), transparent=False):
    """Return three RGBA frames in which a white block moves."""
    made = []
    for step in range(3):
        image = texture(*size).convert("RGBA")
        if transparent:
            image.paste((0, 0, 0, 0), (0, 0, size[0], 20))
        image.paste((255, 255, 255, 255), (5 + 15 * step, 5, 15 + 15 * step, 15))
        made.append(image)
    return made


def moving(kind="GIF", transparent=False, **options):
    made = frames(transparent=transparent)
    if kind == "WEBP":
        options.setdefault("lossless", True)
    if kind == "GIF":
        options.setdefault("disposal", 2)
    options = {"save_all": True, "append_images": made[1:], "duration": TIMES, **options}
    return save(made[0], kind, **options)


def wish(kind, **sections):
    sections.setdefault("steps", {"cutout": False})
    return checked({"export": {"format": kind}, **sections})


def shown(content):
    """Return the frames of a file as RGBA pixels, and their times."""
    pictures, times = [], []
    with Image.open(io.BytesIO(content)) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            pictures.append(pixels(image.convert("RGBA")))
            times.append(image.info.get("duration"))
    return pictures, times


def test_every_way_between_gif_png_and_webp_keeps_frames_and_times():
    for source in ("GIF", "WEBP", "PNG"):
        data = moving(source, loop=0)
        before, _ = shown(data)
        for kind in ("gif", "webp", "webp-lossless"):
            made = animation_of(data, wish(kind))
            after, times = shown(made.files[0].content)
            assert made.frames == len(after) == 3, (source, kind)
            assert times == TIMES, (source, kind)
            assert made.files[0].extension == kind[:4].rstrip("-")
            for one, other in zip(before, after, strict=True):
                bound = 1 if kind == "webp-lossless" else 14
                assert np.abs(one - other)[..., :3].mean() < bound, (source, kind)


def test_transparent_places_are_transparent_in_every_frame():
    data = moving("WEBP", transparent=True)
    for kind in ("gif", "webp"):
        again, _ = animated(PictureFile(data), wish(kind))
        for one, other in zip(shown(data)[0], shown(again)[0], strict=True):
            assert np.array_equal(one[..., 3] > 127, other[..., 3] > 127), kind


def test_all_frames_are_resized():
    edit = wish("webp", resize={"kind": "longest", "longest": 30})
    content, first = animated(PictureFile(moving()), edit)
    assert first.size == (30, 20)
    assert [picture.shape for picture in shown(content)[0]] == [(20, 30, 4)] * 3
    assert animated(PictureFile(moving()), edit, 0.5)[1].size == (15, 10)


def test_all_frames_are_turned_and_cropped():
    edit = wish("gif", geometry={"turns": 1, "crop": [0, 0, 1, 0.5]})
    files = animation_of(moving(), edit)
    assert files.frames == len(frames())
    assert {frame.shape for frame in shown(files.files[0].content)[0]} == {(30, 40, 4)}
    assert (files.width, files.height) == (40, 30)


def test_how_often_it_plays_stays():
    for given, in_gif, in_webp in ((0, 0, 0), (None, None, 1), (4, 4, 5)):
        data = moving(**({} if given is None else {"loop": given}))
        gif, webp = (animated(PictureFile(data), wish(kind))[0] for kind in ("gif", "webp"))
        assert Image.open(io.BytesIO(gif)).info.get("loop") == in_gif
        assert Image.open(io.BytesIO(webp)).info.get("loop") == in_webp


def test_comments_are_left_out():
    data = moving(comment=b"SECRET-COMMENT")
    assert b"SECRET" in data
    for kind in ("gif", "webp"):
        content, _ = animated(PictureFile(data), wish(kind))
        assert b"SECRET" not in content
        assert receipt(content)["entries"] == []


def test_a_moving_png_goes_out_as_one_with_every_frame_as_it_was():
    data = moving("PNG", transparent=True, loop=3, blend=1, disposal=1)
    for kind in ("png", "png-small"):
        made = animation_of(data, wish(kind))
        after, times = shown(made.files[0].content)
        assert (made.frames, times) == (3, TIMES)
        assert Image.open(io.BytesIO(made.files[0].content)).info["loop"] == 3
        for one, other in zip(shown(data)[0], after, strict=True):
            seen = one[..., 3] > 0
            assert np.array_equal(one[..., 3], other[..., 3])
            assert np.array_equal(one[seen], other[seen])
        assert receipt(made.files[0].content)["entries"] == []


def test_frames_are_in_srgb_so_no_profile_is_kept_beside_them():
    data = moving("WEBP", icc_profile=DISPLAY_P3)
    made = animation_of(data, wish("webp-lossless", keep={"profile": True}))
    assert receipt(made.files[0].content)["entries"] == []


def test_only_a_plain_way_stays_animated():
    header = header_of(moving())
    assert stays_animated(header_of(moving("PNG")), wish("png"))
    assert stays_animated(header, wish("gif"))
    assert not stays_animated(header, wish("png"))
    assert not stays_animated(header, wish("gif", steps={"cutout": True}))
    assert not stays_animated(header, wish("gif", keep={"animation": False}))
    assert not stays_animated(header, wish("gif", background={"kind": "colour"}))
    assert not stays_animated(header, wish("gif", framing={"kind": "trim"}))
    assert not stays_animated(header_of(save(texture(40, 30), "GIF")), wish("gif"))


def test_a_still_of_a_moving_picture_says_so():
    data, edit = moving(), wish("jpeg")
    assert animation_of(data, edit) is None
    made = files_of(result_of(data, None, edit), edit)
    assert made.notices == ["first_frame"]


def test_what_does_not_fit_into_memory_becomes_a_still_with_a_notice():
    header = header_of(moving())
    header = replace(header, frames=100_000)
    assert stays_animated(header, wish("gif"))
    assert not fits_into_memory(header, wish("gif"))
    assert fits_into_memory(header, wish("gif", resize={"kind": "percent", "percent": 25}))
