"""SVG drawings are drawn at the size that is asked for; nothing in them runs, nothing is loaded."""

import numpy as np
import pytest

from common.errors import sentence
from tests.browser.support.tabs import choose, opened, saved, settle, start, type_number

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">
<script>fetch('/ran')</script><image href="/outside.png" width="9" height="9"/>
<style>@import url(/sheet.css); rect { fill: url(/paint.svg#a) }</style>
<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"><img src="/inner.png"/></p></foreignObject>
<rect width="40" height="30" style="fill:#c81e28" onload="fetch('/loaded')"/>
<circle cx="20" cy="15" r="10" fill="#1e28c8"/></svg>"""

UNTOUCHED = """async (text) => {
  const picture = new Image();
  picture.src = URL.createObjectURL(new Blob([text], {type: 'image/svg+xml'}));
  await picture.decode();
  return picture.naturalWidth;
}"""
"""What the browser makes of a drawing that nobody has cleaned."""


@pytest.fixture
def asked(open_page, made_server):
    """A page, and the addresses that it asks for from now on."""
    page = open_page(made_server.url)
    found = []
    page.page.on("request", lambda request: found.append(request.url))
    return page, found


def test_a_drawing_is_drawn_as_large_as_is_asked_for_and_asks_for_nothing(asked, tmp_path):
    page, found = asked
    file = tmp_path / "drawing.svg"
    file.write_text(DRAWING)
    [row] = start(page, "resize", [file])
    assert row.state == "done"
    choose(page, "resize-kind", "percent")
    type_number(page, "resize-percent", "400")
    settle(page)
    image = opened(saved(page)[1]).convert("RGB")
    assert image.size == (160, 120)
    pixels = np.asarray(image).astype(int)
    assert np.abs(pixels[2, 2] - (200, 30, 40)).max() <= 3
    assert np.abs(pixels[60, 60 + 41 - 20] - (30, 40, 200)).max() <= 3
    edge = pixels[60, 110:130, 0]
    assert ((edge > 35) & (edge < 195)).sum() <= 2  # sharp: drawn, not enlarged

    assert page.page.evaluate(UNTOUCHED, DRAWING) > 0
    strange = ("/ran", "/outside", "/sheet", "/paint", "/inner", "/loaded")
    assert [url for url in found if any(name in url for name in strange)] == []


@pytest.mark.slow
def test_a_laughing_drawing_ends_in_a_sentence_with_the_page_alive(asked, tmp_path):
    page, _ = asked
    parts = "<g id='l0'><rect width='1' height='1'/></g>"
    for level in range(1, 30):
        parts += f"<g id='l{level}'>" + f"<use href='#l{level - 1}'/>" * 10 + "</g>"
    file = tmp_path / "laughing.svg"
    file.write_text(f"<svg xmlns='http://www.w3.org/2000/svg'>{parts}<use href='#l29'/></svg>")
    [row] = start(page, "convert", [file])
    assert (row.state, row.status) == ("failed", sentence("too_intricate"))
    assert page.page.evaluate("1 + 1") == 2
