"""TIFF, GIF, BMP, ICO and PDF hold the picture as well as they can."""

import re

import numpy as np
from PIL import Image

from common.edits.edit import checked
from core.writing import writers
from tests.core.pictures import largest_difference, opened, pixels, texture


def disc(size=(120, 90)):
    """Return an RGBA texture with a soft disc of alpha."""
    image = texture(*size)
    image.putalpha(Image.radial_gradient("L").resize(size).point(lambda a: max(0, 235 - a)))
    return image


def test_tiff_keeps_every_pixel_and_is_packed():
    for image in (texture(120, 90), disc(), texture(120, 90).convert("L")):
        content = writers.tiff(image, 300)
        assert largest_difference(opened(content), image) == 0
        assert opened(content).mode == image.mode
        assert [round(value) for value in opened(content).info["dpi"]] == [300, 300]
        assert len(content) < 120 * 90 * len(image.getbands())


def test_gif_is_nearly_the_picture_and_what_is_transparent_stays_so():
    plain = opened(writers.gif(texture(120, 90)))
    error = np.abs(pixels(plain.convert("RGB")) - pixels(texture(120, 90)))
    assert error.mean() < 12
    again = opened(writers.gif(disc())).convert("RGBA")
    expected = np.where(pixels(disc())[..., 3] >= 128, 255, 0)
    assert np.array_equal(pixels(again)[..., 3], expected)
    shown = expected == 255
    assert np.abs(pixels(again)[shown][:, :3] - pixels(disc())[shown][:, :3]).mean() < 12


def test_a_gif_of_few_colours_has_no_more():
    for image in (texture(120, 90), disc()):
        again = opened(writers.gif(image, 16)).convert("RGBA")
        colours = np.unique(np.asarray(again).reshape(-1, 4), axis=0)
        assert 8 <= len(colours) <= 16


def test_a_picture_of_two_colours_stays_exact():
    image = Image.new("RGB", (40, 30), (10, 200, 30))
    image.paste((250, 0, 120), (5, 5, 20, 20))
    assert largest_difference(opened(writers.gif(image)).convert("RGB"), image) == 0


def test_a_palette_keeps_soft_edges():
    reduced = writers.in_palette(disc(), 64)
    assert reduced.mode == "P"
    alpha = pixels(reduced.convert("RGBA"))[..., 3]
    assert len(np.unique(alpha)) >= 8
    assert np.abs(alpha - pixels(disc())[..., 3]).mean() < 16


def test_bmp_lies_on_its_ground():
    assert largest_difference(opened(writers.bmp(texture(50, 40), "#000000")), texture(50, 40)) == 0
    again = opened(writers.bmp(disc(), "#ff8000", 300))
    assert again.mode == "RGB"
    assert pixels(again)[0, 0].tolist() == [255, 128, 0]


def test_an_icon_is_a_square_of_all_usual_sizes():
    icon = opened(writers.ico(texture(600, 300)))
    assert icon.info["sizes"] == {(side, side) for side in writers.ICON_SIDES}
    icon.size = (256, 256)
    image = icon.convert("RGBA")
    assert pixels(image)[0, 128, 3] == 0
    assert pixels(image)[128, 128, 3] == 255
    expected = texture(600, 300).resize((256, 128), Image.Resampling.LANCZOS)
    assert np.abs(pixels(image)[64:192, :, :3] - pixels(expected)).mean() < 4
    small = opened(writers.ico(disc((40, 40))))
    assert small.info["sizes"] == {(16, 16), (24, 24), (32, 32), (40, 40)}
    assert pixels(small.convert("RGBA"))[0, 0, 3] == 0


def wish(**values):
    """Return a checked export to PDF."""
    return checked({"export": {"format": "pdf", **values}})["export"]


def test_a_document_has_one_page_that_holds_the_picture():
    content = writers.pdf(disc((300, 150)), wish(quality=90, jpeg_background="#00ff00"))
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    start = content.index(b"\xff\xd8\xff")
    inside = opened(content[start : content.rindex(b"\xff\xd9") + 2])
    assert inside.size == (300, 150)
    assert np.abs(pixels(inside)[0, 0] - (0, 255, 0)).max() <= 12
    width = float(re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)", content)[1])
    assert abs(width - 72) < 0.01
    for word in (b"Date", b"Title", b"Producer", b"Author"):
        assert word not in content
    assert len(writers.pdf(texture(300, 150), wish(quality=30))) < len(content)
