"""Nothing jumps: not while a photo is on its way, and not when its result arrives."""

import pytest

from tests.browser.support.editing import wait_until_revealed
from tests.browser.support.pictures import save_spotlight

WATCH = """new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    if (!shift.hadRecentInput) globalThis.shifted = (globalThis.shifted ?? 0) + shift.value;
  }
}).observe({ type: "layout-shift", buffered: true })"""

MOST = 0.05
"""Layout shift of the whole visit (Layout Instability API); 0.1 is what is called good."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("viewport", "phone"),
    [({"width": 1280, "height": 800}, False), ({"width": 390, "height": 844}, True)],
)
def test_nothing_jumps_from_the_start_to_the_result(
    open_page, made_server, tmp_path, viewport, phone
):
    options = {"has_touch": True, "is_mobile": True} if phone else {}
    page = open_page(made_server.url, viewport=viewport, **options)
    page.page.evaluate(WATCH)
    page.add_files([save_spotlight(tmp_path / "spot.jpg", 1600, 1200)])
    page.wait_until_ended()
    wait_until_revealed(page)
    page.page.wait_for_timeout(500)  # what comes late would be seen, too
    assert (page.page.evaluate("globalThis.shifted") or 0) <= MOST


def test_the_foot_of_the_page_is_whole_in_a_small_window(open_page, made_server, tmp_path):
    page = open_page(made_server.url, viewport={"width": 1280, "height": 800})

    def foot() -> float:
        """Return where the page ends, in pixels."""
        return page.page.evaluate(
            "document.querySelector('.bottom').getBoundingClientRect().bottom"
        )

    assert foot() <= 800
    page.add_files([save_spotlight(tmp_path / "spot.jpg", 640, 480)])
    assert foot() <= 800
    page.wait_until_ended()
    assert foot() <= 800
