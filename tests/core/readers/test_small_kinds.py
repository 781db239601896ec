"""Cursors, PNG files from inside of apps; and PNG files whose animation or end is broken."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from core.files.decode import decode
from core.files.picture_file import PictureFile
from tests.core.pictures import pixels, png_chunks, png_file, refusal_code, save, texture


def as_cursor(icon):
    """Return an icon as a cursor to click with at (3, 200)."""
    content = bytearray(icon)
    content[2] = 2
    for entry in range(content[4]):
        content[6 + 16 * entry + 4 : 6 + 16 * entry + 8] = struct.pack("<HH", 3, 200)
    return bytes(content)


@pytest.mark.parametrize("form", ["png", "bmp"])
def test_the_largest_picture_of_a_cursor_is_read(form):
    image = texture(64, 64).convert("RGBA")
    image.putalpha(Image.radial_gradient("L").resize((64, 64)))
    icon = save(image, "ICO", sizes=[(16, 16), (64, 64)], bitmap_format=form)
    photo = decode(as_cursor(icon))
    assert PictureFile(as_cursor(icon)).kind == "cursor"
    assert photo.image.size == (64, 64)
    assert np.array_equal(pixels(photo.image), pixels(image)[..., :3])
    assert np.array_equal(pixels(photo.alpha), pixels(image)[..., 3])


def test_an_icon_whose_directory_names_no_bits_keeps_its_alpha():
    image = texture(32, 32).convert("RGBA")
    image.putalpha(Image.radial_gradient("L").resize((32, 32)))
    icon = bytearray(save(image, "ICO", sizes=[(32, 32)], bitmap_format="bmp"))
    icon[10:14] = bytes(4)
    assert np.array_equal(pixels(decode(bytes(icon)).alpha), pixels(image)[..., 3])


@pytest.mark.parametrize("cursor", [False, True])
def test_where_all_alpha_of_an_icon_is_0_its_mask_tells_what_shows(cursor):
    image = texture(40, 30)
    hidden = np.zeros((30, 40), bool)
    hidden[:7, 5:] = True
    values = np.dstack([pixels(image)[..., ::-1], np.zeros((30, 40))]).astype(np.uint8)
    mask = np.zeros((30, 8), np.uint8)
    mask[:, :5] = np.packbits(hidden, axis=1)
    head = struct.pack("<IiiHHIIiiII", 40, 40, 60, 1, 32, 0, 0, 0, 0, 0, 0)
    body = head + values[::-1].tobytes() + mask[::-1].tobytes()
    icon = b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 40, 30, 0, 0, 1, 32, len(body), 22) + body
    photo = decode(as_cursor(icon) if cursor else icon)
    assert np.array_equal(pixels(photo.image), pixels(image))
    assert np.array_equal(pixels(photo.alpha) == 0, hidden)


def test_a_targa_file_is_not_taken_for_a_cursor():
    assert PictureFile(save(texture(40, 30), "TGA")).kind == "targa"


def iphone(image):
    """Return an image (mode RGBA) as Apple's tools pack it."""
    values = pixels(image).astype(np.uint16)
    alpha = values[..., 3:]
    colours = (values[..., 2::-1] * alpha + 127) // 255
    rows = np.concatenate([colours, alpha], 2).astype(np.uint8).reshape(image.height, -1)
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(b"".join(b"\0" + row.tobytes() for row in rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", *image.size, 8, 6, 0, 0, 0)
    return png_file(
        [(b"CgBI", b"\x50\0\x20\2"), (b"IHDR", head), (b"IDAT", packed), (b"IEND", b"")]
    )


def test_a_png_file_from_inside_of_an_app_has_its_colours_and_its_alpha():
    image = texture(40, 30).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize((40, 30)))
    photo = decode(iphone(image))
    alpha = pixels(image)[..., 3].astype(int)
    assert np.array_equal(pixels(photo.alpha), alpha)
    wrong = np.abs(pixels(photo.image).astype(int) - pixels(image)[..., :3]).max(2)
    assert (wrong * alpha <= 255).all()  # what multiplying in 8 bits leaves
    opaque = decode(iphone(texture(40, 30).convert("RGBA")))
    assert np.array_equal(pixels(opaque.image), pixels(texture(40, 30)))


@pytest.mark.parametrize("cut", [20, 40, 60, 80])
def test_a_broken_png_file_from_inside_of_an_app_is_refused(cut):
    assert refusal_code(decode, iphone(texture(40, 30).convert("RGBA"))[:cut]) == "damaged"


def moving_png():
    """Return the chunks of an animated PNG file of two frames."""
    frames = [texture(20, 20), texture(20, 20).rotate(90)]
    return png_chunks(save(frames[0], "PNG", save_all=True, append_images=frames[1:]))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda chunks: [c for c in chunks if c[0] != b"fcTL"],
        lambda chunks: [c for c in chunks if c[0] != b"fdAT"],
        lambda chunks: [c for c in chunks for _ in range(1 + (c[0] == b"fcTL"))],
        lambda chunks: [(n, bytes([0, 0, 0, 9]) + c[4:] if n == b"fcTL" else c) for n, c in chunks],
        lambda chunks: [(n, bytes(8) if n == b"acTL" else c) for n, c in chunks],
    ],
)
def test_a_broken_animation_shows_its_still_picture_as_in_browsers(spoil):
    data = png_file(spoil(moving_png()))
    assert np.array_equal(pixels(decode(data).image), pixels(texture(20, 20)))
    assert PictureFile(data).header.frames == 1


@pytest.mark.parametrize("cut", [1, 4, 8, 12])
def test_a_png_file_that_breaks_off_behind_its_pixels_is_read(cut):
    data = save(texture(20, 20), "PNG")[:-cut]
    assert np.array_equal(pixels(decode(data).image), pixels(texture(20, 20)))
