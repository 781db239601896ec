"""All four tabs without server and network, once the page says that it is ready offline."""

import pytest

from tests.browser.support.pictures import photo, save_jpeg, save_spotlight
from tests.browser.support.tabs import choose, move, opened, saved, settle, start, type_number
from tools.pages.page_driver import HomecutPage
from tools.site.server import running_server


@pytest.fixture(scope="module")
def unplugged(open_shared_page, made_root):
    """Return a function that opens tabs of a browser whose cable was pulled after one visit."""
    with running_server(made_root) as server:
        first = open_shared_page(server.url, service_worker=True)
        first.page.wait_for_selector("#badge[data-ready=yes]", timeout=300000)
        context = first.page.context
        first.page.close()
    context.set_offline(True)
    return lambda: HomecutPage(context.new_page()).open(server.url)


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("jpeg", "JPEG"),
        pytest.param("webp", "WEBP", marks=pytest.mark.slow),
        pytest.param("avif", "AVIF", marks=pytest.mark.slow),
        pytest.param("png-small", "PNG", marks=pytest.mark.slow),
    ],
)
def test_every_codec_works_offline(unplugged, tmp_path, kind, form):
    page = unplugged()
    start(page, "convert", [save_jpeg(photo("coffee"), tmp_path / "coffee.jpg")])
    choose(page, "convert-format", kind)
    picture = opened(saved(page)[1])
    assert (picture.format, picture.size) == (form, photo("coffee").size)


@pytest.mark.slow
def test_one_recipe_goes_through_all_tabs_offline(unplugged, tmp_path):
    page = unplugged()
    start(page, "cutout", [save_spotlight(tmp_path / "spot.png", 640, 480)])
    page.page.click("#tab-resize")
    page.page.select_option("#control-resize-kind", "longest")
    type_number(page, "resize-longest", "120")
    page.page.click("#tab-compress")
    page.page.select_option("#control-compress-format", "webp")
    move(page, "compress-quality", 80)
    settle(page)
    picture = opened(saved(page)[1])
    assert (picture.format, picture.mode) == ("WEBP", "RGBA")
    assert picture.size == (120, 90)
