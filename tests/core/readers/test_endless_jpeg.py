"""A JPEG file that lacks only its end marker is whole; one that lacks more is damaged."""

from PIL import Image

from core.files.decode import decode
from tests.core.pictures import largest_difference, refusal_code, save, texture


def forms():
    """Yield JPEG files of every layout and how they are packed."""
    photo = texture(203, 117)
    for image in (photo, photo.convert("L"), photo.convert("CMYK")):
        for options in ({}, {"progressive": True}, {"restart_marker_rows": 1}):
            for chroma in (0, 2):
                if image.mode == "RGB" or not chroma:
                    yield save(image, "JPEG", quality=90, subsampling=chroma, **options)


def test_where_only_the_end_marker_is_missing_the_picture_is_whole():
    for data in forms():
        assert data.endswith(b"\xff\xd9")
        whole = decode(data)
        for cut in (data[:-2], data[:-1]):
            photo = decode(cut)
            assert largest_difference(photo.image, whole.image) == 0
            assert photo.notices == whole.notices


def test_where_pixels_are_missing_it_is_damaged():
    for data in forms():
        for part in (0.3, 0.7, 0.95):
            assert refusal_code(decode, data[: int(len(data) * part)]) == "damaged"
    flat = save(Image.new("RGB", (400, 300), (200, 30, 30)), "JPEG")
    assert refusal_code(decode, flat[:-60]) == "damaged"
