"""The codecs in the page, and their files read by native libraries."""

import io

import numpy as np
import pytest
from PIL import Image, JpegImagePlugin
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from common.edits.codec_options import codec_options
from common.edits.edit import checked
from tests.browser.support.decoding import decode, refusal
from tests.browser.support.encoding import encode, options_of
from tests.browser.support.pictures import encoded, photo

FULL_COLOUR, HALF_COLOUR = 0, 2
"""What Pillow calls 4:4:4 and 4:2:0."""


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    """A page that is up; its network and pixel worker are not needed."""
    return open_shared_page(made_server.url).page


def opened(content):
    """Return the picture in a file, read to the end."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def likeness(image, other):
    """Return the SSIM of two pictures' brightness."""
    first, second = (np.asarray(picture.convert("L")) for picture in (image, other))
    return structural_similarity(first, second)


def translucent(name="astronaut"):
    """Return a photo that fades out to the right; its last pixels are transparent."""
    image = photo(name).convert("RGBA")
    fade = np.clip(np.linspace(300, -45, image.width), 0, 255).astype(np.uint8)
    alpha = np.broadcast_to(fade, (image.height, image.width))
    image.putalpha(Image.fromarray(np.ascontiguousarray(alpha)))
    return image


@pytest.mark.parametrize(
    ("export", "codec", "kind", "decibels"),
    [
        ({"format": "jpeg", "quality": 80}, "mozjpeg", "JPEG", 32),
        ({"format": "webp", "quality": 80}, "webp", "WEBP", 33),
        ({"format": "avif", "quality": 70}, "avif", "AVIF", 35),
    ],
)
def test_a_photo_is_written_to_the_right_size_and_near_the_original(
    page, export, codec, kind, decibels
):
    for name in ("astronaut", "coffee"):
        image = photo(name)
        back = opened(encode(page, codec, image, options_of(**export)))
        assert (back.format, back.size) == (kind, image.size)
        assert (
            peak_signal_noise_ratio(np.asarray(image), np.asarray(back.convert("RGB"))) > decibels
        )
        assert likeness(image, back) > 0.92


@pytest.mark.parametrize(
    ("file_format", "codec", "kind"),
    [("webp-lossless", "webp", "WEBP"), ("png-small", "oxipng", "PNG")],
)
def test_lossless_files_keep_every_visible_pixel(page, file_format, codec, kind):
    image = translucent()
    content = encode(page, codec, image, options_of(format=file_format))
    back = opened(content)
    assert (back.format, back.size, back.mode) == (kind, image.size, "RGBA")
    before, after = np.asarray(image), np.asarray(back)
    assert np.array_equal(before[..., 3], after[..., 3])
    visible = before[..., 3] > 0
    assert np.array_equal(before[visible], after[visible])
    assert len(content) < len(encoded(image, "png"))


@pytest.mark.parametrize(("file_format", "codec"), [("webp", "webp"), ("avif", "avif")])
def test_transparency_survives_lossy_codecs(page, file_format, codec):
    image = translucent()
    back = opened(encode(page, codec, image, options_of(format=file_format, quality=80)))
    assert (back.mode, back.size) == ("RGBA", image.size)
    before, after = (np.asarray(picture)[..., 3].astype(int) for picture in (image, back))
    assert np.abs(before - after).mean() < 1


@pytest.mark.parametrize("name", ["astronaut", "coffee", "chelsea"])
def test_mozjpeg_is_smaller_than_pillows_jpeg_of_equal_likeness(page, name):
    image = photo(name)
    content = encode(page, "mozjpeg", image, options_of(format="jpeg", quality=75))
    wanted = likeness(image, opened(content))
    for quality in range(40, 100):
        output = io.BytesIO()
        image.save(output, "JPEG", quality=quality, optimize=True, progressive=True)
        if likeness(image, opened(output.getvalue())) >= wanted:
            break
    assert quality < 99
    assert len(content) < len(output.getvalue())


@pytest.mark.slow
def test_more_effort_makes_smaller_files(page):
    image = photo("coffee")
    for file_format, codec in (("jpeg", "mozjpeg"), ("webp", "webp"), ("avif", "avif")):
        quick, thorough = (
            encode(
                page,
                codec,
                image,
                options_of(format=file_format, quality=70, codec={"effort": effort}),
            )
            for effort in (1, 7)
        )
        assert len(thorough) < len(quick), file_format


def test_a_grey_photo_becomes_a_jpeg_of_one_channel(page):
    image = photo("astronaut").convert("L")
    export = checked({"export": {"format": "jpeg", "quality": 80}})["export"]
    back = opened(encode(page, "mozjpeg", image, codec_options(export, grey=True)))
    assert (back.mode, back.size) == ("L", image.size)
    assert likeness(image, back) > 0.92


def test_chroma_and_progressive_arrive_at_the_encoder(page):
    image = photo("astronaut").resize((128, 128))
    full = options_of(format="jpeg", quality=60, codec={"chroma": "4:4:4", "progressive": False})
    back = opened(encode(page, "mozjpeg", image, full))
    assert JpegImagePlugin.get_sampling(back) == FULL_COLOUR
    assert "progressive" not in back.info
    back = opened(encode(page, "mozjpeg", image, options_of(format="jpeg", quality=60)))
    assert JpegImagePlugin.get_sampling(back) == HALF_COLOUR
    assert back.info["progressive"]
    full = options_of(format="avif", quality=60, codec={"chroma": "4:4:4"})
    half = options_of(format="avif", quality=60, codec={"chroma": "4:2:0"})
    assert len(encode(page, "avif", image, full)) > len(encode(page, "avif", image, half))


def avif(image, **options):
    output = io.BytesIO()
    image.save(output, "AVIF", **options)
    return output.getvalue()


def test_an_avif_file_is_read_as_pillow_reads_it(page):
    content = avif(translucent("chelsea"), quality=80)
    image, finished = decode(page, content)
    native = opened(content)
    assert image.size == native.size
    assert not finished
    difference = np.abs(np.asarray(image).astype(int) - np.asarray(native.convert("RGBA")))
    assert difference.mean() < 1


def test_an_avif_file_that_lies_on_its_side_comes_upright(page):
    picture = photo("chelsea").resize((160, 96))
    exif = Image.Exif()
    exif[0x0112] = 6
    image, finished = decode(page, avif(picture, quality=90, exif=exif))
    assert finished
    assert image.size == (96, 160)
    upright = picture.transpose(Image.Transpose.ROTATE_270)
    difference = np.abs(np.asarray(image.convert("RGB")).astype(int) - np.asarray(upright))
    assert difference.mean() < 4


def test_damaged_huge_and_unreadable_inputs_are_refused_by_their_codes(page):
    content = avif(photo("chelsea").resize((160, 96)), quality=90)
    assert "damaged" in refusal(page, content[: len(content) // 2])
    at = content.index(b"ispe") + 8
    bomb = content[:at] + (40000).to_bytes(4, "big") * 2 + content[at + 8 :]
    assert "too_large" in refusal(page, bomb)
    # The pool has replaced what was spoilt.
    assert decode(page, content)[0].size == (160, 96)


@pytest.mark.slow
def test_a_photo_of_twelve_megapixels_becomes_avif(page):
    image = photo("coffee").resize((4000, 3000))
    back = opened(encode(page, "avif", image, options_of(format="avif", quality=60)))
    assert back.size == (4000, 3000)
    assert likeness(image, back) > 0.97
