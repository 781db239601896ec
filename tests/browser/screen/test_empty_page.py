"""What the empty page shows of itself: three small pictures, before the line and after it."""

import json
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tools.setup.checkout import ROOT

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
CAPTIONS = ["Background removed", "A new background", "A smaller file"]

BOXES = """() => [".dropzone", ...[1, 2, 3].map((n) => `.examples li:nth-child(${n})`)]
  .map((name) => document.querySelector(name).getBoundingClientRect())
  .map(({left, top, right, bottom}) => [left, top, right, bottom])"""

ASKED_FOR = "() => performance.getEntriesByType('resource').map(({initiatorType}) => initiatorType)"


def colours_of(page, number):
    """Return how many colours cover a hundredth of a picture or more."""
    shot = page.page.locator(".example").nth(number).screenshot()
    pixels = np.asarray(Image.open(BytesIO(shot)).convert("RGB")).reshape(-1, 3)
    _, counts = np.unique(pixels, axis=0, return_counts=True)
    return int((counts > len(pixels) / 100).sum())


@pytest.mark.parametrize(
    ("options", "tag"),
    [
        (DESKTOP, "en"),
        (PHONE, "en"),
        pytest.param(PHONE, "ar", marks=pytest.mark.slow),
        pytest.param({**PHONE, "color_scheme": "dark"}, "de", marks=pytest.mark.slow),
        pytest.param({**DESKTOP, "forced_colors": "active"}, "en", marks=pytest.mark.slow),
    ],
)
def test_three_pictures_say_what_the_page_does(open_page, made_server, options, tag):
    page = open_page(made_server.url, locale=tag, reduced_motion="reduce", **options)
    said = page.page.locator(".examples li").all_inner_texts()
    if tag == "en":
        assert said == CAPTIONS
    else:
        catalogue = json.loads((ROOT / f"assets/languages/{tag}.json").read_text("utf-8"))
        assert said == [catalogue["sentences"][caption] for caption in CAPTIONS]

    zone, *pictures = page.page.evaluate(BOXES)
    for left, top, right, bottom in pictures:
        assert zone[0] < left < right < zone[2]
        assert zone[1] < top < bottom < zone[3]
    assert page.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert [colours_of(page, number) >= 4 for number in range(3)] == [True, True, True]

    # They stand still, and nothing is fetched for them: the page's only pictures are its mark and
    # its icon.
    assert page.page.evaluate("document.getAnimations().length") == 0
    assert page.page.evaluate(ASKED_FOR).count("img") <= 1


def test_what_was_given_early_is_said_in_the_place_of_the_other_ways_in(open_page, made_server):
    page = open_page(made_server.url, ready=False)
    page.page.route("**/assets/vendor/pyscript/core.js", lambda route: None)
    page.page.goto(made_server.url, wait_until="commit")
    page.page.wait_for_function("() => 'takeEarlyFiles' in globalThis")
    early, aside = (page.page.locator(f".dropzone .{name}") for name in ("early-words", "aside"))
    assert aside.is_visible()
    assert not early.is_visible()
    before = page.page.evaluate(BOXES)

    page.page.click("#sample")

    assert early.is_visible()
    assert not aside.is_visible()
    assert page.page.evaluate(BOXES) == before
