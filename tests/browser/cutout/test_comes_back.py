"""After a reload the list shows what it showed before, and says what goes on until it does."""

from tests.browser.support.journal import wait_until_written
from tests.browser.support.pictures import save_spotlight

LISTEN = """() => {
  window.said = [];
  new MutationObserver(() => {
    const line = document.getElementById('leftovers');
    if (line && !line.hidden) window.said.push(line.innerText.trim());
  }).observe(document, {subtree: true, childList: true, attributes: true});
}"""

PAINTED = """() => {
  const small = [...document.querySelectorAll('.row .thumbnail')];
  const alpha = (canvas, x, y) => canvas.getContext('2d').getImageData(
    Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data[3];
  return small.length === 2 && small.every((canvas) => canvas.width === 160 &&
    alpha(canvas, 0.5, 0.5) === 255 && alpha(canvas, 0.02, 0.02) === 0);
}"""


def test_thumbnails_of_cutouts_and_the_picture_on_the_stage_come_back(
    open_page, made_server, tmp_path
):
    page = open_page(made_server.url)
    page.add_files([save_spotlight(tmp_path / f"{n}.png", 320, 240, seed=n) for n in (1, 2)])
    page.wait_until_ended()
    page.page.wait_for_function(PAINTED)
    wait_until_written(page, '"done"', 2)
    page.page.add_init_script(f"({LISTEN})()")

    page.page.reload(wait_until="commit")

    page.page.wait_for_function(PAINTED)
    page.page.wait_for_selector("#frame.has-cutout")
    assert "Bringing your photos back" in page.page.evaluate("window.said")
    page.page.locator("#leftovers").wait_for(state="hidden")
    assert page.errors == []
