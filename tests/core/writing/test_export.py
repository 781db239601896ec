"""Each format holds the right pixels and nothing that the user did not ask for."""

import io
import struct

import numpy as np
from PIL import Image

from common.edits.edit import checked
from common.formats import CHOICES, FORMATS
from common.naming import file_names
from core.output import files_of, result_of
from core.picture.flatten import without_hidden_colours
from core.writing.encode import png
from core.writing.export import export_files
from tests.core.pictures import (
    DISPLAY_P3,
    largest_difference,
    pixels,
    png_chunks,
    refusal_code,
    texture,
)

PILLOWS = [kind for kind in CHOICES if FORMATS[kind].writer]
"""The formats that Pillow writes wherever this runs."""


def export(**values):
    return checked({"export": values})["export"]


def cutout(width=160, height=120):
    image = texture(width, height)
    image.putalpha(Image.radial_gradient("L").resize(image.size).point(lambda a: 255 - a))
    return image


def files(kind, image=None, dpi=None, **values):
    image = image or cutout()
    alpha = image.getchannel("A") if image.mode == "RGBA" else Image.new("L", image.size, 255)
    return export_files(image, alpha, export(format=kind, **values), dpi)


def opened(file):
    return Image.open(io.BytesIO(file.content))


def test_every_format_gives_as_many_files_as_names_of_its_type():
    for kind in PILLOWS:
        made = files(kind)
        names = file_names("{name}", "a.jpg", kind)
        assert [name.rpartition(".")[2] for name in names] == [file.extension for file in made]
        for file in made:
            if kind == "pdf":
                assert file.content.startswith(b"%PDF-")
                assert file.media_type == "application/pdf"
            else:
                assert opened(file).get_format_mimetype() == file.media_type


def test_icons_of_a_few_pixels_become_any_format_at_any_size():
    """Only cutting out has a lower limit."""
    whole = {"steps": {"cutout": False}}
    for size in ((1, 1), (8, 8), (1, 150)):
        data = png(texture(*size))
        for kind in PILLOWS:
            for percent in (50, 100, 300):
                resize = {"kind": "percent", "percent": percent, "enlarge": True}
                edit = checked({**whole, "export": {"format": kind}, "resize": resize})
                made = files_of(result_of(data, None, edit), edit)
                wanted = tuple(max(1, round(side * percent / 100)) for side in size)
                assert (made.width, made.height) == wanted, (kind, size)
                if kind not in ("pdf", "ico"):
                    assert opened(made.files[0]).size == wanted, (kind, size)


def test_png_and_lossless_webp_keep_every_pixel_that_shows_and_nothing_of_the_background():
    visible = pixels(cutout())[..., 3] > 0
    assert 0 < visible.mean() < 1
    for kind in ("png", "webp-lossless"):
        again = pixels(opened(files(kind)[0]))
        assert np.array_equal(again[visible], pixels(cutout())[visible])
        assert not again[~visible].any()


def test_lossy_webp_keeps_alpha_exactly_and_colours_nearly():
    again = opened(files("webp", quality=90)[0])
    assert again.mode == "RGBA"
    assert largest_difference(again.getchannel("A"), cutout().getchannel("A")) == 0
    visible = pixels(cutout())[..., 3] > 128
    error = np.abs(pixels(again) - pixels(cutout()))[visible][:, :3]
    assert error.mean() < 2.5
    assert len(files("webp", quality=30)[0].content) < len(files("webp", quality=95)[0].content)


def test_a_jpeg_lies_over_its_background():
    again = opened(files("jpeg", quality=95, jpeg_background="#0080ff")[0])
    assert again.mode == "RGB"
    corner = pixels(again)[:4, :4].reshape(-1, 3)
    assert np.abs(corner - (0, 128, 255)).max() <= 12
    error = np.abs(pixels(again) - pixels(cutout())[..., :3])[60, 80]
    assert error.max() <= 8


def test_a_result_with_a_background_stays_what_it_is():
    image = texture(64, 48)
    assert largest_difference(opened(files("png", image)[0]), image) == 0
    assert opened(files("png", image)[0]).mode == "RGB"
    assert largest_difference(opened(files("jpeg", image, quality=100)[0]), image) <= 5


def test_a_mask_is_eight_bits_of_grey():
    for file in (files("mask")[0], files("cutout+mask")[1]):
        again = opened(file)
        assert again.mode == "L"
        assert largest_difference(again, cutout().getchannel("A")) == 0
    saved = opened(files("cutout+mask")[0])
    assert largest_difference(saved, without_hidden_colours(cutout())) == 0


def test_the_resolution_goes_along_only_when_there_is_one():
    chunks = dict(png_chunks(files("png", dpi=300)[0].content))
    assert chunks[b"pHYs"] == struct.pack(">IIB", 11811, 11811, 1)
    assert b"pHYs" not in dict(png_chunks(files("png")[0].content))
    assert [name for name, _ in png_chunks(png(cutout(), dpi=72))][:3] == [
        b"IHDR",
        b"sRGB",
        b"pHYs",
    ]
    assert opened(files("jpeg", dpi=300)[0]).info["dpi"] == (300, 300)


def test_nothing_that_hangs_on_the_image_gets_into_a_file():
    for kind in PILLOWS:
        image = cutout()
        image.info.update(exif=b"Exif\0\0Secret", icc_profile=DISPLAY_P3, xmp=b"Secret")
        image.info.update(comment=b"Secret", dpi=(72, 72))
        for file in files(kind, image):
            assert b"Secret" not in file.content
            if kind == "pdf":
                continue
            info = opened(file).info
            assert not {"exif", "icc_profile", "xmp", "comment"} & set(info), (kind, info)


def test_avif_is_left_to_its_codec():
    assert refusal_code(files, "avif") == "no_encoder"


def test_a_picture_that_is_too_long_for_its_format_is_refused():
    long = Image.new("RGBA", (16384, 2))
    for kind in ("webp", "webp-lossless"):
        assert refusal_code(files, kind, long) == "side_too_long"
    assert files("png", long)
