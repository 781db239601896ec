"""The small network cuts out, too, and as it does natively."""

import io

import numpy as np
import pytest
from PIL import Image
from skimage import data

from common.edits.edit import default_edit
from common.options import LIGHT, LIGHT_SIDE
from core.files.decode import decode
from core.output import export
from core.pipeline import find_matte, network_pixels
from tools.model.native_reference import open_session, variant_bytes
from tools.site.server import running_server

MASK_TOLERANCE = 0.01
"""Mean absolute difference, of 1, between the page's alpha and the same weights run natively."""


@pytest.fixture(scope="module")
def network():
    return open_session(variant_bytes(LIGHT))


@pytest.fixture(scope="module")
def server():
    """A server of the checkout, with the weights that ship."""
    with running_server() as running:
        yield running


@pytest.mark.slow
def test_the_light_cutout_agrees_with_the_same_weights_run_natively(
    server, open_page, network, tmp_path
):
    Image.fromarray(data.astronaut()).save(tmp_path / "astronaut.png")
    page = open_page(server.url)
    page.choose(variant=LIGHT)
    page.add_files([tmp_path / "astronaut.png"])
    page.wait_until_ended()
    page.save(0, tmp_path / "saved.png")

    photo = decode((tmp_path / "astronaut.png").read_bytes())
    matte = find_matte(
        photo,
        lambda pixels: network.run(None, {"input": pixels})[0],
        (LIGHT_SIDE,),
        to_input=network_pixels,
    )
    (expected,) = export(photo, matte, default_edit())
    alphas = [
        np.asarray(Image.open(source))[..., 3] / 255
        for source in (tmp_path / "saved.png", io.BytesIO(expected.content))
    ]
    assert 0.2 < alphas[0].mean() < 0.8
    assert np.abs(alphas[0] - alphas[1]).mean() <= MASK_TOLERANCE
