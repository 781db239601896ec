"""Counts what a user presses, as the browser itself tells it."""

from pathlib import Path

from tools.pages.page_driver import HomecutPage

COUNT = """() => {
  window.pressed = [];
  addEventListener('click', ({isTrusted, target}) => {
    // A label's click comes twice, the second time from its field.
    if (isTrusted) window.pressed.push(target.closest('button, a, summary, label')?.id || 'other');
  }, true);
}"""
"""Real presses only: what a script clicks is not trusted (UI Events, 3.4)."""


def begin_to_count(page: HomecutPage) -> None:
    """Count from now on."""
    page.page.evaluate(COUNT)


def pressed(page: HomecutPage) -> list[str]:
    """Return what was pressed, by id, in turn."""
    found: list[str] = page.page.evaluate("window.pressed")
    return found


def choose_photos(page: HomecutPage, files: list[Path], touch: bool = False) -> None:
    """Press Choose and choose photos in the dialogue, which is the system's and is not counted."""
    button = page.page.locator("#choose")
    with page.page.expect_file_chooser() as chooser:
        if touch:
            button.tap()
        else:
            button.click()
    chooser.value.set_files(files)
