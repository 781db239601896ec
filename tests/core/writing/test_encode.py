"""The file that the user saves holds the pixels, the sRGB chunk and nothing else."""

import io

import numpy as np
from PIL import Image

from core.picture.flatten import without_hidden_colours
from core.pipeline import cut_out_file
from core.writing.encode import png
from tests.core.pictures import (
    DISPLAY_P3,
    gradient,
    largest_difference,
    png_chunks,
    save,
    texture,
)


def cutout(width=64, height=48):
    """Return a texture whose alpha holds all 256 values, with colours under the hidden parts."""
    image = texture(width, height)
    values = (np.arange(width * height) % 256).astype(np.uint8).reshape(height, width)
    image.putalpha(Image.fromarray(values))
    return image


def test_the_only_chunks_are_header_srgb_pixels_and_end():
    chunks = png_chunks(png(cutout(400, 300)))
    names = [name for name, _ in chunks]
    assert names[:3] == [b"IHDR", b"sRGB", b"IDAT"]
    assert names[-1] == b"IEND"
    assert set(names) == {b"IHDR", b"sRGB", b"IDAT", b"IEND"}
    assert names.count(b"sRGB") == 1
    assert dict(chunks)[b"sRGB"] == b"\x00"


def test_the_header_announces_eight_bit_rgba_without_interlacing():
    content = dict(png_chunks(png(cutout(400, 300))))[b"IHDR"]
    assert content == b"\x00\x00\x01\x90\x00\x00\x01\x2c\x08\x06\x00\x00\x00"


def test_pixels_alpha_and_hidden_colours_are_kept_bit_for_bit_at_every_level():
    image = cutout()
    for compression in range(10):
        again = Image.open(io.BytesIO(png(image, compression)))
        assert again.mode == "RGBA"
        assert largest_difference(again, image) == 0


def test_place_camera_and_profile_of_the_photo_do_not_reach_the_cutout():
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif[0x8825] = {1: "N", 2: (48.0, 8.0, 1.0)}
    for file_format in ("PNG", "JPEG", "WEBP", "TIFF"):
        metadata = {"tiffinfo": {0x010F: "Secret camera"}} if file_format == "TIFF" else {}
        metadata = metadata or {"exif": exif}
        source = save(gradient(), file_format, icc_profile=DISPLAY_P3, dpi=(300, 300), **metadata)
        assert b"Secret" in source
        result = cut_out_file(source, lambda _: np.ones((1, 1, 8, 8), np.float32), "fast")
        names = {name for name, _ in png_chunks(result)}
        assert names == {b"IHDR", b"sRGB", b"IDAT", b"IEND"}, file_format
        assert b"Secret" not in result


def test_metadata_that_hangs_on_the_image_object_is_not_written_either():
    image = cutout()
    image.info.update(icc_profile=DISPLAY_P3, dpi=(72, 72), gamma=0.5, exif=b"Exif\0\0", text="x")
    assert {name for name, _ in png_chunks(png(image))} == {b"IHDR", b"sRGB", b"IDAT", b"IEND"}


def test_the_same_pixels_give_the_same_bytes():
    assert png(cutout()) == png(cutout())


def test_the_quick_level_is_smaller_than_zlibs_own_quick_level():
    image = texture(600, 400)
    image.putalpha(Image.radial_gradient("L").resize(image.size))
    assert len(png(image)) < len(save(image, "PNG", compress_level=1))


def test_rows_of_any_length_are_filtered_without_loss():
    for width in (1, 2, 3, 7, 8, 9, 65):
        for mode in ("L", "LA", "RGB", "RGBA"):
            image = texture(width, 70).convert(mode)
            with Image.open(io.BytesIO(png(image))) as read:
                assert np.array_equal(np.asarray(read), np.asarray(image)), (width, mode)


def test_hidden_colours_are_black_when_they_are_not_to_be_kept():
    image = cutout()
    for level in (1, 9):
        with Image.open(io.BytesIO(png(image, level, hidden=False))) as read:
            assert largest_difference(read, without_hidden_colours(image)) == 0
