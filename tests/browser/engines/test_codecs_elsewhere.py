"""Codecs and our own readers in Firefox and in WebKit: same files in, same pictures out."""

from collections.abc import Iterator

import pytest

from tests.browser.engines.codec_trip import (
    EXACT,
    PATIENCE,
    WRITTEN,
    CodecTrip,
    assert_like_the_original,
    brought,
    original,
)
from tests.browser.engines.webkit import page_in_webkit
from tests.core.pictures import save

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(6 * PATIENCE),
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def in_firefox(firefox, made_server) -> Iterator[CodecTrip]:
    page = firefox.new_page()
    page.goto(made_server.url)
    trip = CodecTrip(page.evaluate, firefox.downloads)
    trip.begin()
    yield trip
    page.close()


@pytest.fixture(scope="module")
def in_webkit(made_server, tmp_path_factory) -> Iterator[CodecTrip]:
    home = tmp_path_factory.mktemp("webkit-codecs")
    with page_in_webkit(made_server.url, home, PATIENCE) as evaluate:
        trip = CodecTrip(evaluate, home / "downloads")
        trip.begin()
        yield trip


@pytest.fixture(
    params=[
        pytest.param("firefox", marks=pytest.mark.firefox),
        pytest.param("webkit", marks=pytest.mark.webkit),
    ]
)
def trip(request) -> CodecTrip:
    return request.getfixturevalue(f"in_{request.param}")


@pytest.mark.parametrize("name", list(brought()))
def test_what_pillow_cannot_read_is_read(trip, name):
    trip.give(name, brought()[name])
    exact = name in ("photo.jxl", "photo.jp2", "photo.tif")
    assert_like_the_original(trip.convert("png"), "png", exact)


def test_every_codec_writes_what_independent_readers_read(trip):
    trip.give("photo.png", save(original(), "PNG"))
    for kind in WRITTEN:
        assert_like_the_original(trip.convert(kind), kind, kind in EXACT)
