"""A grey or a black and white scan stays one."""

from io import BytesIO

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.output import files_of, result_of, visible
from tests.core.pictures import largest_difference, save, texture

SCAN = Image.fromarray(np.asarray(texture(120, 90).convert("L")) > 128)
GREY = texture(120, 90).convert("L")


def written(image, kind, source="PNG", **sections):
    """Return the image that is in the file of a format."""
    edit = checked({"steps": {"cutout": False}, "export": {"format": kind}, **sections})
    data = save(image, source)
    files = files_of(result_of(data, None, edit), edit)
    return Image.open(BytesIO(files.files[0].content)), len(files.files[0].content)


def test_black_and_white_stays_so_where_a_format_has_it():
    for source in ("PNG", "TIFF", "BMP"):
        for kind in ("png", "png-small", "tiff", "bmp"):
            again, size = written(SCAN, kind, source)
            assert again.mode == "1", kind
            assert largest_difference(again.convert("L"), SCAN.convert("L")) == 0
            assert size < 6000
    for kind in ("jpeg", "gif", "webp-lossless"):
        again, _ = written(SCAN, kind)
        assert largest_difference(again.convert("L"), SCAN.convert("L")) <= 60, kind


def test_grey_stays_grey():
    for kind in ("png", "png-small", "tiff", "jpeg", "bmp"):
        again, _ = written(GREY, kind)
        assert again.mode in ("L", "P"), kind
        assert largest_difference(again.convert("L"), GREY) <= 30, kind


def test_a_resized_scan_becomes_grey_and_one_on_a_colour_coloured():
    assert written(SCAN, "png", resize={"kind": "percent", "percent": 50})[0].mode == "L"
    both = GREY.convert("LA")
    both.putalpha(Image.linear_gradient("L").resize(both.size))
    red = {"kind": "colour", "colour": "#ff0000"}
    assert written(both, "png", background=red)[0].mode == "RGB"
    assert written(both, "png")[0].mode == "RGBA"


def test_what_is_compared_and_packed_elsewhere_is_grey_too():
    edit = checked({"steps": {"cutout": False}, "export": {"format": "png-small"}})
    assert visible(result_of(save(SCAN, "PNG"), None, edit), edit["export"]).mode == "1"
    assert visible(result_of(save(GREY, "PNG"), None, edit), edit["export"]).mode == "L"


def test_a_kept_copyright_goes_into_a_fax_too():
    info = {33432: "somebody"}
    data = save(SCAN, "TIFF", compression="group4", tiffinfo=info)
    sections = {"export": {"format": "tiff"}, "keep": {"copyright": True}}
    edit = checked({"steps": {"cutout": False}, **sections})
    content = files_of(result_of(data, None, edit), edit).files[0].content
    with Image.open(BytesIO(content)) as again:
        assert (again.mode, again.info["compression"]) == ("1", "group4")
        assert again.tag_v2[33432] == "somebody"
