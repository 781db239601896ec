"""From a file to a file: sizes, pixels of other decoders, what a codec gets."""

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.containers.iso import code_points
from core.output import (
    encoded_picture,
    files_of,
    is_grey,
    photo_of_pixels,
    pixels_of,
    result_of,
    turned_back,
)
from core.similarity import luma, similarity
from tests.core import camera_file
from tests.core.pictures import (
    DISPLAY_P3,
    largest_difference,
    png_file,
    png_header,
    refusal_code,
    save,
    texture,
)


def wish(**sections):
    return checked({"steps": {"cutout": False}, **sections})


def avif_head(box):
    """Return the beginning of an AVIF file with a colour box."""
    head = b"\0\0\0\x18ftypavif\0\0\0\0avifmif1"
    return head + (len(box) + 8).to_bytes(4, "big") + b"colr" + box


def nclx(primaries, transfer):
    return avif_head(b"nclx" + bytes([0, primaries, 0, transfer, 0, 6, 128]))


def test_a_size_out_of_reach_is_refused_by_the_header_before_anything_is_decoded():
    """The pixels of this file are missing, so decoding it would end as damaged."""
    header = png_file([(b"IHDR", png_header(6000, 5000)), (b"IDAT", b"")])
    large = wish(resize={"kind": "percent", "percent": 400, "enlarge": True})
    assert refusal_code(result_of, header, None, large) == "size_refused"
    assert refusal_code(result_of, header, None, wish()) == "damaged"


def test_a_codec_gets_no_hidden_colours_and_a_ground_where_it_needs_one():
    image = texture(60, 40)
    image.putalpha(0)
    image.paste((200, 10, 10, 255), (0, 0, 30, 40))
    data = save(image, "PNG")
    clear = wish(export={"format": "webp"})
    assert pixels_of(result_of(data, None, clear), clear)[5, 50].tolist() == [0, 0, 0, 0]
    ground = wish(export={"format": "jpeg", "jpeg_background": "#00ff00"})
    assert pixels_of(result_of(data, None, ground), ground)[5, 50].tolist() == [0, 255, 0, 255]


def test_a_codec_gets_whole_numbers_in_rows_and_is_not_asked_for_the_impossible():
    data = save(texture(61, 43), "PNG")
    edit = wish(export={"format": "avif"})
    given = pixels_of(result_of(data, None, edit), edit)
    assert (given.shape, given.dtype) == ((43, 61, 4), np.uint8)
    assert given.flags["C_CONTIGUOUS"]
    long = save(Image.new("RGB", (17000, 20)), "PNG")
    webp = wish(export={"format": "webp"})
    assert refusal_code(pixels_of, result_of(long, None, webp), webp) == "side_too_long"


def test_a_further_scale_makes_both_sides_shorter():
    data = save(texture(200, 100), "PNG")
    edit = wish(resize={"kind": "longest", "longest": 100})
    rendering = result_of(data, None, edit, scale=0.5).rendering
    assert rendering.image.size == rendering.mask.size == (50, 25)


def test_what_was_encoded_is_compared_as_it_lies_in_the_file():
    data = camera_file.camera_jpeg(orientation=6)
    edit = wish(export={"format": "jpeg"}, keep={"orientation": True, "profile": True})
    result = result_of(data, None, edit)
    again = encoded_picture(files_of(result, edit).files[0].content)
    assert again.size == result.rendering.image.size == (160, 120)
    assert similarity(luma(result.rendering.image), luma(again)) > 0.9


def test_turning_back_undoes_every_orientation():
    edit = wish()
    for orientation in range(1, 9):
        data = camera_file.camera_png(orientation=orientation)
        back = turned_back(result_of(data, None, edit).rendering, orientation)
        assert back.image.size == back.mask.size == (160, 120)
        upright = camera_file.camera_png(orientation=1)
        assert largest_difference(back.image, result_of(upright, None, edit).rendering.image) == 0


def test_pixels_of_another_decoder_are_a_photo():
    image = texture(40, 30).convert("RGBA")
    photo = photo_of_pixels(np.asarray(image), ["first_frame"])
    assert (photo.image.mode, photo.alpha, photo.notices) == ("RGB", None, ["first_frame"])
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    photo = photo_of_pixels(np.asarray(image), [])
    assert largest_difference(photo.alpha, image.getchannel("A")) == 0
    assert largest_difference(photo.image, texture(40, 30)) == 0


def test_their_colours_become_srgb_by_profile_or_by_number():
    given = np.asarray(texture(60, 40).convert("RGBA"))
    by_profile = photo_of_pixels(given, [], avif_head(b"prof" + DISPLAY_P3))
    by_number = photo_of_pixels(given, [], nclx(12, 13))
    assert largest_difference(by_profile.image, by_number.image) <= 1
    assert largest_difference(by_number.image, texture(60, 40)) > 10
    assert by_profile.notices == by_number.notices == []


def test_ordinary_numbers_change_nothing_and_strange_ones_are_told():
    given = np.asarray(texture(60, 40).convert("RGBA"))
    for primaries, transfer in ((1, 13), (1, 1), (2, 2)):
        photo = photo_of_pixels(given, [], nclx(primaries, transfer))
        assert largest_difference(photo.image, texture(60, 40)) == 0
        assert photo.notices == []
    assert photo_of_pixels(given, [], nclx(9, 16)).notices == ["toned_down"]
    assert photo_of_pixels(given, [], nclx(77, 13)).notices == ["profile_not_applied"]
    assert photo_of_pixels(given, [], avif_head(b"none")).notices == []
    assert code_points(b"colrnclx\0") is None


def test_linear_numbers_become_encoded_ones():
    given = np.full((4, 4, 4), 255, np.uint8)
    given[..., :3] = 128, 51, 200
    photo = photo_of_pixels(given, [], nclx(1, 8))
    assert photo.image.getpixel((2, 2)) == (188, 124, 229)
    assert photo.notices == []


def test_whether_one_channel_holds_a_result_is_told():
    grey, coloured = texture(40, 30).convert("L"), texture(40, 30)
    through = grey.convert("LA")
    through.putalpha(Image.linear_gradient("L").resize(grey.size))
    told = {
        "grey": is_grey(result_of(save(grey, "PNG"), None, wish())),
        "black and white": is_grey(result_of(save(grey.convert("1"), "PNG"), None, wish())),
        "smaller": is_grey(
            result_of(save(grey, "PNG"), None, wish(resize={"mode": "percent", "percent": 50}))
        ),
        "coloured": is_grey(result_of(save(coloured, "PNG"), None, wish())),
        "see-through": is_grey(result_of(save(through, "PNG"), None, wish())),
        "on red": is_grey(result_of(save(grey, "PNG"), None, wish(background={"kind": "colour"}))),
    }
    assert told == {
        "grey": True,
        "black and white": True,
        "smaller": True,
        "coloured": False,
        "see-through": False,
        "on red": False,
    }
