"""Every state of the editor: accessible in both themes, large enough for fingers, and still."""

import pytest

from tests.browser.screen.test_accessibility import axe, violations
from tests.browser.screen.test_screen import FINGER, SMALL_TARGETS
from tests.browser.support.editing import DISC, PHONE, along, begin, choose, drag, open_tool, settle

__all__ = ["axe"]  # a fixture

SIZES = {"desktop": {"viewport": {"width": 1280, "height": 800}}, "phone": PHONE}


def states(page):
    """Bring the page from state to state; yield the name of each."""
    yield "closed"
    open_tool(page, "edges")
    yield "edges"
    open_tool(page, "touch")
    for tool in ("brush restore", "region erase", "lasso erase", "brush erase"):
        choose(page, "touch-up", tool)
        yield tool
    drag(page, along((DISC[0] - 0.1, DISC[1]), (DISC[0] + 0.1, DISC[1])))
    yield "painted"
    page.page.click("#zoom-in")
    yield "zoomed"
    page.page.click("#zoom-fit")
    open_tool(page, "background")
    for kind in ("colour", "linear", "radial", "blur"):
        choose(page, "background", kind)
        yield f"background {kind}"
    for kind in ("contact", "drop"):
        choose(page, "shadow", kind)
        yield f"shadow {kind}"
    open_tool(page, "frame")
    for kind in ("subject", "canvas passport"):
        choose(page, "framing", kind)
        yield f"frame {kind}"
    open_tool(page, "save")
    for form in ("jpeg", "png"):
        choose(page, "format", form)
        yield f"save {form}"
    page.page.keyboard.press("?")
    page.page.locator("#shortcuts[open]").wait_for()
    yield "shortcuts"
    page.page.keyboard.press("Escape")
    page.page.locator("#shortcuts[open]").wait_for(state="detached")


@pytest.mark.parametrize("size", [pytest.param("desktop", marks=pytest.mark.slow), "phone"])
def test_no_state_of_the_editor_has_violations_in_either_theme(
    open_page, made_server, axe, tmp_path, size
):
    page = open_page(made_server.url, reduced_motion="reduce", **SIZES[size])
    begin(page, tmp_path)
    found = {}
    for state in states(page):
        for scheme in ("dark", "light"):
            page.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.page.wait_for_selector(f"html[data-theme={scheme}]")
            problems = violations(page, axe)
            if problems:
                found[f"{state}, {scheme}"] = problems
    assert found == {}


@pytest.mark.parametrize("width", [360, pytest.param(390, marks=pytest.mark.slow)])
def test_on_a_phone_every_control_can_be_hit_and_nothing_overflows(
    open_page, made_server, tmp_path, width
):
    phone = {**PHONE, "viewport": {"width": width, "height": 740}}
    page = open_page(made_server.url, reduced_motion="reduce", **phone)
    begin(page, tmp_path)
    found = {}
    for state in states(page):
        small = page.page.evaluate(SMALL_TARGETS, FINGER)
        overflow = page.page.evaluate("document.documentElement.scrollWidth") - width
        if small or overflow > 0:
            found[state] = (small, overflow)
    assert found == {}


SHIFTS = """() => {
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.shifts += entry.value;
    }
  }).observe({type: 'layout-shift', buffered: false});
}"""


@pytest.mark.parametrize("size", ["desktop", pytest.param("phone", marks=pytest.mark.slow)])
def test_nothing_moves_while_a_slider_is_dragged_and_the_picture_is_saved(
    open_page, made_server, tmp_path, size
):
    page = open_page(made_server.url, reduced_motion="reduce", **SIZES[size])
    begin(page, tmp_path)
    open_tool(page, "edges")
    settle(page)
    page.page.wait_for_timeout(600)
    page.page.evaluate(SHIFTS)
    where = page.page.locator("#frame").bounding_box()
    slider = page.page.locator("#control-feather")
    slider.focus()
    for _ in range(12):
        page.page.keyboard.press("ArrowRight")
        page.page.wait_for_timeout(60)
    with page.page.expect_download():
        page.page.locator("#download").evaluate("(link) => link.click()")
    settle(page)
    page.page.wait_for_timeout(600)

    assert page.page.evaluate("window.shifts") == pytest.approx(0, abs=0.002)
    assert page.page.locator("#frame").bounding_box() == where
