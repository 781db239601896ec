"""Every layout of pixels comes out as upright 8-bit RGB with its alpha beside it."""

import numpy as np
from PIL import Image

from core.files.decode import decode
from tests.core.pictures import (
    gradient,
    header_of,
    largest_difference,
    pixels,
    png_chunks,
    png_file,
    quadrants,
    refusal_code,
    save,
)

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)

UPRIGHT_CORNERS = {
    1: (RED, GREEN, BLUE, WHITE),
    2: (GREEN, RED, WHITE, BLUE),
    3: (WHITE, BLUE, GREEN, RED),
    4: (BLUE, WHITE, RED, GREEN),
    5: (RED, BLUE, GREEN, WHITE),
    6: (BLUE, RED, WHITE, GREEN),
    7: (WHITE, GREEN, BLUE, RED),
    8: (GREEN, WHITE, RED, BLUE),
}
"""Corners (top left, top right, bottom left, bottom right) of the quadrants once upright."""


def corners(image):
    """Return the four corner pixels: top left, top right, bottom left, bottom right."""
    right, bottom = image.width - 1, image.height - 1
    return tuple(image.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom)))


def exif(orientation):
    """Return an EXIF block that holds an orientation."""
    block = Image.Exif()
    block[0x0112] = orientation
    return block.tobytes()


def test_all_eight_exif_orientations_are_set_upright_in_png_and_tiff():
    for orientation, expected in UPRIGHT_CORNERS.items():
        turned = orientation >= 5
        for data in (
            save(quadrants(), "PNG", exif=exif(orientation)),
            save(quadrants(), "TIFF", tiffinfo={0x0112: orientation}),
        ):
            header, photo = header_of(data), decode(data)
            assert (header.width, header.height) == ((48, 64) if turned else (64, 48))
            assert photo.image.size == (header.width, header.height)
            assert corners(photo.image) == expected, orientation


def test_orientation_in_jpeg_and_webp_counts_too():
    for file_format in ("JPEG", "WEBP"):
        data = save(quadrants(), file_format, exif=exif(6), quality=95)
        header, photo = header_of(data), decode(data)
        assert (header.width, header.height) == photo.image.size == (48, 64)
        for corner, expected in zip(corners(photo.image), UPRIGHT_CORNERS[6], strict=True):
            assert np.abs(np.subtract(corner, expected)).max() <= 12


def test_alpha_is_turned_together_with_the_colours():
    image = quadrants()
    image.putalpha(255)
    image.paste((255, 0, 0, 0), (0, 0, 32, 24))
    photo = decode(save(image, "PNG", exif=exif(6)))
    assert photo.alpha is not None
    assert photo.alpha.size == photo.image.size == (48, 64)
    assert corners(photo.alpha) == (255, 0, 255, 255)


def test_orientation_behind_the_pixels_of_a_png_is_found_without_decoding():
    chunks = png_chunks(save(quadrants(), "PNG", exif=exif(6)))
    late = [chunk for chunk in chunks if chunk[0] != b"eXIf"]
    late.insert(-1, next(chunk for chunk in chunks if chunk[0] == b"eXIf"))
    data = png_file(late)
    assert (header_of(data).width, header_of(data).height) == (48, 64)
    assert corners(decode(data).image) == UPRIGHT_CORNERS[6]


def test_a_damaged_exif_block_leaves_the_picture_as_it_lies_with_a_notice():
    photo = decode(save(quadrants(), "PNG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))
    assert corners(photo.image) == UPRIGHT_CORNERS[1]
    assert photo.notices in ([], ["orientation_unreadable"])
    photo = decode(save(quadrants(), "PNG", exif=b"not an EXIF block"))
    assert corners(photo.image) == UPRIGHT_CORNERS[1]
    assert photo.notices == ["orientation_unreadable"]


def test_lossless_rgb_files_come_out_bit_identical_and_without_alpha():
    for file_format in ("PNG", "BMP", "TIFF", "PPM", "WEBP"):
        options = {"lossless": True} if file_format == "WEBP" else {}
        photo = decode(save(gradient(), file_format, **options))
        assert photo.image.mode == "RGB"
        assert photo.alpha is None
        assert photo.notices == []
        assert largest_difference(photo.image, gradient()) == 0, file_format


def test_a_jpeg_comes_out_close_to_what_was_saved():
    photo = decode(save(gradient(), "JPEG", quality=95, subsampling=0))
    assert photo.format == "jpeg"
    assert largest_difference(photo.image, gradient()) <= 8


def test_existing_alpha_is_kept_apart_and_hidden_colours_survive():
    image = gradient()
    alpha = Image.fromarray((pixels(image)[..., 1]).astype(np.uint8))
    image.putalpha(alpha)
    photo = decode(save(image, "PNG"))
    assert largest_difference(photo.image, gradient()) == 0
    assert photo.alpha is not None
    assert largest_difference(photo.alpha, alpha) == 0


def test_alpha_that_is_opaque_everywhere_counts_as_none():
    image = gradient()
    image.putalpha(255)
    assert decode(save(image, "PNG")).alpha is None


def test_the_first_frame_of_an_animation_is_taken_with_a_notice():
    frames = [Image.new("RGB", (32, 32), colour) for colour in ((255, 0, 0), (0, 0, 255))]
    for file_format, options in (
        ("GIF", {}),
        ("WEBP", {"lossless": True}),
        ("PNG", {}),
        ("TIFF", {}),
    ):
        data = save(frames[0], file_format, save_all=True, append_images=frames[1:], **options)
        assert header_of(data).frames == 2, file_format
        photo = decode(data)
        assert photo.notices == ["first_frame"]
        assert largest_difference(photo.image, frames[0]) == 0, file_format


def test_the_header_is_read_without_the_pixels():
    data = save(gradient(640, 480), "PNG")
    header = header_of(data[:200])
    assert (header.format, header.width, header.height) == ("png", 640, 480)
    assert (header.mode, header.frames) == ("RGB", 1)


def test_a_draft_of_a_jpeg_is_smaller_but_not_smaller_than_asked():
    data = save(gradient(1600, 1200), "JPEG")
    photo = decode(data, draft_side=200)
    assert photo.image.size == (200, 150)
    assert decode(data, draft_side=201).image.width in (400, 401)
    assert decode(data).image.size == (1600, 1200)


def test_nothing_of_the_files_metadata_travels_on_with_the_pixels():
    image = gradient()
    image.info["comment"] = "secret"
    photo = decode(save(image, "PNG", exif=exif(1), dpi=(300, 300)))
    assert photo.image.info == {}
    assert refusal_code(decode, b"") == "empty_file"
