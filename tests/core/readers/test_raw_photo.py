"""Raw photos: the JPEG of full size in them, upright, with a notice; else refused by their name."""

import struct

import pytest
from PIL import Image

from common.edits.edit import checked
from common.errors import Refusal
from core.files.decode import decode
from core.files.metadata import receipt
from core.files.picture_file import PictureFile
from core.output import files_of, result_of
from core.readers.raw_photo import built_in_jpeg
from tests.core.pictures import refusal_code, save

FULL, THUMBNAIL = (640, 420), (160, 120)
LONG, SHORT, ASCII, UNDEFINED = 4, 3, 2, 7


def picture(size, colour, exif=None):
    """Return a JPEG file of one colour."""
    options = {"exif": exif} if exif else {}
    return save(Image.new("RGB", size, colour), "JPEG", **options)


def raw(directories, magic=b"II*\0", head=b""):
    """Return a TIFF file of directories: lists of (tag, type, value); bytes are put behind them.

    A value that is a list of directories is a tag for directories within.
    """
    content = bytearray(magic + struct.pack("<I", 8 + len(head)) + head)

    def put(entries, following):
        """Append a directory; return nothing, the next one's offset is patched."""
        at = len(content)
        content.extend(bytes(2 + 12 * len(entries) + 4))
        packed = b""
        for tag, kind, value in entries:
            if isinstance(value, bytes):
                count, field = len(value), struct.pack("<I", len(content))
                if kind == LONG:
                    count = 1
                content.extend(value)
            elif isinstance(value, list):
                count, field = 1, struct.pack("<I", len(content))
                put(value, 0)
            else:
                count, field = 1, struct.pack("<I", value)
            packed += struct.pack("<HHI", tag, kind, count) + field
        after = len(content) if following else 0
        whole = struct.pack("<H", len(entries)) + packed + struct.pack("<I", after)
        content[at : at + len(whole)] = whole

    for number, entries in enumerate(directories):
        put(entries, number + 1 < len(directories))
    return bytes(content)


def sized(size, *more):
    """Return the entries of a directory with a size."""
    return [(256, LONG, size[0]), (257, LONG, size[1]), *more]


SENSOR = (262, SHORT, 32803)
RED, BLUE = (200, 30, 40), (30, 40, 200)


def canon():
    """CR2: the JPEG is the first page's only strip, the sensor's data a JPEG without loss."""
    full = picture(FULL, RED)
    lossless = b"\xff\xd8\xff\xc3\x00\x0e\x0e" + struct.pack(">HH", 3000, 4000) + b"\2" + bytes(99)
    return raw(
        [
            sized(
                FULL, (259, SHORT, 6), (273, LONG, full), (274, SHORT, 6), (279, LONG, len(full))
            ),
            [(513, LONG, picture(THUMBNAIL, BLUE)), (514, LONG, 999)],
            [(259, SHORT, 6), (273, LONG, lossless), (279, LONG, len(lossless)), SENSOR],
        ],
        head=b"CR\2\0" + bytes(4),
    )


def nikon():
    """NEF: a small first page, the JPEG and the sensor's data within it."""
    full = picture(FULL, RED)
    inside = sized(FULL, (254, LONG, 1), (513, LONG, full), (514, LONG, len(full)))
    first = sized(THUMBNAIL, (254, LONG, 1), (271, ASCII, b"SECRET CAMERA\0"), (330, LONG, inside))
    return raw([first, sized(FULL, (254, LONG, 0), SENSOR)])


def dng(full=FULL):
    """DNG: the preview in a SubIFD, packing 7."""
    content = picture(full, RED)
    inside = sized(
        full, (254, LONG, 1), (259, SHORT, 7), (273, LONG, content), (279, LONG, len(content))
    )
    first = sized(FULL, (254, LONG, 0), SENSOR, (330, LONG, inside), (50706, LONG, 0x401))
    return raw([first])


def panasonic():
    """RW2: a name of its own, the JPEG as a value."""
    entries = [(2, LONG, 660), (3, LONG, 440), (46, UNDEFINED, picture(FULL, RED))]
    return raw([entries], b"IIU\0")


def olympus():
    """ORF: the JPEG somewhere in the maker's own block."""
    note = b"OLYMPUS\0" + bytes(60) + picture(FULL, RED)
    return raw([sized(FULL, (262, SHORT, 1), (37500, UNDEFINED, note))], b"IIRO")


def fuji():
    """RAF: a container of its own, big-endian."""
    full = picture(FULL, RED)
    return (
        b"FUJIFILMCCD-RAW 0201FF383501"
        + bytes(56)
        + struct.pack(">II", 148, len(full))
        + bytes(56)
        + full
        + bytes(500)
    )


def canon_boxes():
    """CR3: boxes; a small preview first, then the JPEG of full size."""
    small, full = picture(THUMBNAIL, BLUE), picture(FULL, RED)
    boxes = struct.pack(">I", 24) + b"ftypcrx " + bytes(12)
    for content in (small, full):
        boxes += struct.pack(">I", len(content) + 8) + b"mdat" + content
    return boxes + bytes(3000)


FILES = {
    "CR2": canon, "NEF": nikon, "DNG": dng, "RW2": panasonic, "ORF": olympus, "RAF": fuji,
    "CR3": canon_boxes,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_the_jpeg_of_full_size_in_a_raw_photo_is_its_picture(name):
    file = PictureFile(FILES[name]())
    photo = decode(file)
    size = FULL[::-1] if name == "CR2" else FULL  # held on its side
    assert (file.kind, photo.image.size, photo.notices) == ("raw", size, ["built_in_jpeg"])
    assert (file.header.width, file.header.height) == size
    assert max(abs(a - b) for a, b in zip(photo.image.getpixel((9, 9)), RED, strict=True)) <= 3
    labels = [entry["label"] for entry in receipt(file)["entries"]]
    assert "Raw data of the sensor" in labels


def test_what_the_camera_wrote_into_a_raw_photo_is_on_the_receipt_and_not_in_the_result():
    data = nikon()
    assert "SECRET CAMERA" in str(receipt(data)["entries"])
    edit = checked({"steps": {"cutout": False}, "export": {"format": "jpeg"}})
    assert b"SECRET" not in files_of(result_of(data, None, edit), edit).files[0].content


def test_a_jpeg_in_a_raw_photo_that_knows_how_it_was_held_is_believed():
    block = Image.Exif()
    block[274] = 3
    full = picture(FULL, RED, block.tobytes())
    data = raw([sized(FULL, (262, SHORT, 32803), (274, SHORT, 6), (46, UNDEFINED, full))])
    assert PictureFile(data).orientation == 3


@pytest.mark.parametrize(
    "data",
    [
        dng(THUMBNAIL),
        dng((320, 210)),
        raw([sized(FULL, SENSOR)]),
        b"II*\0\x10\0\0\0CR\2\0" + bytes(60),
        b"FUJIFILMCCD-RAW 0201" + bytes(600),
        b"IIRO\x08\0\0\0" + bytes(60),
        b"IIU\0\x18\0\0\0" + bytes(60),
        b"II\x1a\0\0\0HEAPCCDR" + bytes(60),
        b"FUJIFILMCCD-RAW 0201" + bytes(90) + picture(THUMBNAIL, BLUE),
        struct.pack(">I", 24) + b"ftypcrx " + bytes(12),
    ],
)
def test_a_raw_photo_without_a_jpeg_of_full_size_is_refused_by_its_name(data):
    assert refusal_code(decode, data) == "is_raw"
    assert refusal_code(receipt, data) == "is_raw"


def test_what_the_sensor_saw_is_never_taken_for_the_picture_even_packed_as_jpeg():
    tile = picture((400, 400), BLUE)
    entries = sized(FULL, SENSOR, (324, LONG, tile), (325, LONG, len(tile)))
    with pytest.raises(Refusal, match="raw file"):
        built_in_jpeg(raw([entries]))


def test_a_million_false_beginnings_of_jpegs_are_soon_looked_through():
    data = b"FUJIFILMCCD-RAW 0201" + b"\xff\xd8\xff\xe0\0\2" * 1_000_000
    assert refusal_code(decode, data) == "is_raw"
