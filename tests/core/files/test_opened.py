"""A glimpse is a smaller photo of the same size and kind, and the whole one comes when asked."""

import numpy as np
from PIL import Image

from core.files.decode import decode
from core.files.opened import GLIMPSE, opened
from core.pipeline import network_input
from tests.core.pictures import largest_difference, save, texture


def turned_jpeg(size=(2400, 1800)):
    """Return a JPEG file that lies on its side."""
    block = Image.Exif()
    block[0x0112] = 6
    photo = texture(60, 45).resize(size, Image.Resampling.BICUBIC)
    return save(photo, "JPEG", quality=90, exif=block.tobytes())


def test_a_glimpse_is_smaller_and_upright_and_the_whole_photo_comes_after_it():
    data = turned_jpeg()
    photo = opened(data, glimpse=True)
    assert photo.size == (1800, 2400)
    width, height = photo.glimpse().image.size
    assert GLIMPSE <= height < 2400
    assert width / height == 0.75
    assert largest_difference(photo.whole().image, decode(data).image) == 0
    assert photo.glimpse() is photo.whole()


def test_the_network_sees_nearly_the_same_in_a_glimpse():
    photo = opened(turned_jpeg(), glimpse=True)
    seen = network_input(photo.glimpse(), 320)
    assert np.abs(seen - network_input(photo.whole(), 320)).mean() < 0.01


def test_what_cannot_be_reduced_is_whole_at_once():
    for data in (save(texture(90, 60), "PNG"), turned_jpeg((400, 300))):
        photo = opened(data, glimpse=True)
        assert photo.glimpse().image.size == photo.size
        assert photo.whole() is photo.glimpse()
