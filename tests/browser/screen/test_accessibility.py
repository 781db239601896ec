"""axe-core finds nothing to complain about on any screen, light or dark."""

import pytest

from tests.browser.support.pictures import save_spotlight
from tools.setup.checkout import ROOT
from tools.setup.node import node_modules
from tools.setup.progress import make_console

VIOLATIONS = """async () => {
  const { violations } = await axe.run();
  return violations.map(({ id, help, nodes }) => [id, help, nodes.map((node) => node.html)]);
}"""


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core, of the development packages."""
    folder = node_modules(ROOT, make_console(quiet=True), development=True)
    return (folder / "axe-core/axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    """Return what axe-core finds on the screen as it is now."""
    page.page.evaluate(axe)
    return page.page.evaluate(VIOLATIONS)


def test_axe_would_find_something(open_page, made_server, axe):
    page = open_page(made_server.url)
    page.page.evaluate("document.getElementById('choose').textContent = ''")

    assert [violation[0] for violation in violations(page, axe)] == ["button-name"]


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_no_screen_has_violations(open_page, slow_server, axe, tmp_path, scheme):
    page = open_page(slow_server.url, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page, axe) == [], "empty"

    page.add_files([save_spotlight(tmp_path / "photo.png", 640, 480)])
    page.page.wait_for_selector(".row[data-state=inferring]")
    assert violations(page, axe) == [], "working"

    (tmp_path / "bad.jpg").write_bytes(b"")
    page.add_files([tmp_path / "bad.jpg"])
    page.wait_until_ended()
    assert violations(page, axe) == [], "done and failed"

    page.page.click("#details-open")
    page.page.locator("#stored", has_text="The model takes").wait_for()
    assert violations(page, axe) == [], "details"


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_no_tab_has_violations(open_page, made_server, axe, tmp_path, scheme):
    page = open_page(made_server.url, color_scheme=scheme, reduced_motion="reduce")
    for tab in ("compress", "convert", "resize"):
        page.page.click(f"#tab-{tab}")
        assert violations(page, axe) == [], f"{tab}, empty"

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
        assert violations(page, axe) == [], f"{tab}, done"
