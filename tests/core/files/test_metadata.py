"""The receipt names all that a camera wrote beside the pixels."""

from PIL import Image

from core.files.metadata import exif_block, receipt
from core.files.picture_file import PictureFile
from tests.core import camera_file
from tests.core.pictures import DISPLAY_P3, SRGB_CURVE, profile, refusal_code, save, texture


def shown(data):
    """Return the receipt's entries as {(kind, label): value}."""
    return {(e["kind"], e["label"]): e["value"] for e in receipt(data)["entries"]}


def test_the_photo_of_a_camera_is_told_in_full():
    data = camera_file.camera_jpeg(orientation=6)
    facts = receipt(data)
    assert (facts["format"], facts["frames"], facts["bytes"]) == ("jpeg", 1, len(data))
    assert (facts["width"], facts["height"]) == (120, 160)
    entries = shown(data)
    assert entries["gps", "Position"] == "48.85832° N, 2.29450° E"
    assert entries["gps", "Height above the sea"] == "35 m"
    assert entries["gps", "Position in XMP"] == "48,51.5N"
    assert entries["gps", "City (IPTC)"] == "SECRET-CITY"
    assert entries["camera", "Camera"] == "SECRET-MODEL"
    assert entries["camera", "Exposure"] == "1/125 s, f/2.8"
    assert entries["camera", "Maker's own notes"] == "283\u00a0B"
    assert entries["date", "Taken"] == "2019:08:07 06:05:04"
    assert entries["serial", "Camera's serial number"] == "SECRET-BODY-SERIAL"
    assert entries["serial", "Lens's serial number"] == "SECRET-LENS-SERIAL"
    assert entries["serial", "Owner's name"] == "SECRET-OWNER"
    assert entries["serial", "Serial number in XMP"] == "SECRET-XMP"
    small = len(camera_file.thumbnail())
    assert entries["thumbnail", "Small copy of the picture"] in (
        f"{small}\u00a0B",
        "1\u00a0KB",
        "2\u00a0KB",
    )
    assert entries["icc", "Colour profile"] == "test"
    assert entries["copyright", "Copyright"] == "(c) SECRET-COPYRIGHT"
    assert entries["copyright", "Photographer"] == "SECRET-ARTIST"
    assert entries["comment", "Comment"] == "SECRET-COMMENT"
    assert entries["other", "Orientation"] == "6"
    assert entries["other", "Film behind the picture"] == "present"
    kinds = {kind for kind, _ in entries}
    expected = "camera comment copyright date gps icc other serial thumbnail xmp"
    assert sorted(kinds) == expected.split()


def test_every_secret_of_the_made_photo_is_really_in_it():
    data = camera_file.camera_jpeg()
    for secret in (*camera_file.SECRETS, camera_file.GPS_BYTES, b"SECRET-THUMBNAIL"):
        assert secret in data, secret


def test_png_and_webp_tell_the_same_of_the_camera():
    for data in (camera_file.camera_png(), camera_file.camera_webp()):
        entries = shown(data)
        assert entries["gps", "Position"].startswith("48.85832")
        assert entries["serial", "Camera's serial number"] == "SECRET-BODY-SERIAL"
        assert ("thumbnail", "Small copy of the picture") in entries
        assert ("xmp", "XMP") in entries
        assert ("icc", "Colour profile") in entries
    entries = shown(camera_file.camera_png())
    assert entries["copyright", "Author"] == "SECRET-ARTIST"
    assert entries["comment", "Comment"] == "SECRET-COMMENT"
    assert entries["comment", "Warning"] == "SECRET-NOTE"
    assert entries["date", "Changed"] == "2019-08-07"


def test_a_tiff_file_tells_its_tags():
    image = texture(60, 40)
    tags = {0x010F: "SECRET-MAKER", 0x8298: "SECRET-COPYRIGHT", 0x02BC: camera_file.XMP}
    data = save(image, "TIFF", tiffinfo=tags, icc_profile=DISPLAY_P3)
    entries = shown(data)
    assert entries["camera", "Camera maker"] == "SECRET-MAKER"
    assert entries["copyright", "Copyright"] == "SECRET-COPYRIGHT"
    assert ("xmp", "XMP") in entries
    assert ("icc", "Colour profile") in entries


def test_comments_and_frames_of_a_gif():
    frames = [texture(40, 30, seed=seed).quantize(8) for seed in range(3)]
    data = save(
        frames[0], "GIF", save_all=True, append_images=frames[1:], comment=b"SECRET-COMMENT"
    )
    assert shown(data) == {("comment", "Comment"): "SECRET-COMMENT"}
    assert receipt(data)["frames"] == 3


def test_a_file_without_metadata_has_an_empty_receipt():
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"):
        assert receipt(save(texture(40, 30), kind))["entries"] == [], kind


def test_a_damaged_block_is_named_and_does_no_harm():
    block = camera_file.exif_block()
    for broken in (b"Exif\0\0MM\0*\0\0\xff\xff", b"Exif\0\0nonsense", block[:60]):
        data = save(texture(40, 30), "JPEG", exif=broken)
        entries = receipt(data)["entries"]
        assert entries, broken
        assert exif_block(PictureFile(data)).get(0x9999) is None
    for at in range(8, len(block), 37):
        bad = block[:at] + b"\xff\xff\xff" + block[at + 3 :]
        assert isinstance(receipt(save(texture(40, 30), "JPEG", exif=bad))["entries"], list)


def test_avif_and_heic_are_read_by_their_marks():
    head = b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + b"\0\0\0\0"
    box = b"colrprof" + DISPLAY_P3
    box = (len(box) + 4).to_bytes(4, "big") + box
    data = head + box + b"\0\0\0\x06" + camera_file.exif_block() + camera_file.XMP
    entries = shown(data)
    assert receipt(data)["format"] == "avif"
    assert entries["gps", "Position"].startswith("48.85832")
    assert entries["icc", "Colour profile"] == "test"
    assert entries["serial", "Serial number in XMP"] == "SECRET-XMP"
    assert PictureFile(data).profile == DISPLAY_P3
    assert receipt(head)["entries"] == []
    assert exif_block(PictureFile(data))[0x010F] == "SECRET-MAKER"


def test_an_avif_file_tells_its_size_upright_without_a_decoder():
    def box(name, content):
        return (len(content) + 8).to_bytes(4, "big") + name + content

    extent = box(b"ispe", bytes(4) + (400).to_bytes(4, "big") + (300).to_bytes(4, "big"))
    for turn, wanted in ((b"", (400, 300)), (box(b"irot", b"\1"), (300, 400))):
        meta = box(b"meta", bytes(4) + box(b"iprp", box(b"ipco", extent + turn)))
        facts = receipt(box(b"ftyp", b"avif\0\0\0\0avifmif1") + meta + box(b"mdat", bytes(40)))
        assert (facts["width"], facts["height"]) == wanted


def test_what_is_no_picture_is_refused():
    assert refusal_code(receipt, b"") == "empty_file"
    assert refusal_code(receipt, b"hello, I am a text") == "not_an_image"
    assert refusal_code(receipt, b"%PDF-1.4") == "is_pdf"


def test_long_and_odd_texts_become_one_printable_line():
    exif = Image.Exif()
    exif[0x010E] = "a\nb\x01" + "x" * 900
    value = shown(save(texture(40, 30), "JPEG", exif=exif))["comment", "Description"]
    assert value.startswith("a b x")
    assert len(value) == 200
    exif[0x010E] = "Grüße".encode()
    entries = shown(save(texture(40, 30), "JPEG", exif=exif))
    assert entries["comment", "Description"] == "Grüße"


def test_profiles_are_found_by_name():
    data = save(texture(40, 30), "PNG", icc_profile=DISPLAY_P3)
    assert PictureFile(data).profile == DISPLAY_P3
    assert PictureFile(save(texture(40, 30), "PNG")).profile is None
    grey = profile(SRGB_CURVE, None, b"GRAY")
    assert PictureFile(save(texture(40, 30).convert("L"), "PNG", icc_profile=grey)).profile == grey


def test_the_boxes_of_a_jpeg_xl_file_are_told_and_its_size_without_a_decoder():
    def box(name, content):
        return (len(content) + 8).to_bytes(4, "big") + name + content

    # 48 x 48 pixels in eighths, all as usual (ISO/IEC 18181-1, SizeHeader and ImageMetadata).
    stream = b"\xff\x0a" + (1 | 5 << 1 | 1 << 6 | 1 << 9).to_bytes(2, "little")
    data = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    data += box(b"Exif", bytes(4) + camera_file.exif_block(orientation=1)[6:])
    data += box(b"xml ", camera_file.XMP) + box(b"note", b"SECRET") + box(b"jxlc", stream)
    told = receipt(data)
    assert (told["format"], told["width"], told["height"]) == ("jxl", 48, 48)
    words = str(told["entries"])
    assert "SECRET-MODEL" in words
    assert "XMP" in words
    assert "Private block note" in words
    assert receipt(stream)["entries"] == []
