"""Small weights stay near the real ones, and are the same bytes on every machine."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import onnxruntime
import pytest
from numpy._core import _multiarray_umath as numpy_core

from tests.tools.model.tiny_network import SIZE, tiny_network
from tools.model.package import package, whole_network
from tools.model.rewriting.graph import full_precision
from tools.model.rewriting.quantise import (
    EIGHT_BITS,
    FOUR_BITS,
    GROUP,
    quantise_eight_bits,
    quantise_four_bits,
    restored,
    small_weights,
)
from tools.model.safetensors import decode
from tools.setup.checkout import ROOT

FOUR_BITS_OF = {"q4": True, "q8": False}


def bell(shape: tuple[int, ...]) -> np.ndarray:
    return np.random.default_rng(7).standard_normal(shape).astype(np.float32)


def test_eight_bits_err_by_at_most_half_a_step():
    weights = bell((16, 8, 3, 3))
    values, scale = quantise_eight_bits(weights)
    assert values.dtype == np.int8
    assert np.all(np.abs(values * scale - weights) <= scale * 0.5001)


def test_four_bits_stay_in_range_and_keep_99_percent_of_bell_shaped_weights():
    groups = bell((GROUP, 500))
    whole, scale = quantise_four_bits(groups)
    assert whole.min() >= -8
    assert whole.max() <= 7
    difference = whole * scale.astype(np.float32) - groups
    assert np.square(difference).sum() < 0.01 * np.square(groups).sum()


def test_four_bits_are_never_worse_than_rounding_to_the_largest_weight():
    groups = bell((GROUP, 500))
    whole, scale = quantise_four_bits(groups)
    plain_scale = (np.abs(groups).max(axis=0) / 7).astype(np.float16).astype(np.float32)
    plain = np.clip(np.round(groups / plain_scale), -8, 7) * plain_scale
    chosen = whole * scale.astype(np.float32)
    assert np.all(
        np.square(chosen - groups).sum(axis=0) <= np.square(plain - groups).sum(axis=0) * (1 + 1e-5)
    )


@pytest.mark.parametrize("value", [0.0, 1e-9, -3.0])
def test_groups_of_one_value_come_back(value):
    groups = np.full((GROUP, 4), value, np.float32)
    whole, scale = quantise_four_bits(groups)
    assert np.allclose(whole * scale.astype(np.float32), groups, rtol=1e-3, atol=1e-8)


def test_a_channel_of_zeros_stays_zero_in_eight_bits():
    values, scale = quantise_eight_bits(np.zeros((2, 3, 3, 3), np.float32))
    assert not values.any()
    assert np.all(np.isfinite(scale))


@pytest.mark.parametrize(("name", "bound"), [("q8", 0.01), ("q4", 0.05)])
def test_the_mask_of_a_small_variant_stays_near(name, bound):
    full = full_precision(tiny_network())
    pixels = np.random.default_rng(3).standard_normal((1, 3, SIZE, SIZE)).astype(np.float32)
    masks = [
        onnxruntime.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"]
        ).run(["output"], {"input": pixels})[0]
        for model in (full, whole_network(package(full, FOUR_BITS_OF[name])))
    ]
    difference = np.abs(masks[0] - masks[1])
    assert 0 < difference.mean() < bound


@pytest.mark.parametrize(("four_bits", "share"), [(False, 0.26), (True, 0.15)])
def test_small_weights_are_about_a_quarter_and_a_seventh_of_full_precision(four_bits, share):
    weights = bell((128, 96, 3, 3))
    small = small_weights(weights, four_bits)
    assert (small.values.nbytes + small.scale.nbytes) / weights.nbytes < share
    assert np.abs(restored(small) - weights.reshape(128, -1)).mean() < 0.1


def test_only_large_layers_get_four_bits():
    words = decode(package(full_precision(tiny_network()), four_bits=True)).words
    assert {name: how.split("/")[0] for name, how in words.items()} == {
        "first/weight": EIGHT_BITS,
        "large/weight": FOUR_BITS,
        "last/weight": EIGHT_BITS,
    }


def hashes() -> list[str]:
    full = full_precision(tiny_network())
    return [hashlib.sha256(package(full, four)).hexdigest() for four in FOUR_BITS_OF.values()]


def test_a_processor_without_wide_vectors_makes_the_same_bytes():
    """NumPy picks its loops by the processor; here it is told to use the plainest."""
    there = [name for name in numpy_core.__cpu_dispatch__ if numpy_core.__cpu_features__.get(name)]
    outcome = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tests.tools.model.rewriting.test_quantise import hashes; print(*hashes())",
        ],
        cwd=ROOT,
        env={**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(there)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stdout.split() == hashes()
