"""The first look, with the weights that ship: it comes before Pyodide and is never saved."""

import threading

import numpy as np
import pytest
from PIL import Image
from skimage import data

from tools.site.answers import Answer
from tools.site.server import running_server

pytestmark = pytest.mark.slow

PATIENCE = 120
INTERPRETER = "assets/vendor/pyodide/pyodide.asm.wasm"

ALPHA = """
() => {
  const { width, height } = document.getElementById("cutout-canvas");
  const context = document.getElementById("cutout-canvas").getContext("2d");
  const { data } = context.getImageData(0, 0, width, height);
  return [width, height, Array.from({ length: width * height }, (_, at) => data[4 * at + 3])];
}
"""


def test_a_photo_is_seen_and_cut_out_while_the_interpreter_is_still_on_its_way(open_page, tmp_path):
    arrived = threading.Event()

    def held_back(answer: Answer) -> Answer:
        arrived.wait(PATIENCE)
        return answer

    Image.fromarray(data.astronaut()).save(tmp_path / "astronaut.jpg", quality=95)
    with running_server() as server:
        server.faults["/" + INTERPRETER] = held_back
        page = open_page(server.url)
        page.add_files([tmp_path / "astronaut.jpg"])
        try:
            page.page.wait_for_selector(".row[data-preview=yes]", timeout=1000 * PATIENCE)
            width, height, values = page.page.evaluate(ALPHA)
            words = page.page.inner_text("#stage-message")
            offered = page.page.is_visible("#download")
        finally:
            arrived.set()
        page.wait_until_ended()
        assert [row.state for row in page.rows()] == ["done"]
        page.save(0, tmp_path / "saved.png")

    assert not offered
    assert words.startswith("Preview")
    look = np.reshape(values, (height, width)) / 255
    saved = Image.open(tmp_path / "saved.png")
    assert (width, height) == saved.size
    assert np.abs(look - np.asarray(saved)[..., 3] / 255).mean() < 0.1
