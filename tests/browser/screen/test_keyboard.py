"""The whole journey without a pointer, with the focus always to be seen."""

import pytest

from tests.browser.support.choices import wait_until_chosen
from tests.browser.support.editing import wait_until_revealed

FOCUS_IS_VISIBLE = """() => {
  const element = document.activeElement;
  const seen = (outlined) => {
    const style = getComputedStyle(outlined);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  return seen(element) || (element.id === 'split' && seen(document.getElementById('frame')));
}"""


def focus(page):
    return page.page.evaluate("document.activeElement.id || document.activeElement.className")


def tab_to(page, identifier, most=40):
    """Press Tab until an element has the focus; return what was passed on the way."""
    passed = []
    for _ in range(most):
        page.page.keyboard.press("Tab")
        if focus(page) != "" and page.page.evaluate("document.activeElement !== document.body"):
            assert page.page.evaluate(FOCUS_IS_VISIBLE), focus(page)
        passed.append(focus(page))
        if passed[-1] == identifier:
            return passed
    raise AssertionError(f"no way to {identifier} but only {passed}")


def test_a_cutout_is_made_compared_and_saved_by_keyboard_alone(open_page, made_server, tmp_path):
    page = open_page(made_server.url)
    assert "choose" in tab_to(page, "sample")
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector(".row[data-state=done]")
    wait_until_revealed(page)

    tab_to(page, "split")
    for _ in range(3):
        page.page.keyboard.press("ArrowRight")
    slider = page.page.locator("#split")
    assert slider.input_value() == "3"
    assert slider.get_attribute("aria-valuetext") == "3\u00a0% original"

    tab_to(page, "download")
    with page.page.expect_download() as waiting:
        page.page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "sample-cutout.png"


@pytest.mark.slow
def test_rows_are_chosen_and_removed_by_keyboard_and_the_focus_stays_near(
    open_page, made_server, tmp_path
):
    from tests.browser.support.pictures import save_spotlight

    page = open_page(made_server.url)
    page.add_files([save_spotlight(tmp_path / f"{n}.png", seed=n) for n in (1, 2)])
    page.wait_until_ended()

    page.page.locator(".row-select").nth(1).focus()
    page.page.keyboard.press("Enter")
    assert page.page.inner_text("#stage-name") == "2.png"

    page.page.get_by_role("button", name="Remove 2.png").focus()
    page.page.keyboard.press("Enter")
    assert [row.name for row in page.rows()] == ["1.png"]
    assert focus(page) == "row-select"

    page.page.get_by_role("button", name="Remove 1.png").focus()
    page.page.keyboard.press("Enter")
    assert focus(page) == "choose"


def test_shortcuts_of_a_single_key_can_be_switched_off_which_is_kept(open_page, made_server):
    page = open_page(made_server.url)
    keyboard, dialog = page.page.keyboard, page.page.locator("#shortcuts[open]")
    keyboard.press("?")
    dialog.wait_for()
    page.page.uncheck("#single-keys")
    page.page.click("#shortcuts-close")
    wait_until_chosen(page, "homecut-single-keys-off")
    keyboard.press("?")
    assert dialog.count() == 0

    page.reload()
    page.page.wait_for_function("() => !document.getElementById('single-keys').checked")
    keyboard.press("?")
    assert dialog.count() == 0
    page.page.click("#shortcuts-open")
    page.page.check("#single-keys")
    keyboard.press("Escape")
    wait_until_chosen(page)
    keyboard.press("?")
    dialog.wait_for()
