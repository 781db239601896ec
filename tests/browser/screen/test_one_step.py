"""One filled button in sight at every moment, the step that makes sense; nothing overlaps."""

import pytest

from tests.browser.support.editing import open_tool
from tests.browser.support.pictures import save_spotlight

DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DEVICES = pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])

FILLED = """() => {
  const probe = document.createElement('p');
  probe.style.color = 'var(--accent)';
  document.body.append(probe);
  const accent = getComputedStyle(probe).color;
  probe.remove();
  return [...document.querySelectorAll('button, .button')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => getComputedStyle(element).backgroundColor === accent)
    .filter((element) => {
      const box = element.getBoundingClientRect();
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      return element.contains(document.elementFromPoint(x, y));
    })
    .map((element) => (element.querySelector('span') ?? element).textContent.trim());
}"""
"""The words of the filled buttons that are in sight."""

OUT_OF_PLACE = """() => {
  const shown = [...document.querySelectorAll('.stage-actions > *')]
    .filter((element) => element.checkVisibility());
  const boxes = shown.map((element) => element.getBoundingClientRect());
  const tooFull = shown.filter((element) => element.scrollWidth > element.clientWidth + 1);
  const meet = boxes.filter((box, n) => n && boxes[n - 1].right > box.left + 1
    && boxes[n - 1].left < box.right - 1
    && boxes[n - 1].top < box.bottom && box.top < boxes[n - 1].bottom);
  const { clientWidth } = document.documentElement;
  const outside = boxes.filter((box) => box.left < 0 || box.right > clientWidth);
  return [tooFull.length, meet.length, outside.length];
}"""


def filled(page):
    """Return the words of the filled buttons; the buttons of the stage have their places."""
    assert page.page.evaluate(OUT_OF_PLACE) == [0, 0, 0]
    return page.page.evaluate(FILLED)


@DEVICES
def test_the_filled_button_is_the_one_step_that_comes_next(
    open_page, slow_server, tmp_path, device
):
    page = open_page(slow_server.url, reduced_motion="reduce", **device)
    assert filled(page) == ["Choose photos"]
    page.add_files([save_spotlight(tmp_path / "a.png", 640, 480)])
    page.page.wait_for_selector(".row[data-state=inferring]")
    assert filled(page) == ["Add photos"]
    page.page.locator(".row").get_by_role("button", name="Cancel").click()
    page.page.wait_for_selector(".row[data-state=cancelled]")
    page.page.evaluate("scrollTo(0, 0)")
    assert filled(page) == ["Retry"]
    page.page.focus("#retry-here")
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector(".row[data-state=inferring]")
    page.wait_until_ended()
    page.page.evaluate("scrollTo(0, 0)")
    assert filled(page) == ["Download"]
    assert page.page.evaluate("document.activeElement !== document.body"), "the focus is kept"
    open_tool(page, "save")
    assert filled(page) == ["Download"]
    page.page.click("#panel-close")

    page.page.click("#tab-compress")
    page.add_files([save_spotlight(tmp_path / "b.jpg", 640, 480, seed=2)])
    page.wait_until_ended()
    page.page.locator(".row-select").last.click()
    page.page.evaluate("scrollTo(0, 0)")
    assert filled(page) == ["Download"]
    page.page.click("#tab-cutout")
    assert filled(page) == ["Remove the background"]
    assert page.page.locator("#download").is_visible()
    foot = "document.querySelector('.bottom').getBoundingClientRect().bottom"
    assert device is PHONE or page.page.evaluate(foot) <= 800

    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    page.add_files([tmp_path / "bad.jpg"])
    page.page.wait_for_selector(".row[data-state=failed]")
    page.page.locator(".row[data-state=failed] .row-select").click()
    page.page.evaluate("scrollTo(0, 0)")
    assert filled(page) == ["Add photos"]
    assert not page.page.locator("#recipe").is_visible(), "nothing is done with it"
    assert page.page.locator("#stage-message").is_visible()


def test_the_reason_is_read_in_the_grid_where_a_photo_has_failed(open_page, made_server, tmp_path):
    page = open_page(made_server.url, **PHONE)
    good = [save_spotlight(tmp_path / f"{n}.png", seed=n) for n in range(5)]
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    page.add_files([*good[:2], tmp_path / "bad.jpg", *good[2:]])
    page.wait_until_ended()
    assert page.page.get_attribute("#main", "data-list") == "grid"
    row = page.page.locator(".row[data-state=failed]")
    row.scroll_into_view_if_needed()
    # What is painted: the browser leaves out rows that are out of sight (content-visibility).
    page.page.wait_for_function(PAINTED, arg="This is not a picture that can be read here.")
    assert row.locator(".row-name").inner_text() == "bad.jpg"
    reason = row.locator(".row-status")
    box, line = row.bounding_box(), reason.bounding_box()
    assert line["width"] > 200, "it is no sliver"
    assert line["y"] + line["height"] <= box["y"] + box["height"]
    assert not page.page.locator(".row[data-state=done] .row-status").first.is_visible()

    page.page.locator(".row-select").nth(1).focus()
    page.page.keyboard.press("ArrowDown")
    assert page.page.evaluate("document.activeElement.innerText").count("bad.jpg") == 1
    page.page.keyboard.press("ArrowDown")
    assert page.page.evaluate("document.activeElement.innerText").count("2.png") == 1


PAINTED = """(words) => document.querySelector('.row[data-state=failed] .row-status')
  .innerText.startsWith(words)"""

HEAD = """() => {
  const head = [...document.querySelectorAll('.wordmark, .top-actions button')];
  const boxes = head.filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect());
  const highest = Math.min(...boxes.map(({ bottom }) => bottom));
  const inTurn = boxes.toSorted((one, other) => one.left - other.left);
  return Math.max(...boxes.map(({ top }) => top)) < highest
    && inTurn.every(({ left }, n) => n === 0 || inTurn[n - 1].right <= left)
    && boxes.every(({ left, right }) => left >= 0 && right <= document.documentElement.clientWidth);
}"""

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

BEYOND = """() => {
  const frame = document.getElementById('frame').getBoundingClientRect();
  return [...document.querySelectorAll('.zoom > *, .tool, .tab')]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      const full = element.scrollWidth > element.clientWidth + 1;
      return full || left < frame.left - 1 || right > frame.right + 1;
    })
    .map((element) => element.id);
}"""


@pytest.mark.parametrize("locale", ["de", "ar", "fr", "pl", "tr", "hi"])
def test_head_tools_and_zoom_fit_a_phone_in_the_longest_languages(
    open_page, made_server, tmp_path, locale
):
    page = open_page(made_server.url, locale=locale, color_scheme="dark", **PHONE)
    for width in (360, 320):
        page.page.set_viewport_size({"width": width, "height": 740})
        assert page.page.evaluate(HEAD), width
    page.add_files([save_spotlight(tmp_path / "a.png", 640, 480)])
    page.wait_until_ended()
    for width in (360, 320):
        page.page.set_viewport_size({"width": width, "height": 740})
        assert page.page.evaluate(BEYOND) == [], width
        assert page.page.evaluate(OUT_OF_PLACE) == [0, 0, 0], width
        assert page.page.evaluate(WIDER) <= 0, width


def test_in_a_low_window_a_panel_stands_below_the_picture(open_page, made_server, tmp_path):
    page = open_page(made_server.url, viewport={"width": 640, "height": 400})
    page.add_files([save_spotlight(tmp_path / "a.png", 640, 480)])
    page.wait_until_ended()
    open_tool(page, "save")
    boxes = [page.page.locator(f"#{name}").bounding_box() for name in ("frame", "panel")]
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]
    assert boxes[1]["height"] > 300, "all of it, not a slit"
