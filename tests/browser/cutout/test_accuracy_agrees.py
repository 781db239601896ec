"""What ``dev.py accuracy`` judges natively is what ``--browser`` saves from the page."""

import numpy as np
import pytest
from PIL import Image
from skimage import data

from tools.accuracy.browser import Pages
from tools.accuracy.composites import composite
from tools.accuracy.native import cut_out, variant_network
from tools.accuracy.pairs import Pair, find_pairs
from tools.model.store import description_of
from tools.setup.checkout import ROOT
from tools.site.server import running_server

ALPHA_TOLERANCE = 0.01
"""Mean absolute difference, of 1, between the page's alpha and the native one."""

IN_DOUBT = "rods"
"""A wheel of thin spokes, about which the second network is asked."""


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[Pair]:
    """Three photos with some truth each, which nobody reads here."""
    folder = tmp_path_factory.mktemp("pairs")
    made, _ = composite(IN_DOUBT, (880, 585), 6)
    photos = {"astronaut": Image.fromarray(data.astronaut()), IN_DOUBT: made}
    photos["chelsea"] = Image.fromarray(data.chelsea())
    for name, photo in photos.items():
        photo.save(folder / f"{name}.png")
        Image.new("L", photo.size).save(folder / f"{name}.mask.png")
    return find_pairs(folder)


@pytest.mark.slow
def test_the_page_saves_what_is_judged_natively(browser, pairs):
    network = variant_network("q4", description_of(ROOT))
    with running_server() as server:
        pages = Pages(server.url, browser)
        saved = {pair.name: alpha for pair, alpha in pages.alphas(pairs, "q4", "standard")}
        pages.context.close()
    assert set(saved) == {"astronaut", "chelsea", IN_DOUBT}
    for pair in pairs:
        native = cut_out(network, pair.photo.read_bytes(), "standard")
        assert (native.opinion > 0) == (pair.name == IN_DOUBT), pair.name
        assert np.abs(saved[pair.name] - native.alpha).mean() <= ALPHA_TOLERANCE, pair.name
