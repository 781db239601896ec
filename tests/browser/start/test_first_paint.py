"""From the first paint on the page takes what it is given, long before Python is up."""

import pytest

from tests.browser.support.pictures import save_spotlight

CORE = "**/assets/vendor/pyscript/core.js"


@pytest.fixture
def held(open_page, made_server):
    """A painted page whose PyScript does not come until ``let_go`` is called."""
    page = open_page(made_server.url, ready=False)
    routes = []
    page.page.route(CORE, lambda route: routes.append(route))

    def let_go() -> None:
        """Let PyScript start, and wait until the page answers."""
        for route in routes:
            route.continue_()
        page.wait_until_ready()

    page.page.goto(made_server.url, wait_until="commit")
    page.page.wait_for_selector("#choose")
    page.page.wait_for_function("() => 'takeEarlyFiles' in globalThis")
    page.let_go = let_go
    return page


def test_a_photo_chosen_before_python_is_up_goes_to_the_tab_that_was_pressed(held, tmp_path):
    assert held.page.locator("#engine-label").inner_text() == "Getting ready"
    held.page.click("#tab-compress")
    assert held.page.get_attribute("#tab-compress", "aria-selected") == "true"
    with held.page.expect_file_chooser() as chooser:
        held.page.click("#choose")
    chooser.value.set_files(save_spotlight(tmp_path / "early.png", 64, 48))
    held.page.locator("#photo-canvas").wait_for()
    assert held.page.inner_text("#stage-name") == "early.png"
    assert held.page.inner_text("#stage-message") == "Getting ready"

    held.let_go()

    assert held.page.get_attribute("#main", "data-tab") == "compress"
    rows = held.wait_until_ended()
    assert [(row.name, row.state) for row in rows] == [("early.png", "done")]
    assert not held.page.locator("#tool-edges").is_visible()


def test_the_buttons_of_the_head_answer_as_soon_as_there_is_somebody_to(held):
    held.page.click("#theme")
    held.page.click("#details-open")

    held.let_go()

    held.page.locator("#details[open]").wait_for()
    assert held.page.locator("#facts dt").count() > 0
    held.page.keyboard.press("Escape")
    assert held.page.get_attribute("#theme", "aria-pressed") == "false", "the last one counts"
    assert held.page.evaluate("document.activeElement.id") == "details-open"


def test_the_sample_pressed_before_python_is_up_comes_once(held):
    held.page.click("#sample")
    held.page.click("#sample")
    assert held.page.locator(".early-words").is_visible()

    held.let_go()

    held.page.wait_for_selector(".row")
    assert [row.name for row in held.rows()] == ["sample.jpg"]
