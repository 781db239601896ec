"""A photo's file is sniffed once, opened once and parsed once on its way to a result."""

from unittest.mock import patch

from common.edits.edit import checked
from common.formats import FORMATS
from common.kinds import keeps_moving
from core.files import picture_file
from core.files.picture_file import PictureFile
from core.output import animation_of, files_of, result_of
from tests.core import camera_file
from tests.core.pictures import save, texture

PILLOWS = [record.key for record in FORMATS.values() if record.writer and record.whole]
KEEP = {"profile": True, "orientation": True, "copyright": True}


def counted(data, kind, keep):
    """Return how often a file was sniffed and opened until its result was written."""
    edit = checked({"steps": {"cutout": False}, "export": {"format": kind}, "keep": keep})
    with (
        patch.object(picture_file, "sniff", wraps=picture_file.sniff) as sniffed,
        patch.object(picture_file.Image, "open", wraps=picture_file.Image.open) as opened,
    ):
        file = PictureFile(data)
        moving = animation_of(file, edit)
        files = moving or files_of(result_of(file, None, edit), edit)
    assert files.files[0].content
    return sniffed.call_count, opened.call_count


def sources():
    yield from (camera_file.camera_jpeg(orientation=6), camera_file.camera_png(orientation=6))
    yield from (save(texture(40, 30), kind) for kind in ("TIFF", "BMP", "WEBP", "ICO"))
    more = [texture(40, 30, seed=2)]
    yield save(texture(40, 30), "GIF", save_all=True, append_images=more, duration=50)


def openings_of(data, kind):
    """Return 1; each picture of a moving GIF is a file of its own for Pillow."""
    return 2 if data[:3] == b"GIF" and keeps_moving("gif", kind) else 1


def test_a_result_without_metadata_costs_one_opening():
    for data in sources():
        for kind in PILLOWS:
            assert counted(data, kind, {}) == (1, openings_of(data, kind)), (data[:4], kind)


def test_a_result_with_metadata_costs_two_openings_at_most():
    """The second is that of the finished TIFF file, which is written again with its tags."""
    for data in sources():
        for kind in PILLOWS:
            sniffs, openings = counted(data, kind, KEEP)
            assert sniffs == 1
            most = openings_of(data, kind) + (kind == "tiff")
            assert openings <= most, (data[:4], kind)


def test_what_has_been_decoded_can_be_asked_for_again():
    file = PictureFile(camera_file.camera_jpeg(orientation=6))
    plain = checked({"steps": {"cutout": False}})
    first = result_of(file, None, plain).rendering.image
    assert result_of(file, None, plain).rendering.image.tobytes() == first.tobytes()
    assert file.header.width < file.header.height
    assert file.profile
