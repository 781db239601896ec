"""The stored canary is what the processor computes from the weights that ship."""

import numpy as np
import pytest

from tools.model.canary import SIDE, canary_input, canary_variants, levels
from tools.model.native_reference import variant_bytes
from tools.model.safetensors import decode
from tools.model.store import ROOT
from tools.site.site import CANARY

VARIANTS = canary_variants()

TOLERANCE = 2
"""Levels of 255 by which two processors may differ."""


@pytest.fixture(scope="module")
def stored():
    return decode((ROOT / CANARY).read_bytes()).tensors


def test_the_input_is_a_photograph_of_the_least_size(stored):
    assert stored["input"].shape == (1, 3, SIDE, SIDE)
    assert np.array_equal(stored["input"], canary_input())


def test_there_is_an_answer_for_each_variant_and_it_decides_something(stored):
    assert set(stored) == {"input", *VARIANTS}
    for name in VARIANTS:
        assert stored[name].min() < 20
        assert stored[name].max() > 200


@pytest.mark.parametrize("name", VARIANTS)
def test_the_answer_is_what_the_weights_give(stored, name):
    found = levels(variant_bytes(name), canary_input())
    assert np.abs(found.astype(int) - stored[name]).max() <= TOLERANCE
