"""Every state of the editor: accessible in both themes, large enough for fingers, and still."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.support.axe import violations
from tests.browser.support.editing import DISC, PHONE, begin, choose, open_tool, settle
from tests.browser.support.hands import along, drag
from tests.browser.support.screen import FINGER, SMALL_TARGETS

OVERFLOW = "document.documentElement.scrollWidth - innerWidth"

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


@dataclass(frozen=True)
class Seen:
    """What was wrong in which states of the editor."""

    violations: dict[str, list[list[Any]]] = field(default_factory=dict)
    small: dict[str, list[str]] = field(default_factory=dict)
    """Controls that a finger misses."""
    overflow: dict[str, int] = field(default_factory=dict)
    """CSS pixels by which the page is wider than its window."""


def look_through(page, folder):
    """Bring a page through all states and note what is wrong there, in both themes."""
    begin(page, folder)
    seen = Seen()
    for state in states(page):
        for scheme in ("dark", "light"):
            page.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.page.wait_for_selector(f"html[data-theme={scheme}]")
            if problems := violations(page):
                seen.violations[f"{state}, {scheme}"] = problems
        if small := page.page.evaluate(SMALL_TARGETS, FINGER):
            seen.small[state] = small
        if (wide := page.page.evaluate(OVERFLOW)) > 0:
            seen.overflow[state] = wide
    return seen


@pytest.fixture(scope="module")
def on_a_phone(open_shared_page, made_server, tmp_path_factory):
    """What is wrong on the smallest phone."""
    phone = {**PHONE, "viewport": {"width": 360, "height": 740}}
    page = open_shared_page(made_server.url, reduced_motion="reduce", **phone)
    return look_through(page, tmp_path_factory.mktemp("phone"))


def test_no_state_of_the_editor_has_violations_in_either_theme(on_a_phone):
    assert on_a_phone.violations == {}


def test_on_a_phone_every_control_can_be_hit_and_nothing_overflows(on_a_phone):
    assert (on_a_phone.small, on_a_phone.overflow) == ({}, {})


@pytest.mark.slow
def test_on_a_desktop_no_state_has_violations_and_nothing_overflows(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url, reduced_motion="reduce", **SIZES["desktop"])
    seen = look_through(page, tmp_path)
    assert (seen.violations, seen.overflow) == ({}, {})


@pytest.mark.slow
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_in_arabic_no_state_has_violations_and_all_can_be_hit(
    open_page, made_server, tmp_path, size
):
    page = open_page(made_server.url, locale="ar", reduced_motion="reduce", **SIZES[size])
    assert page.page.get_attribute("html", "dir") == "rtl"
    assert look_through(page, tmp_path) == Seen()
    open_tool(page, "background")
    choose(page, "background", "colour")
    code = page.page.locator(".colour input[type=text]:visible").first
    assert code.evaluate("(field) => getComputedStyle(field).direction") == "ltr"


@pytest.mark.slow
def test_on_a_wider_phone_all_is_well_too(open_page, made_server, tmp_path):
    phone = {**PHONE, "viewport": {"width": 390, "height": 740}}
    page = open_page(made_server.url, reduced_motion="reduce", **phone)
    assert look_through(page, tmp_path) == Seen()


SHIFTS = """() => {
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.shifts += entry.value;
    }
  }).observe({type: 'layout-shift', buffered: false});
}"""


@pytest.mark.slow
@pytest.mark.parametrize("size", ["desktop", "phone"])
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
