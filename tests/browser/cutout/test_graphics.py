"""Ink on paper, line art and logos come out by their own colours, through the page to the file.

The made network takes what is bright for the subject, here the paper: so it cannot have been asked.
"""

import numpy as np
import pytest
from PIL import Image

from tests.browser.support.editing import fresh_files, saved_pixels
from tests.core.subject.drawings import disc, flat_ground, laid, line_art, paper, signature

SIZE = (640, 480)
INK = (32, 40, 110)
WHITE = (255, 255, 255)


@pytest.fixture(scope="module")
def page(open_shared_page, made_server):
    """The page of a made site."""
    return open_shared_page(made_server.url, reduced_motion="reduce")


def signed_paper():
    """Return a signature's coverage, float32 (h, w), and its scan."""
    cover = signature((900, 400), 5)
    return cover, laid(paper((900, 400)), [(cover, INK)])


def drawn_lines():
    """Return line art's coverage and its picture."""
    cover = line_art(SIZE)
    return cover, laid(flat_ground(SIZE, WHITE), [(cover, (20, 20, 20))])


def logo():
    """Return the coverage of a ring and a dot and their picture."""
    ring, dot = disc(SIZE, (0.4, 0.4), 0.25, hole=0.6), disc(SIZE, (0.75, 0.45), 0.12)
    layers = [(ring, (200, 30, 40)), (dot, (20, 90, 60))]
    return np.maximum(ring, dot), laid(flat_ground(SIZE, WHITE), layers)


@pytest.mark.parametrize("made", [signed_paper, drawn_lines, logo])
def test_a_drawing_is_saved_with_its_own_ink_as_alpha(page, tmp_path, made):
    cover, picture = made()
    Image.fromarray(picture).save(tmp_path / "drawing.png")
    fresh_files(page, [tmp_path / "drawing.png"])
    saved = saved_pixels(page, tmp_path / "saved.png")
    assert saved.shape == (*cover.shape, 4)
    alpha = saved[..., 3] / 255
    assert np.abs(alpha - cover).mean() < 0.01
    assert alpha[cover == 1].mean() > 0.93
    assert alpha[cover == 0].mean() < 0.01
