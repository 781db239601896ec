"""What is kept in AVIF and JPEG XL files is where independent readers look for it.

AVIF files are written and read by Pillow's libavif here, JPEG XL ones by imagecodecs' libjxl.
"""

import io
from dataclasses import replace

import imagecodecs
import numpy as np
import pytest
from PIL import Image, ImageCms

from common.edits.edit import checked
from core.containers.iso import boxes
from core.files.metadata import receipt
from core.files.own_profile import display_p3
from core.files.picture_file import PictureFile
from core.files.rights import ARTIST_TAG, COPYRIGHT_TAG, rights
from core.output import files_of, photo_of_pixels, pixels_of, result_of, stand_in
from core.writing.boxes import in_avif
from core.writing.keeping import Kept, kept_of, with_kept
from tests.core import camera_file
from tests.core.pictures import (
    ADOBE_RGB,
    DISPLAY_P3,
    largest_difference,
    png_file,
    save,
    texture,
)
from tests.core.planted import SECRET, streams
from tests.core.writing.leaks import FILES, RIGHTS

EVERYTHING = {"profile": True, "orientation": True, "copyright": True, "resolution": True}
TOLERANCE = 3


def edit_for(kind, keep, **sections):
    given = {"steps": {"cutout": False}, "export": {"format": kind}, "keep": keep}
    return checked({**given, **sections})


def avif(image, **options):
    return save(image, "AVIF", quality=100, subsampling="4:4:4", **options)


def photo(alpha=False):
    image = texture(96, 64)
    if alpha:
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    return image


def in_srgb(content):
    """Return the picture of a file as LittleCMS shows it, mode RGB."""
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        profile = image.info.get("icc_profile")
        rgb = image.convert("RGB")
    if profile:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        rgb = ImageCms.profileToProfile(rgb, source, ImageCms.createProfile("sRGB"))
    return rgb


@pytest.mark.parametrize("alpha", [False, True])
@pytest.mark.parametrize("what", ["profile", "exif", "both", "large"])
def test_an_avif_file_holds_what_is_kept_and_shows_the_same(alpha, what):
    content = avif(photo(alpha))
    profile = DISPLAY_P3 if what in ("profile", "both") else None
    if what == "large":
        profile = DISPLAY_P3 + bytes(300_000)
        profile = len(profile).to_bytes(4, "big") + profile[4:]
    block = camera_file.exif_block(1) if what in ("exif", "both") else None
    made = with_kept("avif", content, Kept(profile=profile, exif=block))
    with Image.open(io.BytesIO(made)) as image, Image.open(io.BytesIO(content)) as before:
        assert largest_difference(image, before) == 0
        assert image.info.get("icc_profile") == profile
        assert (image.getexif().get(0x8298) is not None) == (block is not None)
    assert PictureFile(made).profile == profile
    assert [name for name, _ in boxes(made)].count(b"meta") == 1
    other = imagecodecs.avif_decode(made)
    assert np.array_equal(other, imagecodecs.avif_decode(content))


@pytest.mark.parametrize("kind", ["avif", "jxl"])
def test_the_very_text_is_kept_in_what_the_codecs_write(kind):
    words = {COPYRIGHT_TAG: "© 2024 Zoë <& 北京>".encode(), ARTIST_TAG: "Zoë Müller".encode()}
    exif = Image.Exif()
    for tag, text in words.items():
        exif[tag] = text
    source = PictureFile(save(photo(), "JPEG", exif=exif.tobytes()))
    pixels = np.asarray(photo())
    content = avif(photo()) if kind == "avif" else imagecodecs.jpegxl_encode(pixels, lossless=True)
    made = with_kept(kind, content, kept_of(source, edit_for(kind, EVERYTHING)))
    assert rights(PictureFile(made)) == words
    assert {entry["kind"] for entry in receipt(made)["entries"]} == {"copyright"}
    decode = imagecodecs.avif_decode if kind == "avif" else imagecodecs.jpegxl_decode
    assert np.array_equal(decode(made), decode(content))
    again = with_kept(kind, made, kept_of(source, edit_for(kind, {})))
    assert again is made


def test_a_jpeg_xl_file_in_boxes_gets_one_more():
    container = imagecodecs.jpegxl_encode(np.asarray(photo()), lossless=True, usecontainer=True)
    source = PictureFile(camera_file.camera_jpeg())
    made = with_kept("jxl", container, kept_of(source, edit_for("jxl", EVERYTHING)))
    assert b"SECRET-COPYRIGHT" in made
    assert b"SECRET-MODEL" not in made
    assert np.array_equal(imagecodecs.jpegxl_decode(made), np.asarray(photo()))


def test_an_avif_file_of_another_make_is_no_silent_loss():
    with pytest.raises(ValueError, match="other boxes"):
        in_avif(b"\0\0\0\x10ftypavif\0\0\0\0", DISPLAY_P3, None)


def coloured_sources():
    """Yield the name of a file whose colours are Display P3's, the file, and what it shows."""
    image = photo()
    shown = ImageCms.profileToProfile(
        image, ImageCms.ImageCmsProfile(io.BytesIO(DISPLAY_P3)), ImageCms.createProfile("sRGB")
    )
    for kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        options = {"quality": 100, "subsampling": 0} if kind == "JPEG" else {}
        options |= {"lossless": True} if kind == "WEBP" else {}
        data = save(image, kind, icc_profile=DISPLAY_P3, **options)
        yield kind, data, in_srgb(data) if kind == "JPEG" else shown
    numbers = png_file([(b"cICP", bytes([12, 13, 0, 1]))])[8:]
    plain = save(image, "PNG")
    yield "cICP", plain[:33] + numbers + plain[33:], shown
    pixels = np.asarray(image.convert("RGBA"))
    for name, extra in (
        ("AVIF with a profile", {"icc_profile": DISPLAY_P3}),
        ("AVIF with numbers", {}),
    ):
        original = avif(image, **extra)
        if not extra:
            at = original.index(b"colrnclx") + 8
            original = original[:at] + b"\0\x0c\0\x0d" + original[at + 4 :]
        converted = photo_of_pixels(pixels, [], original)
        yield name, stand_in(converted, pixels, original), shown


@pytest.mark.parametrize("kind", ["png", "png-small", "webp", "webp-lossless", "jpeg", "tiff"])
def test_display_p3_is_kept_and_shows_the_same_to_an_independent_reader(kind):
    for name, data, shown in coloured_sources():
        edit = edit_for(kind, {"profile": True}, export={"format": kind, "quality": 100})
        result = result_of(data, None, edit)
        assert result.kept.profile is not None, name
        content = files_of(result, edit).files[0].content
        with Image.open(io.BytesIO(content)) as image:
            assert image.info["icc_profile"] == result.kept.profile, name
        # What the writer itself loses (WebP halves the colours' resolution) is no matter here.
        lossy = kind in ("webp", "jpeg")
        difference = np.abs(np.asarray(in_srgb(content)).astype(int) - np.asarray(shown))
        assert (difference.mean() if lossy else difference.max()) <= TOLERANCE, (name, kind)
        plain = edit_for(kind, {}, export={"format": kind, "quality": 100})
        default = files_of(result_of(data, None, plain), plain).files[0].content
        with Image.open(io.BytesIO(default)) as image:
            assert "icc_profile" not in image.info, name
        difference = np.abs(np.asarray(in_srgb(default)).astype(int) - np.asarray(shown))
        assert (difference.mean() if lossy else difference.max()) <= TOLERANCE, (name, kind)


def test_display_p3_is_kept_in_what_the_avif_codec_writes():
    for name, data, shown in coloured_sources():
        edit = edit_for("avif", {"profile": True})
        result = result_of(data, None, edit)
        pixels = Image.fromarray(pixels_of(result, edit)).convert("RGB")
        made = with_kept("avif", avif(pixels), kept_of(PictureFile(data), edit))
        with Image.open(io.BytesIO(made)) as image:
            assert image.info["icc_profile"] == result.kept.profile, name
        difference = np.abs(np.asarray(in_srgb(made)).astype(int) - np.asarray(shown))
        assert difference.mean() <= TOLERANCE, name  # single pixels the codec itself changes


def test_colours_of_a_jpeg_xl_file_are_srgb_since_nothing_else_can_be_said_there():
    data = save(photo(), "PNG", icc_profile=DISPLAY_P3)
    edit = edit_for("jxl", {"profile": True})
    assert result_of(data, None, edit).kept.profile is None
    assert (
        largest_difference(
            Image.fromarray(pixels_of(result_of(data, None, edit), edit)).convert("RGB"),
            in_srgb(data),
        )
        <= TOLERANCE
    )


def test_our_own_profile_is_display_p3_to_an_independent_reader():
    image = photo()
    own, other = (
        ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        )
        for profile in (display_p3(), DISPLAY_P3)
    )
    assert largest_difference(own, other) <= 1
    described = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(display_p3())))
    assert described.strip() == "Display P3"
    assert len(display_p3()) == int.from_bytes(display_p3()[:4], "big")


def test_a_stand_in_keeps_alpha_and_is_srgb_where_nothing_else_is_said():
    image = photo(alpha=True)
    pixels = np.asarray(image)
    for original, kept in (
        (None, None),
        (avif(image), None),
        (avif(image, icc_profile=ADOBE_RGB), ADOBE_RGB),
    ):
        content = stand_in(photo_of_pixels(pixels, [], original), pixels, original)
        with Image.open(io.BytesIO(content)) as made:
            assert made.info.get("icc_profile") == kept
            assert largest_difference(made.getchannel("A"), image.getchannel("A")) == 0


def test_a_drawing_keeps_its_rights_and_asks_for_no_profile():
    drawing = PictureFile(
        b'<svg xmlns="http:' + b'//www.w3.org/2000/svg" width="9" height="9"><metadata><dc:rights>'
        b"<cc:Agent><dc:title>Zo\xc3\xab</dc:title></cc:Agent></dc:rights></metadata></svg>"
    )
    for kind in ("jpeg", "avif", "gif"):
        kept = kept_of(drawing, edit_for(kind, EVERYTHING))
        assert kept.profile is None
        assert kept.orientation == 1
    assert rights(drawing) == {COPYRIGHT_TAG: "Zoë".encode()}


@pytest.mark.parametrize("kind", ["avif", "jxl"])
def test_of_a_planted_file_only_the_rights_get_into_what_the_codecs_write(kind):
    pixels = np.asarray(photo())
    plain = avif(photo()) if kind == "avif" else imagecodecs.jpegxl_encode(pixels, lossless=True)
    for name, data in FILES.items():
        for keep in ({}, {"copyright": True}, {**EVERYTHING}):
            made = with_kept(kind, plain, kept_of(PictureFile(data), edit_for(kind, keep)))
            if keep:
                for words in RIGHTS:
                    made = made.replace(words, b"")
            found = streams(made)
            assert SECRET not in found, (name, keep)
            for mark in (b"GPSLatitude", b"MakerNote", b"8BIM", b"c2pa", b"xmpmeta"):
                assert mark not in found, (name, keep, mark)


def test_nothing_planted_in_an_avif_file_gets_into_what_stands_in_for_it():
    image = photo()
    original = avif(
        image, exif=camera_file.exif_block(1), xmp=camera_file.XMP, icc_profile=DISPLAY_P3
    )
    assert SECRET in original
    pixels = np.asarray(image.convert("RGBA"))
    content = stand_in(photo_of_pixels(pixels, [], original), pixels, original)
    for keep in ({}, EVERYTHING):
        edit = edit_for("jpeg", keep)
        made = files_of(result_of(content, None, edit), edit).files[0].content
        kept = kept_of(PictureFile(original), edit, PictureFile(content))
        made = with_kept("jpeg", made, replace(kept, profile=None))
        assert (b"SECRET-COPYRIGHT" in made) == bool(keep)
        assert made.count(b"ICC_PROFILE") == (1 if keep else 0)
        for words in RIGHTS:
            made = made.replace(words, b"")
        assert SECRET not in streams(made)
        assert b"xmpmeta" not in made


@pytest.mark.parametrize("wrapped", [True, False])
def test_rights_in_the_xmp_of_an_avif_file_are_found(wrapped):
    inner = "<rdf:RDF><dc:rights><rdf:Alt><rdf:li>© Zoë</rdf:li></rdf:Alt></dc:rights></rdf:RDF>"
    packet = f"<x:xmpmeta>{inner}</x:xmpmeta>" if wrapped else inner
    original = PictureFile(avif(photo(), xmp=packet.encode()))
    assert rights(original) == {COPYRIGHT_TAG: "© Zoë".encode()}
