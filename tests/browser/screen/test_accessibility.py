"""axe-core finds nothing to complain about on any screen, light or dark, in English and Arabic."""

import pytest

from tests.browser.support.axe import violations
from tests.browser.support.pictures import save_spotlight

VIEWS = [
    ("light", "en"),
    pytest.param("dark", "en", marks=pytest.mark.slow),
    pytest.param("light", "ar", marks=pytest.mark.slow),
    pytest.param("dark", "ar", marks=pytest.mark.slow),
]
"""Theme and language; Arabic stands for all that is read from right to left."""

SIZE_IS_TOLD = r"() => /\p{Nd}/u.test(document.getElementById('stored').textContent)"


def opened(open_page, server, scheme, tag):
    """Return the page in a theme and a language."""
    page = open_page(server.url, color_scheme=scheme, locale=tag, reduced_motion="reduce")
    assert page.page.get_attribute("html", "lang") == tag
    assert page.page.get_attribute("html", "data-theme") == scheme
    return page


def test_axe_would_find_something(open_page, made_server):
    page = open_page(made_server.url)
    page.page.evaluate("document.getElementById('choose').textContent = ''")

    assert [violation[0] for violation in violations(page)] == ["button-name"]


@pytest.mark.parametrize(("scheme", "tag"), VIEWS)
def test_no_screen_has_violations(open_page, slow_server, tmp_path, scheme, tag):
    page = opened(open_page, slow_server, scheme, tag)
    assert violations(page) == [], "empty"

    page.add_files([save_spotlight(tmp_path / "photo.png", 640, 480)])
    page.page.wait_for_selector(".row[data-state=inferring]")
    assert violations(page) == [], "working"

    (tmp_path / "bad.jpg").write_bytes(b"")
    page.add_files([tmp_path / "bad.jpg"])
    page.wait_until_ended()
    assert violations(page) == [], "done and failed"

    page.page.click("#details-open")
    page.page.wait_for_function(SIZE_IS_TOLD)
    assert violations(page) == [], "details"

    page.page.click("#ledger-open")
    assert violations(page) == [], "ledger"
    page.page.click("#ledger-close")

    page.page.click("#batch-remove")
    page.page.locator("#removed").wait_for()
    assert violations(page) == [], "removed"


@pytest.mark.parametrize(("scheme", "tag"), VIEWS)
def test_no_tab_has_violations(open_page, made_server, tmp_path, scheme, tag):
    page = opened(open_page, made_server, scheme, tag)
    for tab in ("compress", "convert", "resize"):
        page.page.click(f"#tab-{tab}")
        assert violations(page) == [], f"{tab}, empty"

    page.add_files([save_spotlight(tmp_path / f"{n}.jpg", 640, 480, seed=n) for n in (1, 2)])
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    page.add_files([tmp_path / "bad.jpg"])
    page.wait_until_ended()
    assert violations(page) == [], "a photo that could not be done"
    page.page.select_option("#control-resize-kind", "longest")
    page.page.fill("#control-resize-longest", "many")
    for tab in ("resize", "compress", "convert"):
        page.page.click(f"#tab-{tab}")
        for fold in page.page.locator("#task summary:visible").all():
            if not fold.evaluate("(summary) => summary.parentElement.open"):
                fold.click()
        assert violations(page) == [], f"{tab}, done"


@pytest.mark.slow
def test_the_grid_of_many_photos_has_no_violations_in_arabic(open_page, made_server, tmp_path):
    page = opened(open_page, made_server, "light", "ar")
    page.add_files([save_spotlight(tmp_path / f"{n}.png", 96, 64, seed=n) for n in range(1, 14)])
    page.wait_until_ended()
    assert page.page.get_attribute("#main", "data-list") == "grid"
    assert violations(page) == []
