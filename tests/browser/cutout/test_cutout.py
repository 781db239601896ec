"""Photo in, full-resolution cutout out, with the weights that ship."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageOps

from core.pipeline import cut_out_file
from tests.browser.support.journey import Journey
from tools.model.native_reference import open_session, variant_bytes

PHOTOS = ("astronaut", "chelsea", "coffee")

MASK_TOLERANCE = 0.01
"""Mean absolute difference, of 1, between the page's alpha and the same weights run natively."""

COLOUR_TOLERANCE = 1.0
"""Mean absolute difference, of 255, between two JPEG decoders.

The page's Pillow has another libjpeg than the system's; the two enlarge the halved colour planes
with different filters, which shows at sharp edges of colour only.
"""


@pytest.fixture(scope="module")
def network():
    return open_session(variant_bytes())


def upright(journey: Journey, name: str) -> np.ndarray:
    """Return a photo as the system's Pillow shows it."""
    with Image.open(journey.saved[name].photo) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def cutout(journey: Journey, name: str) -> np.ndarray:
    """Return the pixels of a saved cutout."""
    with Image.open(journey.saved[name].cutout) as image:
        assert (image.format, image.mode) == ("PNG", "RGBA")
        return np.asarray(image)


@pytest.mark.parametrize("name", PHOTOS)
def test_the_saved_file_is_called_after_the_photo(journey, name):
    assert journey.saved[name].suggested_name == f"{name}-cutout.png"


@pytest.mark.parametrize("name", PHOTOS)
def test_the_cutout_has_the_size_of_the_upright_photo(journey, name):
    assert cutout(journey, name).shape[:2] == upright(journey, name).shape[:2]


def test_one_of_the_photos_is_stored_lying_on_its_side(journey):
    with Image.open(journey.saved["chelsea"].photo) as image:
        assert image.size == upright(journey, "chelsea").shape[:2]


@pytest.mark.parametrize("name", PHOTOS)
def test_the_alpha_channel_tells_subject_from_background(journey, name):
    alpha = cutout(journey, name)[..., 3]

    assert (alpha == 255).mean() > 0.05
    assert (alpha == 0).mean() > 0.05


@pytest.mark.parametrize("name", PHOTOS)
def test_opaque_pixels_keep_the_colours_of_the_photo(journey, name):
    pixels = cutout(journey, name)
    opaque = pixels[..., 3] == 255
    difference = np.abs(pixels[..., :3].astype(int) - upright(journey, name).astype(int))

    assert difference[opaque].mean() <= COLOUR_TOLERANCE


@pytest.mark.parametrize("name", PHOTOS)
def test_the_mask_agrees_with_the_same_weights_run_natively(journey, network, name):
    expected = cut_out_file(
        journey.saved[name].photo.read_bytes(),
        lambda tensor: network.run(None, {"input": tensor})[0],
    )

    alpha = cutout(journey, name)[..., 3] / 255
    difference = np.abs(alpha - np.asarray(Image.open(BytesIO(expected)))[..., 3] / 255)

    assert difference.mean() <= MASK_TOLERANCE


def test_the_cutout_carries_neither_exif_nor_a_colour_profile(journey):
    with Image.open(journey.saved["chelsea"].cutout) as image:
        assert not image.getexif()
        assert "icc_profile" not in image.info


def test_a_png_photo_keeps_every_opaque_colour_and_none_of_the_background(
    made_server, open_page, tmp_path
):
    """A lossless file leaves decoders no freedom, so no opaque pixel may change."""
    from tests.browser.support.pictures import spotlight

    photo = spotlight(201, 133)
    photo.save(tmp_path / "spot.png")
    page = open_page(made_server.url)
    page.add_files([tmp_path / "spot.png"])
    page.wait_until_ended()
    page.save(0, tmp_path / "saved.png")

    pixels = np.asarray(Image.open(tmp_path / "saved.png"))
    opaque, empty = pixels[..., 3] == 255, pixels[..., 3] == 0
    assert opaque.mean() > 0.02
    assert empty.mean() > 0.02
    assert np.array_equal(pixels[opaque][:, :3], np.asarray(photo)[opaque])
    assert not pixels[empty].any()
