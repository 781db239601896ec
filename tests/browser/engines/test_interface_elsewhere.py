"""Grid, scope, goals and crop in Firefox and in WebKit."""

from collections.abc import Iterator

import pytest

from tests.browser.engines.codec_trip import PATIENCE
from tests.browser.engines.interface_trip import CHOOSE, PHOTOS, PRESS, SIZE, InterfaceTrip
from tests.browser.engines.webkit import page_in_webkit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(6 * PATIENCE),
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def in_firefox(firefox, made_server, tmp_path_factory) -> Iterator[InterfaceTrip]:
    page = firefox.new_page()
    page.goto(made_server.url)
    trip = InterfaceTrip(page.evaluate, firefox.downloads)
    trip.begin_with_photos(tmp_path_factory.mktemp("firefox-photos"))
    yield trip
    page.close()


@pytest.fixture(scope="module")
def in_webkit(made_server, tmp_path_factory) -> Iterator[InterfaceTrip]:
    home = tmp_path_factory.mktemp("webkit-interface")
    with page_in_webkit(made_server.url, home, PATIENCE) as evaluate:
        trip = InterfaceTrip(evaluate, home / "downloads")
        trip.begin_with_photos(tmp_path_factory.mktemp("webkit-photos"))
        yield trip


@pytest.mark.parametrize(
    "browser_name",
    [
        pytest.param("firefox", marks=pytest.mark.firefox),
        pytest.param("webkit", marks=pytest.mark.webkit),
    ],
)
def test_a_grid_is_walked_a_goal_set_for_all_and_one_photo_cropped(request, browser_name):
    trip = request.getfixturevalue(f"in_{browser_name}")
    assert trip.evaluate("() => document.getElementById('main').dataset.list") == "grid"
    assert trip.walk_to_the_second() == "02.png"
    trip.wait_for("the second photo", lambda: trip.current()["name"] == "02.png")

    trip.evaluate(PRESS, f"All {PHOTOS}")
    assert trip.is_pressed(f"All {PHOTOS}")
    trip.evaluate(PRESS, "Web")
    assert trip.is_pressed("Web")
    trip.wait_until_fresh()
    trip.wait_for("the file's size", lambda: "WebP" in trip.current()["size"])
    assert trip.current()["file"] == "02.webp"
    whole = trip.saved()
    assert (whole.format, whole.size) == ("WEBP", SIZE)

    trip.evaluate("() => document.getElementById('tool-frame').click()")
    ratio = "() => document.getElementById('control-crop-ratio')?.checkVisibility() ?? false"
    trip.wait_for("the panel", lambda: trip.evaluate(ratio))
    trip.evaluate(PRESS, "This photo")
    trip.evaluate(CHOOSE, ["control-crop-ratio", "1:1"])
    trip.evaluate("() => document.getElementById('panel-close').click()")
    side = min(SIZE)
    trip.wait_for("the cropped file", lambda: f"{side} x {side}" in trip.current()["size"])
    assert trip.saved().size == (side, side)
    trip.evaluate("() => document.querySelector('.row-select').click()")
    trip.wait_for("the first photo", lambda: trip.current()["name"] == "01.png")
    assert trip.saved().size == SIZE, "only the one photo was meant"
