"""Dots per inch are kept from and to every kind of file that has a place for them, if asked for."""

from PIL import Image

from common.edits.edit import checked
from core.containers.resolution import dots_per_inch
from core.files.beside import EXIF_MARK
from core.files.picture_file import PictureFile
from core.output import files_of, result_of
from core.writing.keeping import Kept, with_kept
from tests.core.pictures import save, texture

TARGETS = ("jpeg", "png", "png-small", "tiff", "bmp", "webp", "webp-lossless")


def found_in(data):
    file = PictureFile(data)
    return dots_per_inch(data, file.kind, (file.exif or b"").removeprefix(EXIF_MARK))


def sources():
    """Yield files of 300 dots per inch."""
    for kind in ("JPEG", "PNG", "TIFF", "BMP"):
        yield save(texture(60, 40), kind, dpi=(300, 300))
    exif = Image.Exif()
    exif[0x011A], exif[0x011B], exif[0x0128] = 300.0, 300.0, 2
    yield save(texture(60, 40), "WEBP", exif=exif)
    plain = save(texture(60, 40), "JPEG", exif=exif)
    yield plain.replace(b"JFIF\0\1\1\1", b"JFIF\0\1\1\0") if b"JFIF" in plain else plain


def written(data, kind, keep):
    sections = {"export": {"format": kind}, "keep": {"resolution": keep}}
    edit = checked({"steps": {"cutout": False}, **sections})
    return files_of(result_of(data, None, edit), edit).files[0].content


def test_dots_per_inch_are_kept_in_every_container():
    for data in sources():
        assert found_in(data) == 300, data[:4]
        for kind in TARGETS:
            assert found_in(written(data, kind, True)) == 300, (data[:4], kind)
            assert found_in(written(data, kind, False)) in (None, 96), (data[:4], kind)


def test_nothing_is_made_up_where_a_file_does_not_say():
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        data = save(texture(60, 40), kind)
        assert found_in(data) is None
        assert found_in(written(data, "png", True)) is None


def test_what_a_codec_has_written_is_told_its_dots_per_inch_too():
    for kind, source in (("jpeg", "JPEG"), ("png-small", "PNG")):
        encoded = save(texture(60, 40), source)
        assert found_in(with_kept(kind, encoded, Kept(dpi=600))) == 600
