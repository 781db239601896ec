"""What a camera wrote is gone from every saved file, but for what the user asks to keep."""

import io

import numpy as np
from PIL import Image

from common.edits.edit import checked
from common.formats import CHOICES, FORMATS
from core.files.decode import decode
from core.files.metadata import receipt
from core.files.picture_file import PictureFile
from core.output import files_of, result_of
from core.writing.keeping import Kept, kept_of, with_kept
from tests.core import camera_file
from tests.core.pictures import DISPLAY_P3, largest_difference, png_chunks, save, texture

PILLOWS = [kind for kind in CHOICES if FORMATS[kind].writer]
CONTAINERS = ("jpeg", "png", "png-small", "webp", "webp-lossless", "tiff")
ALL = {"profile": True, "orientation": True, "copyright": True}


def saved(data, kind, keep=None, **sections):
    """Return the first file that Pillow writes of a photo that is not cut out."""
    given = {"steps": {"cutout": False}, "export": {"format": kind}, "keep": keep or {}}
    edit = checked({**given, **sections})
    return files_of(result_of(data, None, edit), edit).files[0].content


def kinds_in(content):
    """Return the kinds of entries in a file's receipt."""
    return {entry["kind"] for entry in receipt(content)["entries"]}


def test_nothing_of_the_camera_is_in_any_saved_file():
    for make in (camera_file.camera_jpeg, camera_file.camera_png, camera_file.camera_webp):
        data = make(orientation=6)
        for kind in PILLOWS:
            content = saved(data, kind)
            for secret in camera_file.SECRETS:
                assert secret not in content, (make.__name__, kind, secret)
            for secret in (camera_file.GPS_BYTES, b"SECRET", b"Exif\0\0", b"xmpmeta", b"acsp"):
                assert secret not in content, (make.__name__, kind, secret)
            if kind != "pdf":
                assert receipt(content)["entries"] == [], (make.__name__, kind)


def test_nothing_of_the_camera_is_in_a_cutout_either():
    data = camera_file.camera_jpeg(orientation=6)
    matte = np.ones((8, 8), np.float32)
    matte[:, :4] = 0
    for kind in ("png", "webp", "jpeg", "cutout+mask", "mask", "tiff", "gif"):
        edit = checked({"export": {"format": kind}, "edges": {"refinement": "none"}})
        for file in files_of(result_of(data, matte, edit), edit).files:
            assert b"SECRET" not in file.content
            assert receipt(file.content)["entries"] == []


def test_a_kept_profile_goes_along_and_the_colours_stay_as_they_were():
    data = camera_file.camera_jpeg()
    with Image.open(io.BytesIO(data)) as source:
        source.load()
        for kind in CONTAINERS:
            content = saved(data, kind, {"profile": True})
            assert kinds_in(content) == {"icc"}, kind
            with Image.open(io.BytesIO(content)) as image:
                assert image.info["icc_profile"] == DISPLAY_P3, kind
                bound = 0 if kind in ("png", "png-small", "webp-lossless", "tiff") else 40
                assert largest_difference(image, source) <= bound, kind


def test_without_the_profile_colours_are_srgb():
    data = camera_file.camera_png()
    kept = saved(data, "png", {"profile": True})
    plain = saved(data, "png")
    assert largest_difference(Image.open(io.BytesIO(kept)), Image.open(io.BytesIO(plain))) > 10
    again, direct = decode(kept).image, decode(plain).image
    assert largest_difference(again, direct) <= 1


def test_a_profile_is_not_kept_where_it_would_lie():
    data = camera_file.camera_png()
    behind = {"kind": "colour", "colour": "#ff0000"}
    assert kinds_in(saved(data, "png", {"profile": True}, background=behind)) == set()
    for kind in ("gif", "bmp", "ico"):
        assert kinds_in(saved(data, kind, {"profile": True})) == set()
    cmyk = save(texture(64, 48).convert("CMYK"), "TIFF", icc_profile=DISPLAY_P3)
    assert kinds_in(saved(cmyk, "tiff", {"profile": True})) == set()


def test_a_kept_orientation_leaves_pixels_lying_and_shows_them_upright():
    upright = decode(camera_file.camera_png(orientation=1)).image
    for orientation in range(2, 9):
        data = camera_file.camera_png(orientation=orientation)
        shown = decode(data).image
        content = saved(data, "png", {"orientation": True})
        with Image.open(io.BytesIO(content)) as image:
            assert largest_difference(image, upright) == 0, orientation
            assert image.getexif()[0x0112] == orientation
        assert largest_difference(decode(content).image, shown) == 0, orientation


def test_a_kept_orientation_shows_the_same_in_every_container():
    data = camera_file.camera_jpeg(orientation=6)
    shown = decode(data).image
    for kind in CONTAINERS:
        content = saved(data, kind, {"orientation": True})
        again = decode(content).image
        assert again.size == shown.size == (120, 160), kind
        assert largest_difference(again, shown) <= 40, kind
    for kind in ("gif", "bmp"):
        assert decode(saved(data, kind, {"orientation": True})).image.size == shown.size, kind


def test_only_the_rights_are_kept_when_only_they_are_asked_for():
    for make in (camera_file.camera_jpeg, camera_file.camera_webp):
        for kind in CONTAINERS:
            content = saved(make(orientation=6), kind, {"copyright": True})
            entries = {e["label"]: e["value"] for e in receipt(content)["entries"]}
            expected = {"Copyright": "(c) SECRET-COPYRIGHT", "Photographer": "SECRET-ARTIST"}
            assert entries == expected, (make.__name__, kind)
            for secret in camera_file.SECRETS:
                kept = secret in (b"SECRET-COPYRIGHT", b"SECRET-ARTIST")
                assert (secret in content) == kept, (kind, secret)


def test_names_in_any_writing_survive():
    exif = Image.Exif()
    exif[0x8298] = "© Jörg 北京".encode()
    data = save(texture(64, 48), "JPEG", exif=exif)
    for kind in CONTAINERS:
        entries = receipt(saved(data, kind, {"copyright": True}))["entries"]
        assert [entry["value"] for entry in entries] == ["© Jörg 北京"], kind


def test_everything_at_once_in_every_container():
    data = camera_file.camera_jpeg(orientation=8)
    for kind in CONTAINERS:
        content = saved(data, kind, ALL)
        assert kinds_in(content) == {"icc", "copyright", "other"}, kind
        assert decode(content).image.size == (120, 160), kind


def test_a_large_profile_is_cut_into_segments():
    large = DISPLAY_P3 + bytes(200_000)
    large = len(large).to_bytes(4, "big") + large[4:]
    jpeg = with_kept("jpeg", save(texture(64, 48), "JPEG"), Kept(profile=large))
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.info["icc_profile"] == large
        assert largest_difference(image, Image.open(io.BytesIO(save(texture(64, 48), "JPEG")))) == 0


def test_transparency_survives_the_extended_form_of_webp():
    image = texture(64, 48)
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    for options in ({"lossless": True}, {"quality": 80}):
        content = save(image, "WEBP", **options)
        kept = with_kept("webp", content, Kept(profile=DISPLAY_P3, exif=b"Exif\0\0II*\0\x08\0\0\0"))
        before, after = (Image.open(io.BytesIO(data)) for data in (content, kept))
        assert after.mode == "RGBA"
        assert largest_difference(before, after) == 0
        assert after.info["icc_profile"] == DISPLAY_P3
        assert len(kept) == 8 + int.from_bytes(kept[4:8], "little")


def test_a_png_with_a_profile_says_nothing_else_of_its_colours():
    content = saved(camera_file.camera_png(), "png", ALL)
    names = [name for name, _ in png_chunks(content)]
    assert b"iCCP" in names
    assert b"sRGB" not in names


def test_what_keeps_nothing_is_the_very_file():
    content = save(texture(64, 48), "JPEG")
    assert with_kept("jpeg", content, Kept()) is content
    assert with_kept("gif", content, Kept(profile=DISPLAY_P3)) is content


def test_avif_and_heic_come_upright_and_in_srgb():
    head = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + camera_file.exif_block(orientation=6)
    edit = checked({"export": {"format": "jpeg"}, "keep": ALL})
    kept = kept_of(PictureFile(head), edit)
    assert kept.profile is None
    block = Image.Exif()
    block.load(kept.exif)
    assert sorted(block) == [0x013B, 0x8298]
