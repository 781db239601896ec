"""No name widens the page, no control acts on nothing, no traceback reaches the screen."""

import pytest

from tests.browser.support.editing import open_tool
from tests.browser.support.pictures import save_spotlight

WIDTHS = (320, 360, 390, 820, 1280)
LONG = "W" * 196 + ".png"

TOO_WIDE = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const outside = [...document.querySelectorAll('main *, footer *')]
    .filter((element) => element.checkVisibility() && !element.closest('.frame canvas'))
    .filter((element) => !element.closest('.viewport, .visually-hidden, .tools'))
    .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
    .map(({ id, className }) => id || className);
  return scrollWidth > clientWidth ? [`${scrollWidth} of ${clientWidth}`, ...outside] : outside;
}"""

PANELS_MEET = """() => {
  const [stage, list] = ['stage', 'queue-panel'].map(
    (id) => document.getElementById(id).getBoundingClientRect());
  return list.width > 0 && stage.right > list.left + 1 && stage.bottom > list.top + 1;
}"""

CONTROLS = "#task button, #task input, #task select, #task summary"


@pytest.fixture(scope="module")
def shared(open_shared_page, made_server):
    """One page for all of it; its errors are looked at here."""
    return open_shared_page(made_server.url)


def settled(page):
    """Return what is too wide once the page has followed the window, at the latest after 5 s."""
    for _ in range(50):
        found = page.page.evaluate(TOO_WIDE)
        if not found:
            break
        page.page.wait_for_timeout(100)
    return found


def assert_fits(page, state):
    for width in WIDTHS:
        page.page.set_viewport_size({"width": width, "height": 800})
        assert settled(page) == [], (state, width)
        if page.page.locator("#stage").is_visible():
            assert not page.page.evaluate(PANELS_MEET), (state, width)


def test_without_a_photo_every_control_of_every_tab_can_be_used(shared):
    page = shared.page
    for tab in ("compress", "convert", "resize"):
        page.click(f"#tab-{tab}")
        assert not page.locator(".outcome").is_visible()
        assert page.get_by_role("button", name="Keep the original file").is_hidden()
        for fold in page.locator("#task summary:visible").all():
            fold.click()
        for control in page.locator(CONTROLS).all():
            if control.is_visible():
                use(control)
        shown = page.locator("#task .number:visible").count()
        assert tab != "resize" or shown <= 2, "fields that mean nothing for the kind are hidden"
    assert page.locator("#failure").is_hidden()
    assert page.locator(".py-error").count() == 0
    page.click("#tab-cutout")


def use(control):
    """Do with a control what a hand would do."""
    kind = control.evaluate("element => element.type ?? element.localName")
    if kind == "select-one":
        for value in control.evaluate("({ options }) => [...options].map(({ value }) => value)"):
            control.select_option(value)
        control.select_option(index=0)
    elif kind == "text":
        control.fill("7")
        control.press("Enter")
        control.fill("")
        control.press("Enter")
    elif kind in ("range", "color"):
        control.focus()
        control.press("ArrowRight")
    else:
        control.click()


def test_no_name_widens_the_page_in_any_state(shared, tmp_path):
    page = shared
    page.add_files([save_spotlight(tmp_path / LONG, 640, 480)])
    page.page.wait_for_selector(".row")
    assert_fits(page, "waiting")
    page.wait_until_ended()
    assert_fits(page, "done")
    bad = tmp_path / ("N" * 196 + ".jpg")
    bad.write_bytes(b"no picture")
    page.add_files([bad, save_spotlight(tmp_path / ("M" * 196 + ".png"), 64, 48)])
    page.wait_until_ended()
    page.page.locator(".row[data-state=failed] .row-select").click()
    assert_fits(page, "failed")
    page.page.locator(".row-select").first.click()
    open_tool(page, "save")
    assert_fits(page, "panel")
    page.page.click("#panel-close")
    page.page.click("#tab-compress")
    assert_fits(page, "compress")


def test_an_exception_of_the_page_is_one_sentence_and_a_report(open_page, made_server):
    page = open_page(made_server.url)
    page.page.evaluate(
        """() => {
          navigator.clipboard.writeText = (text) => { globalThis.copied = text; };
          document.getElementById('shortcuts').remove();
        }"""
    )
    page.page.click("#shortcuts-open")
    page.page.wait_for_selector("#failure:not([hidden])")
    assert page.page.locator(".py-error").count() == 0
    assert "Traceback" not in page.page.inner_text("body")
    assert any("KeyError: shortcuts" in error for error in page.errors)
    page.page.click("#failure-copy")
    report = page.page.evaluate("copied")
    assert "Traceback" in report
    assert "KeyError: shortcuts" in report
