"""The light variant answers as the published network does, scaled as its authors scale."""

import numpy as np
import pytest
from PIL import Image
from skimage import data

from tools.model.agreement import intersection_over_union
from tools.model.description import read_description
from tools.model.native_reference import native_mask, open_session, variant_bytes
from tools.model.source import upstream_bytes
from tools.setup.checkout import ROOT
from tools.setup.progress import make_console

SIDE = 320


@pytest.fixture(scope="module")
def network():
    return read_description(ROOT / "models" / "models.json").network_of("light")


@pytest.fixture(scope="module")
def published(network):
    return open_session(upstream_bytes(network.upstream, ROOT / "models", make_console(quiet=True)))


def authors_mask(session, image):
    """Return what U²-Net's ``u2net_test.py`` makes of a photo, float32 (320, 320) in 0..1."""
    small = np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BILINEAR), np.float32)
    small = (small / small.max() - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    tensor = small.transpose(2, 0, 1)[np.newaxis].astype(np.float32)
    raw = session.run(None, {session.get_inputs()[0].name: tensor})[0][0, 0]
    return (raw - raw.min()) / (raw.max() - raw.min())


@pytest.mark.parametrize("name", ["astronaut", "cat", "coffee", "rocket"])
def test_eight_bit_weights_and_winograd_change_the_mask_little(published, name):
    photo = Image.fromarray(getattr(data, name)())
    expected = authors_mask(published, photo)
    found = native_mask(open_session(variant_bytes("light")), photo, SIDE)
    assert intersection_over_union(found, expected) > 0.97
    assert np.abs(found - expected).mean() < 0.01
