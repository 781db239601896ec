"""axe-core finds nothing to complain about on any screen, light or dark."""

import pytest

from tests.browser.support.axe import violations
from tests.browser.support.pictures import save_spotlight


def test_axe_would_find_something(open_page, made_server):
    page = open_page(made_server.url)
    page.page.evaluate("document.getElementById('choose').textContent = ''")

    assert [violation[0] for violation in violations(page)] == ["button-name"]


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_no_screen_has_violations(open_page, slow_server, tmp_path, scheme):
    page = open_page(slow_server.url, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == [], "empty"

    page.add_files([save_spotlight(tmp_path / "photo.png", 640, 480)])
    page.page.wait_for_selector(".row[data-state=inferring]")
    assert violations(page) == [], "working"

    (tmp_path / "bad.jpg").write_bytes(b"")
    page.add_files([tmp_path / "bad.jpg"])
    page.wait_until_ended()
    assert violations(page) == [], "done and failed"

    page.page.click("#details-open")
    page.page.locator("#stored", has_text="The model takes").wait_for()
    assert violations(page) == [], "details"


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_no_tab_has_violations(open_page, made_server, tmp_path, scheme):
    page = open_page(made_server.url, color_scheme=scheme, reduced_motion="reduce")
    for tab in ("compress", "convert", "resize"):
        page.page.click(f"#tab-{tab}")
        assert violations(page) == [], f"{tab}, empty"

    page.add_files([save_spotlight(tmp_path / f"{n}.jpg", 640, 480, seed=n) for n in (1, 2)])
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    page.add_files([tmp_path / "bad.jpg"])
    page.wait_until_ended()
    page.page.click("#failures-title")
    page.page.select_option("#control-resize-kind", "longest")
    page.page.fill("#control-resize-longest", "many")
    for tab in ("resize", "compress", "convert"):
        page.page.click(f"#tab-{tab}")
        for fold in page.page.locator("#task summary:visible").all():
            if not fold.evaluate("(summary) => summary.parentElement.open"):
                fold.click()
        assert violations(page) == [], f"{tab}, done"
